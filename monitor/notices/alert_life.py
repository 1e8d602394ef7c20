"""The life of an alert: how long it may wait for a person, how long it may be put off, and how it ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from monitor.terms import Level


class ClosingAction(StrEnum):
    """What was done about an alert when it was closed."""

    REPEAT_ORDERED = "repeat_ordered"
    PATIENT_CALLED = "patient_called"
    PATIENT_SEEN = "patient_seen"
    REFERRED = "referred"
    TREATMENT_HELD = "treatment_held"
    TREATMENT_CHANGED = "treatment_changed"
    HANDLED = "handled"  # a task, such as a text that could not be sent
    ALREADY_KNOWN = "already_known"
    NOT_TRUE = "not_true"  # an error of entry or of the sample, or true no longer
    NO_ACTION_NEEDED = "no_action_needed"


DISMISSALS = frozenset({ClosingAction.ALREADY_KNOWN, ClosingAction.NOT_TRUE, ClosingAction.NO_ACTION_NEEDED})
"""Nothing was done: the ledger of a rule counts these apart."""

LONGEST_SNOOZE: Mapping[Level, dt.timedelta] = {
    Level.CRITICAL: dt.timedelta(hours=1),
    Level.URGENT: dt.timedelta(hours=24),
    Level.SOON: dt.timedelta(days=7),
    Level.INFO: dt.timedelta(days=30),
}
"""How long an alert may be put off, by level [policy]."""
