"""An absence was wrong, or ends earlier: it counts no longer."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import exists, select, update

from monitor.actions.permitted import permitted
from monitor.store.absence import AbsenceRow
from monitor.store.staff import StaffSiteRow
from monitor.terms import Conflict, Missing
from monitor.work import Work


@permitted
def withdraw_absence(work: Work, *, absence_id: UUID) -> UUID:
    """Take an absence back. Raises Missing, Conflict (it was withdrawn already)."""
    colleague = exists().where(StaffSiteRow.staff_id == AbsenceRow.staff_id, StaffSiteRow.site_id.in_(work.by.site_ids))
    if work.session.scalar(select(AbsenceRow.id).where(AbsenceRow.id == absence_id, colleague)) is None:
        raise Missing("no such absence", field="absence_id")
    taken = work.session.execute(
        update(AbsenceRow)
        .where(AbsenceRow.id == absence_id, AbsenceRow.withdrawn_at.is_(None))
        .values(withdrawn_at=work.at, withdrawn_by=work.by.id)
        .returning(AbsenceRow.id)
    )
    if taken.first() is None:
        raise Conflict("it was withdrawn already", field="absence_id")
    work.note("withdraw_absence", subject=f"absence {absence_id}")
    return absence_id
