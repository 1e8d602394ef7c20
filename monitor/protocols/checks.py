"""Is a protocol coherent beyond its shape? Everything a reviewer cannot be asked to see line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from monitor.protocols.dose_checks import dose_faults
from monitor.protocols.examples import example_faults
from monitor.protocols.faults import Fault, authority, said, spans
from monitor.protocols.protocol import Protocol
from monitor.protocols.sign_checks import sign_faults
from monitor.protocols.stream_checks import stream_faults
from monitor.schedules.plan import CourseDoses, Rules
from monitor.schedules.recurrence import Series
from monitor.schedules.working_days import WorkingDays

FEWEST_EXAMPLES = 3
PROFILES = ("eu", "us")


def check_protocol(
    protocol: Protocol,
    *,
    is_analyte: Callable[[str], bool],
    is_scale: Callable[[str], bool],
    working_days: Mapping[str, WorkingDays],
) -> tuple[Fault, ...]:
    """Everything wrong with a protocol, in the order of its file; empty when it may be used.

    `is_analyte`, `is_scale`: whether the dictionary has that id. `working_days`: by profile, those of the country whose
    label it follows. The worked examples run only when nothing else is wrong: a rule that makes no sense may have
    no forecast. Raises nothing.
    """
    found = list(_rule_faults(protocol, is_analyte=is_analyte, is_scale=is_scale))
    if not found:
        for place, example in enumerate(protocol.examples):
            found += example_faults(
                protocol,
                example,
                path=f"examples[{place}]",
                working_days=working_days,
                is_analyte=is_analyte,
                is_scale=is_scale,
            )
    return tuple(found)


def _rule_faults(
    protocol: Protocol, *, is_analyte: Callable[[str], bool], is_scale: Callable[[str], bool]
) -> Iterator[Fault]:
    rules = protocol.rules
    yield from said([("title", protocol.title)])
    yield from _profile_faults(protocol.profiles)
    yield from _surveillance_faults(rules)
    yield from dose_faults(rules.doses)
    taken = {(profile, rules.doses.stream) for profile in protocol.profiles}
    for place, stream in enumerate(rules.streams):
        path = f"streams[{place}]"
        wanted = stream.applies_to.profile
        if wanted is not None and wanted not in protocol.profiles:
            yield Fault(f"{path}.applies_to.profile", "the protocol does not describe it")
        names = {(profile, stream.id) for profile in protocol.profiles if wanted in (None, profile)}
        if names & taken:
            yield Fault(f"{path}.id", f"another stream is called {stream.id!r}")
        taken |= names
        yield from stream_faults(rules, stream, path=path, is_analyte=is_analyte, is_scale=is_scale)
    yield from sign_faults(protocol)
    yield from _authority_faults(protocol)
    yield from _example_list_faults(protocol)


def _profile_faults(profiles: tuple[str, ...]) -> Iterator[Fault]:
    if not profiles:
        yield Fault("profiles", "follows no label")
    for place, profile in enumerate(profiles):
        if profile not in PROFILES:
            yield Fault(f"profiles[{place}]", f"not one of {', '.join(PROFILES)}")
        if profile in profiles[:place]:
            yield Fault(f"profiles[{place}]", "named twice")


def _authority_faults(protocol: Protocol) -> Iterator[Fault]:
    """The label of one region is no authority in another."""
    plan = protocol.plans.get("us")
    if plan is None:
        return
    yield from authority(plan.doses, path="doses", profiles=protocol.profiles)
    if plan.surveillance is not None:
        yield from authority(plan.surveillance, path="surveillance", profiles=protocol.profiles)
    for stream in plan.streams:
        yield from authority(stream, path=stream.id, profiles=protocol.profiles)


def _surveillance_faults(plan: Rules) -> Iterator[Fault]:
    surveillance = plan.surveillance
    if surveillance is None:
        return
    yield from spans([("surveillance.after_last_infusion", surveillance.after_last_infusion)])
    yield from said([("surveillance.source", surveillance.source)])
    if not isinstance(plan.doses, CourseDoses):
        yield Fault("surveillance", "counted from the last infusion of a course, and this protocol has no courses")
    watched = [
        stream.schedule.every.months * (stream.schedule.count or 0)
        for stream in plan.streams
        if stream.is_surveillance and isinstance(stream.schedule, Series)
    ]
    if max(watched, default=0) < surveillance.after_last_infusion.months:
        yield Fault("surveillance.after_last_infusion", "no stream lasts to its end")


def _example_list_faults(protocol: Protocol) -> Iterator[Fault]:
    if len(protocol.examples) < FEWEST_EXAMPLES:
        yield Fault("examples", f"{len(protocol.examples)} worked examples: at least {FEWEST_EXAMPLES}")
    titles = Counter(example.title for example in protocol.examples)
    for place, example in enumerate(protocol.examples):
        path = f"examples[{place}]"
        yield from said([(f"{path}.title", example.title), (f"{path}.source", example.source)])
        if titles[example.title] > 1:
            yield Fault(f"{path}.title", "another example has this title")
        if not example.expects:
            yield Fault(f"{path}.expects", "expects nothing")
        for number, expected in enumerate(example.expects):
            if all(getattr(expected, name) is None for name in expected.__struct_fields__ if name != "key"):
                yield Fault(f"{path}.expects[{number}]", "names an item and says nothing of it")
