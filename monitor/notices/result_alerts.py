"""Who must know of what in a patient's values: the findings that hold today, and the alerts they give rise to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

import msgspec

from monitor.labs.chart import is_later
from monitor.labs.judge import Finding, judge
from monitor.labs.subject import Subject
from monitor.labs.values import Value
from monitor.schedules.calendar import Alert
from monitor.schedules.topics import RESULT
from monitor.terms import Audience, Level


class Standing(msgspec.Struct, frozen=True):
    """A finding that holds: the newest value it stands in, and the day on which it first stood, without a gap since."""

    finding: Finding
    value: Value
    since: dt.date


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
    """One alert for each rule that holds at level `soon` or above, for the neurologist, since the first sample of it.

    Where one rule holds in several analytes, the most pressing speaks, the earliest day counts. By level, then topic.
    """
    by_rule: dict[str, list[Standing]] = {}
    for standing in findings:
        if standing.finding.level is not Level.INFO:
            by_rule.setdefault(standing.finding.rule, []).append(standing)
    found = [_alert(standing) for standing in by_rule.values()]
    return tuple(sorted(found, key=lambda one: (one.alert.level.rank, one.alert.topic)))


def late_alerts(subject: Subject, *, arrived: Collection[str]) -> tuple[ResultAlert, ...]:
    """An alert for each urgent or critical finding of values that just arrived, whatever newer values say (H06).

    `arrived`: the rows they come from, which are the evidence. By level, then topic; one a rule, of the newest value.
    """
    if not arrived:
        return ()
    found: dict[str, ResultAlert] = {}
    for analyte in subject.chart.analytes:
        for value in subject.chart.of(analyte):
            if value.ref in arrived:
                for finding in judge(value, subject):
                    if finding.level.rank <= Level.URGENT.rank:
                        found[finding.rule] = _alert([Standing(finding, value, value.collected_on)])
    return tuple(sorted(found.values(), key=lambda one: (one.alert.level.rank, one.alert.topic)))


def _alert(standing: list[Standing]) -> ResultAlert:
    worst = min(standing, key=lambda one: (one.finding.level.rank, -one.value.collected_on.toordinal()))
    finding = worst.finding
    alert = Alert(
        topic=f"{RESULT}{finding.rule}",
        audience=Audience.NEUROLOGIST,
        level=finding.level,
        since=min(one.since for one in standing),
        because=because(finding, worst.value),
        source=finding.source,
    )
    return ResultAlert(alert=alert, finding=finding, evidence=worst.value.ref)


def because(finding: Finding, value: Value) -> str:
    """The reason of an alert: what was found, in which sample, and what to do."""
    return f"{finding.analyte} of {value.collected_on}: {finding.because}; {finding.action}"


def _standing(analyte: str, subject: Subject) -> Iterator[Standing]:
    values = subject.chart.of(analyte)
    seen: set[str] = set()
    for value in _not_ended(values):
        for finding in judge(value, subject):
            if finding.rule not in seen:
                seen.add(finding.rule)
                yield Standing(finding, value, _since(finding.rule, value, values, subject))


def _not_ended(values: tuple[Value, ...]) -> Iterator[Value]:
    """The values that no later usable one has followed, newest first."""
    newest_usable: Value | None = None
    for value in reversed(values):
        if newest_usable is not None and is_later(newest_usable, value):
            return
        yield value
        if newest_usable is None and value.is_usable:
            newest_usable = value


def _since(rule: str, value: Value, values: tuple[Value, ...], subject: Subject) -> dt.date:
    """The day of the first value of the unbroken row in which the rule stood up to this one."""
    since = value.collected_on
    for earlier in reversed(values):
        if not is_later(value, earlier):
            continue
        if any(finding.rule == rule for finding in judge(earlier, subject)):
            since = earlier.collected_on
        elif earlier.is_usable:
            return since
    return since
