"""A process of ours says that it is alive."""

from __future__ import annotations

import datetime as dt

from monitor.store.beat import read_beats, write_beat
from monitor.work import Sessions


def beat(sessions: Sessions, *, name: str, at: dt.datetime, skew: dt.timedelta) -> None:
    """Write the sign of life of `scheduler` or `worker`.

    A sign that lies in the future by more than `skew` stays: the clock went back, and until a person says that it is
    right nothing is sent. A transaction of its own without an audit entry: it says nothing about anybody, thousands of
    times a day.
    """
    with sessions.begin() as session:
        last = read_beats(session).get(name)
        if last is not None and last - at > skew:
            return
        write_beat(session, name=name, at=at)
