"""Asked to stop, every process ends well and soon, whatever it is at; asked twice it ends at once (H59)."""

from __future__ import annotations

import itertools
import os
import re
import signal
import socket
from collections import Counter

import pytest

from monitor.clock import ticks
from tests.delivery.stand_in import ACCOUNT, StandIn, slow
from tests.processes.asking import Desk, answers
from tests.processes.crowd import FIRST_PHONE, Crowd
from tests.processes.running import IS_LONG, SOON, House, Running, until

BOTH = (signal.SIGTERM, signal.SIGINT)
ON_ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def carried_by(provider: StandIn, crowd: Crowd) -> dict[str, str]:
    """Settings with which texts go to the stand-in."""
    return {
        "MONITOR_TRANSPORT": "twilio",
        "MONITOR_TWILIO_ACCOUNT_SID": ACCOUNT,
        "MONITOR_TWILIO_AUTH_TOKEN": "secret",
        "MONITOR_TWILIO_FROM": "+33639980999",
        "MONITOR_TWILIO_BASE_URL": provider.address,
        "MONITOR_RECIPIENTS_ALLOWED": ",".join(f"+{FIRST_PHONE + number}" for number in range(crowd.patients)),
    }


def port_of(web: Running) -> int:
    assert until(lambda: "Listening on" in web.output), web.output
    found = re.search(r"localhost:(\d+)", web.output)
    assert found
    return int(found.group(1))


@pytest.mark.parametrize("number", BOTH if IS_LONG else BOTH[1:])
def test_a_scheduler_stops_between_two_treatments_and_the_next_one_goes_on(
    multitude: Crowd, a_house: House, number: signal.Signals
) -> None:
    crowd = multitude
    scheduler = a_house.start("scheduler")
    assert until(lambda: crowd.unswept < crowd.patients), scheduler.output

    status, seconds = scheduler.stop(number)

    left = crowd.unswept
    assert (status, left > 0) == (0, True), scheduler.output
    assert seconds < SOON, seconds
    assert "Traceback" not in scheduler.output
    a_house.start("scheduler")
    assert until(lambda: crowd.unswept < left)


def test_a_worker_finishes_the_call_in_hand_and_sends_no_other(texts: Crowd, a_house: House, provider: StandIn) -> None:
    provider.answer = slow(1.5)
    worker = a_house.start("worker", **carried_by(provider, texts), MONITOR_CALLS_AT_ONCE="2")
    assert until(lambda: len(provider.forms) == 2), worker.output

    status, seconds = worker.stop()

    assert (status, seconds < SOON) == (0, True), worker.output
    assert texts.states() == Counter(accepted=2, pending=texts.patients - 2)
    assert len(provider.forms) == 2
    assert provider.wrong == []


def test_a_call_that_never_ends_is_left_uncertain_and_the_worker_ends_all_the_same_h30(
    texts: Crowd, a_house: House, provider: StandIn
) -> None:
    provider.answer = slow(20)
    hasty = {"MONITOR_CALLS_AT_ONCE": "1", "MONITOR_FAREWELL": "0.5"}
    waits = {"MONITOR_CONNECT_TIMEOUT": "1", "MONITOR_READ_TIMEOUT": "3", "MONITOR_LEASE": "5"}
    settings = carried_by(provider, texts) | hasty | waits
    worker = a_house.start("worker", **settings)
    assert until(lambda: len(provider.forms) == 1), worker.output

    status, seconds = worker.stop()

    assert (status, seconds < SOON) == (0, True), worker.output
    assert "still at work" in worker.output
    assert texts.states()["sending"] == 1
    provider.answer = slow(0)
    a_house.start("worker", **settings)
    assert until(lambda: texts.states() == Counter(accepted=texts.patients - 1, uncertain=1)), texts.states()
    assert max(Counter(form["To"] for form in provider.forms).values()) == 1


@pytest.mark.parametrize(
    ("command", "number"),
    list(itertools.product(["web", "serve"], BOTH)) if IS_LONG else [("web", signal.SIGINT), ("serve", signal.SIGTERM)],
)
def test_a_web_server_answers_what_is_in_hand_and_takes_nobody_new(
    a_house: House, desk: Desk, command: str, number: signal.Signals
) -> None:
    web = a_house.start(command, "--port", "0")
    port = port_of(web)
    assert until(lambda: answers(port))
    with socket.create_connection(("127.0.0.1", port)) as idle:  # nobody waits for one who says nothing
        with desk.in_hand(port):
            os.killpg(web.process.pid, number)  # as a terminal does it: every process of the group is told
            takes_nobody = until(lambda: not answers(port), patience=5)
        released_at = ticks()
        status = web.process.wait(timeout=60)
        seconds = ticks() - released_at
        idle.settimeout(1)

    assert (status, takes_nobody, desk.answers) == (0, True, [201]), web.output
    assert desk.registered() == 1
    assert seconds < SOON, seconds
    assert "Traceback" not in web.output


@ON_ONE_DATABASE
def test_a_second_signal_ends_it_at_once_and_says_so(texts: Crowd, a_house: House, provider: StandIn) -> None:
    provider.answer = slow(20)
    worker = a_house.start("worker", **carried_by(provider, texts))
    assert until(lambda: len(provider.forms) > 0), worker.output
    worker.send(signal.SIGINT)
    assert worker.says("Once more")

    status, seconds = worker.stop(signal.SIGINT)

    assert (status, seconds < SOON) == (130, True), worker.output
    assert worker.says("Ended at once")


@ON_ONE_DATABASE
def test_a_second_signal_ends_every_process_of_a_web_server(a_house: House, desk: Desk) -> None:
    web = a_house.start("web", "--port", "0")
    port = port_of(web)
    assert until(lambda: answers(port))
    with desk.in_hand(port):
        web.send(signal.SIGTERM)
        assert web.says("Once more")
        status, seconds = web.stop(signal.SIGTERM)

    assert (status, seconds < SOON) == (143, True), web.output
    assert desk.answers == ["ConnectionError"]
    assert desk.registered() == 0
