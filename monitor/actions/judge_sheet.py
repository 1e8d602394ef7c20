"""What the values of a sheet mean: the three judgements of each, for every treatment of the patient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

import msgspec
from msgspec.structs import replace

from monitor.actions.follow_up import read_facts, work_out
from monitor.actions.open_record import OpenPatient
from monitor.labs.chart import chart_of
from monitor.labs.deltas import delta_question
from monitor.labs.judge import judge
from monitor.labs.ranges import Range
from monitor.labs.subject import Subject
from monitor.labs.values import Value
from monitor.labs.verdict import verdict
from monitor.protocols.judged import Judged
from monitor.protocols.readings import values_in
from monitor.store.histories import reading_of
from monitor.store.result import ResultRow
from monitor.terms import Level
from monitor.work import Work


class JudgedValue(msgspec.Struct, frozen=True):
    """One value of the sheet: plausible, and where it lies; all but the first members None where it was not done.

    `question`: what a change from the value before makes one ask; nothing is refused for it.
    """

    id: UUID
    analyte: str
    canonical: Decimal | None
    unit: str | None
    comparator: str | None
    not_done: str | None
    is_plausible: bool | None
    range: Range | None
    is_fallback: bool | None
    times_uln: Decimal | None
    ctcae_grade: int | None
    question: str | None


class JudgedFinding(msgspec.Struct, frozen=True):
    """What one value means for one treatment."""

    result_id: UUID
    treatment_id: UUID
    analyte: str
    rule: str
    level: Level
    because: str
    action: str
    source: str
    clears: str
    numbers: Mapping[str, str]


class JudgedSheet(msgspec.Struct, frozen=True):
    """The values in the order of the sheet, and the findings, the most pressing first.

    `judged_by`: the protocols whose thresholds were asked, by their names; none where nobody treats the patient yet.
    """

    values: tuple[JudgedValue, ...]
    findings: tuple[JudgedFinding, ...]
    judged_by: tuple[str, ...]


def judge_sheet(
    work: Work, patient: OpenPatient, rows: Sequence[ResultRow], judged: Mapping[UUID, Judged]
) -> JudgedSheet:
    """The judgement of rows that stand in the histories from which `judged` was worked out, by treatment."""
    found = [
        finding
        for treatment_id, answer in judged.items()
        for row in rows
        if (value := _value_of(row, answer.subject)) is not None
        for finding in _findings(row, treatment_id, value, answer.subject)
    ]
    subject = next((answer.subject for answer in judged.values()), None) or _without_treatment(work, patient, rows)
    return JudgedSheet(
        values=tuple(_judged_value(work, row, subject) for row in rows),
        findings=tuple(sorted(found, key=lambda one: (one.level.rank, one.rule))),
        judged_by=tuple(sorted({one.protocol for one in patient.treatments if one.id in judged})),
    )


def judged_with(work: Work, patient: OpenPatient, rows: Sequence[ResultRow] = ()) -> dict[UUID, Judged]:
    """What the facts of each treatment come to, with these rows added to what is recorded; nothing is written."""
    facts = read_facts(work, treatment_ids=[one.id for one in patient.treatments])
    dictionary = work.catalog.dictionary
    more = tuple(reading_of(row, dictionary.find(row.analyte)) for row in rows)
    found = {}
    for treatment_id, known in facts.items():
        history = replace(known.history, readings=(*known.history.readings, *more))
        found[treatment_id] = work_out(work, known.with_history(history)).judged
    return found


def _without_treatment(work: Work, patient: OpenPatient, rows: Sequence[ResultRow]) -> Subject:
    """For a patient whom nobody treats yet: the values among themselves."""
    dictionary = work.catalog.dictionary
    readings = [reading_of(row, dictionary.find(row.analyte)) for row in rows]
    return Subject(
        dictionary=dictionary,
        chart=chart_of(values_in(readings)),
        sex=patient.record.sex,
        born_on=patient.record.birth_date,
    )


def _value_of(row: ResultRow, subject: Subject) -> Value | None:
    ref = str(row.id)
    return next((value for value in subject.chart.of(row.analyte) if value.ref == ref), None)


def _findings(row: ResultRow, treatment_id: UUID, value: Value, subject: Subject) -> list[JudgedFinding]:
    return [
        JudgedFinding(
            result_id=row.id, treatment_id=treatment_id, analyte=one.analyte, rule=one.rule, level=one.level,
            because=one.because, action=one.action, source=one.source, clears=one.clears, numbers=one.numbers,
        )
        for one in judge(value, subject)
    ]  # fmt: skip


def _judged_value(work: Work, row: ResultRow, subject: Subject) -> JudgedValue:
    analyte = work.catalog.dictionary.find(row.analyte)
    value = _value_of(row, subject)
    known = None if analyte is None or value is None else verdict(analyte, value, subject)
    question = None if analyte is None or value is None else delta_question(analyte, value, subject.chart.before(value))
    return JudgedValue(
        id=row.id,
        analyte=row.analyte,
        canonical=row.canonical,
        unit=None if analyte is None else analyte.unit,
        comparator=row.comparator,
        not_done=row.not_done,
        is_plausible=None if known is None else known.is_plausible,
        range=None if known is None else known.range,
        is_fallback=None if known is None else known.is_fallback,
        times_uln=None if known is None else known.times_uln,
        ctcae_grade=None if known is None else known.ctcae_grade,
        question=question,
    )
