"""Above the ceiling of a site and day the line stops, says so, and lets nothing trickle through (H37)."""

from __future__ import annotations

import dataclasses
import datetime as dt

from sqlalchemy.orm import Session

from monitor.delivery.line import open_line
from monitor.delivery.transport import AccountRefused
from monitor.overviews.readiness import readiness
from tests.delivery.scene import MORNING, WEDNESDAY, Provider, Scene, due

HOUR, DAY, MINUTE = dt.timedelta(hours=1), dt.timedelta(days=1), dt.timedelta(minutes=1)


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


def test_a_person_who_opens_the_line_lets_the_site_and_all_others_go_on_h37(scene: Scene) -> None:
    scene.settings = dataclasses.replace(scene.settings, messages_per_site_and_day=1)
    everybody = [scene, *(scene.neighbour() for _ in range(3))]
    for one in everybody:
        one.queue(due(WEDNESDAY))
    provider = Provider()
    scene.deliver(provider)

    for opened in (2, 3, 4):
        with scene.work() as work:
            open_line(work, by_person=True)
        scene.deliver(provider, MORNING + opened * MINUTE)
        assert len(provider.received) == opened
    assert scene.deliver(provider, MORNING + HOUR).stopped is None


def test_a_probe_that_passes_allows_nobody_more_h37_h44(scene: Scene) -> None:
    scene.settings = dataclasses.replace(scene.settings, messages_per_site_and_day=1)
    for one in (scene, scene.neighbour(), scene.neighbour()):
        one.queue(due(WEDNESDAY))
    provider = Provider(answers=[AccountRefused("20003")])
    for hours in range(6):
        scene.deliver(provider, MORNING + hours * HOUR)

    assert len(provider.received) == 2  # the refused one, tried again
