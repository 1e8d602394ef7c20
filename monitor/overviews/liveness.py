"""Which processes are alive, which fell silent, and who leads: the part of readiness that looks at them (G5, H27)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from monitor.settings import Settings
from monitor.store.beat import Beat, read_beats
from monitor.store.lease import SCHEDULER, read_lease

PROCESSES = (SCHEDULER, "worker")
STANDBY = "standby"
OUTSIDE = "outside"
"""Beats of this kind say that an outside monitor was told."""
_NAMED_AT_MOST = 5


def signs_of_life(session: Session, kind: str, *, at: dt.datetime, settings: Settings) -> tuple[bool, str]:
    """Whether somebody does this kind of work, with the age of the last sign of life, and who else fell silent."""
    beats = [one for one in read_beats(session) if one.kind == kind]
    if not beats:
        return False, "no sign of life yet"
    newest = beats[0].at
    if newest - at > settings.clock_skew:
        return False, f"last sign of life {(newest - at).total_seconds():.0f} s in the future"
    alive, silent = _apart(beats, at=at, settings=settings)
    said = f"last sign of life {_age(newest, at)} ago"
    if len(alive) > 1:
        said += f", {len(alive)} are alive"
    return at - newest <= _patience(settings), said + _named(silent, at=at)


def leadership(session: Session, *, at: dt.datetime, settings: Settings) -> tuple[bool, str]:
    """Whether a scheduler leads; between two leaders there may be a gap as long as any other silence."""
    lease = read_lease(session, name=SCHEDULER)
    if lease is None:
        return False, "no scheduler has led yet"
    if lease.left < dt.timedelta(0):
        ago = (-lease.left).total_seconds()
        return -lease.left <= _patience(settings), f"nobody has led for {ago:.0f} s; the last fence was {lease.fence}"
    beats = [one for one in read_beats(session) if one.kind == STANDBY]
    alive, silent = _apart(beats, at=at, settings=settings)
    said = f"{lease.holder} leads with fence {lease.fence}, {len(alive)} stand by"
    return True, said + _named(silent, at=at)


def told_outside(session: Session, *, at: dt.datetime) -> str:
    """When an outside monitor was last told that all is well."""
    told = [one.at for one in read_beats(session) if one.kind == OUTSIDE]
    return f"told {_age(max(told), at)} ago" if told else "not told yet"


def _apart(beats: Sequence[Beat], *, at: dt.datetime, settings: Settings) -> tuple[list[Beat], list[Beat]]:
    """Those alive and those silent, without whoever said farewell."""
    expected = [one for one in beats if not one.is_over]
    alive = [one for one in expected if at - one.at <= _patience(settings)]
    return alive, [one for one in expected if at - one.at > _patience(settings)]


def _named(silent: Sequence[Beat], *, at: dt.datetime) -> str:
    if not silent:
        return ""
    names = [f"{one.instance} for {_age(one.at, at)}" for one in silent[:_NAMED_AT_MOST]]
    more = len(silent) - len(names)
    return f"; silent: {', '.join(names)}" + (f" and {more} more" if more else "")


def _age(moment: dt.datetime, at: dt.datetime) -> str:
    return f"{max(0.0, (at - moment).total_seconds()):.0f} s"


def _patience(settings: Settings) -> dt.timedelta:
    return settings.beat_every * settings.beats_missed_at_most
