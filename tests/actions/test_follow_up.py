"""The heartbeat: what it writes is what the calendar says, and the second time it writes nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import event

from monitor.actions.follow_up import follow_up
from monitor.actions.give_sms_consent import give_sms_consent
from monitor.schedules.calendar import Forecast, State
from monitor.schedules.forecast import forecast
from monitor.spans import add_months
from monitor.store.histories import read_history
from tests.actions.acting import DAY, act, agenda, blood_count, infuse_first_course, moment, noted, treatment_of
from tests.cast import TODAY, Cast, Stage


def _calendar(stage: Stage, cast: Cast, *, on: dt.date) -> Forecast:
    with stage.sessions() as session:
        history = read_history(session, treatment_id=cast.ada_treatment, dictionary=stage.catalog.dictionary)
    plan = stage.catalog.protocol("alemtuzumab").plan_for("eu")
    return forecast(plan, history, on=on, until=add_months(on, 12), working_days=stage.catalog.working_days("FR"))


def test_the_agenda_holds_what_waits_and_the_next_of_each_stream(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    calendar = _calendar(stage, cast, on=TODAY)
    waiting = {item.key for item in calendar.items if item.state in {State.OPEN, State.LATE, State.OVERDUE}}
    stored = agenda(stage, cast.ada_treatment)
    assert set(stored) == waiting | {item.key for item in calendar.upcoming}
    by_key = {item.key: item for item in (*calendar.items, *calendar.upcoming)}
    for key, row in stored.items():
        item = by_key[key]
        assert (row.due_on, row.opens_on, row.closes_on, row.because) == (
            item.due_on, item.opens_on, item.closes_on, item.because,
        )  # fmt: skip


def test_it_stores_the_end_of_surveillance_and_when_to_look_again(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    stored = treatment_of(stage, cast.ada_treatment)
    assert stored.surveillance_ends_on == add_months(TODAY - 66 * DAY, 48)
    assert stored.followed_up_on == TODAY
    assert stored.attention_on is not None
    assert stored.attention_on > TODAY


WRITES_NOTHING = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT")  # the marks around the texts hold no rows


def test_the_second_time_it_writes_nothing(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    act(stage, give_sms_consent, cast.nora.actor, patient_id=cast.ada)
    before = noted(stage)
    statements: list[str] = []
    with stage.work(at=moment(TODAY, hour=11)) as work:
        connection = work.session.connection()
        event.listen(connection, "before_cursor_execute", lambda _c, _u, statement, *_: statements.append(statement))
        done = follow_up(work, treatment_id=cast.ada_treatment)
    assert not done.is_changed
    assert [text for text in statements if not text.lstrip().startswith(WRITES_NOTHING)] == []
    assert noted(stage) == before


def test_nothing_changes_by_time_before_the_day_of_attention(stage: Stage, cast: Cast) -> None:
    """The sweep may skip a treatment until `attention_on`: alerts would be the same on every day before it."""
    infuse_first_course(stage, cast)
    blood_count(stage, cast, on=TODAY)
    attention_on = treatment_of(stage, cast.ada_treatment).attention_on
    assert attention_on is not None
    now = _calendar(stage, cast, on=TODAY)
    for days in range(1, (attention_on - TODAY).days):
        later = _calendar(stage, cast, on=TODAY + days * DAY)
        assert [(one.topic, one.level) for one in later.alerts] == [(one.topic, one.level) for one in now.alerts]
        assert {i.key for i in later.items if i.state is State.MISSED} == {
            i.key for i in now.items if i.state is State.MISSED
        }


@pytest.mark.parametrize("hour", (21, 23))
def test_today_is_that_of_the_site(stage: Stage, cast: Cast, hour: int) -> None:
    with stage.work(at=moment(TODAY, hour=hour)) as work:
        follow_up(work, treatment_id=cast.ada_treatment)
    assert treatment_of(stage, cast.ada_treatment).followed_up_on == TODAY + (DAY if hour == 23 else dt.timedelta(0))
