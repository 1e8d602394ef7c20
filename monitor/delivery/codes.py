"""What both outboxes make of an answer: its code as it may be kept, and how long to wait after a "not now"."""

from __future__ import annotations

import datetime as dt
import re

_NO_CODE = re.compile(r"[^\x20-\x7e]")  # a code is a word of ours or a number of the other side, never what it sent
TOLD_TO_STOP = "the provider was told to stop text messages to this number"
OPTED_OUT = "21610"  # the provider's number for: whoever has this telephone told us to stop
SID = re.compile("(?:SM|MM)[0-9a-f]{32}")  # how the provider names a text
SILENT = "the worker was silent for longer than its lease"


def clean(code: str) -> str | None:
    """Short and printable, or none: a database must be able to hold it."""
    return _NO_CODE.sub("", code)[:32] or None


def back_off(attempts: int, *, first: dt.timedelta, longest: dt.timedelta) -> dt.timedelta:
    """Twice as long after each attempt, up to the longest."""
    doublings = min(max(attempts - 1, 0), 20)
    return min(first * (1 << doublings), longest)
