"""What can be wrong with a protocol that has the right shape: where in the file, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import msgspec

from monitor.labels import EU_LABEL, Sourced, under
from monitor.spans import Span

_LONGEST_MONTHS, _LONGEST_DAYS = 1200, 36600


class Fault(msgspec.Struct, frozen=True):
    """`path` leads to the mistake inside the file, such as `streams[3].window.closes`."""

    path: str
    because: str


def spans(named: Iterable[tuple[str, Span]]) -> Iterator[Fault]:
    """A length of time is at least a day, or the calendar would stand still, and at most a century."""
    for path, span in named:
        if not (span.months or span.days):
            yield Fault(path, "not a length of time: the calendar would stand still")
        elif span.months > _LONGEST_MONTHS or span.days > _LONGEST_DAYS:
            yield Fault(path, "longer than a century")


def said(named: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    """Words that a person must be able to read: not empty, no line break."""
    for path, text in named:
        if not text.strip() or text != text.strip() or not text.isprintable():
            yield Fault(path, "empty, or with blanks around it, or not one line")


def authority(rule: Sourced, *, path: str, profiles: Collection[str], profile: str | None = None) -> Iterator[Fault]:
    """The label of one region is no authority in another; `profile`: the only one of the rule, among the protocol's."""
    if profile is not None and profile not in profiles:
        yield Fault(f"{path}.profile", "the protocol does not describe it")
    if "us" in profiles and profile in (None, "us") and under(rule, "us").source.startswith(EU_LABEL):
        yield Fault(f"{path}.us_source", "missing: the label of the profile eu is no authority in the profile us")


def shortest_days(span: Span) -> int:
    """The fewest days a length of time can have: a month has at least 28 days, twelve have at least 365."""
    years, months = divmod(span.months, 12)
    return years * 365 + months * 28 + span.days
