"""A stop is never far away: neither a carrier that hangs nor a long queue keeps the process alive (H59)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import threading

import pytest

from monitor.clock import ticks
from monitor.delivery.transport import CannotLook, NotSent, OutgoingText, SentText
from monitor.jobs.station import Station
from monitor.jobs.timetable import AlarmClock
from tests.jobs.watching import states, until


class Hanging:
    """A carrier that answers only when the test is over."""

    longest_call = dt.timedelta(seconds=1)

    def __init__(self) -> None:
        self.is_over = threading.Event()

    def send(self, message: OutgoingText) -> NotSent:  # noqa: ARG002 - the shape of every transport
        self.is_over.wait(60)
        return NotSent("over")

    def find(self, sent: SentText) -> CannotLook:  # noqa: ARG002 - the shape of every transport
        return CannotLook("it hangs")

    def receipt(self, sid: str) -> CannotLook:  # noqa: ARG002 - the shape of every transport
        return CannotLook("it hangs")


def test_it_ends_without_what_never_ends_and_leaves_it_to_the_lease_h30(
    station: Station, caplog: pytest.LogCaptureFixture
) -> None:
    carrier = Hanging()
    hasty = dataclasses.replace(station.settings, farewell=dt.timedelta(seconds=0.5))
    clock = AlarmClock(dataclasses.replace(station, transport=carrier, settings=hasty))
    clock.start()
    is_sending = until(lambda: states(station) == ["sending"])

    started = ticks()
    clock.stop()
    took = ticks() - started
    still_there = [thread for thread in threading.enumerate() if thread.name.startswith(("tick", "hand"))]

    carrier.is_over.set()
    for thread in still_there:
        thread.join(30)
    assert is_sending
    assert took < 10
    assert still_there
    assert all(thread.daemon for thread in still_there)  # the end of the process waits for none of them
    assert "still at work" in caplog.text
