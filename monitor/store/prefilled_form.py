"""Gathers what the record knows around one dose into its follow-up form."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor.dossier.follow_up_form import MEASURED, Decided, Measure, Prefilled, around, prefill
from monitor.store.administration import AdministrationRow
from monitor.store.assessment import standing_assessments
from monitor.store.dossier import drugs_of
from monitor.store.event import EventKind, standing_events
from monitor.store.follow_up_form import DoseForm

_DECISIONS = (EventKind.SUSPENDED, EventKind.STOPPED)


def prefilled_form(session: Session, *, patient_id: uuid.UUID, doses: Sequence[DoseForm], number: int) -> Prefilled:
    """The form of the dose of that number, `doses` being all those of the treatment, the oldest first."""
    place = next(place for place, dose in enumerate(doses) if dose.number == number)
    dose = doses[place]
    next_dose_on = doses[place + 1].on if place + 1 < len(doses) else None
    return prefill(
        dose.on,
        previous_dose_on=doses[place - 1].on if place else None,
        next_dose_on=next_dose_on,
        measures=_measures(session, patient_id, around(dose.on, next_dose_on=next_dose_on)),
        drugs=drugs_of(session, treatment_id=dose.treatment_id),
        decisions=_decisions(session, dose),
    )


def _measures(session: Session, patient_id: uuid.UUID, between: tuple[dt.date, dt.date]) -> list[Measure]:
    rows = standing_assessments(session, patient_id=patient_id, scales=MEASURED, between=between)
    return [Measure(scale=row.scale, value=row.value, on=row.on) for row in rows]


def _decisions(session: Session, dose: DoseForm) -> list[Decided]:
    found = [
        Decided(what=kind.value, on=row.on, reason=row.reason or "")
        for kind in _DECISIONS
        for row in standing_events(session, treatment_ids=(dose.treatment_id,), kind=kind)
    ]
    query = select(AdministrationRow.reason_override).where(AdministrationRow.id == dose.administration_id)
    override = session.scalar(query)
    return found if override is None else [*found, Decided(what="dose_early", on=dose.on, reason=override)]
