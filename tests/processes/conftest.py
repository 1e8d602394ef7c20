"""A house in which schedulers, workers and web servers run on one database, each kind of database in turn."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.processes.crowd import Crowd, gather_crowd
from tests.processes.running import House, house

SIZE = int(os.environ.get("CHAOS", "1"))
"""How many times as long and as crowded as in the usual run: see `make chaos`."""


@pytest.fixture
def crowd(engine: Engine) -> Crowd:
    return gather_crowd(engine, 40 * SIZE)


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
