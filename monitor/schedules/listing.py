"""From occurrences to the items that are shown: which ones, in what order, with what suggestion and what words."""

from __future__ import annotations

import datetime as dt
from operator import attrgetter

from monitor.schedules.calendar import ENDED, OVER, OWED, SUSPENDED, Item, Kind, Outlook, State
from monitor.schedules.crediting import missing, missing_all
from monitor.schedules.doses import Dose
from monitor.schedules.known import Known
from monitor.schedules.occurrence import Occurrence
from monitor.schedules.plan import DoneBy, Stream
from monitor.schedules.timeline import Timeline
from monitor.schedules.working_days import WorkingDays

_DAY = dt.timedelta(days=1)
_by_due_date = attrgetter("due_on", "key")
_OUTLOOK = dt.timedelta(days=92)


class Listing:
    """The items of one forecast (contract, "Listed", `suggested_on`, `next`)."""

    def __init__(
        self,
        facts: Known,
        timeline: Timeline,
        found: list[list[Occurrence]],
        *,
        horizon: dt.date,
        working_days: WorkingDays,
    ) -> None:
        self._on = facts.on
        self._horizon = horizon
        self._found = found
        self._working_days = working_days
        self._labs, self._scales = facts.labs, facts.scales
        self._begun = {course.number for course in timeline.courses if course.has_infusion}
        self._suggested: dict[str, dt.date] = {}
        for course in timeline.courses:
            self._suggest_course(course.doses)

    def items(self) -> tuple[Item, ...]:
        """All that is listed, by due date, then key."""
        listed: list[Item] = []
        for group in self._found:
            if group:
                listed += self._items_of(group[0].stream, group)
        listed.sort(key=_by_due_date)
        return tuple(listed)

    def _items_of(self, stream: Stream, group: list[Occurrence]) -> list[Item]:
        return [self._item(stream, o) for o in group if self._is_listed(stream, o)]

    def upcoming(self) -> tuple[Item, ...]:
        """The next planned item of each stream that has nothing open: no active treatment is without a future."""
        found = []
        for group in self._found:
            if any(occurrence.state in OWED for occurrence in group):
                continue
            planned = [occurrence for occurrence in group if occurrence.state is State.PLANNED]
            if planned:
                found.append(self._item(group[0].stream, min(planned, key=lambda o: (o.due_on, o.key))))
        return tuple(sorted(found, key=_by_due_date))

    def outlook(self) -> dict[str, Outlook]:
        """By key, what is ahead of each item that is owed or due within three months, and of the next of each stream.

        Whatever lies beyond is seen again in time, because every open item before it closes or asks first.
        """
        limit = self._on + _OUTLOOK
        ahead: dict[str, Outlook] = {}
        for group in self._found:
            near = [o for o in group if o.state in OWED or (o.due_on <= limit and o.state not in OVER)] or [
                o for o in group if o.state is State.PLANNED
            ]
            ahead |= {o.key: Outlook(_late_on(o), o.overdue_on, _steps(o)) for o in near}
        return ahead

    def next_due(self, kind: Kind) -> dt.date | None:
        """The due date of the earliest item of a kind that is still to be done."""
        ended = ENDED if kind is Kind.DOSE else OVER
        return min(
            (o.due_on for group in self._found if group and group[0].stream.kind is kind
             for o in group if o.state not in ended),
            default=None,
        )  # fmt: skip

    def _is_listed(self, stream: Stream, occurrence: Occurrence) -> bool:
        if occurrence.state is State.DONE:
            return True
        if occurrence.state is State.CANCELLED:
            ended_on = occurrence.cancelled_on
            if ended_on is None or occurrence.opens_on > ended_on:
                return False
        if occurrence.due_on <= self._horizon:
            return True
        if occurrence.state in OWED and occurrence.computed_due <= self._horizon:
            return True  # a visit agreed for a far day hides nothing: lateness goes on from the computed date
        return stream.is_surveillance and occurrence.course in self._begun

    def _item(self, stream: Stream, occurrence: Occurrence) -> Item:
        due_on = occurrence.due_on
        return Item(  # by place, not by name: several hundred are made for one patient
            occurrence.key,
            stream.id,
            stream.kind,
            due_on,
            self._suggested_on(occurrence),
            occurrence.opens_on,
            occurrence.closes_on,
            occurrence.state,
            occurrence.done_on,
            occurrence.computed_due if due_on != occurrence.computed_due else None,
            _blocked_by(occurrence) if occurrence.dose is not None or occurrence.gates else (),
            self._because(stream, occurrence),
            stream.source,
        )

    def _because(self, stream: Stream, occurrence: Occurrence) -> str:
        state = occurrence.state
        if state is State.PLANNED and stream.done_by is DoneBy.SAMPLE and occurrence.opens_on > self._on:
            return f"{occurrence.why}; {missing_all(stream.requires)}"
        if state is State.DONE:
            return f"{occurrence.why}; done on {occurrence.done_on}"
        if state is State.CANCELLED:
            return f"{occurrence.why}; no longer owed since {occurrence.cancelled_on}"
        if state is State.WAIVED:
            return f"{occurrence.why}; waived"
        if stream.done_by is not DoneBy.SAMPLE:
            return occurrence.why
        sheet = self._labs if stream.kind is Kind.LAB else self._scales
        return f"{occurrence.why}; {missing(stream, occurrence, sheet)}"

    def _suggest_course(self, doses: list[Dose]) -> None:
        """Day 1 on a Monday; the later days of a course that has not begun on the working days that follow."""
        before: dt.date | None = None
        for dose in doses:
            if dose.number == 1:
                day = self._working_days.monday_on_or_after(dose.due_on)
            elif before is not None:
                day = self._working_days.on_or_after(max(before + _DAY, dose.due_on))
            else:
                day = self._working_days.on_or_after(dose.due_on)
            self._suggested[dose.key] = day
            before = day if dose.is_pending else None

    def _suggested_on(self, occurrence: Occurrence) -> dt.date:
        due_on, closes_on = occurrence.due_on, occurrence.closes_on
        if occurrence.dose is None:
            day = self._working_days.on_or_after(due_on)
        else:
            day = self._suggested.get(occurrence.key) or self._working_days.on_or_after(due_on)
        if closes_on is not None and closes_on <= day and occurrence.waits_for is None:
            return due_on  # no pending dose can still move it
        return day


def _late_on(occurrence: Occurrence) -> dt.date | None:
    """The first day of the state `late`, counted from the computed date; never while its dose is pending."""
    return occurrence.computed_due + _DAY if occurrence.waits_for is None else None


def _steps(occurrence: Occurrence) -> tuple[int, ...]:
    """The reminder steps of an item; those of a dose belong to its sort of visit.

    What goes with a dose is said before it: once the dose is given there is nothing left to remind of.
    """
    if occurrence.dose is None:
        return occurrence.stream.reminders
    if occurrence.stream.kind is Kind.DOSE:
        return occurrence.dose.visit.reminders
    return occurrence.stream.reminders if occurrence.waits_for is not None else ()


def _blocked_by(occurrence: Occurrence) -> tuple[str, ...]:
    if occurrence.state not in (State.PLANNED, *OWED):
        return ()
    waits_for = occurrence.waits_for or occurrence.dose
    is_held = waits_for is not None and waits_for.is_held and waits_for.is_pending
    return (SUSPENDED,) if is_held else occurrence.gates  # first things first (contract, `suspended`)
