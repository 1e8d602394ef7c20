"""Notices that somebody set the clock of this machine, so that nothing waits for an hour that has been taken back."""

from __future__ import annotations

import datetime as dt
import threading

from monitor.clock import BothClocks, boot, now

_LOOK_EVERY = 1.0
_A_STEP = dt.timedelta(seconds=2)  # less is the slow correction that time servers make


def until_set(stopping: threading.Event) -> bool:
    """Wait until the wall clock is set, by a person or a time server: True; False as soon as we are to stop."""
    before = _read()
    while not stopping.wait(_LOOK_EVERY):
        present = _read()
        if abs(before.apart(present)) > _A_STEP:
            return True
        before = present
    return False


def _read() -> BothClocks:
    return BothClocks(now(), boot())
