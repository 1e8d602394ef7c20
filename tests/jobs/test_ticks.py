"""What each tick does, and how it ends when the process is asked to stop or has no carrier."""

from __future__ import annotations

import dataclasses
import datetime as dt

from sqlalchemy import select

from monitor.delivery.no_transport import NoTransport
from monitor.jobs.deliver import deliver_now
from monitor.jobs.escalate import escalate_now
from monitor.jobs.heartbeat import beat_now, say_farewell
from monitor.jobs.station import Station
from monitor.jobs.sweep import sweep_now
from monitor.store.alert import AlertRow
from monitor.store.treatment import TreatmentRow
from tests.cast import NOW
from tests.jobs.watching import beats, states


def test_it_queues_today_what_fell_due_and_the_next_tick_sends_it(station: Station) -> None:
    sweep_now(station)
    assert states(station) == ["pending"]

    deliver_now(station)
    assert states(station) == ["delivered"]


def test_it_ends_a_sweep_early_when_asked_to_stop(station: Station) -> None:
    later = dataclasses.replace(station, at_of=lambda: NOW + dt.timedelta(days=60))  # everybody needs attention
    station.stopping.set()
    sweep_now(later)
    left = waiting(later)

    station.stopping.clear()
    sweep_now(later)

    assert left > 0
    assert waiting(later) == 0


def test_h47_it_lets_alerts_that_nobody_saw_go_on_unless_it_is_to_stop(station: Station) -> None:
    sweep_now(station)
    later = dataclasses.replace(station, at_of=lambda: NOW + dt.timedelta(days=10))

    def steps() -> set[int]:
        with station.sessions() as session:
            return set(session.scalars(select(AlertRow.step).where(AlertRow.escalate_at.is_not(None))))

    with station.sessions.begin() as session:
        treatment = session.scalars(select(TreatmentRow)).first()
        assert treatment is not None
        alert = AlertRow(
            treatment_id=treatment.id, patient_id=treatment.patient_id, site_id=treatment.site_id, topic="sign:a",
            audience="nurse", level="soon", rank=2, since=NOW.date(), because="a test says so", source="policy",
            opened_at=NOW, acknowledge_by=NOW, escalate_at=NOW,
        )  # fmt: skip
        session.add(alert)
    station.stopping.set()
    escalate_now(later)
    assert steps() == {0}
    station.stopping.clear()
    escalate_now(later)
    assert steps() == {1}


def test_it_sends_nothing_once_it_is_asked_to_stop(station: Station) -> None:
    sweep_now(station)
    station.stopping.set()

    deliver_now(station)

    assert states(station) == ["pending"]


def test_it_keeps_a_text_while_there_is_no_carrier_and_hands_it_to_a_nurse_in_the_end(station: Station) -> None:
    mute = dataclasses.replace(station, transport=NoTransport())
    sweep_now(mute)
    deliver_now(mute)
    assert states(mute) == ["pending"]

    deliver_now(dataclasses.replace(mute, at_of=lambda: NOW + dt.timedelta(days=10)))

    assert states(mute) == ["needs_human"]
    with mute.sessions() as session:
        assert "reminder:too_late" in set(session.scalars(select(AlertRow.topic)))


def test_it_ends_a_sweep_early_when_it_leads_no_longer_h29(station: Station) -> None:
    """It asks before it begins, and again after every few treatments: those of the first site here."""
    later = dataclasses.replace(station, at_of=lambda: NOW + dt.timedelta(days=60))
    before = waiting(later)
    sweep_now(later, goes_on=lambda: False)
    assert waiting(later) == before

    answers = iter([True, False])
    sweep_now(later, goes_on=lambda: next(answers))
    assert 0 < waiting(later) < before


def test_it_beats_as_what_it_does_and_says_farewell(station: Station) -> None:
    beat_now(station, {"standby", "worker"})
    assert beats(station) == {"standby", "worker"}

    beat_now(station, {"scheduler"})  # it took over: nobody waits for it as a standby
    assert beats(station) == {"scheduler", "worker"}

    say_farewell(station)
    assert beats(station) == set()


def waiting(station: Station) -> int:
    """How many treatments the sweep still has before it."""
    today = station.at_of().date()
    with station.sessions() as session:
        return len(session.scalars(select(TreatmentRow.id).where(TreatmentRow.attention_on <= today)).all())
