"""Which reminders a calendar asks for on a day, what has come too late, and when the next one falls due."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.notices.quiet_hours import SendingDays
from monitor.notices.reminders import next_reminder_on, sentence_for, wanted_reminders
from monitor.notices.wording import Sentence
from monitor.schedules.calendar import Item, Kind, State

MONTHLY = {"cbc": (-5, 0, 3)}
VISIT = {"dose": (-7, -2, -1)}
STEPS_BY_STREAM = {**MONTHLY, **VISIT}
FRENCH = SendingDays(is_holiday=lambda day: day == dt.date(2026, 5, 1))
WEDNESDAY = dt.date(2026, 4, 15)
HALF_PAST_NINE = dt.time(9, 30)


def steps_by_stream(item: Item) -> tuple[int, ...]:
    return STEPS_BY_STREAM[item.stream]


DATES = st.dates(min_value=dt.date(2026, 1, 1), max_value=dt.date(2026, 12, 31))


def item(due_on: dt.date, *, stream: str = "cbc", state: State = State.PLANNED, **changes: object) -> Item:
    made = Item(
        key=f"{stream}/1.7",
        stream=stream,
        kind=Kind.LAB,
        due_on=due_on,
        suggested_on=due_on,
        opens_on=due_on - dt.timedelta(days=10),
        closes_on=due_on + dt.timedelta(days=20),
        state=state,
        done_on=None,
        moved_from=None,
        blocked_by=(),
        because="it is due",
        source="policy",
    )
    return msgspec.structs.replace(made, **changes)


def steps_wanted(*items: Item, on: dt.date) -> list[tuple[int, bool]]:
    return [(one.step, one.is_too_late) for one in wanted_reminders(items, steps=steps_by_stream, on=on, days=FRENCH)]


@pytest.mark.parametrize(
    ("offset", "wanted"),
    (
        (-8, []),
        (-5, [(-5, False)]),  # Friday the 10th
        (-1, [(-5, False)]),  # missed on its day, still true on the eve
        (0, [(0, False)]),
        (2, [(0, False)]),
        (3, [(3, False)]),  # Saturday
        (6, [(3, False)]),
        (7, [(3, True)]),  # past three days: a person takes over
    ),
)
def test_it_asks_for_the_newest_step_that_has_come_h30(offset: int, wanted: list[tuple[int, bool]]) -> None:
    assert steps_wanted(item(WEDNESDAY), on=WEDNESDAY + dt.timedelta(days=offset)) == wanted


def test_it_says_the_eve_of_a_monday_on_friday() -> None:
    monday, friday = dt.date(2026, 4, 13), dt.date(2026, 4, 10)

    assert steps_wanted(item(monday, stream="dose"), on=friday) == [(-1, False)]
    assert steps_wanted(item(monday, stream="dose"), on=friday - dt.timedelta(days=1)) == [(-7, False)]


def test_it_says_what_falls_on_a_holiday_after_the_due_date_on_the_next_sending_day() -> None:
    due_on_may_day = item(dt.date(2026, 5, 1))

    assert steps_wanted(due_on_may_day, on=dt.date(2026, 5, 1)) == [(-5, False)]
    assert steps_wanted(due_on_may_day, on=dt.date(2026, 5, 2)) == [(0, False)]


@pytest.mark.parametrize("state", (State.DONE, State.WAIVED, State.CANCELLED, State.MISSED))
def test_it_asks_nothing_about_what_nobody_awaits_h42(state: State) -> None:
    assert steps_wanted(item(WEDNESDAY, state=state), on=WEDNESDAY) == []


def test_it_asks_nothing_about_a_blocked_item_h42() -> None:
    assert steps_wanted(item(WEDNESDAY, blocked_by=("suspended",)), on=WEDNESDAY) == []


def test_a_gate_before_a_course_silences_nothing() -> None:
    """The visit is still to come; the baseline that is missing is the reason to remind of both."""
    assert steps_wanted(item(WEDNESDAY, blocked_by=("baseline:cbc",)), on=WEDNESDAY) != []


def test_it_never_reminds_of_what_can_no_longer_be_done_h42() -> None:
    closing = item(WEDNESDAY, closes_on=WEDNESDAY + dt.timedelta(days=1))

    assert steps_wanted(closing, on=WEDNESDAY) == [(0, False)]
    assert steps_wanted(closing, on=WEDNESDAY + dt.timedelta(days=1)) == [(0, True)]
    assert steps_wanted(closing, on=WEDNESDAY + dt.timedelta(days=3)) == [(0, True)]


def test_it_follows_the_date_an_item_was_moved_to() -> None:
    moved = item(WEDNESDAY, stream="dose", moved_from=WEDNESDAY - dt.timedelta(days=20))

    assert steps_wanted(moved, on=WEDNESDAY - dt.timedelta(days=1)) == [(-1, False)]


def test_it_counts_an_item_listed_twice_once() -> None:
    assert len(steps_wanted(item(WEDNESDAY), item(WEDNESDAY), on=WEDNESDAY)) == 1


@given(due_on=DATES, on=DATES, stream=st.sampled_from(["cbc", "dose"]))
def test_it_wakes_on_the_day_of_the_next_step_and_not_before_h30(due_on: dt.date, on: dt.date, stream: str) -> None:
    one = item(due_on, stream=stream)
    wake_on = next_reminder_on([one], steps=steps_by_stream, on=on, days=FRENCH)
    now = [
        (wanted.step, wanted.planned_on)
        for wanted in wanted_reminders([one], steps=steps_by_stream, on=on, days=FRENCH)
    ]

    day = on + dt.timedelta(days=1)
    while day <= (wake_on or on + dt.timedelta(days=40)):
        then = [
            (want.step, want.planned_on) for want in wanted_reminders([one], steps=steps_by_stream, on=day, days=FRENCH)
        ]
        if day == wake_on:
            assert then != now
            assert then[0][1] == day
        else:
            assert then == now
        day += dt.timedelta(days=1)


@given(due_on=DATES, stream=st.sampled_from(["cbc", "dose"]))
def test_it_plans_every_step_on_a_sending_day_in_time_h42(due_on: dt.date, stream: str) -> None:
    one = item(due_on, stream=stream)
    day = due_on - dt.timedelta(days=40)
    said: list[int] = []
    while (wake_on := next_reminder_on([one], steps=steps_by_stream, on=day, days=FRENCH)) is not None:
        (wanted,) = wanted_reminders([one], steps=steps_by_stream, on=wake_on, days=FRENCH)
        assert FRENCH.is_open_on(wake_on)
        assert not wanted.is_too_late
        assert wanted.last_on >= wanted.planned_on == wake_on
        assert (wake_on < due_on) == (wanted.step < 0)
        said.append(wanted.step)
        day = wake_on
    assert said == sorted(said)
    assert said[-1] == STEPS_BY_STREAM[stream][-1]


@given(due_on=DATES, on=DATES, gap=st.integers(0, 4))
def test_it_still_says_after_a_short_downtime_what_was_due_h25(due_on: dt.date, on: dt.date, gap: int) -> None:
    one = item(due_on)
    before = wanted_reminders([one], steps=steps_by_stream, on=on, days=FRENCH)
    after = wanted_reminders([one], steps=steps_by_stream, on=on + dt.timedelta(days=gap), days=FRENCH)

    assert len(after) >= len(before)
    for wanted in after:
        assert wanted.is_too_late == (on + dt.timedelta(days=gap) > wanted.last_on)


@pytest.mark.parametrize(
    ("offsets", "sentence"),
    (
        ([0], Sentence.TODAY),
        ([0, 0], Sentence.TODAY),
        ([5], Sentence.BEFORE),
        ([-3, -3], Sentence.AFTER),
        ([0, 5], Sentence.SEVERAL),
    ),
)
def test_it_merges_the_items_of_a_day_into_one_neutral_text_h43(offsets: list[int], sentence: Sentence) -> None:
    due = [(WEDNESDAY + dt.timedelta(days=offset), None) for offset in offsets]

    assert sentence_for(due, on=WEDNESDAY) is sentence


@pytest.mark.parametrize(
    ("times", "sentence"),
    (
        ([HALF_PAST_NINE], Sentence.BEFORE_AT),
        ([HALF_PAST_NINE, HALF_PAST_NINE], Sentence.BEFORE_AT),
        ([HALF_PAST_NINE, None], Sentence.BEFORE),
        ([HALF_PAST_NINE, dt.time(14)], Sentence.BEFORE),
    ),
)
def test_it_says_an_hour_only_where_it_is_that_of_everything(times: list[dt.time | None], sentence: Sentence) -> None:
    assert sentence_for([(WEDNESDAY, time) for time in times], on=WEDNESDAY - dt.timedelta(days=1)) is sentence


@pytest.mark.parametrize(
    ("offset", "wanted"),
    (
        (-2, [(-5, False)]),
        (-1, [(0, False)]),  # the eve: on the day itself the text could come after the visit
        (0, [(0, True)]),
        (3, [(3, False)]),
    ),
)
def test_it_says_on_the_eve_what_is_agreed_for_an_hour_h42(offset: int, wanted: list[tuple[int, bool]]) -> None:
    found = wanted_reminders(
        [item(WEDNESDAY)],
        steps=steps_by_stream,
        on=WEDNESDAY + dt.timedelta(days=offset),
        days=FRENCH,
        times={"cbc/1.7": HALF_PAST_NINE},
    )

    assert [(one.step, one.is_too_late) for one in found] == wanted
    assert {one.time for one in found} == {HALF_PAST_NINE}


def test_it_wakes_on_the_eve_of_a_visit_with_an_hour_h30() -> None:
    monday = dt.date(2026, 4, 13)
    wake_on = next_reminder_on(
        [item(monday)],
        steps=steps_by_stream,
        on=monday - dt.timedelta(days=5),
        days=FRENCH,
        times={"cbc/1.7": HALF_PAST_NINE},
    )

    assert wake_on == dt.date(2026, 4, 10)  # Friday
