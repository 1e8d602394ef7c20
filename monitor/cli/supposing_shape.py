"""The public shape of `simulate --if-given`: the answer as ever, and one member more."""

from __future__ import annotations

from monitor.cli.history_shape import Answer
from monitor.schedules.what_if import WhatIf


class SupposingAnswer(Answer, frozen=True):
    """What `monitor simulate` answers where a dose is supposed: the calendar as it is, and what would change."""

    if_given: WhatIf
