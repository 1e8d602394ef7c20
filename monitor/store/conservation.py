"""Nobody falls out of the calendar: which treatments nothing will come of, and which are looked at too late."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session

from monitor.store.agenda import AgendaRow
from monitor.store.event import EventKind, EventRow
from monitor.store.site import SiteRow, known_zone
from monitor.store.succession import counts
from monitor.store.treatment import TreatmentRow


def without_future(session: Session, *, today_in: Callable[[str], dt.date]) -> tuple[uuid.UUID, ...]:
    """The treatments with no item on the agenda that nobody ended; there must be none.

    A death ends a treatment, and so does a stop, but not while surveillance is owed (G8): `today_in` tells the date in
    the zone of a site, since it is owed until the end of the day there.
    """
    return _of_every_site(session, _without_future, today_in)


def ahead_of_time(session: Session, *, today_in: Callable[[str], dt.date]) -> tuple[uuid.UUID, ...]:
    """The treatments that were last followed up as of a day to come, so what is stored of them is not yet so."""
    return _of_every_site(session, _ahead_of_time, today_in)


def _of_every_site(
    session: Session,
    query: Callable[[uuid.UUID, dt.date], Select[uuid.UUID]],
    today_in: Callable[[str], dt.date],
) -> tuple[uuid.UUID, ...]:
    found: list[uuid.UUID] = []
    for site_id, timezone in session.execute(select(SiteRow.id, SiteRow.timezone).order_by(SiteRow.id)):
        found += session.scalars(query(site_id, today_in(known_zone(timezone))))
    return tuple(sorted(found))


def _ahead_of_time(site_id: uuid.UUID, on: dt.date) -> Select[uuid.UUID]:
    return select(TreatmentRow.id).where(TreatmentRow.site_id == site_id, TreatmentRow.followed_up_on > on)


def _without_future(site_id: uuid.UUID, on: dt.date) -> Select[uuid.UUID]:
    owes_nothing = or_(TreatmentRow.surveillance_ends_on.is_(None), TreatmentRow.surveillance_ends_on < on)
    return select(TreatmentRow.id).where(
        TreatmentRow.site_id == site_id,
        ~exists().where(AgendaRow.treatment_id == TreatmentRow.id),
        ~_has(EventKind.DIED),
        ~(_has(EventKind.STOPPED) & owes_nothing),
    )


def _has(kind: EventKind) -> ColumnElement[bool]:
    return exists().where(EventRow.treatment_id == TreatmentRow.id, EventRow.kind == kind.value, counts(EventRow))
