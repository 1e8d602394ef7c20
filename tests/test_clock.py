"""The clocks: one that people set, one that nobody can, and how far they moved apart."""

from __future__ import annotations

import datetime as dt

import time_machine

from monitor.clock import BothClocks, boot, now, ticks

MOMENT = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)


def test_it_tells_by_how_much_the_wall_clock_was_set_and_which_way() -> None:
    before = BothClocks(MOMENT, 100.0)

    assert before.apart(BothClocks(MOMENT + dt.timedelta(hours=2), 7300.0)) == dt.timedelta(0)
    assert before.apart(BothClocks(MOMENT - dt.timedelta(minutes=20), 160.0)) == -dt.timedelta(minutes=21)
    assert before.apart(BothClocks(MOMENT + dt.timedelta(minutes=20), 160.0)) == dt.timedelta(minutes=19)


def test_the_boot_clock_goes_on_whatever_the_wall_clock_is_set_to() -> None:
    began, began_at = ticks(), boot()
    with time_machine.travel(MOMENT):
        shown, passed = now(), boot() - began_at

    assert abs(shown - MOMENT) < dt.timedelta(minutes=1)
    assert 0 <= passed <= ticks() - began + 1
