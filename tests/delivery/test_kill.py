"""Any number of workers, and any of them killed between two transactions: nothing is lost and nothing sent twice."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from monitor.clock import boot
from monitor.delivery.deliver import deliver_once
from monitor.store.message import MessageRow
from monitor.store.patient import PatientRow
from tests.delivery.scene import MORNING, WEDNESDAY, Provider, Scene, due

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


class Killed(BaseException):
    """The process ends here."""


def clock_that_kills(at_reading: int) -> Callable[[], dt.datetime]:
    """Each transaction of a worker begins with a look at the clock: the process ends at one of them."""
    readings = 0

    def read() -> dt.datetime:
        nonlocal readings
        readings += 1
        if readings == at_reading:
            raise Killed
        return MORNING

    return read


@pytest.mark.parametrize("at_reading", range(1, 10))
def test_it_loses_nothing_and_repeats_nothing_wherever_it_is_killed_g2_g3_h30_h31(
    scene: Scene, at_reading: int
) -> None:
    scene.queue(due(WEDNESDAY))
    provider = Provider()
    with pytest.raises(Killed):
        deliver_once(
            scene.sessions,
            catalog=scene.catalog,
            settings=scene.settings,
            transport=provider,
            at_of=clock_that_kills(at_reading),
            boot_of=boot,
        )

    scene.deliver(provider)  # another worker, while the lease may still run
    if scene.message.state == "sending":
        scene.change(MessageRow, lease_until=LONG_AGO)
    scene.deliver(provider)
    for _ in range(3):  # two looks, and the sending that they may lead to
        scene.let_looks_fall_due()
        scene.deliver(provider)

    assert len(provider.received) == len({text.token for text in provider.received}) <= 1
    assert scene.message.state in {"accepted", "needs_human"}
    # Nothing was ever accepted here, so the list cannot be proven: an empty one is not believed.
    assert (scene.message.state == "needs_human") == (not provider.received)
    assert (scene.message.state == "needs_human") == (scene.tasks == ["message:uncertain"])


def test_it_sends_each_message_once_however_many_workers_there_are_g4_h31(scene: Scene) -> None:
    patients = [scene, *(scene.neighbour() for _ in range(7))]
    for patient in patients:
        patient.queue(due(WEDNESDAY), due(WEDNESDAY, "tsh/1.2"))
    provider = Provider()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(scene.deliver, provider) for _ in range(4)]:
            done.result()
    scene.deliver(provider)

    assert Counter(text.token for text in provider.received).most_common(1)[0][1] == 1
    assert len(provider.received) == len(patients)
    assert {message.state for message in scene.messages} == {"accepted"}


def test_it_shares_the_work_between_its_hands_without_sending_twice_h31(scene: Scene) -> None:
    for patient in [scene, *(scene.neighbour() for _ in range(5))]:
        patient.queue(due(WEDNESDAY))
    provider = Provider()

    done = deliver_once(
        scene.sessions, catalog=scene.catalog, settings=scene.settings, transport=provider, at_of=lambda: MORNING,
        boot_of=boot, at_most=5, hands=3,
    )  # fmt: skip

    assert done.counts == {"accepted": 5}
    assert len({text.token for text in provider.received}) == 5


def test_it_lets_no_broken_record_stop_the_others_h28(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY))
    scene.change(PatientRow, timezone="Nowhere/At_All")
    neighbour = scene.neighbour()
    neighbour.queue(due(WEDNESDAY))
    provider = Provider()

    assert scene.deliver(provider).counts == {"accepted": 1, "needs_human": 1}
    assert len(provider.received) == 1
    assert scene.tasks == ["message:failed"]
    assert scene.deliver(provider).counts == {}


def test_it_queues_once_however_many_follow_ups_run_at_once_g4_h29(scene: Scene) -> None:
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(scene.queue, due(WEDNESDAY), due(WEDNESDAY, "tsh/1.2")) for _ in range(4)]:
            done.result()

    assert scene.message.attempts == 0
    assert len(scene.reminders) == 2
