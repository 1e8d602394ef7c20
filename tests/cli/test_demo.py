"""`monitor demo`: from nothing to a text on a phone, quick the second time, and never on anybody's real database."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import sqlalchemy as sa

from monitor.catalog import Catalog
from monitor.cli.demo import demonstration_settings
from monitor.cli.demonstration.database import BEGUN, MADE, Found, empty, look_at, mark
from monitor.settings import Settings, WrongSetting
from monitor.store.engine import make_engine, make_sessions
from monitor.store.schema import upgrade
from monitor.work import SYSTEM, working
from tests import postgresql
from tests.cast import NOW, TODAY, Stage, gather
from tests.cli.conftest import Start
from tests.cli.serving import Served, free_port, served


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with nothing in it, no table even, that no other test shares."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'demo.db'}"
        return
    with postgresql.database(request.getfixturevalue("postgresql_server"), name="monitor_demo") as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture
def settings(address: str) -> Settings:
    return demonstration_settings({"MONITOR_DATABASE_URL": address}, port=8000)


def test_it_brings_a_text_to_a_phone_and_starts_quickly_the_second_time(address: str, tmp_path: Path) -> None:
    environment = {"MONITOR_DATABASE_URL": address}
    with served("demo", environment=environment, log=tmp_path / "first") as first:
        has_arrived = first.wait_for("/demo/phones", "<strong>New</strong>")
        phones, api = first.get("/demo/phones")[1], first.get("/api/v1/alerts")
        printed = re.findall(r"^ +(?:nurse|neurologist) .* (\S{43})$", first.output, re.MULTILINE)
        opened = [first.get("/api/v1/me", token=token)[0] for token in printed]
        recorded, tried = try_the_example(first)
        is_ready = first.wait_for("/health/ready", '"status":"ready"')
        status = first.stop()
    with served("demo", environment=environment, log=tmp_path / "second") as second:
        is_back = second.wait_for("/demo/phones", "<article") and second.stop() == 0
        then_tried = example_of(second.output)[2]

    assert has_arrived, first.output
    assert (phones.count("<article"), is_ready, status) == (60, True, 0), first.output
    assert api[0] == 401  # the pages need no sign-in, the API does
    assert opened == [200] * 6, first.output  # a nurse and a neurologist of each of the three hospitals
    assert recorded == 201, first.output
    assert then_tried != tried, second.output  # what was done is not proposed again
    assert is_back, second.output
    assert "made today" in second.output


def test_it_leaves_a_database_alone_that_is_no_demonstration(start: Start, database_url: str, catalog: Catalog) -> None:
    engine = make_engine(database_url)
    gather(Stage(make_sessions(engine), catalog, Settings(database_url=database_url)))
    before = rows(engine)

    done = start("demo", "--port", str(free_port()), "--fresh", MONITOR_DATABASE_URL=database_url)

    assert done.returncode == 1
    assert b"no demonstration" in done.stderr
    assert rows(engine) == before
    engine.dispose()


def test_it_leaves_tables_of_another_program_alone(settings: Settings) -> None:
    engine = make_engine(settings.database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE accounts (id INTEGER)")
    engine.dispose()

    assert look_at(settings, today=TODAY) is Found.SOMETHING_ELSE


def test_it_knows_a_demonstration_of_today_from_an_older_and_an_unfinished_one(
    settings: Settings, catalog: Catalog
) -> None:
    assert look_at(settings, today=TODAY) is Found.NOTHING
    upgrade(settings.database_url)
    assert look_at(settings, today=TODAY) is Found.NOTHING

    put(settings, catalog, BEGUN)
    assert look_at(settings, today=TODAY) is Found.ANOTHER_DEMONSTRATION

    put(settings, catalog, MADE)
    assert look_at(settings, today=TODAY) is Found.A_DEMONSTRATION_OF_TODAY
    assert look_at(settings, today=TODAY + dt.timedelta(1)) is Found.ANOTHER_DEMONSTRATION

    empty(settings)
    assert look_at(settings, today=TODAY) is Found.NOTHING


def test_it_refuses_production() -> None:
    with pytest.raises(WrongSetting):
        demonstration_settings({"MONITOR_ENVIRONMENT": "production"}, port=8000)


def test_it_sends_nothing_to_a_provider_whatever_the_environment_says() -> None:
    settings = demonstration_settings({"MONITOR_TRANSPORT": "twilio", "MONITOR_ENVIRONMENT": "test"}, port=8000)

    assert (settings.transport, settings.environment) == ("console", "demo")


def try_the_example(demo: Served) -> tuple[int, str]:
    """Do what the terminal proposes; the status, and of which treatment the dose is."""
    token, key, treatment_id, on = example_of(demo.output)
    answer = requests.post(
        f"http://localhost:{demo.port}/api/v1/administrations",
        json={"treatment_id": treatment_id, "on": on},
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": key},
        timeout=30,
    )
    return answer.status_code, treatment_id


def example_of(output: str) -> tuple[str, str, str, str]:
    """The token, the key, the treatment and the day of the printed example."""
    found = re.search(
        r"Bearer (\S+)'.*?Idempotency-Key: (\S+)'.*?\"treatment_id\": \"(\S+)\", \"on\": \"(\S+)\"", output, re.DOTALL
    )
    assert found is not None, output
    return found[1], found[2], found[3], found[4]


def put(settings: Settings, catalog: Catalog, action: str) -> None:
    engine = make_engine(settings.database_url)
    with working(make_sessions(engine), catalog=catalog, by=SYSTEM, at=NOW, settings=settings) as work:
        mark(work, action, today=TODAY)
    engine.dispose()


def rows(engine: sa.Engine) -> dict[str, int]:
    there = sa.MetaData()
    there.reflect(engine)
    with engine.connect() as connection:
        return {
            table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in there.sorted_tables
        }
