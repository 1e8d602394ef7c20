"""Reads the facts of treatments, as they now stand, into the histories from which the calendar is computed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session

from monitor.labs.analyte import Analyte, Dictionary
from monitor.labs.measured import measure
from monitor.labs.slips import doubted
from monitor.labs.values import NotDone, NotMeasured, Value
from monitor.protocols.readings import reading
from monitor.schedules.facts import (
    Administration,
    Assessment,
    Event,
    History,
    Person,
    Reading,
    Sex,
    Status,
)
from monitor.store.administration import AdministrationRow
from monitor.store.appointment import Visit, as_moves, standing_visits
from monitor.store.assessment import AssessmentRow
from monitor.store.dossier import ForecastFacts, forecast_facts
from monitor.store.event import EventRow, as_event
from monitor.store.patient import PatientRow
from monitor.store.planned_course import agreed_courses
from monitor.store.result import ResultRow
from monitor.store.site import SiteRow
from monitor.store.succession import counts, stands
from monitor.store.treatment import TreatmentRow

_Keys = tuple[uuid.UUID, ...]

# Built once: each result that is filed asks all of them, and building them anew took longer than asking.
_IDS: BindParameter[uuid.UUID] = bindparam("ids", expanding=True)
_TREATED = (
    select(
        TreatmentRow.id,
        TreatmentRow.patient_id,
        TreatmentRow.started_on,
        PatientRow.sex,
        PatientRow.birth_date,
        PatientRow.childbearing_potential,
        SiteRow.timezone,
    )
    .join(PatientRow, PatientRow.id == TreatmentRow.patient_id)
    .join(SiteRow, SiteRow.id == TreatmentRow.site_id)
    .where(TreatmentRow.id.in_(_IDS))
)
_ADMINISTRATIONS = select(
    AdministrationRow.treatment_id,
    AdministrationRow.on,
    AdministrationRow.course,
    AdministrationRow.day,
    AdministrationRow.reason_override,
).where(AdministrationRow.treatment_id.in_(_IDS), counts(AdministrationRow))
_READINGS = (
    select(
        ResultRow.patient_id,
        ResultRow.analyte,
        ResultRow.value,
        ResultRow.unit,
        ResultRow.is_confirmed,
        ResultRow.status,
        ResultRow.collected_on,
        ResultRow.replaces_id,
        ResultRow.id,
        ResultRow.lower,
        ResultRow.upper,
        ResultRow.decimal,
        ResultRow.not_done,
        ResultRow.collected_at,
    )
    .where(ResultRow.patient_id.in_(_IDS), stands(ResultRow), ResultRow.status != Status.ENTERED_IN_ERROR.value)
    .order_by(ResultRow.patient_id, ResultRow.recorded_at, ResultRow.panel_id, ResultRow.position)
)
_ASSESSMENTS = select(AssessmentRow.patient_id, AssessmentRow.scale, AssessmentRow.on, AssessmentRow.value).where(
    AssessmentRow.patient_id.in_(_IDS), counts(AssessmentRow)
)
_EVENTS = select(
    EventRow.treatment_id,
    EventRow.kind,
    EventRow.on,
    EventRow.key,
    EventRow.reason,
    EventRow.vaccine,
    EventRow.live,
).where(EventRow.treatment_id.in_(_IDS), counts(EventRow))


def read_history(session: Session, *, treatment_id: uuid.UUID, dictionary: Dictionary) -> History:
    """Everything known about one treatment; raises KeyError where there is none."""
    return read_histories(session, treatment_ids=(treatment_id,), dictionary=dictionary)[treatment_id]


def read_histories(
    session: Session,
    *,
    treatment_ids: Iterable[uuid.UUID],
    dictionary: Dictionary,
    visits: Mapping[uuid.UUID, Mapping[str, Visit]] | None = None,
) -> dict[uuid.UUID, History]:
    """The histories of several treatments in a few queries, however many treatments there are.

    A row with a successor does not count, nor does a retraction. Readings come in the order of recording. A visit that
    was agreed is the move of its items; whoever has read the `visits` already hands them on.
    """
    wanted = tuple(treatment_ids)
    if visits is None:
        visits = standing_visits(session, treatment_ids=wanted)
    persons = _persons(session, wanted)
    patient_ids = tuple({found.patient_id for found in persons.values()})
    administrations = _administrations(session, wanted)
    planned = agreed_courses(session, treatment_ids=wanted)
    events = _events(session, wanted)
    readings = _readings(session, patient_ids, dictionary)
    assessments = _assessments(session, patient_ids, dictionary)
    return {
        key: History(
            person=found.person,
            started_on=found.started_on,
            administrations=tuple(administrations[key]),
            planned_courses=tuple(planned.get(key, ())),
            readings=tuple(readings[found.patient_id]),
            assessments=tuple(assessments[found.patient_id]),
            events=(*events[key], *as_moves(visits.get(key, {}), timezone=found.timezone)),
        )
        for key, found in persons.items()
    }


@dataclass(frozen=True, slots=True)
class _Treated:
    patient_id: uuid.UUID
    started_on: dt.date
    timezone: str
    person: Person


def _persons(session: Session, treatment_ids: _Keys) -> dict[uuid.UUID, _Treated]:
    told = forecast_facts(session, treatment_ids)
    return {
        row.id: _Treated(
            patient_id=row.patient_id,
            started_on=row.started_on,
            timezone=row.timezone,
            person=Person(
                sex=Sex(row.sex),
                birth_date=row.birth_date,
                childbearing_potential=row.childbearing_potential,
                **told.get(row.id, ForecastFacts())._asdict(),
            ),
        )
        for row in session.execute(_TREATED, {"ids": treatment_ids})
    }


def _administrations(session: Session, treatment_ids: _Keys) -> dict[uuid.UUID, list[Administration]]:
    found: dict[uuid.UUID, list[Administration]] = defaultdict(list)
    for key, on, course, day, override in session.execute(_ADMINISTRATIONS, {"ids": treatment_ids}):
        found[key].append(Administration(on=on, course=course, day=day, reason_override=override))
    return found


def _readings(session: Session, patient_ids: _Keys, dictionary: Dictionary) -> dict[uuid.UUID, list[Reading]]:
    found: dict[uuid.UUID, list[Reading]] = defaultdict(list)
    for row in session.execute(_READINGS, {"ids": patient_ids}):
        found[row.patient_id].append(reading_of(row, dictionary.find(row.analyte)))
    return found


def reading_of(row: Any, analyte: Analyte | None) -> Reading:
    """The reading of a row of results, or of its columns; `analyte` is what its name says, None for no such thing."""
    measured = None if analyte is None else _measured(row, analyte)
    return reading(
        None if analyte is None else analyte.id,
        measured,
        collected_on=row.collected_on,
        status=Status(row.status),
        row=None,  # what was replaced is not among the readings, so that none needs a name
        # Named all the same: without it a corrected row would take the place of every earlier one of its analyte
        # and day.
        replaces=None if row.replaces_id is None else str(row.replaces_id),
    )


def _measured(row: Any, analyte: Analyte) -> Value | NotMeasured | None:
    if row.not_done is not None:
        return NotMeasured(analyte.id, NotDone(row.not_done), row.collected_on, str(row.id))
    value = measure(
        analyte,
        value=row.value,
        unit=row.unit,
        collected_on=row.collected_on,
        lower=row.lower,
        upper=row.upper,
        decimal=row.decimal,
        is_confirmed=row.is_confirmed,
        is_final=row.status != Status.PRELIMINARY.value,
        collected_at=row.collected_at,
        ref=str(row.id),
    )
    return None if value is None else doubted(value, analyte, unit=row.unit)


def _assessments(session: Session, patient_ids: _Keys, dictionary: Dictionary) -> dict[uuid.UUID, list[Assessment]]:
    found: dict[uuid.UUID, list[Assessment]] = defaultdict(list)
    for patient_id, name, on, value in session.execute(_ASSESSMENTS, {"ids": patient_ids}):
        scale = dictionary.find_scale(name)
        found[patient_id].append(
            Assessment(scale=None if scale is None else scale.id, on=on, has_value=bool(value.strip()))
        )
    return found


def _events(session: Session, treatment_ids: _Keys) -> dict[uuid.UUID, list[Event]]:
    found: dict[uuid.UUID, list[Event]] = defaultdict(list)
    for row in session.execute(_EVENTS, {"ids": treatment_ids}):
        found[row.treatment_id].append(as_event(row))
    return found
