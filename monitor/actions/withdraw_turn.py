"""A turn on the rota was wrong, or is taken by somebody else: it counts no longer."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select, update

from monitor.actions.permitted import permitted
from monitor.store.rota import RotaRow
from monitor.terms import Conflict, Missing
from monitor.work import Work


@permitted
def withdraw_turn(work: Work, *, turn_id: UUID) -> UUID:
    """Take a turn off the rota. Raises Missing, Conflict (it was withdrawn already)."""
    within = RotaRow.id == turn_id, RotaRow.site_id.in_(work.by.site_ids)
    site_id = work.session.scalar(select(RotaRow.site_id).where(*within))
    if site_id is None:
        raise Missing("no such turn", field="turn_id")
    taken = work.session.execute(
        update(RotaRow)
        .where(*within, RotaRow.withdrawn_at.is_(None))
        .values(withdrawn_at=work.at, withdrawn_by=work.by.id)
        .returning(RotaRow.id)
    )
    if taken.first() is None:
        raise Conflict("it was withdrawn already", field="turn_id")
    work.note("withdraw_turn", site_id=site_id, subject=f"rota {turn_id}")
    return turn_id
