"""After any downtime: what is still true is sent, what is too late is a task, nothing comes twice (G6, H25, H32)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from sqlalchemy import select

from monitor.delivery.transport import Outcome, OutgoingText, Sent
from monitor.jobs.deliver import deliver_now
from monitor.jobs.station import Station
from monitor.jobs.sweep import sweep_now
from monitor.store.alert import AlertRow
from monitor.store.message import MessageRow
from monitor.store.reminder import ReminderRow
from tests.cast import Cast
from tests.delivery.scene import Provider

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
JUNE = dt.datetime(2026, 6, 1, 6, 30, tzinfo=dt.UTC)  # half past eight in Paris, before anything may leave
FIVE_BEFORE, ON_THE_DAY, THREE_AFTER = JUNE + 9 * DAY, JUNE + 14 * DAY, JUNE + 17 * DAY  # of what is due on the 15th
DOWN = (HOUR, 26 * HOUR, 5 * DAY)


@dataclass
class Phone(Provider):
    """Delivers everything, and remembers at which moment of the story."""

    at: dt.datetime = JUNE
    moments: list[dt.datetime] = field(default_factory=list)

    def send(self, message: OutgoingText) -> Outcome:
        self.received.append(message)
        self.moments.append(self.at)
        return Sent(f"SM{message.token[:32]}", is_delivered=True)

    @property
    def days(self) -> list[dt.date]:
        return [moment.date() for moment in self.moments]


@dataclass
class House:
    """The same night work as ever, told what time it is."""

    station: Station
    phone: Phone
    patient_id: UUID

    def works(self, at: dt.datetime) -> None:
        self.phone.at = at
        now = dataclasses.replace(self.station, at_of=lambda: at, transport=self.phone)
        sweep_now(now)
        deliver_now(now)

    def lives(self, since: dt.datetime, until: dt.datetime) -> None:
        """Three times a day, which is as good as every minute for what is asked here."""
        at = since
        while at < until:
            self.works(at)
            at += 8 * HOUR

    def comes_back_twice(self, at: dt.datetime) -> None:
        """Two schedulers and two workers start at the same moment."""
        with ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(self.works, at) for _ in range(2)]:
                done.result()

    @property
    def topics(self) -> set[str]:
        with self.station.sessions() as session:
            of_ada = (AlertRow.patient_id == self.patient_id, AlertRow.closed_at.is_(None))
            found = session.scalars(select(AlertRow.topic).where(*of_ada))
            return {topic for topic in found if topic.startswith("reminder:")}

    @property
    def outcomes(self) -> dict[int, set[str]]:
        """By step of what is due on the 15th, what became of its reminders."""
        on = dt.date(2026, 6, 15)
        with self.station.sessions() as session:
            rows = session.execute(select(ReminderRow.step, ReminderRow.outcome).where(ReminderRow.due_on == on)).all()
        return {step: {row.outcome for row in rows if row.step == step} for step in {row.step for row in rows}}

    def check_nothing_came_twice(self) -> None:
        """G4: one text a day, and none a second time."""
        assert [day for day, count in Counter(self.phone.days).items() if count > 1] == []
        assert len({message.body for message in self.phone.received}) == len(self.phone.received)

    def check_nothing_is_open(self) -> None:
        """G2: each text that was decided either left or became something that somebody sees."""
        with self.station.sessions() as session:
            states = set(session.scalars(select(MessageRow.state)))
        assert states <= {"delivered", "suppressed", "needs_human"}


@pytest.fixture
def house(station: Station, cast: Cast) -> House:
    return House(station, Phone(), cast.ada)


@pytest.mark.parametrize(("down", "said_on"), ((HOUR, 15), (26 * HOUR, 16)))
def test_what_is_still_true_leaves_at_the_next_opening_g6_h25(house: House, down: dt.timedelta, said_on: int) -> None:
    """Down since the evening before: nobody had decided anything yet for the day itself."""
    evening = ON_THE_DAY - 12 * HOUR
    house.lives(JUNE + 8 * DAY, evening)
    before = house.phone.days

    house.lives(evening + down, ON_THE_DAY + 2 * DAY)

    assert house.phone.days == [*before, dt.date(2026, 6, said_on)]
    assert house.topics == set()
    house.check_nothing_came_twice()


def test_a_text_for_a_day_that_passed_meanwhile_is_a_task_and_never_sent_stale_g6_h42(house: House) -> None:
    """Decided in the night before it, and down over the whole day: it says "today"."""
    house.lives(JUNE + 8 * DAY, ON_THE_DAY)
    before = len(house.phone.received)

    house.lives(ON_THE_DAY + 26 * HOUR, ON_THE_DAY + 2 * DAY)

    assert len(house.phone.received) == before
    assert house.topics == {"reminder:too_late"}


def test_five_days_later_the_last_word_is_said_in_place_of_those_that_are_stale_g6_h25_h42(house: House) -> None:
    """Down over the day itself and over the third day after it: one text, not two, and none that says "today"."""
    house.lives(JUNE + 8 * DAY, ON_THE_DAY - 12 * HOUR)
    before = len(house.phone.received)

    house.works(ON_THE_DAY + 5 * DAY + 3 * HOUR)

    assert len(house.phone.received) == before + 1
    assert "aujourd" not in house.phone.received[-1].body
    house.check_nothing_came_twice()


def test_what_became_too_late_is_a_task_and_no_text_g6_h25(house: House) -> None:
    """Down from the morning of the last reminder on: there is nothing left to say by a text."""
    house.lives(JUNE + 8 * DAY, THREE_AFTER - 12 * HOUR)
    before = len(house.phone.received)

    house.works(THREE_AFTER + 5 * DAY + 3 * HOUR)

    assert len(house.phone.received) == before
    assert "reminder:too_late" in house.topics
    assert house.outcomes[3] == {"too_late"}


@pytest.mark.parametrize("down", DOWN)
@pytest.mark.parametrize("since", (FIVE_BEFORE, ON_THE_DAY, THREE_AFTER), ids=("before", "on", "after"))
def test_nothing_is_lost_and_nothing_comes_twice_whenever_it_was_down_g2_g4_g6_h25(
    house: House, since: dt.datetime, down: dt.timedelta
) -> None:
    """And two of each process come back at the same moment."""
    house.lives(JUNE + 7 * DAY, since)
    back = since + down
    house.comes_back_twice(back)
    house.lives(back + HOUR, JUNE + 24 * DAY)

    house.check_nothing_came_twice()
    house.check_nothing_is_open()
    said_or_handed_over = {"queued", "too_late"}
    assert house.outcomes[3] <= said_or_handed_over  # the last word on each item is never dropped
    if "too_late" in house.outcomes[3]:
        assert "reminder:too_late" in house.topics
