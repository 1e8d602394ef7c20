"""A process of ours says that it is alive."""

from __future__ import annotations

import datetime as dt

from monitor.store.beat import write_beat
from monitor.work import Sessions


def beat(sessions: Sessions, *, name: str, at: dt.datetime) -> None:
    """Write the sign of life of `scheduler` or `worker`.

    A transaction of its own without an audit entry: it says nothing about anybody, thousands of times a day.
    """
    with sessions.begin() as session:
        write_beat(session, name=name, at=at)
