"""Nobody falls out of the calendar: which treatments have nothing to come, and no end that somebody recorded."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from monitor.store.agenda import AgendaRow
from monitor.store.event import EventKind, EventRow
from monitor.store.succession import counts
from monitor.store.treatment import TreatmentRow


def without_future(session: Session, *, on: dt.date) -> tuple[uuid.UUID, ...]:
    """The treatments with no item on the agenda that nobody ended; there must be none.

    A death ends a treatment, and so does a stop, but not while surveillance is owed (G8).
    """
    owes_nothing = or_(TreatmentRow.surveillance_ends_on.is_(None), TreatmentRow.surveillance_ends_on < on)
    lost = (
        ~exists().where(AgendaRow.treatment_id == TreatmentRow.id),
        ~_has(EventKind.DIED),
        ~(_has(EventKind.STOPPED) & owes_nothing),
    )
    return tuple(session.scalars(select(TreatmentRow.id).where(*lost).order_by(TreatmentRow.id)))


def _has(kind: EventKind) -> ColumnElement[bool]:
    return exists().where(EventRow.treatment_id == TreatmentRow.id, EventRow.kind == kind.value, counts(EventRow))
