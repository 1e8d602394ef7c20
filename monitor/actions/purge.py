"""What was kept for a while only is forgotten."""

from __future__ import annotations

from monitor.store.idempotency import purge_answers
from monitor.work import Sessions


def purge(sessions: Sessions) -> int:
    """Forget the answers whose time is over; how many. A transaction without an audit entry: it changes no record."""
    with sessions.begin() as session:
        return purge_answers(session)
