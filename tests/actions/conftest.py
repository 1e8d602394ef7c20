"""Everybody at their sites, on each kind of database, for the actions to act upon."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from monitor.catalog import Catalog
from monitor.settings import Settings
from monitor.store.engine import make_sessions
from tests.cast import Cast, Stage, gather


@pytest.fixture
def stage(engine: Engine, catalog: Catalog, settings: Settings) -> Stage:
    return Stage(make_sessions(engine), catalog, settings)


@pytest.fixture
def cast(stage: Stage) -> Cast:
    return gather(stage)
