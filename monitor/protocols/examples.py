"""Runs the worked examples of a protocol through the forecast: what a file promises is what it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from monitor.protocols.faults import Fault
from monitor.protocols.protocol import Example, Expected, Protocol
from monitor.schedules.calendar import Forecast, Item
from monitor.schedules.facts import Assessment, History, Person, Reading
from monitor.schedules.forecast import forecast
from monitor.schedules.working_days import WorkingDays
from monitor.spans import add_months

_MEMBERS = tuple(name for name in Expected.__struct_fields__ if name != "key")
_BORN = 40  # years before the start: no rule of the calendar asks for the age


def example_faults(
    protocol: Protocol,
    example: Example,
    *,
    path: str,
    working_days: Mapping[str, WorkingDays],
    is_analyte: Callable[[str], bool],
    is_scale: Callable[[str], bool],
) -> Iterator[Fault]:
    """Where the forecast of the example's history differs from what the example expects, member by member."""
    for place, sample in enumerate(example.samples):
        for name in sample.analytes:
            if not (is_analyte(name) or is_scale(name)):
                yield Fault(f"{path}.samples[{place}].analytes", f"{name!r} is not in the dictionary")
    profile = example.profile or protocol.profiles[0]
    if profile not in protocol.profiles:
        yield Fault(f"{path}.profile", "the protocol does not describe it")
        return
    found = forecast(
        protocol.plan_for(profile),
        example_history(example, is_scale=is_scale),
        on=example.on,
        until=example.until or add_months(example.on, 12),
        working_days=working_days[profile],
    )
    items = {item.key: item for item in found.items}
    for place, expected in enumerate(example.expects):
        yield from _item_faults(expected, items.get(expected.key), path=f"{path}.expects[{place}]")
    yield from _answer_faults(example, found, path=path)


def example_history(example: Example, *, is_scale: Callable[[str], bool]) -> History:
    """The facts of a worked example; what it names of a sample was usable on that day."""
    named = [(sample.on, name, sample.values.get(name)) for sample in example.samples for name in sample.analytes]
    return History(
        person=Person(
            sex=example.sex,
            birth_date=add_months(example.started_on, -12 * _BORN),
            access_expires_on=example.access_expires_on,
        ),
        started_on=example.started_on,
        administrations=example.given,
        planned_courses=example.planned_courses,
        readings=tuple(
            Reading(name, on, is_readable=True, value=value) for on, name, value in named if not is_scale(name)
        ),
        assessments=tuple(Assessment(name, on) for on, name, _ in named if is_scale(name)),
        events=example.events,
    )


def _item_faults(expected: Expected, item: Item | None, *, path: str) -> Iterator[Fault]:
    if item is None:
        yield Fault(f"{path}.key", f"the forecast lists no {expected.key}")
        return
    for member in _MEMBERS:
        wanted, given = getattr(expected, member), getattr(item, member)
        if wanted is not None and wanted != given:
            yield Fault(f"{path}.{member}", f"{expected.key}: expected {wanted}, the forecast says {given}")


def _answer_faults(example: Example, found: Forecast, *, path: str) -> Iterator[Fault]:
    if example.surveillance_ends_on not in (None, found.surveillance_ends_on):
        because = f"expected {example.surveillance_ends_on}, the forecast says {found.surveillance_ends_on}"
        yield Fault(f"{path}.surveillance_ends_on", because)
    alerts = tuple(f"{alert.level} {alert.topic}" for alert in found.alerts)
    warnings = tuple(warning.code for warning in found.warnings)
    for member, wanted, given in (("alerts", example.alerts, alerts), ("warnings", example.warnings, warnings)):
        if wanted is not None and wanted != given:
            yield Fault(f"{path}.{member}", f"expected {_listed(wanted)}; the forecast says {_listed(given)}")


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "none"
