"""For any history: what a what-if promises is what recording the dose brings, and asking depends on no order."""

from __future__ import annotations

import datetime as dt

from hypothesis import assume, given
from hypothesis import strategies as st

from monitor.schedules.calendar import Forecast, Item, State
from monitor.schedules.facts import Administration
from monitor.schedules.what_if import WhatIf
from tests.schedules.histories import History, histories, quick
from tests.schedules.supposing import CHANGES, Asked, asked, keys
from tests.schedules.test_facts_in_any_order import LISTS

DAY = dt.timedelta(days=1)
FAR = dt.timedelta(days=3000)  # farther than anything in these histories is moved
DAYS = st.integers(-200, 200)


def as_known(history: History) -> History:
    """The history without what is dated after its question: that becomes known by itself, dose or not."""
    on = history["on"]
    return {
        **history,
        "administrations": [dose for dose in history["administrations"] if dose["on"] <= on],
        "results": [row for row in history["results"] if row["collected_on"] <= on],
        "assessments": [row for row in history["assessments"] if row["on"] <= on],
        "events": [event for event in history["events"] if event["on"] <= on],
    }


def in_force(calendar: Forecast) -> dict[str, Item]:
    return {item.key: item for item in calendar.items if item.state is not State.CANCELLED}


def recorded(question: Asked, answer: WhatIf) -> Asked:
    return question.recorded(Administration(answer.supposed.on, answer.supposed.course, answer.supposed.day))


@quick
@given(history=histories(), days=DAYS)
def test_recording_the_dose_brings_exactly_the_promised_dates(history: History, days: int) -> None:
    question = asked(as_known(history))
    answer = question.given(question.on + days * DAY)
    until = max(question.until, answer.supposed.on)
    real, changes = recorded(question, answer), answer.changes
    calendar = real.forecast(on=answer.as_of, until=until)
    far = in_force(real.forecast(on=answer.as_of, until=until + FAR))
    found, now = in_force(calendar), in_force(question.forecast(until=until))

    assert {move.key: move.to_on for move in changes.moved} == {
        move.key: far[move.key].due_on for move in changes.moved
    }
    assert {entry.key: entry.due_on for entry in changes.appears} == {
        entry.key: found[entry.key].due_on for entry in changes.appears
    }
    assert not set(keys(changes, "disappears")) & set(far)
    assert all(found[credit.key].done_on == credit.done_on for credit in changes.credited)
    assert all(key not in found or found[key].done_on is None for key in keys(changes, "uncredited"))
    assert changes.surveillance_ends_on.after == calendar.surveillance_ends_on
    assert changes.next.dose.after == calendar.next_dose
    assert set(found) - set(now) <= set(keys(changes, "moved") + keys(changes, "appears"))


@quick
@given(history=histories(), days=DAYS)
def test_no_date_moves_that_was_not_promised(history: History, days: int) -> None:
    """But for what another dose, still to be given, moves with every day on which one asks."""
    question = asked(as_known(history))
    answer = question.given(question.on + days * DAY)
    until = max(question.until, answer.supposed.on)
    real = recorded(question, answer)
    found = in_force(real.forecast(on=answer.as_of, until=until))
    next_day = in_force(real.forecast(on=answer.as_of + DAY, until=until + FAR))
    promised = {move.key: move.to_on for move in answer.changes.moved}

    for key, before in in_force(question.forecast(until=until)).items():
        is_settled = key in found and (answer.as_of == question.on or found[key].due_on == next_day[key].due_on)
        if is_settled:
            assert found[key].due_on == promised.get(key, before.due_on), key


@quick
@given(history=histories("tofersen"))
def test_a_dose_given_when_it_is_due_moves_nothing(history: History) -> None:
    """But for a first dose that was moved or waived: until it is given, months are counted from the date agreed."""
    known = as_known(history)
    decided = any(event.get("key", "").startswith("dose/") for event in known["events"])
    assume(known["administrations"] or not decided)
    question = asked(known)
    due_on = question.forecast().next_dose
    assume(due_on is not None and due_on >= question.on)
    assert due_on is not None
    changes = question.given(due_on).changes

    assert {what for what in CHANGES if keys(changes, what)} <= {"credited"}


@quick
@given(history=histories(), days=DAYS, data=st.data())
def test_the_order_of_facts_plays_no_part(history: History, days: int, data: st.DataObject) -> None:
    shuffled = {**history, **{name: data.draw(st.permutations(history[name])) for name in LISTS if name in history}}
    question = asked(history)

    assert asked(shuffled).given(question.on + days * DAY) == question.given(question.on + days * DAY)


@quick
@given(history=histories(), days=DAYS)
def test_facts_of_days_to_come_play_no_part(history: History, days: int) -> None:
    day = asked(history).on + days * DAY

    assert asked(history).given(day) == asked(as_known(history)).given(day)


@quick
@given(history=histories("alemtuzumab"), course=st.integers(2, 5), days=st.integers(1, 900))
def test_agreeing_for_real_brings_the_promised_dates(history: History, course: int, days: int) -> None:
    question = asked(history)
    starts_on = question.on + days * DAY
    changes = question.agreed(course, starts_on).changes
    others = [planned for planned in history.get("planned_courses", []) if planned["course"] != course]
    real = {**history, "planned_courses": [*others, {"course": course, "starts_on": starts_on.isoformat()}]}
    then = asked(real)
    found = in_force(then.forecast(until=max(question.until, starts_on) + FAR))

    assert {move.key: move.to_on for move in changes.moved} == {
        move.key: found[move.key].due_on for move in changes.moved
    }
    assert not set(keys(changes, "disappears")) & set(found)
    assert all(keys(then.agreed(course, starts_on).changes, what) == () for what in CHANGES)
