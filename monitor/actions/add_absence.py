"""Somebody will be away: alerts go past them to the next who must know."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from sqlalchemy import exists, select

from monitor.actions.acceptable import check_period
from monitor.actions.permitted import permitted
from monitor.store.absence import AbsenceRow
from monitor.store.staff import StaffRow, StaffSiteRow
from monitor.terms import Missing
from monitor.work import Work


@permitted
def add_absence(work: Work, *, staff_id: UUID, starts_on: dt.date, ends_on: dt.date) -> UUID:
    """Note that a colleague is away, from `starts_on` to the day before `ends_on`; the id of the absence.

    Why is nobody's business. Raises Missing (nobody active of one's own sites), Unacceptable.
    """
    check_period(starts_on, ends_on)
    colleague = exists().where(StaffSiteRow.staff_id == StaffRow.id, StaffSiteRow.site_id.in_(work.by.site_ids))
    query = select(StaffRow.id).where(StaffRow.id == staff_id, StaffRow.is_active, colleague)
    if work.session.scalar(query) is None:
        raise Missing("no such colleague", field="staff_id")
    row = AbsenceRow(
        id=uuid4(), staff_id=staff_id, starts_on=starts_on, ends_on=ends_on, recorded_by=work.by.id, recorded_at=work.at
    )
    work.session.add(row)
    work.note("add_absence", subject=f"absence {row.id}", content={"staff": staff_id})
    return row.id
