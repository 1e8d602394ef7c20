"""Which process leads: one holder at a time, by the clock of the database, each new term a higher fence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import CheckConstraint, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.store.base import Base, at_most
from monitor.store.database_time import database_now
from monitor.store.upsert import insert_into

SCHEDULER = "scheduler"
"""The one lease that there is: which scheduler leads."""
_TOO_FAR_AHEAD = 4  # leases: nobody writes such an end, so the clock of the database was set back since


class LeaseRow(Base):
    """`holder` is the random name of a process; the lease is free once `expires_at` is past."""

    __tablename__ = "lease"
    __table_args__ = (at_most("name", 64), at_most("holder", 64), CheckConstraint("fence >= 1", name="fence_counts"))

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    fence: Mapped[int]
    expires_at: Mapped[dt.datetime]


@dataclass(frozen=True, slots=True)
class Lease:
    """Who holds it, or held it last; `left` is how long it still runs by the database's clock, negative once past."""

    holder: str
    fence: int
    left: dt.timedelta

    def is_free_for(self, holder: str, *, life: dt.timedelta) -> bool:
        """True if this holder may renew or take it."""
        return self.holder == holder or self.left < dt.timedelta(0) or self.left > _TOO_FAR_AHEAD * life


@dataclass(frozen=True, slots=True)
class Held:
    """The lease is ours; `is_new` if it was somebody else's, or had run out, before."""

    fence: int
    is_new: bool


def read_lease(session: Session, *, name: str) -> Lease | None:
    """How the lease stands; None if nobody ever held it."""
    row = session.execute(
        select(LeaseRow.holder, LeaseRow.fence, LeaseRow.expires_at).where(LeaseRow.name == name)
    ).one_or_none()
    return None if row is None else Lease(row.holder, row.fence, row.expires_at - database_now(session))


def acquire_or_renew(session: Session, *, name: str, holder: str, life: dt.timedelta) -> Held | None:
    """Hold the lease for `life` from now on; None if another process holds it or is just about to."""
    _do_not_block_others(session, life)
    row = session.execute(
        select(LeaseRow.holder, LeaseRow.fence, LeaseRow.expires_at)
        .where(LeaseRow.name == name)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    now = database_now(session)  # after the lock: whoever waited for it must not count from before
    if row is None:
        first = insert_into(session, LeaseRow).values(name=name, holder=holder, fence=1, expires_at=now + life)
        fence = session.scalar(first.on_conflict_do_nothing().returning(LeaseRow.fence))
        return None if fence is None else Held(fence, is_new=True)
    if not Lease(row.holder, row.fence, row.expires_at - now).is_free_for(holder, life=life):
        return None
    is_new = row.holder != holder or row.expires_at < now
    taken = session.scalar(
        update(LeaseRow)
        .where(LeaseRow.name == name, LeaseRow.holder == row.holder, LeaseRow.fence == row.fence)
        .values(holder=holder, fence=row.fence + is_new, expires_at=now + life)
        .execution_options(synchronize_session=False)
        .returning(LeaseRow.fence)
    )
    return None if taken is None else Held(taken, is_new=is_new)


def release(session: Session, *, name: str, holder: str) -> int | None:
    """Let anybody take it at once; gives the fence, or None if it was no longer ours."""
    return session.scalar(
        update(LeaseRow)
        .where(LeaseRow.name == name, LeaseRow.holder == holder, LeaseRow.expires_at >= database_now(session))
        .values(expires_at=database_now(session) - dt.timedelta(milliseconds=1))
        .execution_options(synchronize_session=False)
        .returning(LeaseRow.fence)
    )


def _do_not_block_others(session: Session, life: dt.timedelta) -> None:
    """Who is frozen between two statements loses the lock on the row with the lease, and not only when it wakes up."""
    if session.get_bind().dialect.name == "postgresql":
        patience = text("SELECT set_config('idle_in_transaction_session_timeout', :patience, true)")
        session.execute(patience, {"patience": f"{max(1, round(life.total_seconds() * 1000))}ms"})
