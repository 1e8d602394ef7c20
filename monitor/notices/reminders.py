"""Open this to change which reminders a calendar asks for on a given day, and when the next one falls due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

import msgspec

from monitor.notices.quiet_hours import FURTHEST_SHIFT, SendingDays
from monitor.notices.wording import Sentence
from monitor.schedules.calendar import OVER, SUSPENDED, Item

CATCH_UP_DAYS = 3
_DAY = dt.timedelta(days=1)
_FURTHEST_SHIFT = dt.timedelta(days=FURTHEST_SHIFT)

Steps = Callable[[Item], tuple[int, ...]]  # of an item: days relative to its due date, negative before it
Times = Mapping[str, dt.time]  # by key: the hour that was agreed for the day on which the item is due
NO_TIMES: Times = MappingProxyType({})


class WantedReminder(msgspec.Struct, frozen=True, order=True):
    """One step of one item that has come: to be said by `last_on` (included), unless `is_too_late` already.

    `is_last`: no later step of the item will follow, so what cannot be said must become somebody's task.
    """

    due_on: dt.date
    item_key: str
    step: int
    planned_on: dt.date
    last_on: dt.date
    is_last: bool
    is_too_late: bool
    time: dt.time | None = None


def wanted_reminders(
    items: Iterable[Item],
    *,
    steps: Steps,
    on: dt.date,
    days: SendingDays,
    times: Times = NO_TIMES,
    catch_up_days: int = CATCH_UP_DAYS,
) -> tuple[WantedReminder, ...]:
    """For each item still awaited, its newest step that has come by `on`; by due date, then key.

    A step missed (downtime) is still said while it is true: one before the due date until the eve of it, a later one
    for `catch_up_days` [policy] and only while the item can be done, and each at least until the next step takes its
    place. After that it is given with `is_too_late`: a person must take over. An item that is blocked, done, waived,
    missed or cancelled asks for nothing. Where an hour was agreed (`times`), what would be said on the day itself is
    said on the eve: on the day it could come after the visit (H42).
    """
    wanted = []
    for item in _reminded(items, steps):
        if _earliest(item, steps) > on:
            continue
        time = times.get(item.key)
        planned = sorted(_planned(item, steps=steps, days=days, time=time))
        come = [one for one in planned if one[0] <= on]
        if not come:
            continue
        planned_on, step = come[-1]
        is_before = _is_before(step, time)
        last_on = _last_on(item, is_before=is_before, planned_on=planned_on, days=days, catch_up_days=catch_up_days)
        is_last = len(come) == len(planned)
        if not is_last and not (is_before and time is not None):
            last_on = max(last_on, planned[len(come)][0] - _DAY)
        wanted.append(
            WantedReminder(
                due_on=item.due_on,
                item_key=item.key,
                step=step,
                planned_on=planned_on,
                last_on=last_on,
                is_last=is_last,
                is_too_late=on > last_on,
                time=time,
            )
        )
    return tuple(sorted(wanted))


def next_reminder_on(
    items: Iterable[Item], *, steps: Steps, on: dt.date, days: SendingDays, times: Times = NO_TIMES
) -> dt.date | None:
    """The first day after `on` on which a step of some awaited item comes, or None."""
    first: dt.date | None = None
    for item in _reminded(items, steps):
        if first is None or _earliest(item, steps) < first:
            planned = _planned(item, steps=steps, days=days, time=times.get(item.key))
            ahead = [planned_on for planned_on, _ in planned if planned_on > on]
            first = min([*ahead, *([] if first is None else [first])], default=None)
    return first


def sentence_for(due: Iterable[tuple[dt.date, dt.time | None]], *, on: dt.date) -> Sentence:
    """What to say on the day `on` about items due on these days at these hours: one neutral text if the days differ.

    An hour is said only where it is that of every item.
    """
    known = set(due)
    dates = {date for date, _ in known}
    if len(dates) != 1:
        return Sentence.SEVERAL
    (date,) = dates
    if date == on:
        return Sentence.TODAY
    if date < on:
        return Sentence.AFTER
    is_one_hour = len(known) == 1 and (date, None) not in known
    return Sentence.BEFORE_AT if is_one_hour else Sentence.BEFORE


def _reminded(items: Iterable[Item], steps: Steps) -> Iterator[Item]:
    """The items that somebody may be reminded of: few of the hundreds that a calendar holds have any step left."""
    seen: set[str] = set()
    for item in items:
        if steps(item) and item.state not in OVER and SUSPENDED not in item.blocked_by and item.key not in seen:
            seen.add(item.key)
            yield item


def _earliest(item: Item, steps: Steps) -> dt.date:
    """A day before which no step of the item can be said: few of those that have steps are near."""
    return item.due_on + dt.timedelta(days=min(steps(item))) - _FURTHEST_SHIFT - _DAY


def _is_before(step: int, time: dt.time | None) -> bool:
    """Whether a step is said before the due date; that of the day itself is, where an hour was agreed."""
    return step < 0 or (step == 0 and time is not None)


def _planned(item: Item, *, steps: Steps, days: SendingDays, time: dt.time | None) -> Iterator[tuple[dt.date, int]]:
    """When each step of the item is said.

    Before the due date on a working day, else earlier (the eve of a Monday on Friday); then on the first sending day.
    Steps whose day falls at or past the closing of the item are never said.
    """
    for step in steps(item):
        is_before = _is_before(step, time)
        day = item.due_on + dt.timedelta(days=min(step, -1) if is_before else step)
        planned_on = days.back_from(day) if is_before else days.from_day(day)
        if item.closes_on is None or planned_on < item.closes_on:
            yield planned_on, step


def _last_on(item: Item, *, is_before: bool, planned_on: dt.date, days: SendingDays, catch_up_days: int) -> dt.date:
    if is_before:
        last_on = max(planned_on, item.due_on - _DAY)
    else:
        last_on = days.from_day(planned_on + dt.timedelta(days=catch_up_days))
    if item.closes_on is not None:
        last_on = min(last_on, item.closes_on - _DAY)
    return last_on
