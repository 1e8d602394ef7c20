"""Three schedulers on one database: one leads, is replaced when it dies or freezes; no reminder is lost or doubled."""

from __future__ import annotations

import signal
import sqlite3
from collections import Counter
from contextlib import closing

from monitor.clock import ticks
from tests.processes.crowd import Crowd
from tests.processes.running import SOON, House, Running, until

LEASE, RENEWAL, SLACK = 3.0, 0.5, 10.0  # slack: the machine of a test has other things to do


def three(a_house: House, **changes: str) -> list[Running]:
    schedulers = [a_house.start("scheduler", **changes) for _ in range(3)]
    assert until(lambda: any(one.fences for one in schedulers)), [one.output for one in schedulers]
    assert until(lambda: all(one.instance for one in schedulers))
    return schedulers


def leader_of(schedulers: list[Running]) -> Running:
    return max(schedulers, key=lambda one: one.fences[-1:] or [0])


def check_that_one_led_at_any_time(crowd: Crowd, schedulers: list[Running]) -> None:
    """Each fence belongs to one process, and they follow each other without a gap."""
    terms = [fence for one in schedulers for fence in set(one.fences)]
    assert sorted(terms) == list(range(1, max(terms) + 1))
    assert crowd.fences() == [f'{{"fence":{fence}}}' for fence in sorted(terms)]


def check_that_everybody_is_reminded_once(crowd: Crowd) -> None:
    texts = crowd.texts()
    assert (len(texts), set(texts.values())) == (crowd.patients, {1})
    assert len(crowd.reminders()) == 1, crowd.reminders()


def test_a_leader_that_is_killed_in_mid_sweep_is_replaced_and_nothing_is_lost_or_doubled_g2_g4(
    crowd: Crowd, a_house: House
) -> None:
    schedulers = three(a_house)
    until(lambda: crowd.unswept < crowd.patients)
    killed = leader_of(schedulers)
    killed.send(signal.SIGKILL)
    killed_at = ticks()
    others = [one for one in schedulers if one is not killed]

    assert until(lambda: any(one.fences for one in others)), [one.output for one in others]
    assert ticks() - killed_at < LEASE + RENEWAL + SLACK
    assert until(lambda: crowd.unswept == 0), crowd.unswept
    check_that_everybody_is_reminded_once(crowd)
    check_that_one_led_at_any_time(crowd, schedulers)


def test_a_leader_that_was_frozen_past_its_lease_does_no_harm_when_it_goes_on(crowd: Crowd, a_house: House) -> None:
    schedulers = three(a_house)
    assert until(lambda: crowd.unswept == 0)
    frozen = leader_of(schedulers)
    freeze_outside_a_transaction(frozen, a_house)
    before = len(crowd.fences())
    crowd.call_for_attention()

    assert until(lambda: len(crowd.fences()) > before)
    assert until(lambda: crowd.unswept == 0)
    frozen.send(signal.SIGCONT)

    assert frozen.says("leads no longer"), frozen.output
    crowd.call_for_attention()
    assert until(lambda: crowd.unswept == 0)
    check_that_everybody_is_reminded_once(crowd)
    check_that_one_led_at_any_time(crowd, schedulers)


def test_a_leader_that_is_asked_to_stop_hands_over_at_once(crowd: Crowd, a_house: House) -> None:
    schedulers = three(a_house, MONITOR_LEADER_LEASE="60")
    assert until(lambda: crowd.unswept == 0)
    stopped = leader_of(schedulers)
    before = len(crowd.fences())

    status, seconds = stopped.stop()
    ended_at = ticks()

    assert (status, seconds < SOON) == (0, True), stopped.output
    assert until(lambda: len(crowd.fences()) > before)
    assert ticks() - ended_at < SOON  # not the lease: it was given back
    check_that_one_led_at_any_time(crowd, schedulers)


def test_a_serve_and_a_scheduler_on_one_database_are_safe(crowd: Crowd, a_house: House) -> None:
    both = [a_house.start("serve", "--port", "0"), a_house.start("scheduler")]

    assert until(lambda: crowd.unswept == 0)
    assert until(lambda: all(one.instance for one in both))
    assert until(lambda: crowd.states() == Counter(delivered=crowd.patients)), crowd.states()
    check_that_everybody_is_reminded_once(crowd)
    check_that_one_led_at_any_time(crowd, both)
    assert [one.stop()[0] for one in both] == [0, 0]


def freeze_outside_a_transaction(one: Running, a_house: House) -> None:
    """On SQLite who is frozen with the pen in hand holds up everybody: nothing can be done about it, so not here."""
    url = a_house.environment["MONITOR_DATABASE_URL"]

    def is_frozen_without_the_pen() -> bool:
        one.send(signal.SIGSTOP)
        if not url.startswith("sqlite"):
            return True
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=0.2, isolation_level=None)) as probe:
            try:
                probe.execute("BEGIN IMMEDIATE")
                probe.execute("ROLLBACK")
            except sqlite3.OperationalError:
                one.send(signal.SIGCONT)
                return False
            return True

    assert until(is_frozen_without_the_pen)
