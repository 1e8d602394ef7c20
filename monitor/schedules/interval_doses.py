"""Doses counted from the last actual one: loading, then maintenance (primitives P1, P2, P9, P10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import pairwise

from monitor.schedules.calendar import Warning
from monitor.schedules.doses import Dose, as_of, cancel_pending, floored, hold, moved
from monitor.schedules.known import Known
from monitor.schedules.plan import IntervalDoses


def interval_doses(plan: IntervalDoses, known: Known, *, horizon: dt.date) -> list[Dose]:
    """Every dose given, the pending one, those projected up to `horizon`, and one more that only closes windows.

    Doses given take the slots in date order; a waived slot keeps its number and no later dose fills it, and the next
    counts from its due date (contract, "What counts"; SmPC Qalsody 4.2: as soon as possible, then from the last dose).
    """
    doses: list[Dose] = []
    given = list(known.administrations)
    ends = [day for day in (known.decisions.stopped_on, known.decisions.died_on) if day is not None]
    today = as_of(known.on, ends)
    count = beyond = 0
    last: dt.date | None = None
    while True:
        number = len(doses) + 1
        key = f"{plan.stream}/{number}"
        waived_on = known.decisions.waived_on.get(key)
        is_waived = is_slot_waived(waived_on, next_dose=given[0].on if given else None)
        administration = given.pop(0) if given and not is_waived else None
        dose = _slot(
            plan, known, key=key, number=number, count=count, last=last,
            given_on=administration.on if administration else None, waived_on=waived_on if is_waived else None,
            today=today,
        )  # fmt: skip
        if administration is not None:
            dose.reason_override = administration.reason_override
        doses.append(dose)
        last = dose.taken_on
        count += not is_waived
        beyond += dose.is_pending and (bool(ends) or dose.due_on > horizon)
        if beyond == 2:  # the first past the horizon, and the one that closes its windows
            break
    if ends:
        cancel_pending(doses, on=min(ends))
    hold(doses, known.decisions, on=known.on)
    return doses


def _slot(
    plan: IntervalDoses, known: Known, *, key: str, number: int, count: int, last: dt.date | None,
    given_on: dt.date | None, waived_on: dt.date | None, today: dt.date,
) -> Dose:  # fmt: skip
    """The dose in slot `number`, the `count + 1`-th to be given, `last` being the date the interval counts from."""
    if last is None:
        due, because = known.started_on, "first dose, on the date agreed for the start"
    else:
        interval = plan.phase_after(count).interval
        due, because = interval.after(last), f"dose {number}, {interval} after {last}"
    due = floored(due, known.decisions, given_on=given_on, waived_on=waived_on)
    visit = plan.phase_of(number).visit
    return Dose(
        key=key, number=number, course=0, computed_due=due, due_on=moved(due, visit, known.decisions, key=key),
        given_on=given_on, is_waived=waived_on is not None, as_of=today, visit=visit, because=because,
    )  # fmt: skip


def slot_numbers(stream: str, days: Iterable[dt.date], waived_on: Mapping[str, dt.date]) -> list[int]:
    """The number of the slot that each dose takes, `days` being in order: a waived slot keeps its number.

    A slot is waived by a waiver that came before the dose that would fill it (contract, "What counts").
    """
    numbers: list[int] = []
    number = 0
    for day in days:
        number += 1
        while is_slot_waived(waived_on.get(f"{stream}/{number}"), next_dose=day):
            number += 1
        numbers.append(number)
    return numbers


def is_slot_waived(waived_on: dt.date | None, *, next_dose: dt.date | None) -> bool:
    """Whether a slot with this waiver is left empty by the next dose that was given, if one was."""
    return waived_on is not None and not (next_dose is not None and next_dose <= waived_on)


def too_early(plan: IntervalDoses, doses: list[Dose]) -> list[Warning]:
    """A warning for each dose given sooner after the previous one than its phase allows.

    The floors are policy (clinical 1.3): neither label states a minimum interval.
    """
    warnings = []
    given = [(dose, dose.given_on) for dose in doses if dose.given_on is not None]
    for count, ((_, before), (dose, given_on)) in enumerate(pairwise(given), start=1):
        floor = plan.phase_after(count).minimum_interval
        if given_on < floor.after(before):
            days = (given_on - before).days
            because = f"given {days} days after the previous dose, less than {floor}"
            if dose.reason_override is not None:
                because += f"; overridden: {dose.reason_override}"
            warnings.append(Warning("too_early", dose.key, because, plan.window_source))
    return warnings
