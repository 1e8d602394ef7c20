"""Somebody who asks the provider at once about everything that is open."""

from __future__ import annotations

import datetime as dt
import uuid

from monitor.delivery.reconcile import Reconciled, reconcile
from monitor.delivery.worker import Worker
from tests.delivery.scene import MORNING, Provider, Scene


def ask(
    scene: Scene,
    provider: Provider,
    at: dt.datetime = MORNING,
    *,
    at_most: int | None = None,
    after: uuid.UUID | None = None,
) -> Reconciled:
    worker = Worker(scene.sessions, scene.catalog, scene.settings, lambda: at)
    return reconcile(worker, provider, at_most=at_most, after=after)
