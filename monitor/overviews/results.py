"""The laboratory values of one patient, newest sample first, corrected and retracted ones included."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import aliased

from monitor.labs.judge import judge
from monitor.labs.ranges import Range
from monitor.labs.subject import Subject
from monitor.labs.values import Value
from monitor.labs.verdict import verdict
from monitor.overviews.in_reach import require_patient
from monitor.overviews.judged_treatment import by_row, judged_treatments, untreated_subject
from monitor.overviews.pages import Page, newest_first
from monitor.protocols.readings import values_in
from monitor.schedules.facts import Status
from monitor.store.histories import reading_of
from monitor.store.result import ResultRow
from monitor.terms import Level, Unacceptable
from monitor.work import Work


class ValueFinding(msgspec.Struct, frozen=True):
    """What a value means for one treatment."""

    treatment_id: UUID
    rule: str
    level: Level
    because: str
    action: str
    source: str
    clears: str
    numbers: Mapping[str, str]


class Result(msgspec.Struct, frozen=True):
    """One value as it was typed and what it means; `replaced_by` names its correction where there is one.

    Judged on everything that is known today; what counts no more, and what was not done, has no verdict.
    """

    id: UUID
    patient_id: UUID
    panel_id: UUID
    analyte: str
    value: str | None
    unit: str | None
    not_done: str | None
    decimal: str
    canonical: Decimal | None
    comparator: str | None
    lower: str | None
    upper: str | None
    status: str
    is_confirmed: bool
    collected_on: dt.date
    collected_at: dt.datetime | None
    received_at: dt.datetime | None
    replaces_id: UUID | None
    replaced_by: UUID | None
    reason: str | None
    recorded_by: UUID
    recorded_at: dt.datetime
    is_plausible: bool | None = None
    range: Range | None = None
    is_fallback: bool | None = None
    times_uln: Decimal | None = None
    ctcae_grade: int | None = None
    findings: tuple[ValueFinding, ...] = ()


_ROW = ResultRow
_LATER = aliased(ResultRow)
_COLUMNS = (
    _ROW.id, _ROW.patient_id, _ROW.panel_id, _ROW.analyte, _ROW.value, _ROW.unit, _ROW.not_done, _ROW.decimal,
    _ROW.canonical, _ROW.comparator, _ROW.lower, _ROW.upper, _ROW.status, _ROW.is_confirmed, _ROW.collected_on,
    _ROW.collected_at, _ROW.received_at, _ROW.replaces_id, _LATER.id, _ROW.reason, _ROW.recorded_by, _ROW.recorded_at,
)  # fmt: skip
_ORDER = (_ROW.collected_on, _ROW.id)


def results(
    work: Work, *, patient_id: UUID, cursor: str | None, limit: int, analyte: str | None = None
) -> Page[Result]:
    """Every row ever stored of this patient, or of one analyte of theirs; nothing was overwritten.

    `analyte`: its id, code or LOINC. Raises Unacceptable where it is none: an empty list would say "never measured".
    """
    require_patient(work, patient_id=patient_id)
    query = select(*_COLUMNS).outerjoin(_LATER, _LATER.replaces_id == _ROW.id).where(_ROW.patient_id == patient_id)
    if analyte is not None:
        found = work.catalog.dictionary.find(analyte)
        if found is None:
            raise Unacceptable("the dictionary has no such analyte", field="analyte")
        query = query.where(_ROW.analyte == found.id)
    page = newest_first(work, query, order=_ORDER, make=Result, cursor=cursor, limit=limit)
    return Page(items=_judged(work, patient_id, page.items), next=page.next)


@dataclass(frozen=True, slots=True)
class _Judge:
    """By what the values of the patient are judged: in each treatment, with the values that count there by row."""

    treatment_id: UUID | None
    subject: Subject
    values: Mapping[str | None, Value]


def _judged(work: Work, patient_id: UUID, rows: Sequence[Result]) -> tuple[Result, ...]:
    if not rows:
        return ()
    subjects = {key: one.subject for key, one in judged_treatments(work, patient_id=patient_id).items()}
    judges = [_Judge(key, subject, by_row(subject)) for key, subject in subjects.items()]
    if not judges:
        subject = untreated_subject(work, patient_id=patient_id)
        judges = [_Judge(None, subject, _by_themselves(subject, rows))]
    return tuple(_with_verdict(row, judges) for row in rows)


def _by_themselves(subject: Subject, rows: Sequence[Result]) -> dict[str | None, Value]:
    counting = (row for row in rows if row.replaced_by is None and row.status != Status.ENTERED_IN_ERROR)
    readings = (reading_of(row, subject.dictionary.find(row.analyte)) for row in counting)
    return {value.ref: value for value in values_in(readings)}


def _with_verdict(row: Result, judges: Sequence[_Judge]) -> Result:
    first = judges[0]
    value, analyte = first.values.get(str(row.id)), first.subject.dictionary.find(row.analyte)
    if value is None or analyte is None:
        return row
    said: dict[str, Any] = msgspec.structs.asdict(verdict(analyte, value, first.subject))
    findings = [finding for one in judges for finding in _findings(row, one)]
    findings.sort(key=lambda one: (one.level.rank, one.rule))
    return msgspec.structs.replace(row, **said, findings=tuple(findings))


def _findings(row: Result, by: _Judge) -> list[ValueFinding]:
    value = by.values.get(str(row.id))
    if value is None or by.treatment_id is None:
        return []
    return [
        ValueFinding(
            by.treatment_id, one.rule, one.level, one.because, one.action, one.source, one.clears, one.numbers
        )
        for one in judge(value, by.subject)
    ]  # fmt: skip
