"""A patient with something due, an application that takes webhooks, and the provider that sends them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine

from monitor.app import create_app
from monitor.catalog import Catalog
from monitor.edge.db import db
from monitor.settings import Settings
from tests.delivery.scene import MORNING, Scene
from tests.webhooks.provider import PUBLIC, TOKEN, Provider


@dataclasses.dataclass
class Clock:
    """Tells the application what time it is."""

    at: dt.datetime = MORNING

    def __call__(self) -> dt.datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def scene(engine: Engine, catalog: Catalog, settings: Settings) -> Scene:
    with_webhooks = dataclasses.replace(settings, webhook_url=PUBLIC, twilio_auth_token=TOKEN)
    return Scene(engine=engine, catalog=catalog, settings=with_webhooks)


@pytest.fixture
def provider(scene: Scene, catalog: Catalog, clock: Callable[[], dt.datetime]) -> Iterator[Provider]:
    app = create_app(scene.settings, catalog=catalog, clock=clock)
    yield Provider(app)
    with app.app_context():
        db.engine.dispose()
