"""Who leads knows it; who was frozen, replaced or gets nothing done does not go on as if it did (G4, H27, H29)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import threading

import pytest
from sqlalchemy import Engine, select, update

from monitor.jobs.leadership import Leadership
from monitor.jobs.station import Station, name_of_this_process
from monitor.jobs.sweep import sweep_now
from monitor.jobs.timetable import AlarmClock, Duty
from monitor.store.audit import AuditEntryRow
from monitor.store.lease import LeaseRow
from monitor.store.treatment import TreatmentRow
from tests.cast import NOW
from tests.jobs.test_ticks import waiting
from tests.jobs.watching import beats, until


class Machine:
    """A boot clock that a test moves: a process is frozen, or the machine sleeps, for so long."""

    def __init__(self, station: Station) -> None:
        self.seconds = 1000.0
        self.station = dataclasses.replace(
            station, boot_of=lambda: self.seconds, instance=name_of_this_process(), at_of=station.at_of
        )


@pytest.fixture
def one(station: Station) -> Machine:
    return Machine(station)


@pytest.fixture
def other(station: Station) -> Machine:
    return Machine(station)


def let_run_out(station: Station) -> None:
    with station.sessions.begin() as session:
        session.execute(update(LeaseRow).values(expires_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)))


def notes(station: Station) -> list[tuple[str, str]]:
    wanted = select(AuditEntryRow.action, AuditEntryRow.content).where(
        AuditEntryRow.action.in_(["lead", "stop_leading"])
    )
    with station.sessions() as session:
        return [(action, content) for action, content in session.execute(wanted.order_by(AuditEntryRow.id))]


def test_it_leads_alone_and_another_takes_over_at_once_when_it_steps_down(one: Machine, other: Machine) -> None:
    first, second = Leadership(one.station), Leadership(other.station)
    assert (first.seek(), second.seek(), first.seek()) == (True, False, True)

    first.step_down(why="the process stops")

    assert not first.is_held()
    assert second.seek()
    assert notes(one.station) == [("lead", '{"fence":1}'), ("stop_leading", '{"fence":1}'), ("lead", '{"fence":2}')]


def test_it_knows_by_itself_that_it_was_frozen_past_its_lease(one: Machine) -> None:
    leadership = Leadership(one.station)
    leadership.seek()
    one.seconds += 14
    assert leadership.is_held()

    one.seconds += 2

    assert not leadership.is_held()
    assert not leadership.still_leads()


def test_whoever_asks_while_the_lead_is_renewed_waits_for_the_answer(one: Machine) -> None:
    """A beat that comes in that moment would tell that nobody keeps the clock."""
    said: list[bool] = []

    def asked_meanwhile() -> dt.datetime:
        if leads_already:
            asking = threading.Thread(target=lambda: said.append(leadership.is_held()))
            asking.start()
            asking.join(0.2)  # without an answer yet, unless half the question is taken for one
            threads.append(asking)
        return one.station.at_of()

    leads_already: list[bool] = []
    threads: list[threading.Thread] = []
    leadership = Leadership(dataclasses.replace(one.station, at_of=asked_meanwhile))
    leads_already.append(leadership.seek())
    assert leadership.seek()
    threads[0].join()

    assert said == [True]


def test_who_was_frozen_in_mid_sweep_stops_before_the_next_treatment(one: Machine, other: Machine) -> None:
    later = dataclasses.replace(one.station, at_of=lambda: NOW + dt.timedelta(days=60))
    before = waiting(later)
    frozen, successor = Leadership(later), Leadership(other.station)
    frozen.seek()
    one.seconds += 100
    let_run_out(later)
    assert successor.seek()

    sweep_now(later, goes_on=frozen.still_leads)

    assert waiting(later) >= before - 1 > 0  # but for what was in hand when it woke up: its successor finds it done
    assert not frozen.seek()


def test_long_work_renews_the_lease_and_notices_when_that_fails(one: Machine, other: Machine) -> None:
    leadership = Leadership(one.station)
    leadership.seek()
    for _ in range(10):
        one.seconds += 6
        assert leadership.still_leads()
    assert not Leadership(other.station).seek()

    let_run_out(one.station)
    assert Leadership(other.station).seek()
    one.seconds += 6
    assert not leadership.still_leads()


def test_a_leader_whose_sweeps_do_not_get_done_makes_room_and_is_not_seen_as_alive(
    one: Machine, other: Machine
) -> None:
    clock = AlarmClock(one.station, duties=frozenset({Duty.SCHEDULER}))
    clock._seek_the_lead()
    clock._beat()
    assert beats(one.station) == set()  # it leads, but has swept nothing yet

    for _ in range(int(clock._allowed("sweep") / 10) + 1):
        one.seconds += 10
        clock._seek_the_lead()

    assert Leadership(other.station).seek()
    assert ("stop_leading", '{"fence":1}') in notes(one.station)
    clock._seek_the_lead()
    assert not clock._leadership.is_held()


def test_a_sweep_that_begins_and_never_gets_on_is_no_sign_of_life_h27(station: Station, engine: Engine) -> None:
    """Nothing can be written down about a treatment that fails: the whole sweep fails, every time."""
    quick = dataclasses.replace(station, at_of=lambda: NOW + dt.timedelta(days=60))
    with engine.begin() as connection:
        connection.execute(update(TreatmentRow).values(protocol="lost.v1"))
        connection.exec_driver_sql("ALTER TABLE sweep_failure RENAME TO away")
    clock = AlarmClock(quick, duties=frozenset({Duty.SCHEDULER}))
    try:
        clock.start()
        assert until(clock._leadership.is_held)
        is_alive = until(lambda: clock.gets_done("sweep"), patience=3)
    finally:
        clock.stop()
        with engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE away RENAME TO sweep_failure")

    assert not is_alive
    assert beats(station) == set()


def test_a_second_clock_stands_by_until_the_first_one_stops(station: Station) -> None:
    scheduling = frozenset({Duty.SCHEDULER})
    quick = dataclasses.replace(station.settings, leader_renew_every=dt.timedelta(seconds=0.2))
    first = AlarmClock(dataclasses.replace(station, settings=quick, instance="1-one"), duties=scheduling)
    second = AlarmClock(
        dataclasses.replace(station, settings=quick, instance="2-two", stopping=type(station.stopping)()),
        duties=scheduling,
    )
    first.start()
    does_first = until(lambda: beats(station) == {"scheduler"})
    second.start()
    stands_by = until(lambda: beats(station) == {"scheduler", "standby"})
    first.stop()
    takes_over = until(lambda: beats(station) == {"scheduler"} and second._leadership.is_held())
    second.stop()

    assert (does_first, stands_by, takes_over) == (True, True, True)
    assert beats(station) == set()
