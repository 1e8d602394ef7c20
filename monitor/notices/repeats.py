"""The samples that findings ask for: items of their own, with reminders and a ladder, ended by nothing but a sample."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import msgspec

from monitor.labs.chart import Chart
from monitor.labs.thresholds import Repeat, Rungs
from monitor.labs.values import NotMeasured
from monitor.notices.result_alerts import Standing
from monitor.schedules.calendar import Alert, Item, Kind, Outlook
from monitor.schedules.lone_item import Asked
from monitor.schedules.rungs import reached, rung_days
from monitor.schedules.topics import OVERDUE
from monitor.schedules.working_days import WorkingDays
from monitor.spans import Span
from monitor.terms import Level

REPEAT = "repeat"
_DAY = dt.timedelta(days=1)
_POLICY = "policy"
_AFTER_NOT_MEASURED = Repeat(
    after=Span(days=2), overdue=2, rungs=Rungs(nurse=1, neurologist=5), reminders=(0,)
)  # a clotted or lost sample says nothing of the patient: soon enough to keep the month, no sooner [policy]


class Repeats(msgspec.Struct, frozen=True):
    """The samples asked for, by due date and key; their alerts.

    `changes_on`: the first later day on which an alert reaches somebody else.
    """

    items: tuple[Item, ...] = ()
    outlook: dict[str, Outlook] = {}
    alerts: tuple[Alert, ...] = ()
    changes_on: dt.date | None = None


NOTHING = Repeats()


class _Wanted(Asked, frozen=True, kw_only=True):
    """One sample: of which analyte, how pressing, and whom its lateness reaches when."""

    analyte: str
    rungs: Rungs
    rank: int


def repeats(
    findings: Iterable[Standing],
    chart: Chart,
    *,
    not_measured: Iterable[NotMeasured],
    on: dt.date,
    working_days: WorkingDays,
) -> Repeats:
    """The repeats that are owed on `on`: one for each analyte and sample, by its most pressing finding (P16).

    A finding holds until a later usable value of its analyte, so its repeat is owed just as long. A sample that gave no
    value is asked for again until a usable value of that day or a later one comes (H10). Raises nothing.
    """
    wanted: dict[str, _Wanted] = {}
    for one in (*_of_findings(findings), *_of_failures(not_measured, chart)):
        known = wanted.get(one.key)
        if known is None or (one.due_on, one.rank) < (known.due_on, known.rank):
            wanted[one.key] = one
    if not wanted:
        return NOTHING
    ordered = sorted(wanted.values(), key=lambda one: (one.due_on, one.key))
    alerts = [alert for one in ordered if (alert := _alert(one, on=on)) is not None]
    days = [day for one in ordered for day in _changes(one) if day > on]
    return Repeats(
        items=tuple(one.item(on=on, working_days=working_days) for one in ordered),
        outlook={one.key: one.outlook() for one in ordered},
        alerts=_one_a_topic(alerts),
        changes_on=min(days, default=None),
    )


def _of_findings(findings: Iterable[Standing]) -> Iterator[_Wanted]:
    for standing in findings:
        finding, day = standing.finding, standing.value.collected_on
        repeat = finding.repeat
        if repeat is None or (repeat.only_first and standing.since < day):
            continue
        because = f"{finding.rule} in the sample of {day}: {finding.because}; ends with a later sample"
        yield _wanted(finding.analyte, day, repeat, rank=finding.level.rank, because=because, source=finding.source)


def _of_failures(not_measured: Iterable[NotMeasured], chart: Chart) -> Iterator[_Wanted]:
    for failure in not_measured:
        newest = chart.latest_usable(failure.analyte)
        if newest is not None and newest.collected_on >= failure.collected_on:
            continue
        because = f"the sample of {failure.collected_on} was {failure.reason.value}; ends with a usable value"
        day, repeat = failure.collected_on, _AFTER_NOT_MEASURED
        yield _wanted(failure.analyte, day, repeat, rank=Level.SOON.rank, because=because, source=_POLICY)


def _wanted(analyte: str, day: dt.date, repeat: Repeat, *, rank: int, because: str, source: str) -> _Wanted:
    due_on = repeat.after.after(day)
    return _Wanted(
        key=f"{REPEAT}/{analyte}/{day}",
        stream=REPEAT,
        kind=Kind.LAB,
        opens_on=day,
        due_on=due_on,
        overdue_on=due_on + _DAY * repeat.overdue,
        because=because,
        source=source,
        reminders=repeat.reminders,
        analyte=analyte,
        rungs=repeat.rungs,
        rank=rank,
    )


def _alert(one: _Wanted, *, on: dt.date) -> Alert | None:
    now = reached(one.rungs, days=(on - one.due_on).days)
    if now is None:
        return None
    audience, level = now
    return Alert(
        topic=f"{OVERDUE}{REPEAT}/{one.analyte}",
        audience=audience,
        level=level,
        since=one.due_on + _DAY * min(rung_days(one.rungs)),
        because=f"{one.key} was due on {one.due_on}: {one.because}",
        source=_POLICY,
    )


def _changes(one: _Wanted) -> Iterator[dt.date]:
    for rung in rung_days(one.rungs):
        yield one.due_on + _DAY * rung


def _one_a_topic(alerts: list[Alert]) -> tuple[Alert, ...]:
    """Of several samples of one analyte, the most pressing speaks."""
    found: dict[str, Alert] = {}
    for alert in sorted(alerts, key=lambda one: (one.level.rank, one.since)):
        found.setdefault(alert.topic, alert)
    return tuple(found.values())
