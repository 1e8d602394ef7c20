"""A house in which schedulers, workers and web servers run on one database, each kind of database in turn."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from monitor.actions.sweep import sweep
from monitor.catalog import Catalog
from monitor.clock import now
from monitor.settings import Settings
from monitor.store.engine import make_sessions
from tests.cast import Stage
from tests.delivery.stand_in import StandIn, stand_in
from tests.processes.asking import Desk, open_desk
from tests.processes.crowd import Crowd, gather_crowd
from tests.processes.running import IS_LONG, House, house


@pytest.fixture
def crowd(engine: Engine) -> Crowd:
    return gather_crowd(engine, 1_000 if IS_LONG else 40)


@pytest.fixture
def multitude(engine: Engine) -> Crowd:
    """So many that no sweep is over before a test has looked, on a busy machine either."""
    return gather_crowd(engine, 10_000 if IS_LONG else 3_000)


@pytest.fixture
def texts(engine: Engine, catalog: Catalog, settings: Settings) -> Crowd:
    """A few patients whose reminders wait in the outbox already."""
    few = gather_crowd(engine, 8)
    writes = dataclasses.replace(
        settings,
        public_page_url="https://suivi.example/p",
        public_telephone="+33 1 99 00 12 34",
        send_at_all_hours=True,
    )
    assert sweep(make_sessions(engine), catalog=catalog, settings=writes, at=now()).done == few.patients
    return few


@pytest.fixture
def desk(engine: Engine, catalog: Catalog, settings: Settings) -> Desk:
    return open_desk(Stage(make_sessions(engine), catalog, settings), engine)


@pytest.fixture
def provider() -> Iterator[StandIn]:
    with stand_in() as made:
        yield made


@pytest.fixture
def a_house(database_url: str, tmp_path: Path) -> Iterator[House]:
    """With short leases and quick ticks, so that what takes half a minute in service takes seconds here."""
    environment = {
        "MONITOR_ENVIRONMENT": "test",
        "MONITOR_DATABASE_URL": database_url,
        "MONITOR_TRANSPORT": "console",
        "MONITOR_SEND_AT_ALL_HOURS": "true",
        "MONITOR_PUBLIC_PAGE_URL": "https://suivi.example/p",
        "MONITOR_PUBLIC_TELEPHONE": "+33 1 99 00 12 34",
        "MONITOR_LEADER_LEASE": "3",
        "MONITOR_LEADER_RENEW_EVERY": "0.5",
        "MONITOR_SWEEP_EVERY": "1",
        "MONITOR_DELIVER_EVERY": "0.5",
        "MONITOR_BEAT_EVERY": "1",
        "MONITOR_MESSAGES_PER_SITE_AND_DAY": "100000",
    }
    with house(tmp_path, environment) as made:
        yield made
