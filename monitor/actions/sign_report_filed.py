"""What reporting and correcting signs share: the signs of the protocol, the alerts they open, the advice they get."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from monitor.actions.acceptable import check_day, read_text
from monitor.actions.file_fact import file_fact
from monitor.actions.open_record import OpenTreatment
from monitor.delivery.contact import read_contact
from monitor.delivery.patience import patience_of
from monitor.delivery.reach import Contact
from monitor.delivery.tell_staff import tell_staff
from monitor.notices.signs import LEVELS, PREGNANCY, Sign, Urgency, gravest, may_be_pregnant, sign_alert
from monitor.protocols.protocol import Protocol
from monitor.store.sign_alert import reconcile_signs
from monitor.store.sign_report import SignReportRow, last_noticed, signs_noticed
from monitor.terms import Level, Unacceptable
from monitor.work import Work

MOST_SIGNS = 30
LONGEST_NOTE = 1000


@dataclass(frozen=True, slots=True)
class ReportedSign:
    """A sign of a report in the words of the patient's language."""

    sign: str
    words: str
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class ReportedSigns:
    """What was stored, how pressing it is, and what the patient is told, in order: emergency numbers first."""

    id: UUID
    level: Level
    urgency: Urgency
    language: str
    advice: tuple[str, ...]
    signs: tuple[ReportedSign, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What was noticed, when, and what the patient says of it; `language`: that of the answer, else the patient's."""

    signs: Sequence[str]
    noticed_on: dt.date
    note: str | None = None
    language: str | None = None


def file_report(
    work: Work,
    treatment: OpenTreatment,
    report: Report,
    *,
    action: str,
    replaces_id: UUID | None = None,
    why: str | None = None,
) -> ReportedSigns:
    """File the report, let its alerts open, and say what to do. Raises Unacceptable."""
    signs = _read_signs(report.signs, work.catalog.protocol(treatment.record.protocol))
    _check_noticed(report.noticed_on, treatment)
    contact = _contact(work, treatment)
    language = work.catalog.sign_words.spoken(report.language, patient=contact.patient.language)
    row = SignReportRow(
        id=uuid4(),
        treatment_id=treatment.record.id,
        signs=tuple(sign.id for sign in signs),
        noticed_on=report.noticed_on,
        note=None if report.note is None else read_text(report.note, field="note", longest=LONGEST_NOTE),
        replaces_id=replaces_id,
        is_retraction=False,
        reason=why,
        recorded_by=work.by.id,
        recorded_at=work.at,
    )
    file_fact(work, treatment, row, action=action, why=why)
    bring_signs_into_step(work, treatment)
    return _answer(work, treatment, row.id, signs, language=language, contact=contact)


def bring_signs_into_step(work: Work, treatment: OpenTreatment) -> None:
    """Make the alerts on signs agree with the reports that stand; of somebody who died nothing more is asked."""
    known = {sign.id: sign for sign in work.catalog.protocol(treatment.record.protocol).signs}
    is_pregnant = _is_pregnant(work, treatment)
    noticed = last_noticed(work.session, treatment_id=treatment.record.id)
    reconcile_signs(
        work.session,
        treatment=treatment.record,
        wanted=[
            (
                sign_alert(known[one.sign], one, profile=treatment.record.profile, is_pregnant=is_pregnant),
                one.reported_by,
            )
            for one in noticed
            if one.sign in known
        ],
        has_died=treatment.patient.died_on is not None,
        at=work.at,
        on=treatment.today,
        patience=patience_of(work, timezone=treatment.record.timezone, country=treatment.record.country),
    )
    tell_staff(work, patient_id=treatment.patient.id)


def _is_pregnant(work: Work, treatment: OpenTreatment) -> bool:
    days = signs_noticed(work.session, (treatment.record.id,)).get(treatment.record.id, {}).get(PREGNANCY, ())
    return may_be_pregnant(days, on=treatment.today)


def _read_signs(names: Sequence[str], protocol: Protocol) -> tuple[Sign, ...]:
    if not 1 <= len(names) <= MOST_SIGNS:
        raise Unacceptable(f"must name 1 to {MOST_SIGNS} signs", field="signs")
    known = {sign.id: sign for sign in protocol.signs}
    for place, name in enumerate(names):
        if name not in known:
            raise Unacceptable("the protocol has no such sign", field=f"signs[{place}]")
        if name in names[:place]:
            raise Unacceptable("stands twice in the list", field=f"signs[{place}]")
    return tuple(known[name] for name in names)


def _check_noticed(noticed_on: dt.date, treatment: OpenTreatment) -> None:
    check_day(noticed_on, field="noticed_on", today=treatment.today, born_on=treatment.patient.birth_date)
    died_on = treatment.patient.died_on
    if died_on is not None and noticed_on > died_on:
        raise Unacceptable("lies after the death of the patient", field="noticed_on")


def _contact(work: Work, treatment: OpenTreatment) -> Contact:
    return read_contact(
        work.session,
        patient_id=treatment.record.patient_id,
        site_id=treatment.record.site_id,
        settings=work.settings,
    )


def _answer(
    work: Work, treatment: OpenTreatment, report_id: UUID, signs: Sequence[Sign], *, language: str, contact: Contact
) -> ReportedSigns:
    words = work.catalog.sign_words
    is_pregnant = _is_pregnant(work, treatment)
    urgencies = {sign.id: sign.urgency_for(is_pregnant=is_pregnant) for sign in signs}
    advice = words.advice(
        signs,
        urgencies.values(),
        language=language,
        country=contact.country,
        telephone=contact.telephone,
    )
    worst = gravest(urgencies.values())
    told = [ReportedSign(sign.id, words.words(sign.id, language=language), urgencies[sign.id]) for sign in signs]
    told.sort(key=lambda one: one.urgency.rank)
    return ReportedSigns(report_id, LEVELS[worst], worst, language, advice, tuple(told))
