"""A cohort on each kind of database, for the benchmarks that need many patients; kept as long as the benchmark runs."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it also runs as a file

from monitor.catalog import Catalog
from monitor.cli.cohort.make import make_cohort
from monitor.cli.installed import Installed
from monitor.settings import read_settings
from monitor.store.engine import make_engine, make_sessions
from monitor.store.schema import upgrade
from tests.postgresql import cluster, find_binaries

ON = dt.date(2026, 6, 15)  # a Monday, no holiday
SEED, SITES = 7, 3
DURABLE = "-c fsync=on -c synchronous_commit=on -c full_page_writes=on"
_ENVIRONMENT = {"MONITOR_ENVIRONMENT": "test", "MONITOR_PUBLIC_PAGE_URL": "https://example.org/p"}


def installations(catalog: Catalog, *, patients: int) -> Iterator[tuple[str, Installed]]:
    """SQLite, then PostgreSQL, each filled with the same cohort and empty of everybody else."""
    for name, database in databases():
        with database() as url:
            yield name, _fill(url, catalog, patients=patients, name=name)


def databases() -> tuple[tuple[str, Callable[[], AbstractContextManager[str]]], ...]:
    """By name, what gives the address of an empty database for as long as it is used."""
    return ("SQLite", _sqlite_file), ("PostgreSQL", _postgresql)


@contextmanager
def _sqlite_file() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/bench.db"


@contextmanager
def _postgresql() -> Iterator[str]:
    binaries = find_binaries()
    if binaries is None:
        sys.exit("no PostgreSQL binaries found")
    with cluster(binaries, options=DURABLE) as url:
        yield url.render_as_string(hide_password=False)


def _fill(url: str, catalog: Catalog, *, patients: int, name: str) -> Installed:
    upgrade(url)
    engine = make_engine(url)
    settings = read_settings({**_ENVIRONMENT, "MONITOR_DATABASE_URL": url})
    place = Installed(settings=settings, engine=engine, sessions=make_sessions(engine), catalog=catalog)
    begun = time.perf_counter()
    made = make_cohort(place, patients=patients, seed=SEED, sites=SITES, on=ON, progress=lambda *_: None)
    took = time.perf_counter() - begun
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")  # what a database of that size has had long ago
        connection.commit()
    print(
        f"{name}: {made.patients} patients with {made.results} results written in {took:.0f} s "
        f"({made.results / took:.0f} results a second)"
    )
    return place


if __name__ == "__main__":
    print("fills databases for the other benchmarks; to keep such a cohort: monitor generate")
