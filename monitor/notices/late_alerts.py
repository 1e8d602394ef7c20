"""Who must know of what just arrived, although newer values are there already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec.structs import replace

from monitor.labs.chart import chart_of, is_later
from monitor.labs.companions import are_within
from monitor.labs.judge import judge
from monitor.labs.subject import Subject
from monitor.labs.values import Value
from monitor.notices.result_alerts import ResultAlert, Standing, alert_of, in_order, topic_of
from monitor.terms import Level


def late_alerts(subject: Subject, *, arrived: Collection[str]) -> tuple[ResultAlert, ...]:
    """An alert for each urgent or critical finding that just arrived, whatever newer values say (H06, G7).

    `arrived`: the rows that came. A finding comes with one of them, or with an older row to which one of them gave what
    it needed: a value before it, a baseline, a value beside it. By level, then topic; one a cause, of the newest value.
    """
    came = [value for value in subject.chart if value.ref in arrived]
    if not came:
        return ()
    found: dict[str, Standing] = {}
    for standing in (*_grave(came, subject), *_made_grave(came, subject)):
        topic = topic_of(standing.finding)
        if topic not in found or not is_later(found[topic].value, standing.value):
            found[topic] = standing
    return in_order(alert_of([standing]) for standing in found.values())


def _grave(values: Iterable[Value], subject: Subject) -> Iterator[Standing]:
    for value in values:
        for finding in judge(value, subject):
            if finding.level.rank <= Level.URGENT.rank:
                yield Standing(finding, value, value.collected_on)


def _made_grave(came: Sequence[Value], subject: Subject) -> Iterator[Standing]:
    """What older rows give rise to only since these came."""
    before: Subject | None = None
    for standing in _grave(_touched(came, subject), subject):
        before = before or _without(came, subject)
        if all(finding.rule != standing.finding.rule for finding in judge(standing.value, before)):
            yield standing


def _touched(came: Sequence[Value], subject: Subject) -> Iterator[Value]:
    """The other values that are compared with one of these: later ones of its analyte, and those judged beside it.

    All of its analyte where it is the baseline.
    """
    refs = {value.ref for value in came}
    for name in subject.chart.analytes:
        same = [one for one in came if one.analyte == name]
        is_baseline = any(one.quantity.value == subject.baselines.get(name) for one in same)
        beside = [(one, span) for one in came if (span := subject.rules.beside(one.analyte).get(name)) is not None]
        for value in subject.chart.of(name) if same or beside else ():
            is_beside = any(are_within(span, one.collected_on, value.collected_on) for one, span in beside)
            is_compared = is_baseline or any(is_later(value, one) for one in same)
            if value.ref not in refs and (is_beside or is_compared):
                yield value


def _without(came: Sequence[Value], subject: Subject) -> Subject:
    """The same patient before these came; a baseline that may be one of them is unknown."""
    refs = {value.ref for value in came}
    chart = chart_of(value for value in subject.chart if value.ref not in refs)
    numbers = {(value.analyte, value.quantity.value) for value in came}
    baselines = {name: number for name, number in subject.baselines.items() if (name, number) not in numbers}
    return replace(subject, chart=chart, baselines=baselines)
