"""The only reader of the clocks; everything else is told what time it is."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass

_BOOT = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))  # the first one counts sleep on Linux


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    return dt.datetime.now(dt.UTC)


def ticks() -> float:
    """Seconds on a clock that never jumps, for measuring durations; its zero means nothing."""
    return time.monotonic()


def boot() -> float:
    """Seconds since this machine was started, its sleep included; nobody can set that clock."""
    return time.monotonic() if _BOOT is None else time.clock_gettime(_BOOT)


@dataclass(frozen=True, slots=True)
class BothClocks:
    """What the wall clock and the boot clock showed at one moment."""

    wall: dt.datetime
    boot: float

    def apart(self, later: BothClocks) -> dt.timedelta:
        """By how much the wall clock gained on the boot clock since; negative where it was set back."""
        return (later.wall - self.wall) - dt.timedelta(seconds=later.boot - self.boot)
