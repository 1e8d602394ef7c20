"""What differs between two calendars of one treatment: open this to change what a what-if tells."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

import msgspec

from monitor.schedules.calendar import ENDED, OVER, Alert, Forecast, Item, Kind, State, Warning

_Items = dict[str, Item]


class Change(msgspec.Struct, frozen=True):
    """A date as it stands, and as it would stand; the same twice where nothing changes, None for no date."""

    before: dt.date | None
    after: dt.date | None


class Move(msgspec.Struct, frozen=True, rename={"from_on": "from", "to_on": "to"}):
    """An item whose due date moves; `days` is `to` minus `from`, negative for earlier."""

    key: str
    stream: str
    kind: Kind
    from_on: dt.date
    to_on: dt.date
    days: int


class NewWindow(msgspec.Struct, frozen=True):
    """An item that is due as before, but can be credited from or until another day (half-open), perhaps one past."""

    key: str
    stream: str
    kind: Kind
    opens_on: Change
    closes_on: Change


class Entry(msgspec.Struct, frozen=True):
    """An item that would newly be on the calendar, due then."""

    key: str
    stream: str
    kind: Kind
    due_on: dt.date


class Ending(msgspec.Struct, frozen=True):
    """An item that would no longer be owed, due as it stands; `how`: listed as cancelled, or not listed any more."""

    key: str
    stream: str
    kind: Kind
    due_on: dt.date
    how: Literal["cancelled", "not_listed"]


class Credit(msgspec.Struct, frozen=True):
    """An item that would be credited with the facts of `done_on`, or would be so no longer."""

    key: str
    stream: str
    kind: Kind
    done_on: dt.date


class Next(msgspec.Struct, frozen=True):
    """The next due dates before and after, whatever the horizon."""

    dose: Change
    lab: Change


class Difference(msgspec.Struct, frozen=True):
    """Everything that differs, each list by date, then key; empty lists and equal dates where nothing does.

    `uncredited`: what counts as done today and would count no more. `alerts_begin` and `alerts_end`: an alert that
    changes its level or its audience is in both. `warnings`: new ones only.
    """

    moved: tuple[Move, ...]
    windows: tuple[NewWindow, ...]
    appears: tuple[Entry, ...]
    disappears: tuple[Ending, ...]
    credited: tuple[Credit, ...]
    uncredited: tuple[Credit, ...]
    surveillance_ends_on: Change
    next: Next
    alerts_begin: tuple[Alert, ...]
    alerts_end: tuple[Alert, ...]
    warnings: tuple[Warning, ...]


class Calendars(msgspec.Struct, frozen=True):
    """The calendars that are compared.

    `now`: as it stands, on the day of the question. `later`: the same facts on the day of the comparison. `then`: with
    what is supposed, on that same day; `day_after`, one day later, where something still moves day by day. `far_now`
    and `far_then`: `now` and `then` with doses planned well beyond `horizon`; asked only when needed.
    """

    now: Forecast
    later: Forecast
    then: Forecast
    day_after: Forecast | None
    horizon: dt.date
    far_now: Callable[[], Forecast]
    far_then: Callable[[], Forecast]


def difference(calendars: Calendars) -> Difference:
    """What differs because of what is supposed, and not because time passes until the day of the comparison.

    Dates are compared between `now` and `then`, for `now` is what people have before them. What is still moving day by
    day in `then` is left out: it waits for another dose, so its date follows the day of the question alone. States,
    credits and alerts, which any passing day may change, are compared between `later` and `then`, which are of the same
    day. An item whose window closes unused by then is still the next laboratory date: a supposition excuses nothing.
    Pure and total; raises nothing.
    """
    return _Comparison(calendars).answer()


def new_warnings(before: Iterable[Warning], after: Iterable[Warning]) -> tuple[Warning, ...]:
    """The warnings that a calendar gives after a change and did not give before it.

    An added dose renumbers those after it: an old warning that comes back under another key, in the same words, is not
    new. The same words about one more item are, and so is one more warning of no item in words that stood there before.
    """
    known, found = Counter(before), Counter(after)
    renumbered = Counter((one.code, one.because) for one in (known - found).elements())
    fresh = Counter((one.code, one.because) for one in (found - known).elements()) - renumbered
    risen = Counter(one.code for one in found.elements()) - Counter(one.code for one in known.elements())
    return tuple(one for one in (found - known).elements() if one.code in risen and (one.code, one.because) in fresh)


class _Comparison:
    def __init__(self, calendars: Calendars) -> None:
        self._of = calendars
        self._now, self._later, self._then = (
            _in_force(calendar) for calendar in (calendars.now, calendars.later, calendars.then)
        )
        self._day_after = None if calendars.day_after is None else _in_force(calendars.day_after)
        self._pairs = dict(self._both())

    def answer(self) -> Difference:
        now, then = self._of.now, self._of.then
        moved = tuple(sorted(self._moved(), key=lambda move: (move.from_on, move.key)))
        appears, credited = tuple(self._appears()), tuple(_credits(self._then, other=self._later))
        return Difference(
            moved=moved,
            windows=tuple(self._windows()),
            appears=appears,
            disappears=tuple(self._disappears()),
            credited=credited,
            uncredited=tuple(one for one in _credits(self._later, other=self._then) if not self._is_done(one.key)),
            surveillance_ends_on=Change(now.surveillance_ends_on, then.surveillance_ends_on),
            next=Next(dose=Change(now.next_dose, then.next_dose), lab=Change(now.next_lab, self._next_lab())),
            alerts_begin=tuple(_unlike(then.alerts, self._of.later.alerts)),
            alerts_end=tuple(self._alerts_end()),
            warnings=self._warnings(touched={*_keys(moved), *_keys(appears), *_keys(credited)}),
        )

    def _both(self) -> Iterator[tuple[str, tuple[Item, Item]]]:
        """The items of both calendars, those included that the horizon hides from one of them."""
        only_then = [key for key, item in self._then.items() if key not in self._now and self._is_near(item)]
        only_now = [key for key in self._now if key not in self._then]
        far_now = _in_force(self._of.far_now()) if only_then else {}
        far_then = _in_force(self._of.far_then()) if only_now else {}
        for key in self._now.keys() | self._then.keys():
            before = self._now.get(key) or (far_now.get(key) if key in only_then else None)
            after = self._then.get(key) or far_then.get(key)
            if before is not None and after is not None:
                yield key, (before, after)

    def _is_near(self, item: Item) -> bool:
        return item.due_on <= self._of.horizon

    def _is_drifting(self, item: Item) -> bool:
        """Whether a dose that is still to be given moves the item day by day, in the calendar that is supposed."""
        if self._day_after is None:
            return False
        next_day = self._day_after.get(item.key)
        return next_day is not None and _dates(next_day) != _dates(item)

    def _moved(self) -> Iterator[Move]:
        for before, after in self._pairs.values():
            if before.due_on != after.due_on and not self._is_drifting(after):
                days = (after.due_on - before.due_on).days
                yield Move(after.key, after.stream, after.kind, before.due_on, after.due_on, days)

    def _windows(self) -> Iterator[NewWindow]:
        for before, after in sorted(self._pairs.values(), key=lambda pair: (pair[0].due_on, pair[0].key)):
            is_due_as_before = before.due_on == after.due_on
            is_owed = before.state not in OVER and after.state not in ENDED
            if is_due_as_before and is_owed and _dates(before) != _dates(after) and not self._is_drifting(after):
                opens, closes = Change(before.opens_on, after.opens_on), Change(before.closes_on, after.closes_on)
                yield NewWindow(after.key, after.stream, after.kind, opens, closes)

    def _appears(self) -> Iterator[Entry]:
        for key, item in self._then.items():
            if key not in self._pairs and key not in self._later:
                yield Entry(key, item.stream, item.kind, item.due_on)

    def _disappears(self) -> Iterator[Ending]:
        still_listed = {item.key for item in self._of.then.items}
        for key, item in self._now.items():
            if key not in self._pairs and key in self._later:
                how: Literal["cancelled", "not_listed"] = "cancelled" if key in still_listed else "not_listed"
                yield Ending(key, item.stream, item.kind, item.due_on, how)

    def _is_done(self, key: str) -> bool:
        return key in self._then and self._then[key].state is State.DONE

    def _alerts_end(self) -> Iterator[Alert]:
        """Those of today that would be there on the day of the comparison, and would not for what is supposed."""
        expected = {alert.topic for alert in self._of.later.alerts}
        changed = {alert.topic for alert in _unlike(self._of.later.alerts, self._of.then.alerts)}
        return (alert for alert in self._of.now.alerts if alert.topic in expected and alert.topic in changed)

    def _warnings(self, *, touched: set[str]) -> tuple[Warning, ...]:
        """New ones, but for those that time brings to an item on which what is supposed has no bearing."""
        expected = set(self._of.later.warnings) - set(self._of.now.warnings)
        found = (one for one in self._of.then.warnings if one not in expected or one.item in touched)
        return new_warnings(self._of.now.warnings, found)

    def _next_lab(self) -> dt.date | None:
        missed_by_time = (
            after.due_on
            for before, after in self._pairs.values()
            if after.kind is Kind.LAB
            and after.state is State.MISSED
            and before.state not in OVER
            and after.key in self._later
            and self._later[after.key].state is State.MISSED
        )
        dates = [*missed_by_time, *([] if self._of.then.next_lab is None else [self._of.then.next_lab])]
        return min(dates, default=None)


def _keys(entries: Iterable[Move | Entry | Credit]) -> set[str]:
    return {entry.key for entry in entries}


def _in_force(calendar: Forecast) -> _Items:
    """By key, in order of due date, the items that are or were owed."""
    return {item.key: item for item in calendar.items if item.state is not State.CANCELLED}


def _dates(item: Item) -> tuple[dt.date, dt.date, dt.date | None]:
    return item.due_on, item.opens_on, item.closes_on


def _credits(items: _Items, *, other: _Items) -> Iterator[Credit]:
    """What is done in one calendar and not, or with other facts, in the other."""
    for key, item in items.items():
        if item.done_on is not None and (key not in other or other[key].done_on != item.done_on):
            yield Credit(key, item.stream, item.kind, item.done_on)


def _unlike(alerts: tuple[Alert, ...], others: tuple[Alert, ...]) -> Iterator[Alert]:
    """The alerts that the others do not have in that level for that audience."""
    had = {(alert.topic, alert.audience, alert.level) for alert in others}
    return (alert for alert in alerts if (alert.topic, alert.audience, alert.level) not in had)
