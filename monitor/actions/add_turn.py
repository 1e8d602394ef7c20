"""Somebody is on duty: for some days, alerts of a function of a site are told to them first, or as a deputy."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from sqlalchemy import select

from monitor.actions.acceptable import check_period
from monitor.actions.permitted import permitted
from monitor.store.rota import RotaRow
from monitor.store.staff import StaffRow, StaffSiteRow
from monitor.terms import Audience, Missing, Unacceptable
from monitor.work import Work

MOST_PLACES = 9


@permitted
def add_turn(
    work: Work, *, site_id: UUID, audience: Audience, staff_id: UUID, place: int, starts_on: dt.date, ends_on: dt.date
) -> UUID:
    """Put somebody on the rota, from `starts_on` to the day before `ends_on`; the id of the turn.

    Two may share a place, and are then told together. Raises Missing (the site, or nobody active of it), Unacceptable.
    """
    check_period(starts_on, ends_on)
    if not 1 <= place <= MOST_PLACES:
        raise Unacceptable(f"must be 1 to {MOST_PLACES}", field="place")
    if site_id not in work.by.site_ids:
        raise Missing("no such site", field="site_id")
    role = work.session.scalar(
        select(StaffRow.role)
        .join(StaffSiteRow, StaffSiteRow.staff_id == StaffRow.id)
        .where(StaffRow.id == staff_id, StaffSiteRow.site_id == site_id, StaffRow.is_active)
    )
    if role is None:
        raise Missing("no such colleague", field="staff_id")
    if role != audience:
        raise Unacceptable("has another role", field="staff_id")
    row = RotaRow(
        id=uuid4(), site_id=site_id, audience=audience.value, staff_id=staff_id, place=place, starts_on=starts_on,
        ends_on=ends_on, recorded_by=work.by.id, recorded_at=work.at,
    )  # fmt: skip
    work.session.add(row)
    work.note("add_turn", site_id=site_id, subject=f"rota {row.id}", content={"staff": staff_id, "place": place})
    return row.id
