"""Above the ceiling of a site and day the line stops, says so, and lets nothing trickle through (H37)."""

from __future__ import annotations

import dataclasses
import datetime as dt

from sqlalchemy.orm import Session

from monitor.overviews.readiness import readiness
from tests.delivery.scene import MORNING, WEDNESDAY, Provider, Scene, due

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def test_no_probe_of_the_stopped_line_breaks_the_ceiling_and_the_next_day_it_goes_on_h37(scene: Scene) -> None:
    scene.settings = dataclasses.replace(scene.settings, messages_per_site_and_day=1)
    everybody = [scene, scene.neighbour(), scene.neighbour()]
    for one in everybody:
        one.queue(due(WEDNESDAY + 5 * DAY))  # said as long as it is to come
    provider = Provider()

    for hours in range(8):
        scene.deliver(provider, MORNING + hours * HOUR)
        assert len(provider.received) == 1
    with Session(scene.engine) as session:
        checks = {one.name: one for one in readiness(session, at=MORNING + 8 * HOUR, settings=scene.settings)}
    assert not checks["provider_line"].is_ok
    assert "more messages than one site" in checks["provider_line"].detail

    for hours in range(8):
        scene.deliver(provider, MORNING + DAY + hours * HOUR)
    assert len(provider.received) == 2
    assert len({message.to + message.body for message in provider.received}) == 2
