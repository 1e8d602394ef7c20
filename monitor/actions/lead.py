"""A scheduler says that it leads, as long as no other one does; whoever falls silent is replaced."""

from __future__ import annotations

import datetime as dt

from monitor.settings import Settings
from monitor.store.audit import make_entry
from monitor.store.lease import SCHEDULER, Held, acquire_or_renew, read_lease
from monitor.work import SYSTEM, Sessions


def lead(sessions: Sessions, *, holder: str, at: dt.datetime, settings: Settings) -> Held | None:
    """Take or renew the lead for `settings.leader_lease`, counted by the database's clock; None if another one leads.

    A transaction of its own. A change of leader is noted, a renewal is not: it says nothing new, every few seconds.
    Whoever only stands by reads, and on SQLite waits for no writer.
    """
    with sessions() as session:
        session.connection(execution_options={"only_reads": True})
        lease = read_lease(session, name=SCHEDULER)
    if lease is not None and not lease.is_free_for(holder, life=settings.leader_lease):
        return None
    with sessions.begin() as session:
        held = acquire_or_renew(session, name=SCHEDULER, holder=holder, life=settings.leader_lease)
        if held is not None and held.is_new:
            session.add(
                make_entry(
                    at=at, actor_id=SYSTEM.id, role=SYSTEM.role, site_id=None, action="lead", patient_id=None,
                    subject=f"scheduler {holder}", why=None, content={"fence": held.fence},
                )
            )  # fmt: skip
        return held
