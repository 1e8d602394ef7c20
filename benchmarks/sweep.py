"""What a sweep costs: to find the treatments whose day has come, to follow each of them up, and nothing for the others.

Beside it, in the same run: the bare forecasts of the same histories, already in memory, and the bare reading of those
histories. Processor time is that of this process; what PostgreSQL spends in its own is only in the time on the clock.
Usage: `python benchmarks/sweep.py [treatments] [waiting]`, 10,000 of which 1,200 by default, on each database.
"""

from __future__ import annotations

import datetime as dt
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from sqlalchemy import update

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it also runs as a file

from benchmarks.cohort import ON, installations
from monitor.actions.sweep import sweep
from monitor.catalog import load_catalog
from monitor.cli.installed import Installed
from monitor.schedules.forecast import forecast
from monitor.schedules.horizon import planned_until
from monitor.store.histories import read_history
from monitor.store.site import SiteRow
from monitor.store.treatment import TreatmentRow, find_treatments, waiting_for_attention

GOAL_MS = 5.0
AS_OF = ON + dt.timedelta(days=2)  # after a night that nobody swept, so that enough of them wait
AT = dt.datetime.combine(AS_OF, dt.time(6), tzinfo=dt.UTC)
LATER = AS_OF + dt.timedelta(days=30)
ROUNDS = 20


def main(treatments: int, waiting: int) -> None:
    for name, place in installations(load_catalog(), patients=treatments):
        found = choose(place, waiting)
        finding = statistics.median(_seconds(lambda: find(place)) for _ in range(ROUNDS))  # noqa: B023 - called at once
        reading, working_out = floors(place, found)
        begun, began = time.perf_counter(), time.process_time()
        swept = sweep(place.sessions, catalog=place.catalog, settings=place.settings, at=AT)
        took, used = time.perf_counter() - begun, time.process_time() - began
        if (swept.done, swept.failed) != (len(found), 0):
            sys.exit(f"not every treatment could be followed up: {swept}")
        idle = statistics.median(_seconds(lambda: find(place)) for _ in range(ROUNDS))  # noqa: B023 - called at once
        each, clock = used / len(found) * 1e3, took / len(found) * 1e3
        bare, read = working_out / len(found) * 1e3, reading / len(found) * 1e3
        print(f"{name:<11} finding {len(found)} of {treatments}: {finding * 1e3:.1f} ms; none: {idle * 1e3:.1f} ms")
        print(f"{'':<11} following up: {each:.2f} ms of processor each, {clock:.2f} ms on the clock")
        print(f"{'':<11} floor: forecast {bare:.2f} ms, reading {read:.2f} ms; ratio {each / (bare + read):.1f}")
        place.engine.dispose()
    print(f"goal: at most {GOAL_MS} ms of processor for each that waits, nothing for the others")


def choose(place: Installed, count: int) -> tuple[UUID, ...]:
    """Exactly so many that wait; the others of that day are put off, spread over everybody who waits."""
    found = find(place)
    if len(found) < count:
        sys.exit(f"only {len(found)} wait: more treatments, or fewer waiting")
    kept = frozenset(found[place * len(found) // count] for place in range(count))
    put_off = [treatment_id for treatment_id in found if treatment_id not in kept]
    with place.sessions() as session, session.begin():
        session.execute(update(TreatmentRow).where(TreatmentRow.id.in_(put_off)).values(attention_on=LATER))
    return tuple(kept)


def find(place: Installed) -> list[UUID]:
    """What a sweep asks first, site by site."""
    with place.sessions() as session:
        sites = list(session.scalars(SiteRow.__table__.select().with_only_columns(SiteRow.id)))
        return [
            treatment_id
            for site_id in sites
            for treatment_id in waiting_for_attention(session, site_id=site_id, on=AS_OF, today=AS_OF)
        ]


def floors(place: Installed, found: tuple[UUID, ...]) -> tuple[float, float]:
    """Seconds of processor for reading each of these histories alone, and for their forecasts once they are read."""
    histories = {}
    with place.sessions() as session:
        records = find_treatments(session, site_ids=None, treatment_ids=found)
        began = time.process_time()
        for record in records:
            histories[record.id] = read_history(session, treatment_id=record.id, dictionary=place.catalog.dictionary)
        reading = time.process_time() - began
    began = time.process_time()
    for record in records:
        forecast(
            place.catalog.protocol(record.protocol).plan_for(record.profile),
            histories[record.id],
            on=AS_OF,
            until=planned_until(AS_OF),
            working_days=place.catalog.working_days(record.country),
        )
    return reading, time.process_time() - began


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    given = [int(number) for number in sys.argv[1:3]]
    main(*(given + [10_000, 1_200][len(given) :]))
