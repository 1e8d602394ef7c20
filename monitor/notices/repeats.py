"""The samples that findings ask for: items of their own, with reminders and a ladder, ended by nothing but a sample."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import msgspec

from monitor.labs.chart import Chart
from monitor.labs.thresholds import Repeat, Rungs
from monitor.labs.values import NotMeasured
from monitor.notices.result_alerts import Standing
from monitor.schedules.calendar import Alert, Item, Kind, Outlook, State
from monitor.schedules.topics import OVERDUE
from monitor.schedules.working_days import WorkingDays
from monitor.spans import Span
from monitor.terms import Audience, Level

REPEAT = "repeat"
_DAY = dt.timedelta(days=1)
_POLICY = "policy"
_AFTER_NOT_MEASURED = Repeat(
    after=Span(days=2), overdue=2, rungs=Rungs(nurse=1, neurologist=5), reminders=(0,)
)  # a clotted or lost sample says nothing of the patient: soon enough to keep the month, no sooner [policy]


class Repeats(msgspec.Struct, frozen=True):
    """The samples asked for, by due date and key; their alerts; `changes_on`: the first later day of another state."""

    items: tuple[Item, ...] = ()
    outlook: dict[str, Outlook] = {}
    alerts: tuple[Alert, ...] = ()
    changes_on: dt.date | None = None


NOTHING = Repeats()


class _Wanted(msgspec.Struct, frozen=True):
    """One sample: of which analyte, because of what, from which day on, and how pressing."""

    analyte: str
    asked_on: dt.date
    repeat: Repeat
    rank: int
    because: str
    source: str

    @property
    def key(self) -> str:
        return f"{REPEAT}/{self.analyte}/{self.asked_on}"

    @property
    def due_on(self) -> dt.date:
        return self.repeat.after.after(self.asked_on)

    @property
    def overdue_on(self) -> dt.date:
        return self.due_on + _DAY * self.repeat.overdue


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
        items=tuple(_item(one, on=on, working_days=working_days) for one in ordered),
        outlook={one.key: Outlook(one.due_on + _DAY, one.overdue_on, one.repeat.reminders) for one in ordered},
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
        yield _Wanted(finding.analyte, day, repeat, finding.level.rank, because, finding.source)


def _of_failures(not_measured: Iterable[NotMeasured], chart: Chart) -> Iterator[_Wanted]:
    for failure in not_measured:
        newest = chart.latest_usable(failure.analyte)
        if newest is not None and newest.collected_on >= failure.collected_on:
            continue
        because = f"the sample of {failure.collected_on} was {failure.reason.value}; ends with a usable value"
        yield _Wanted(
            failure.analyte, failure.collected_on, _AFTER_NOT_MEASURED, Level.SOON.rank, because, _POLICY
        )  # fmt: skip


def _item(one: _Wanted, *, on: dt.date, working_days: WorkingDays) -> Item:
    return Item(
        key=one.key,
        stream=REPEAT,
        kind=Kind.LAB,
        due_on=one.due_on,
        suggested_on=working_days.on_or_after(one.due_on),
        opens_on=one.asked_on,
        closes_on=None,
        state=_state(one, on=on),
        done_on=None,
        moved_from=None,
        blocked_by=(),
        because=one.because,
        source=one.source,
    )


def _state(one: _Wanted, *, on: dt.date) -> State:
    if one.overdue_on <= on:
        return State.OVERDUE
    return State.LATE if one.due_on < on else State.OPEN


def _alert(one: _Wanted, *, on: dt.date) -> Alert | None:
    rungs = one.repeat.rungs
    reached = [
        (day, audience, level)
        for rung, audience, level in (
            (rungs.nurse, Audience.NURSE, Level.SOON),
            (rungs.neurologist, Audience.NEUROLOGIST, Level.URGENT),
            (rungs.critical, Audience.NEUROLOGIST, Level.CRITICAL),
        )
        if rung is not None and (day := one.due_on + _DAY * rung) <= on
    ]
    if not reached:
        return None
    _, audience, level = reached[-1]
    return Alert(
        topic=f"{OVERDUE}{REPEAT}/{one.analyte}",
        audience=audience,
        level=level,
        since=min(day for day, _, _ in reached),
        because=f"{one.key} was due on {one.due_on}: {one.because}",
        source=_POLICY,
    )


def _changes(one: _Wanted) -> Iterator[dt.date]:
    rungs = one.repeat.rungs
    for rung in (rungs.nurse, rungs.neurologist, rungs.critical):
        if rung is not None:
            yield one.due_on + _DAY * rung


def _one_a_topic(alerts: list[Alert]) -> tuple[Alert, ...]:
    """Of several samples of one analyte, the most pressing speaks."""
    found: dict[str, Alert] = {}
    for alert in sorted(alerts, key=lambda one: (one.level.rank, one.since)):
        found.setdefault(alert.topic, alert)
    return tuple(found.values())
