"""Whatever falls due, whenever somebody looks, in whatever zone: one text a day each, in open hours, and no silence."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from zoneinfo import ZoneInfo

import pytest

from monitor.delivery.transport import NotSent, Outcome, OutgoingText, Sent
from monitor.schedules.calendar import Item
from monitor.store.message import MessageRow
from monitor.store.patient import PatientRow
from monitor.store.reminder import ReminderRow
from tests.delivery.caregivers import CAREGIVER_PHONE, add_caregiver, choose
from tests.delivery.scene import PHONE, Provider, Scene, due

DAY = dt.timedelta(days=1)
LONG = 45  # days, with a change of the clocks in Paris and two public holidays in France
FIRST = dt.datetime(2026, 3, 20, tzinfo=dt.UTC)
HOLIDAYS = {dt.date(2026, 4, 6), dt.date(2026, 5, 1), dt.date(2026, 5, 8)}
# Each with how often, and for how many days at least, nobody looks.
ZONES = {"Europe/Paris": (0.05, 2), "America/Cayenne": (0.1, 13), "Pacific/Noumea": (0.1, 2)}


@dataclass
class Ledger(Provider):
    """Accepts most of what it gets, and writes down where and when."""

    random: Random = field(default_factory=lambda: Random(0))
    at: dt.datetime = FIRST
    accepted: list[tuple[str, dt.datetime]] = field(default_factory=list)

    def send(self, message: OutgoingText) -> Outcome:
        if self.random.random() < 0.2:
            return NotSent("busy")
        self.accepted.append((message.to, self.at))
        return Sent(f"SM{message.token[:32]}")


def live(scene: Scene, ledger: Ledger, items: dict[Item, dt.date], *, absence: tuple[float, int]) -> None:
    """Look at any hour, several times a day, but for days on which nobody does; forget what is done by then."""
    random, day = ledger.random, 0
    while day < LONG:
        for hour in sorted(random.sample(range(24), 3)):
            ledger.at = FIRST + day * DAY + dt.timedelta(hours=hour, minutes=random.randrange(60))
            awaited = [item for item, done_on in items.items() if ledger.at.date() < done_on]
            scene.queue(*awaited, at=ledger.at)
            scene.deliver(ledger, ledger.at)
        day += 1 if random.random() >= absence[0] else random.randint(absence[1], 16)


def some_items(random: Random) -> dict[Item, dt.date]:
    """Twenty items, each with the day on which it is done, if ever."""
    made = {}
    for number in range(20):
        on = FIRST.date() + random.randint(5, 30) * DAY
        made[due(on, f"cbc/1.{number}")] = on + random.choice([random.randint(-5, 4), 999]) * DAY
    return made


@pytest.mark.parametrize("zone", list(ZONES))
def test_g4_h20_h21_h37_h42_each_person_gets_at_most_one_true_text_a_day_in_open_hours_and_nothing_is_passed_over(
    scene: Scene, zone: str
) -> None:
    random = Random(zone)
    scene.change(PatientRow, timezone=zone, created_at=FIRST - 10 * DAY)
    add_caregiver(scene)
    choose(scene, "both")
    ledger, items = Ledger(random=random), some_items(random)
    live(scene, ledger, items, absence=ZONES[zone])

    heard = {phone: [at.astimezone(ZoneInfo(zone)) for to, at in ledger.accepted if to == phone] for phone in
             (PHONE, CAREGIVER_PHONE)}  # fmt: skip
    for moments in heard.values():
        assert moments
        days = [at.date() for at in moments]
        assert max(Counter(days).values()) == 1
        assert max(sum(first <= day < first + 7 * DAY for day in days) for first in days) <= 4
        assert [at for at in moments if not 9 <= at.hour < 19 or at.weekday() == 6 or at.date() in HOLIDAYS] == []
    assert _passed_over(scene, items) == set()
    assert _said_in_vain(scene, items) == []


def _said_in_vain(scene: Scene, items: dict[Item, dt.date]) -> list[str]:
    """The texts that left when something they spoke of was done (H42)."""
    done_on = {item.key: on for item, on in items.items()}
    spoken: dict[uuid.UUID, list[dt.date]] = {}
    for row in scene.rows(ReminderRow):
        if row.message_id is not None and row.outcome == "queued":
            spoken.setdefault(row.message_id, []).append(done_on[row.item_key])
    left = [
        (row, row.settled_at.date()) for row in scene.rows(MessageRow) if row.state == "accepted" and row.settled_at
    ]
    return [row.text for row, on in left if min(spoken.get(row.id, [FIRST.date()])) <= on]


def _passed_over(scene: Scene, items: dict[Item, dt.date]) -> set[tuple[str, str]]:
    """Who heard nothing about what was awaited to the end, though nobody was told that a text could not say it."""
    states = {row.id: row.state for row in scene.rows(MessageRow)}
    fates: dict[tuple[str, str], set[str]] = {}
    for row in scene.rows(ReminderRow):
        fate = states[row.message_id] if row.outcome == "queued" and row.message_id else row.outcome
        fates.setdefault((row.recipient, row.item_key), set()).add(fate)
    awaited = {item.key for item, done_on in items.items() if done_on > FIRST.date() + LONG * DAY}
    owed = {(recipient, key) for recipient in ("self", "caregiver") for key in awaited}
    handed = {"too_late", "needs_human"} if scene.tasks else set()
    return owed - {one for one, fate in fates.items() if fate & ({"accepted"} | handed)}
