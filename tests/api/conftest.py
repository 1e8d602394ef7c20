"""An application on each kind of database, with everybody in it, and a client for whoever signs in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine

from monitor.app import create_app
from monitor.catalog import Catalog
from monitor.edge.db import db
from monitor.settings import Settings
from monitor.store.engine import make_sessions
from tests.cast import NOW, Cast, Stage, gather
from tests.client import Client


@pytest.fixture
def stage(engine: Engine, catalog: Catalog, settings: Settings) -> Stage:
    return Stage(make_sessions(engine), catalog, settings)


@pytest.fixture
def cast(stage: Stage) -> Cast:
    return gather(stage)


def running(app: Flask) -> Iterator[Flask]:
    """The application, whose connections are closed afterwards."""
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(settings: Settings, catalog: Catalog) -> Iterator[Flask]:
    """The application that an operator would start, told that it is 15 June 2026."""
    yield from running(create_app(settings, catalog=catalog, clock=lambda: NOW))


@pytest.fixture
def client(app: Flask) -> Client:
    return Client(app)
