"""What of a history is known on a given day, and in force: no future facts, no replaced rows, the latest decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import TypeVar

import msgspec

from monitor.schedules.calendar import Warning
from monitor.schedules.facts import (
    Administration,
    Assessment,
    Died,
    Event,
    History,
    Moved,
    Person,
    PlannedCourse,
    Reading,
    Resumed,
    Status,
    Stopped,
    Suspended,
    TaskDone,
    Vaccinated,
    Waived,
)
from monitor.schedules.recurrence import ResultGate

_Fact = TypeVar("_Fact")
_COUNTING = (Status.FINAL, Status.CORRECTED)
_RETRACTING = (Status.CORRECTED, Status.ENTERED_IN_ERROR)


class Decisions(msgspec.Struct, frozen=True):
    """What people decided about the treatment and its items, as of the day of the question.

    `pauses`: (suspended on, resumed on or None) in order of time. `waived_on`: the first day for each key.
    `done_on`: every day on which it was ticked off, in order: a task that came up again can be done again.
    `moves_to`: the dates each item was moved to, the newest first.
    """

    pauses: tuple[tuple[dt.date, dt.date | None], ...]
    stopped_on: dt.date | None
    died_on: dt.date | None
    waived_on: dict[str, dt.date]
    moves_to: dict[str, tuple[dt.date, ...]]
    done_on: dict[str, tuple[dt.date, ...]]
    vaccinations: tuple[Vaccinated, ...]

    def name(self, key: str) -> bool:
        """Whether anybody decided anything about the item of that key."""
        return key in self.waived_on or key in self.moves_to or key in self.done_on

    @property
    def is_suspended(self) -> bool:
        """Whether doses are paused on the day of the question."""
        return bool(self.pauses) and self.pauses[-1][1] is None


class Sheet:
    """The days on which something was collected or assessed, in order, and what is usable of each."""

    __slots__ = ("days", "usable_on")

    def __init__(self, usable_on: dict[dt.date, set[str]]) -> None:
        self.usable_on = usable_on
        self.days = sorted(usable_on)


class Known(msgspec.Struct, frozen=True):
    """The facts of a history that count on `on`; `labs` and `scales` hold what is usable of each day.

    `other_fact_days` are the days of all facts but administrations, one entry a fact. `values`: by analyte, of those
    asked for, the day of each usable value and the least it can be, in order of time. `in_force`: the readings that
    nothing replaced and that are no retraction.
    """

    on: dt.date
    person: Person
    started_on: dt.date
    administrations: tuple[Administration, ...]
    ignored: tuple[Administration, ...]
    planned_courses: tuple[PlannedCourse, ...]
    labs: Sheet
    scales: Sheet
    decisions: Decisions
    other_fact_days: tuple[dt.date, ...]
    in_force: list[Reading]
    values: dict[str, list[tuple[dt.date, Decimal]]] = {}

    def first_reaching(self, gate: ResultGate, *, after: dt.date) -> dt.date | None:
        """The first day after that one on which a value of the gate's analyte met it; None: not yet."""
        met = (day for day, value in self.values.get(gate.analyte, ()) if day > after and value >= gate.at_least)
        return next(met, None)


def known(history: History, *, on: dt.date, compared: frozenset[str] = frozenset()) -> tuple[Known, list[Warning]]:
    """The facts known on `on`, and a warning for each that is not, or that names nothing we know.

    `compared`: the analytes whose values will be asked for, besides their presence.
    """
    warnings: list[Warning] = []
    readings = _not_after(on, history.readings, [r.collected_on for r in history.readings], warnings)
    administrations = _not_after(on, history.administrations, [a.on for a in history.administrations], warnings)
    assessments = _not_after(on, history.assessments, [a.on for a in history.assessments], warnings)
    events = _not_after(on, history.events, [e.on for e in history.events], warnings)
    given, ignored = _one_a_day(administrations)
    _warn_of_unknown(readings, assessments, warnings)
    in_force = _in_force(readings)
    found = Known(
        on=on,
        person=history.person,
        started_on=history.started_on,
        administrations=given,
        ignored=ignored,
        planned_courses=tuple(sorted(history.planned_courses, key=lambda planned: planned.course)),
        labs=Sheet(_usable_values(in_force)),
        scales=Sheet(_scales(assessments)),
        decisions=_decisions(events),
        other_fact_days=(*(f.on for f in (*assessments, *events)), *(r.collected_on for r in in_force)),
        in_force=in_force,
        values=_values(in_force, compared) if compared else {},
    )
    return found, warnings


def _not_after(
    on: dt.date, facts: tuple[_Fact, ...], days: list[dt.date], warnings: list[Warning]
) -> tuple[_Fact, ...]:
    if all(day <= on for day in days):
        return facts
    warnings.extend(
        Warning("future_fact", None, f"a fact dated {day} is not yet known on {on}", "policy")
        for day in days
        if day > on
    )
    return tuple(fact for fact, day in zip(facts, days, strict=True) if day <= on)


def _warn_of_unknown(readings: Iterable[Reading], assessments: Iterable[Assessment], warnings: list[Warning]) -> None:
    warnings.extend(
        Warning("unknown_analyte", None, f"a result of {r.collected_on} names no analyte of the dictionary", "policy")
        for r in readings
        if r.analyte is None
    )
    warnings.extend(
        Warning("unknown_analyte", None, f"an assessment of {a.on} names no scale of the dictionary", "policy")
        for a in assessments
        if a.scale is None
    )


def _one_a_day(
    administrations: tuple[Administration, ...],
) -> tuple[tuple[Administration, ...], tuple[Administration, ...]]:
    """The first administration of each day by course and day, and the others: nobody is given two doses on one day."""
    ordered = sorted(
        administrations,
        key=lambda a: (a.on, a.course or 0, a.day or 0, a.reason_override is None, a.reason_override or ""),
    )
    given: list[Administration] = []
    ignored: list[Administration] = []
    for administration in ordered:
        same_day = bool(given) and given[-1].on == administration.on
        (ignored if same_day else given).append(administration)
    return tuple(given), tuple(ignored)


def _in_force(readings: tuple[Reading, ...]) -> list[Reading]:
    """The rows that nothing replaced and that are no retraction themselves."""
    replaced = {row.replaces for row in readings if row.replaces is not None}
    last_retraction: dict[tuple[str | None, dt.date], int] = {}
    for place, row in enumerate(readings):
        if row.status in _RETRACTING and row.replaces is None:
            last_retraction[row.analyte, row.collected_on] = place
    if not replaced and not last_retraction:
        return [row for row in readings if row.status is not Status.ENTERED_IN_ERROR]
    return [
        row
        for place, row in enumerate(readings)
        if row.status is not Status.ENTERED_IN_ERROR
        and not (row.id is not None and row.id in replaced)
        and last_retraction.get((row.analyte, row.collected_on), -1) <= place
    ]


def _usable_values(readings: list[Reading]) -> dict[dt.date, set[str]]:
    """By collection day, the analytes with a value that satisfies: final and readable."""
    usable: dict[dt.date, set[str]] = {}
    for row in readings:
        if row.analyte is None or not row.is_readable or row.status not in _COUNTING:
            continue
        day = usable.get(row.collected_on)
        if day is None:
            usable[row.collected_on] = {row.analyte}
        else:
            day.add(row.analyte)
    return usable


def _values(readings: list[Reading], compared: frozenset[str]) -> dict[str, list[tuple[dt.date, Decimal]]]:
    found: dict[str, list[tuple[dt.date, Decimal]]] = {}
    for row in readings:
        if row.analyte in compared and row.value is not None and row.is_readable and row.status in _COUNTING:
            found.setdefault(row.analyte, []).append((row.collected_on, row.value))
    for values in found.values():
        values.sort()
    return found


def _scales(assessments: tuple[Assessment, ...]) -> dict[dt.date, set[str]]:
    done: dict[dt.date, set[str]] = {}
    for row in assessments:
        if row.scale is not None and row.has_value:
            done.setdefault(row.on, set()).add(row.scale)
    return done


def _decisions(events: tuple[Event, ...]) -> Decisions:
    waived: dict[str, dt.date] = {}
    done: dict[str, list[dt.date]] = {}
    moved: dict[str, list[tuple[dt.date, dt.date]]] = {}
    for event in events:
        match event:
            case Waived():
                waived[event.key] = min(event.on, waived.get(event.key, event.on))
            case TaskDone():
                done.setdefault(event.key, []).append(event.on)
            case Moved():
                moved.setdefault(event.key, []).append((event.on, event.to))
            case _:
                pass
    return Decisions(
        pauses=_pauses(events),
        stopped_on=min((e.on for e in events if isinstance(e, Stopped)), default=None),
        died_on=min((e.on for e in events if isinstance(e, Died)), default=None),
        waived_on=waived,
        moves_to={key: tuple(to for _, to in sorted(moves, reverse=True)) for key, moves in moved.items()},
        done_on={key: tuple(sorted(days)) for key, days in done.items()},
        vaccinations=tuple(sorted((e for e in events if isinstance(e, Vaccinated)), key=lambda v: (v.on, v.vaccine))),
    )


def _pauses(events: tuple[Event, ...]) -> tuple[tuple[dt.date, dt.date | None], ...]:
    """Pauses in order; a suspension and a resumption of one day leave the treatment resumed (contract, `suspended`)."""
    turns = sorted((e.on, isinstance(e, Resumed)) for e in events if isinstance(e, (Suspended, Resumed)))
    pauses: list[tuple[dt.date, dt.date | None]] = []
    for day, is_resumption in turns:
        is_paused = bool(pauses) and pauses[-1][1] is None
        if is_resumption and is_paused:
            pauses[-1] = (pauses[-1][0], day)
        elif not is_resumption and not is_paused:
            pauses.append((day, None))
    return tuple(pauses)
