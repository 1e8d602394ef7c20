"""How long an alert may wait for a person, how long it may be put off, and who settles it."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.notices.alert_life import LONGEST_SNOOZE, Deadlines, Patience, longest_snooze, may_close
from monitor.schedules.working_days import WorkingDays
from monitor.terms import Level, Role


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


WHIT_MONDAY = dt.date(2026, 5, 25)
WORKING_DAYS = WorkingDays(lambda year: frozenset({WHIT_MONDAY, dt.date(2026, 5, 1)}) if year == 2026 else frozenset())
PARIS = Patience(ZoneInfo("Europe/Paris"), WORKING_DAYS)
MOMENTS = st.integers(0, 353 * 24 * 60).map(lambda minutes: utc("2026-01-01T00:00") + dt.timedelta(minutes=minutes))
ZONES = st.sampled_from(["Europe/Paris", "America/Guadeloupe", "Indian/Reunion", "Pacific/Noumea"])


@pytest.mark.parametrize(
    ("level", "opened", "seen_by"),
    (
        (Level.CRITICAL, "2026-06-15T09:30", "2026-06-15T10:30"),
        (Level.CRITICAL, "2026-06-13T23:50", "2026-06-14T00:50"),  # on a Saturday night as at any time
        (Level.CRITICAL, "2026-03-29T00:30", "2026-03-29T01:30"),  # one hour, although the clocks show two
        (Level.URGENT, "2026-06-15T09:30", "2026-06-15T22:00"),  # midnight in Paris
        (Level.URGENT, "2026-06-15T19:59", "2026-06-15T22:00"),
        (Level.URGENT, "2026-06-15T20:01", "2026-06-15T22:01"),  # less than two hours are left of the day
        (Level.URGENT, "2026-03-28T12:00", "2026-03-28T23:00"),  # still winter time
        (Level.URGENT, "2026-03-29T12:00", "2026-03-29T22:00"),  # a day of 23 hours
        (Level.URGENT, "2026-10-25T12:00", "2026-10-25T23:00"),  # a day of 25 hours
        (Level.SOON, "2026-06-15T09:30", "2026-06-18T22:00"),  # Monday: to the end of Thursday
        (Level.SOON, "2026-06-12T15:00", "2026-06-17T22:00"),  # Friday: over the week-end to Wednesday
        (Level.SOON, "2026-05-22T15:00", "2026-05-28T22:00"),  # and past a holiday
        (Level.SOON, "2026-03-27T09:00", "2026-04-01T22:00"),  # over the change to summer time
    ),
)
def test_h20_h47_it_must_be_seen_by(level: Level, opened: str, seen_by: str) -> None:
    assert PARIS.acknowledge_by(level, at=utc(opened)) == utc(seen_by)


def test_what_is_only_to_know_waits_for_the_next_review() -> None:
    assert PARIS.acknowledge_by(Level.INFO, at=utc("2026-06-15T09:30")) is None


def test_an_installation_may_ask_for_other_times() -> None:
    strict = Patience(PARIS.zone, WORKING_DAYS, Deadlines(dt.timedelta(minutes=20), dt.timedelta(hours=20), 1))

    assert strict.acknowledge_by(Level.CRITICAL, at=utc("2026-06-15T09:30")) == utc("2026-06-15T09:50")
    assert strict.acknowledge_by(Level.URGENT, at=utc("2026-06-15T09:30")) == utc("2026-06-16T05:30")
    assert strict.acknowledge_by(Level.SOON, at=utc("2026-06-15T09:30")) == utc("2026-06-16T22:00")


@given(at=MOMENTS, zone=ZONES)
def test_h47_the_graver_the_sooner_wherever_the_site_is(at: dt.datetime, zone: str) -> None:
    patience = Patience(ZoneInfo(zone), WORKING_DAYS)
    found = [patience.acknowledge_by(level, at=at) for level in (Level.CRITICAL, Level.URGENT, Level.SOON)]
    times = [one for one in found if one is not None]

    assert len(times) == 3
    assert at < times[0]
    assert all(one < other for one, other in pairwise(times))
    assert times[1] - at >= dt.timedelta(hours=2)


def test_the_graver_the_shorter_it_is_put_off() -> None:
    at = utc("2026-06-15T09:30")

    assert [longest_snooze(level, at=at) - at for level in Level] == list(LONGEST_SNOOZE.values())
    assert list(LONGEST_SNOOZE.values()) == sorted(LONGEST_SNOOZE.values())


@pytest.mark.parametrize(
    ("role", "topic", "level", "may"),
    (
        (Role.NURSE, "message:failed", Level.URGENT, True),
        (Role.NURSE, "reminder:too_late", Level.SOON, True),
        (Role.NURSE, "message:failed", Level.CRITICAL, False),
        (Role.NURSE, "result:platelets.below_50", Level.CRITICAL, False),
        (Role.NURSE, "result:tsh.outside", Level.SOON, False),
        (Role.NURSE, "sign:bruising", Level.URGENT, False),
        (Role.NEUROLOGIST, "result:platelets.below_50", Level.CRITICAL, True),
        (Role.NEUROLOGIST, "sign:bruising", Level.URGENT, True),
        (Role.NEUROLOGIST, "overdue:cbc", Level.URGENT, False),
        (Role.ADMIN, "message:failed", Level.SOON, False),
        (Role.PHARMACOVIGILANCE, "result:tsh.outside", Level.INFO, False),
    ),
)
def test_h45_it_is_settled_by_whom_it_concerns(role: Role, topic: str, level: Level, may: bool) -> None:  # noqa: FBT001
    assert may_close(role, topic=topic, level=level) is may
