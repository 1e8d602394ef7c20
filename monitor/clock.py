"""The only reader of the wall clock; everything else is told what time it is."""

from __future__ import annotations

import datetime as dt
import time


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    return dt.datetime.now(dt.UTC)


def ticks() -> float:
    """Seconds on a clock that never jumps, for measuring durations; its zero means nothing."""
    return time.monotonic()
