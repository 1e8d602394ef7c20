"""Whatever is killed or frozen at whatever moment: each patient gets one text, or a nurse a task (G2, G3, G4)."""

from __future__ import annotations

import random
import signal
import threading
from collections import Counter

from tests.delivery.stand_in import StandIn, slow
from tests.processes.crowd import Crowd
from tests.processes.running import IS_LONG, House, Running, until
from tests.processes.test_leading import check_that_everybody_is_reminded_once
from tests.processes.test_stopping import carried_by

ROUNDS = 60 if IS_LONG else 4
WAITS = {"MONITOR_CONNECT_TIMEOUT": "1", "MONITOR_READ_TIMEOUT": "2", "MONITOR_LEASE": "4", "MONITOR_FAREWELL": "5"}


def test_nothing_is_lost_or_doubled_whatever_is_killed_or_frozen(
    crowd: Crowd, a_house: House, provider: StandIn
) -> None:
    provider.answer = slow(0.05)
    settings = carried_by(provider, crowd) | WAITS
    seed = random.randrange(10_000)
    print(f"seed {seed}")  # shown where the test fails
    dice, pause = random.Random(seed), threading.Event()
    running = [a_house.start(name, **settings) for name in ("scheduler", "scheduler", "worker", "worker")]
    assert until(lambda: crowd.unswept < crowd.patients)
    for _ in range(ROUNDS):
        pause.wait(dice.uniform(0.2, 1.5))
        place = dice.randrange(len(running))
        running[place] = harm(running[place], a_house, settings, dice)

    ends = {"accepted", "uncertain"}  # the quarantine is longer than this test
    assert until(lambda: crowd.unswept == 0 and set(crowd.states()) <= ends)
    check_that_everybody_is_reminded_once(crowd)
    assert crowd.states().total() == crowd.patients
    copies = Counter(form["To"] for form in provider.forms)
    assert set(copies.values()) == {1}, copies.most_common(3)
    assert len(copies) >= crowd.states()["accepted"]
    assert len(crowd.fences()) == len(set(crowd.fences()))


def harm(one: Running, a_house: House, settings: dict[str, str], dice: random.Random) -> Running:
    """Kill it and start another, as the system does, or freeze it for a while, now and then past its leases."""
    if dice.random() < 0.5:
        one.send(signal.SIGKILL)
        one.process.wait()
        return a_house.start(one.log.name.partition("-")[0], **settings)
    one.send(signal.SIGSTOP)
    threading.Event().wait(dice.choice([0.3, 1, 6]))
    one.send(signal.SIGCONT)
    return one
