"""How long one alemtuzumab calendar takes, with every reason and source; beside bare date objects and dateutil.rrule.

The calendar is that of a woman three months after course 2, a year after course 1: what is done, due or planned until
48 months after the last infusion. The floor makes dates in the same rhythms, no more; rrule makes the same dates
by its rules.
Usage: `python benchmarks/forecast_latency.py [rounds]`, 300 by default.
"""

from __future__ import annotations

import datetime as dt
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from dateutil.rrule import DAILY, MONTHLY, rrule

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it also runs as a file

from monitor.catalog import load_catalog
from monitor.schedules.facts import Administration, History, Person, Sex
from monitor.schedules.forecast import forecast
from monitor.spans import add_months

GOAL_MS = 1.0
COURSES = ((dt.date(2026, 3, 2), 5), (dt.date(2027, 3, 8), 3))  # first day, and how many days in a row
LAST, ON = dt.date(2027, 3, 10), dt.date(2027, 6, 15)
UNTIL = add_months(LAST, 48)
DAYS = 22  # infusions and what goes with them
RHYTHMS = ((1, 60, 4), (3, 20, 1), (12, 5, 2))  # every so many months, so many times, in so many streams


def main(rounds: int) -> None:
    catalog = load_catalog()
    plan, working_days = catalog.protocol("alemtuzumab").plan_for("eu"), catalog.working_days("FR")
    given = tuple(
        Administration(first + dt.timedelta(days=day), course, day + 1)
        for course, (first, days) in enumerate(COURSES, start=1)
        for day in range(days)
    )
    history = History(Person(Sex.FEMALE, dt.date(1985, 1, 1)), COURSES[0][0], given)

    def ours() -> int:
        return len(forecast(plan, history, on=ON, until=UNTIL, working_days=working_days).items)

    count = ours()
    contenders: dict[str, Callable[[], int]] = {"forecast": ours, "bare dates": bare_dates, "dateutil.rrule": by_rule}
    medians = medians_of(contenders, rounds=rounds)
    print(f"one calendar of {count} items with reasons, {rounds} rounds, medians")
    for name, median in medians.items():
        print(f"{name:<16} {median * 1e3:8.3f} ms")
    print(f"goal: at most {GOAL_MS} ms; the bare contenders make {bare_dates()} dates")
    floor, rule = medians["bare dates"], medians["dateutil.rrule"]
    print(f"ratio: {medians['forecast'] / floor:.1f} times bare dates, {medians['forecast'] / rule:.2f} times rrule;")
    print(f"       bare dates are {rule / floor:.1f} times faster than rrule (goal: at least 3)")


def bare_dates() -> int:
    """The same rhythms as plain dates, counted from the anchor by the project's own month arithmetic."""
    dates = [LAST + dt.timedelta(days=day) for day in range(DAYS)]
    for months, times, streams in RHYTHMS:
        for _ in range(streams):
            dates += [add_months(LAST, months * number) for number in range(1, times + 1)]
    return len(dates)


def by_rule() -> int:
    """The same rhythms by a library that knows recurrences."""
    anchor = dt.datetime.combine(LAST, dt.time())
    dates = list(rrule(DAILY, dtstart=anchor, count=DAYS))
    for months, times, streams in RHYTHMS:
        for _ in range(streams):
            dates += list(rrule(MONTHLY, interval=months, dtstart=anchor, count=times + 1))[1:]
    return len(dates)


def medians_of(contenders: dict[str, Callable[[], int]], *, rounds: int) -> dict[str, float]:
    """In turns, so that a noisy moment of the machine is noisy for all."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, run in contenders.items():
            begun = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - begun)
    return {name: statistics.median(taken) for name, taken in times.items()}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
