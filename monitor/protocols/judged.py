"""The whole answer for one treatment on one day: its calendar, and what the values in it mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from monitor.labs.baselines import baselines
from monitor.labs.chart import chart_of
from monitor.labs.gate_values import blocking
from monitor.labs.subject import Subject
from monitor.notices.repeats import NOTHING, Repeats, repeats
from monitor.notices.result_alerts import ResultAlert, Standing, by_rule, result_alerts, standing_findings
from monitor.protocols.basis import Basis
from monitor.protocols.next_dose import course_of, gates_of_dose, next_dose
from monitor.protocols.readings import failures_in, values_in
from monitor.schedules.calendar import SUSPENDED, Alert, Forecast
from monitor.schedules.facts import History, Person
from monitor.schedules.forecast import forecast
from monitor.schedules.working_days import WorkingDays

NO_SIGNS: Mapping[str, tuple[dt.date, ...]] = {}
"""Said aloud by whoever knows of none: a rule that asks for a sign is then never met."""


class Judged(msgspec.Struct, frozen=True):
    """A calendar whose values were judged.

    `calendar`: with the alerts on values among the others. `subject`: what values are judged against. `findings`: those
    that hold, of every level. `results`: the alerts on values alone, each with its finding. `repeats`: the samples that
    findings ask for; they are among the upcoming items of the calendar, but their alerts are not among its alerts.
    """

    calendar: Forecast
    subject: Subject
    findings: tuple[Standing, ...]
    results: tuple[ResultAlert, ...]
    repeats: Repeats


def judged(
    basis: Basis, history: History, *, on: dt.date, until: dt.date, signs: Mapping[str, tuple[dt.date, ...]]
) -> Judged:
    """The forecast of the history, with the alerts and gates that its values give rise to; pure, like `forecast`.

    `signs`: the days on which each sign was reported. After a death nobody is alerted any more. Raises nothing.
    """
    calendar = forecast(basis.plan, history, on=on, until=until, working_days=basis.working_days)
    subject = subject_of(basis, history, calendar=calendar, on=on, signs=signs)
    has_died = calendar.has_died
    findings = () if has_died else standing_findings(subject)
    results = result_alerts(findings)
    again = NOTHING if has_died else _repeats(findings, subject, calendar, on=on, working_days=basis.working_days)
    if results or again.items:
        calendar = _joined(calendar, results, again)
    if subject.chart.analytes and not has_died:
        calendar = _shut(calendar, basis, history, subject, on=on)
    return Judged(calendar=calendar, subject=subject, findings=findings, results=results, repeats=again)


def _repeats(
    findings: tuple[Standing, ...], subject: Subject, calendar: Forecast, *, on: dt.date, working_days: WorkingDays
) -> Repeats:
    failures = failures_in(calendar.in_force)
    return repeats(findings, subject.chart, not_measured=failures, on=on, working_days=working_days)


def _shut(calendar: Forecast, basis: Basis, history: History, subject: Subject, *, on: dt.date) -> Forecast:
    """The calendar with the gates that a value blocks on its next pending dose; a suspension hides them."""
    dose = next_dose(calendar)
    if dose is None or SUSPENDED in dose.blocked_by:
        return calendar
    course = course_of(basis.protocol, dose.key)
    shut = blocking(gates_of_dose(basis, history, course=course, on=on), subject, on=on)
    if not shut:
        return calendar
    held = replace(dose, blocked_by=(*dose.blocked_by, *shut))
    return replace(
        calendar,
        items=tuple(held if item is dose else item for item in calendar.items),
        upcoming=tuple(held if item is dose else item for item in calendar.upcoming),
    )


def _joined(calendar: Forecast, results: tuple[ResultAlert, ...], again: Repeats) -> Forecast:
    """The calendar with the alerts on values, and with the samples that are asked for."""
    alerts = sorted((*calendar.alerts, *by_rule(results)), key=_by_level)
    days = [day for day in (calendar.attention_on, again.changes_on) if day is not None]
    return replace(
        calendar,
        alerts=tuple(alerts),
        upcoming=(*calendar.upcoming, *again.items),
        outlook=calendar.outlook | again.outlook,
        attention_on=min(days, default=None),
    )


def subject_of(
    basis: Basis,
    history: History,
    *,
    calendar: Forecast,
    on: dt.date,
    signs: Mapping[str, tuple[dt.date, ...]],
) -> Subject:
    """What a value of this history is judged against: only what counts and was collected up to the day."""
    rules = basis.rules
    chart = chart_of(values_in(calendar.in_force))
    person: Person = history.person
    return Subject(
        dictionary=basis.dictionary,
        chart=chart,
        rules=rules,
        sex=person.sex.value,
        born_on=person.birth_date,
        baselines=baselines(chart, rules.with_baseline, first_dose_on=history.first_dose_on(on=on)),
        signs=signs,
    )


def _by_level(alert: Alert) -> tuple[int, str]:
    return alert.level.rank, alert.topic
