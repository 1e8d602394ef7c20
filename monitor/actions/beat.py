"""A process of ours says that it is alive, and what it does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from monitor.settings import Settings
from monitor.store.beat import Beat, end_beats, forget_beats_before, read_beats, write_beat
from monitor.work import Sessions


def beat(
    sessions: Sessions,
    *,
    instance: str,
    kinds: Collection[str],
    at: dt.datetime,
    settings: Settings,
    ended: Collection[str] = (),
) -> None:
    """Write the sign of life of this process for each of `kinds`; of `ended` nobody is to wait for another one.

    A sign that lies in the future by more than the skew allowed stays: the clock went back, and until a person says
    that it is right nothing is sent. A transaction of its own without an audit entry: it says nothing about anybody,
    thousands of times a day.
    """
    if not kinds and not ended:
        return
    with sessions.begin() as session:
        known = read_beats(session)
        for kind in sorted(kinds):
            if not any(_is_ahead(one, kind, instance, at=at, skew=settings.clock_skew) for one in known):
                write_beat(session, kind=kind, instance=instance, at=at)
        if any(one.instance == instance and one.kind in ended and not one.is_over for one in known):
            end_beats(session, instance=instance, kinds=ended)
        oldest = at - settings.beats_kept
        if any(one.at < oldest and one.kind in kinds for one in known):
            forget_beats_before(session, at=oldest, kinds=kinds)


def _is_ahead(one: Beat, kind: str, instance: str, *, at: dt.datetime, skew: dt.timedelta) -> bool:
    return (one.kind, one.instance) == (kind, instance) and one.at - at > skew
