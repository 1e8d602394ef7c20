"""What becomes of an open alert as its cause changes: it says something else, calls again, is no longer put off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from monitor.notices.alert_life import Patience
from monitor.schedules.calendar import Alert
from monitor.store.alert import AlertRow, verdict_of
from monitor.terms import Level

NOTHING: Mapping[str, object] = MappingProxyType({})


def revise(
    row: AlertRow, wanted: Alert, *, at: dt.datetime, patience: Patience, about: Mapping[str, object] = NOTHING
) -> bool:
    """Let an open alert say what is wanted now; whether it said something else. `about`: more columns of it.

    One that grew more pressing, or is true again, is to be seen anew, and so is new evidence of what is urgent: whoever
    saw a count of 80 has not seen that of 55. Of what is less pressing, new evidence ends a snooze.
    """
    values = {**verdict_of(wanted), "holds": True, "eased_because": None, **about}
    if all(getattr(row, name) == value for name, value in values.items()):
        return False
    is_of_another = row.evidence != values.get("evidence", row.evidence)
    is_pressing = wanted.level.rank <= Level.URGENT.rank
    is_to_be_seen = wanted.level.rank < row.rank or not row.holds or (is_of_another and is_pressing)
    if not row.holds:
        row.escalate_at = None  # what is true again is another matter, whose time begins now
    for name, value in values.items():
        setattr(row, name, value)
    if is_to_be_seen:
        call_again(row, at=at, patience=patience)
    elif is_of_another and row.snoozed_until is not None:
        wake(row, at=at, patience=patience)
    row.version += 1
    return True


def call_again(row: AlertRow, *, at: dt.datetime, patience: Patience) -> None:
    """Nobody has seen it as it is now: unacknowledged, not put off, and whoever had seen it has its time anew."""
    if row.acknowledged_at is not None:
        row.acknowledged_at = row.acknowledged_by = row.escalate_at = None
    wake(row, at=at, patience=patience)


def wake(row: AlertRow, *, at: dt.datetime, patience: Patience) -> None:
    """It is no longer put off. Where nobody has seen it, it goes on to the next in time.

    A time that runs is only ever made shorter: a patient who writes again and again, or a count that comes again, must
    not keep an alert with somebody who is not there (H47).
    """
    row.snoozed_until = row.snoozed_by = row.snoozed_at = row.snooze_reason = None
    if row.acknowledged_at is None:
        within = patience.acknowledge_by(Level(row.level), at=at)
        if row.escalate_at is None:
            row.step, row.escalated_at = 0, None
        if row.escalate_at is None or (within is not None and within < row.escalate_at):
            row.acknowledge_by = row.escalate_at = within
        row.calls += 1
