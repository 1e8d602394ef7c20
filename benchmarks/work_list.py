"""How many pages of the work list a second, 50 rows each, through the WSGI door with sign-in, schema and JSON.

A nurse of one centre turns the pages one after another, then asks for each part of the list. One client, in this
process, without the network. Beside it, in the same run: a route that does nothing, and the bare query of a page by
its key. Usage: `python benchmarks/work_list.py [patients] [pages]`, 10,000 and 400 by default, on each database.
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it also runs as a file

from benchmarks.cohort import ON, SEED, installations
from monitor.actions.users import issue_token
from monitor.app import create_app
from monitor.catalog import load_catalog
from monitor.cli.cohort.ids import Ids, Kind
from monitor.cli.installed import Installed
from monitor.overviews.users import user_named
from monitor.store.agenda import AgendaRow
from monitor.work import SYSTEM, working

GOAL_RATE, GOAL_P99_MS = 600, 40
ROWS = 50
AT = dt.datetime.combine(ON, dt.time(9), tzinfo=dt.UTC)
NURSE = f"nurse 1 of cohort {SEED}"
_AGENDA = AgendaRow.__table__


def main(patients: int, pages: int) -> None:
    for name, place in installations(load_catalog(), patients=patients):
        app = create_app(place.settings, catalog=place.catalog, clock=lambda: AT)
        get = door(app, token=sign_in(place))
        listed = turn(get, pages=pages)
        parts = {part: turn(get, pages=pages // 4, state=part) for part in ("overdue", "late", "today", "upcoming")}
        empty = [_seconds(lambda: get("/health/live")) for _ in range(pages)]  # noqa: B023 - called at once
        bare = turn_bare(place, pages=pages)
        print(f"{name:<11} {said(listed)}")
        for part, taken in parts.items():
            print(f"{'':<11} {said(taken)}   state={part}")
        print(f"{'':<11} floor: empty route {said(empty)}")
        ratio = statistics.mean(listed) / (statistics.mean(empty) + statistics.mean(bare))
        print(f"{'':<11} floor: bare page    {said(bare)}; ratio to both {ratio:.1f}")
        place.engine.dispose()
    print(f"goal: at least {GOAL_RATE} a second, p99 at most {GOAL_P99_MS} ms")


def sign_in(place: Installed) -> str:
    with working(place.sessions, catalog=place.catalog, by=SYSTEM, at=AT, settings=place.settings) as work:
        return issue_token(work, staff_id=user_named(work, name=NURSE), life=dt.timedelta(days=1))


def door(app: Flask, *, token: str) -> Callable[[str], bytes]:
    """The application as a server calls it."""

    def get(path: str) -> bytes:
        builder = EnvironBuilder(path=path.partition("?")[0], query_string=path.partition("?")[2])
        builder.headers["Authorization"] = f"Bearer {token}"
        chunks, status, _ = run_wsgi_app(app, builder.get_environ())
        body = b"".join(chunks)
        if not status.startswith("200"):
            sys.exit(f"not answered: {status} {body.decode()}")
        return body

    return get


def turn(get: Callable[[str], bytes], *, pages: int, state: str | None = None) -> list[float]:
    """Seconds for each page, from the first one on, again from there after the last."""
    start = f"/api/v1/agenda?limit={ROWS}" + ("" if state is None else f"&state={state}")
    taken, path = [], start
    for _ in range(pages):
        begun = time.perf_counter()
        body = get(path)
        taken.append(time.perf_counter() - begun)
        cursor = json.loads(body)["next"]
        path = start if cursor is None else f"{start}&cursor={cursor}"
    return taken


def turn_bare(place: Installed, *, pages: int) -> list[float]:
    """The same pages as one prepared statement each, and nothing made of the rows."""
    site_id = Ids(SEED).of(Kind.SITE, 0)
    order = (_AGENDA.c.due_on, _AGENDA.c.treatment_id, _AGENDA.c.key)
    query = sa.select(_AGENDA).where(_AGENDA.c.site_id == site_id).order_by(*order).limit(ROWS + 1)
    place_of = [sa.bindparam(column.key, type_=column.type) for column in order]
    beyond = query.where(sa.tuple_(*order) > sa.tuple_(*place_of))
    taken: list[float] = []
    last: Any = None
    with place.engine.connect() as connection:
        for _ in range(pages):
            begun = time.perf_counter()
            if last is None:
                rows = connection.execute(query).all()
            else:
                rows = connection.execute(beyond, {column.key: getattr(last, column.key) for column in order}).all()
            taken.append(time.perf_counter() - begun)
            last = rows[ROWS - 1] if len(rows) > ROWS else None
    return taken


def said(taken: list[float]) -> str:
    ordered = sorted(taken)
    p50, p99 = ordered[len(ordered) // 2] * 1e3, ordered[int(len(ordered) * 0.99) - 1] * 1e3
    return f"{1 / statistics.mean(taken):6.0f}/s   p50 {p50:6.2f} ms   p99 {p99:6.2f} ms"


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    given = [int(number) for number in sys.argv[1:3]]
    main(*(given + [10_000, 400][len(given) :]))
