"""A hospital that one tells stories about: people call the API, days pass by the command of the operator."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from monitor.app import create_app
from monitor.catalog import Catalog
from monitor.edge.db import db
from monitor.settings import Settings, TransportName
from monitor.store.engine import make_sessions
from tests.cast import Cast, Stage, gather
from tests.journeys.hospital import Hospital, Watch


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return dataclasses.replace(
        settings,
        transport=TransportName.CONSOLE,
        public_page_url="https://example.org",
        clock_skew=dt.timedelta(days=36_500),  # the story has its own day, the database lives today
        public_telephone="+33 1 99 00 00 00",
    )


@pytest.fixture
def hospital(engine: Engine, catalog: Catalog, settings: Settings) -> Iterator[Hospital]:
    stage = Stage(make_sessions(engine), catalog, settings)
    cast: Cast = gather(stage)
    watch = Watch()
    app = create_app(settings, catalog=catalog, clock=watch.now)
    yield Hospital(stage, cast, app, watch)
    with app.app_context():
        db.engine.dispose()
