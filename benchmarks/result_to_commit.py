"""How long results take from the request to the commit, judged, with agenda and alerts in step; beside one bare INSERT.

A blood count of five values, and a panel of nine, are each logged through the HTTP door (in process, without the
network) for a patient in the second year after alemtuzumab; every answer is a 201, so every panel is durable. The
databases run as in production: SQLite with `synchronous=FULL`, PostgreSQL with fsync. The floor is one row and one
commit on the same engine.
Usage: `python benchmarks/result_to_commit.py [panels]`, 200 of each by default, on each database.
"""

from __future__ import annotations

import datetime as dt
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it also runs as a file

from monitor.actions.record_administration import record_administration
from monitor.actions.register_patient import register_patient
from monitor.actions.start_treatment import start_treatment
from monitor.app import create_app
from monitor.catalog import Catalog, load_catalog
from monitor.schedules.facts import Sex
from monitor.settings import read_settings
from monitor.store.engine import make_engine, make_sessions
from monitor.store.schema import upgrade
from tests.cast import NOW, Cast, Stage, gather
from tests.postgresql import cluster, find_binaries

GOAL_MS, GOAL_P99_MS, GOAL_OF_NINE_MS = 15.0, 60.0, 30.0
PATIENTS = 20
DURABLE = "-c fsync=on -c synchronous_commit=on -c full_page_writes=on"
STARTED_ON = dt.date(2025, 3, 3)
COUNT = {
    "platelets": ("212", "10*9/L"),
    "haemoglobin": ("13.4", "g/dL"),
    "leukocytes": ("5.1", "G/L"),
    "neutrophils": ("3.2", "G/L"),
    "lymphocytes": ("0.9", "G/L"),
}
NINE = COUNT | {"creatinine": ("72", "umol/L"), "alt": ("31", "U/L"), "ast": ("24", "U/L"), "tsh": ("2.1", "mIU/L")}
Panel = Mapping[str, tuple[str, str]]


def main(panels: int) -> None:
    catalog = load_catalog()
    print(f"{panels} panels of each kind through the door to the commit, one client")
    for name, url in databases():
        with url as address:
            found, floor = measure(address, catalog, panels=panels)
        bare = statistics.median(floor) * 1e3
        for panel, took in found.items():
            median, p99 = statistics.median(took) * 1e3, sorted(took)[int(len(took) * 0.99) - 1] * 1e3
            print(f"{name:<11} {panel} values: median {median:6.2f} ms   p99 {p99:6.2f} ms   ", end="")
            print(f"{1 / statistics.mean(took):5.0f}/s   {median / bare:.1f} x the floor")
        print(f"{'':<11} floor: one INSERT, one commit {bare:5.2f} ms")
    print(f"goal: median at most {GOAL_MS} ms (of nine {GOAL_OF_NINE_MS}), p99 at most {GOAL_P99_MS} ms, 100 a second")


def databases() -> Iterator[tuple[str, AbstractContextManager[str]]]:
    yield "SQLite", sqlite_file()
    yield "PostgreSQL", postgresql()


@contextmanager
def sqlite_file() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/bench.db"


@contextmanager
def postgresql() -> Iterator[str]:
    binaries = find_binaries()
    if binaries is None:
        sys.exit("no PostgreSQL binaries found")
    with cluster(binaries, options=DURABLE) as url:
        yield url.render_as_string(hide_password=False)


def measure(url: str, catalog: Catalog, *, panels: int) -> tuple[dict[int, list[float]], list[float]]:
    """Seconds for each panel, by the number of its values, and for each bare insert, taken in turn."""
    settings = read_settings({"MONITOR_ENVIRONMENT": "test", "MONITOR_DATABASE_URL": url})
    upgrade(url)
    engine = make_engine(url)
    stage = Stage(make_sessions(engine), catalog, settings)
    cast = gather(stage)
    app = create_app(settings, catalog=catalog, clock=lambda: NOW)
    bare = _bare(engine)
    floor: list[float] = []
    took: dict[int, list[float]] = {}
    for panel in (COUNT, NINE):
        patients = [_patient(stage, cast) for _ in range(PATIENTS)]
        seconds = took[len(panel)] = []
        for number in range(panels):
            floor.append(_seconds(bare))
            day = NOW.date() - dt.timedelta(days=1 + number // PATIENTS)
            patient_id = patients[number % PATIENTS]
            seconds.append(_seconds(lambda: _log(app, cast, panel, patient_id=patient_id, day=day)))  # noqa: B023 - called at once
    engine.dispose()
    return took, floor


def _patient(stage: Stage, cast: Cast) -> uuid.UUID:
    """Somebody in the second year after course 1, whose monthly counts were never logged."""
    at = dt.datetime.combine(STARTED_ON, dt.time(9, 0), dt.UTC)
    with stage.work(by=cast.noor.actor, at=at) as work:
        patient_id = register_patient(
            work, site_id=cast.north, family_name="Example", given_name="Ella", birth_date=dt.date(1988, 4, 2),
            sex=Sex.FEMALE, language="en",
        )  # fmt: skip
        treatment_id = start_treatment(
            work, patient_id=patient_id, protocol="alemtuzumab.v1", profile="eu", started_on=STARTED_ON
        )
    for day in range(5):
        with stage.work(by=cast.noor.actor, at=at + dt.timedelta(days=day)) as work:
            record_administration(
                work, treatment_id=treatment_id, on=STARTED_ON + dt.timedelta(days=day), course=1, day=day + 1,
                reason_override="what comes before a course is not measured here",
            )  # fmt: skip
    return patient_id


def _log(app: Flask, cast: Cast, panel: Panel, *, patient_id: uuid.UUID, day: dt.date) -> None:
    values = [{"analyte": name, "value": value, "unit": unit} for name, (value, unit) in panel.items()]
    body = {"patient_id": str(patient_id), "collected_on": day.isoformat(), "values": values}
    headers = {**cast.nora.headers, "Idempotency-Key": str(uuid.uuid4())}
    answer = app.test_client().post("/api/v1/results", json=body, headers=headers)
    if answer.status_code != 201:
        sys.exit(f"not logged: {answer.status} {answer.get_data(as_text=True)}")


def _bare(engine: sa.Engine) -> Callable[[], None]:
    table = sa.Table("bare", sa.MetaData(), sa.Column("id", sa.String(36), primary_key=True))
    table.create(engine)

    def insert() -> None:
        with engine.begin() as connection:
            connection.execute(table.insert().values(id=str(uuid.uuid4())))

    return insert


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
