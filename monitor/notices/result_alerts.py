"""Who must know of what in a patient's values: the findings that hold today, and the alerts they give rise to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec.structs import replace

from monitor.labs.chart import is_later
from monitor.labs.explanations import shown
from monitor.labs.judge import EXACT_VALUE_NEEDED, Finding, judge
from monitor.labs.subject import Subject
from monitor.labs.thresholds import grows_worse
from monitor.labs.values import Value
from monitor.schedules.calendar import Alert
from monitor.schedules.topics import RESULT
from monitor.terms import Audience, Level


class Standing(msgspec.Struct, frozen=True):
    """A finding that holds: the newest value it stands in, and the day on which it first stood, without a gap since.

    `worst`: of the values since then in which it stood, the one that is furthest beyond, where that is another one.
    """

    finding: Finding
    value: Value
    since: dt.date
    worst: Value | None = None


class ResultAlert(msgspec.Struct, frozen=True):
    """An alert on a value; `evidence` names the row of the newest value in which the finding stands."""

    alert: Alert
    finding: Finding
    evidence: str | None


def standing_findings(subject: Subject) -> tuple[Standing, ...]:
    """Every finding that no later usable value of its analyte has ended, whatever its level.

    A value that satisfies nothing (preliminary, implausible) may give rise to a finding and ends none. Two samples of
    one day whose times nobody knows end nothing of each other. In the order of the analytes, then of their findings.
    """
    return tuple(standing for analyte in subject.chart.analytes for standing in _standing(analyte, subject))


def result_alerts(findings: tuple[Standing, ...]) -> tuple[ResultAlert, ...]:
    """One alert for each cause that holds at level `soon` or above, for the neurologist, since the first sample of it.

    Where one rule holds in several analytes, the most pressing speaks, the earliest day counts. By level, then topic.
    """
    by_topic: dict[str, list[Standing]] = {}
    for standing in findings:
        if standing.finding.level is not Level.INFO:
            by_topic.setdefault(topic_of(standing.finding), []).append(standing)
    return in_order(alert_of(standing) for standing in by_topic.values())


def in_order(alerts: Iterable[ResultAlert]) -> tuple[ResultAlert, ...]:
    """By level, then topic."""
    return tuple(sorted(alerts, key=lambda one: (one.alert.level.rank, one.alert.topic)))


def topic_of(finding: Finding) -> str:
    """One for each cause: a number that is needed is needed of one analyte."""
    about = f":{finding.analyte}" if finding.rule == EXACT_VALUE_NEEDED else ""
    return f"{RESULT}{finding.rule}{about}"


def by_rule(alerts: Iterable[ResultAlert]) -> tuple[Alert, ...]:
    """The alerts as a calendar lists them, `result:<rule>`: one for each rule, the most pressing of it."""
    found: dict[str, Alert] = {}
    for one in alerts:
        topic = f"{RESULT}{one.finding.rule}"
        found.setdefault(topic, replace(one.alert, topic=topic))
    return tuple(found.values())


def alert_of(standing: Sequence[Standing]) -> ResultAlert:
    """The one alert of what stands of one cause: the most pressing of it speaks, of equals the newest."""
    worst = min(standing, key=lambda one: (one.finding.level.rank, -one.value.collected_on.toordinal()))
    finding = worst.finding
    alert = Alert(
        topic=topic_of(finding),
        audience=Audience.NEUROLOGIST,
        level=finding.level,
        since=min(one.since for one in standing),
        because=_because(worst),
        source=finding.source,
    )
    return ResultAlert(alert=alert, finding=finding, evidence=worst.value.ref)


def _because(standing: Standing) -> str:
    """The reason of an alert: what was found, in which sample, how far it went before, and what to do."""
    finding, value, worst = standing.finding, standing.value, standing.worst
    further = f" (it was {shown(worst)} on {worst.collected_on})" if worst is not None else ""
    return f"{finding.analyte} of {value.collected_on}: {finding.because}{further}; {finding.action}"


def _standing(analyte: str, subject: Subject) -> Iterator[Standing]:
    values = subject.chart.of(analyte)
    seen: set[str] = set()
    for value in _not_ended(values):
        for finding in judge(value, subject):
            if finding.rule not in seen:
                seen.add(finding.rule)
                row = _unbroken(finding.rule, value, values, subject)
                since = min(one.collected_on for one in row)
                yield Standing(finding, value, since, _furthest(finding.rule, row, subject))


def _not_ended(values: tuple[Value, ...]) -> Iterator[Value]:
    """The values that no later usable one has followed, newest first."""
    newest_usable: Value | None = None
    for value in reversed(values):
        if newest_usable is not None and is_later(newest_usable, value):
            return
        yield value
        if newest_usable is None and value.is_usable:
            newest_usable = value


def _unbroken(rule: str, value: Value, values: tuple[Value, ...], subject: Subject) -> list[Value]:
    """This value, those of its day that nobody can put before or after it, and those before, while the rule stood."""
    row = [value]
    for other in reversed(values):
        if other is value or is_later(other, value):
            continue
        if any(finding.rule == rule for finding in judge(other, subject)):
            row.append(other)
        elif other.is_usable and is_later(value, other):
            break
    return row


def _furthest(rule: str, row: list[Value], subject: Subject) -> Value | None:
    """The worst of them, where the newest is not and the rule says which side is worse; the newest of equals."""
    value = row[0]
    threshold = next((one for one in subject.rules.of(value.analyte) if one.rule == rule), None)
    side = None if threshold is None else grows_worse(threshold)
    if side is None or len(row) == 1:
        return None
    worst = (min if side == "down" else max)(row, key=lambda one: one.quantity.value)
    return None if worst.quantity.value == value.quantity.value else worst
