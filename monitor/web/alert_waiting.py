"""For whom an alert waits: who must know now and since when, who has seen it, or until when it was put off and why."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.overviews.alerts import Alert
from monitor.protocols.phrases import listed
from monitor.web.alert_words import Line
from monitor.web.duty import Duty
from monitor.web.spoken import Spoken


def waiting(one: Alert, duty: Duty, spoken: Spoken) -> Iterator[Line]:
    """One or two lines. What was put off keeps its line of who has seen it."""
    if one.snoozed_until is not None and one.snoozed_until > spoken.at:
        until, by = spoken.moment(one.snoozed_until), duty.name(one.snoozed_by)
        yield Line("Put off", f"until {until}, by {by}: {one.snooze_reason}.", is_pressing=True)
    if one.acknowledged_at is not None:
        seen = f"{spoken.moment(one.acknowledged_at)}, by {duty.name(one.acknowledged_by)}"
        missing = duty.not_by(one.audience, one.acknowledged_by)
        yield Line("Seen", f"{seen}{missing}; it stays open until that is settled.")
        return
    yield Line("Must know now", _who(one, duty), is_pressing=True)
    yield Line("Waits", _since_when(one, spoken))


def _who(one: Alert, duty: Duty) -> str:
    names = [colleague.name for colleague in one.addressed_to]
    who = listed(names) if names else "nobody: this hospital has no such person"
    return "; ".join((who, *duty.away(site_id=one.site_id, audience=one.audience))) + "."


def _since_when(one: Alert, spoken: Spoken) -> str:
    """Since when, until when somebody should have seen it, and how often it went on to others."""
    since = f"since {spoken.moment(one.opened_at)}"
    if one.step and one.escalated_at is not None:
        times = {1: "once", 2: "twice, last"}.get(one.step, f"{one.step} times, last")
        return f"{since}; nobody saw it in time, passed on {times} {spoken.moment(one.escalated_at)}."
    if one.acknowledge_by is None:
        return f"{since}."
    must = "should have been seen by" if one.acknowledge_by <= spoken.at else "to be seen by"
    return f"{since}; {must} {spoken.deadline(one.acknowledge_by)}."
