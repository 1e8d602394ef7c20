"""A scheduler that leads steps down, so that another one may take over at once."""

from __future__ import annotations

import datetime as dt

from monitor.store.audit import make_entry
from monitor.store.lease import SCHEDULER, release
from monitor.work import SYSTEM, Sessions


def stop_leading(sessions: Sessions, *, holder: str, at: dt.datetime, why: str) -> None:
    """Give the lease back if it is still ours; a transaction of its own, with its note."""
    with sessions.begin() as session:
        fence = release(session, name=SCHEDULER, holder=holder)
        if fence is not None:
            session.add(
                make_entry(
                    at=at, actor_id=SYSTEM.id, role=SYSTEM.role, site_id=None, action="stop_leading", patient_id=None,
                    subject=f"scheduler {holder}", why=why, content={"fence": fence},
                )
            )  # fmt: skip
