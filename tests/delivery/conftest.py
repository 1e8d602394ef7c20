"""The scene that every test of the outbox plays in, on each kind of database."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from monitor.catalog import Catalog
from monitor.settings import Settings
from tests.delivery.scene import Scene


@pytest.fixture
def scene(engine: Engine, catalog: Catalog, settings: Settings) -> Scene:
    return Scene(engine=engine, catalog=catalog, settings=settings)
