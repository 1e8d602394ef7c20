"""All values of one patient, analyte by analyte, in the order in which they were collected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import chain

from monitor.labs.analyte import Ordinal
from monitor.labs.values import Value

_NO_TIME = dt.datetime.min.replace(tzinfo=dt.UTC)


class Chart:
    """What is in force of one patient: nothing replaced, nothing retracted. The order of arrival leaves no trace."""

    __slots__ = ("_by_analyte",)

    def __init__(self, by_analyte: Mapping[str, tuple[Value, ...]]) -> None:
        self._by_analyte = by_analyte

    def __iter__(self) -> Iterator[Value]:
        """Every value, analyte by analyte, oldest sample first."""
        return chain.from_iterable(self._by_analyte.values())

    @property
    def analytes(self) -> tuple[str, ...]:
        """The ids of what was measured."""
        return tuple(self._by_analyte)

    def of(self, analyte: str) -> tuple[Value, ...]:
        """Its values, oldest sample first."""
        return self._by_analyte.get(analyte, ())

    def latest_usable(self, analyte: str, *, on: dt.date | None = None) -> Value | None:
        """The newest usable value, of samples up to that day if one is given; None where there is none."""
        for value in reversed(self.of(analyte)):
            if value.is_usable and (on is None or value.collected_on <= on):
                return value
        return None

    def before(self, value: Value) -> Value | None:
        """The latest usable value of the analyte that was surely collected before this one; of several the largest."""
        for other in reversed(self.of(value.analyte)):
            if other.is_usable and is_later(value, other):
                return other
        return None

    def all_before(self, value: Value) -> tuple[Value, ...]:
        """The same, with those of its day that nobody can place before or after it."""
        last = self.before(value)
        if last is None:
            return ()
        return tuple(
            other
            for other in self.of(value.analyte)
            if other.collected_on == last.collected_on
            and other.is_usable
            and is_later(value, other)
            and not is_later(last, other)
        )


def chart_of(values: Iterable[Value]) -> Chart:
    """The chart of these values, in whatever order they come."""
    found: dict[str, list[Value]] = {}
    for value in values:
        found.setdefault(value.analyte, []).append(value)
    for column in found.values():
        if len(column) > 1:
            column.sort(key=_place)
    return Chart({analyte: tuple(column) for analyte, column in found.items()})


def is_later(value: Value, other: Value) -> bool:
    """Whether it was surely collected after the other: on a later day or, where both times are known, at a later time.

    Two samples of one day without their times are neither before nor after each other.
    """
    if value.collected_on != other.collected_on:
        return value.collected_on > other.collected_on
    return value.collected_at is not None and other.collected_at is not None and value.collected_at > other.collected_at


def _place(value: Value) -> tuple[dt.date, dt.datetime, bool, Decimal | Ordinal, str, str]:
    """In order of collection; what cannot be told apart in time stands in one order too, whatever came first."""
    return (
        value.collected_on,
        value.collected_at or _NO_TIME,
        value.is_usable,
        value.quantity.value,
        value.quantity.comparator or "",
        value.ref or "",
    )
