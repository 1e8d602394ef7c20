"""A visit for some items: reminders follow its day, lateness does not, and it cannot contradict the calendar."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from monitor.actions.cancel_appointment import cancel_appointment
from monitor.actions.correct_administration import correct_administration
from monitor.actions.make_appointment import make_appointment
from monitor.actions.move_appointment import move_appointment
from monitor.actions.record_administration import record_administration
from monitor.actions.sweep import sweep
from monitor.actions.waive_item import waive_item
from monitor.overviews.agenda import agenda as work_list
from monitor.overviews.calendar import calendar
from monitor.schedules.calendar import State
from monitor.store.administration import AdministrationRow
from monitor.store.appointment import AppointmentRow
from monitor.store.site import SiteRow
from monitor.terms import Conflict, Missing, Refusal, Unacceptable
from tests.actions.acting import (
    DAY,
    act,
    agenda,
    blood_count,
    infuse_first_course,
    moment,
    noted,
    open_alerts,
    together,
)
from tests.cast import NOW, TODAY, Cast, Stage

HALF_PAST_NINE = dt.time(9, 30)
WHY: dict[str, Any] = {"reason": "the patient is away"}


@pytest.fixture
def cast(cast: Cast, stage: Stage) -> Cast:
    """Ada's second month is six days overdue, and can be done until the window of the third opens."""
    infuse_first_course(stage, cast)
    return cast


def _agree(stage: Stage, cast: Cast, *keys: str, on: dt.date = TODAY, **more: Any) -> UUID:
    return act(stage, make_appointment, cast.nora.actor, treatment_id=cast.ada_treatment, keys=keys, on=on, **more)


def _move(stage: Stage, cast: Cast, appointment: UUID, *, on: dt.date, **more: Any) -> UUID:
    return act(stage, move_appointment, cast.nora.actor, appointment_id=appointment, on=on, **WHY, **more)


def _rows(stage: Stage) -> list[AppointmentRow]:
    with stage.sessions() as session:
        return list(session.scalars(select(AppointmentRow)))


def test_it_shows_both_days_and_lateness_stays(stage: Stage, cast: Cast) -> None:
    before = agenda(stage, cast.ada_treatment)["cbc/1.2"]
    _agree(stage, cast, "cbc/1.2", on=TODAY + DAY)
    after = agenda(stage, cast.ada_treatment)["cbc/1.2"]
    assert (after.due_on, after.moved_from) == (TODAY + DAY, before.due_on)
    assert (after.late_on, after.overdue_on) == (before.late_on, before.overdue_on)
    assert "overdue:cbc" in open_alerts(stage, cast.ada_treatment)
    assert "make_appointment" in noted(stage)


def test_one_visit_is_for_several_items_with_its_hour_and_place(stage: Stage, cast: Cast) -> None:
    _agree(stage, cast, "cbc/1.2", "creatinine/1.2", on=TODAY + DAY, time=HALF_PAST_NINE, place="  Day hospital ")
    shown = agenda(stage, cast.ada_treatment)
    assert {(shown[key].due_on, shown[key].time, shown[key].place) for key in ("cbc/1.2", "creatinine/1.2")} == {
        (TODAY + DAY, HALF_PAST_NINE, "Day hospital")
    }
    assert (shown["liver/1.2"].moved_from, shown["liver/1.2"].time) == (None, None)
    assert len(_rows(stage)) == 1


def test_a_visit_on_the_due_date_moves_nothing_and_has_its_hour(stage: Stage, cast: Cast) -> None:
    due_on = agenda(stage, cast.ada_treatment)["tsh/1.1"].due_on
    _agree(stage, cast, "tsh/1.1", on=due_on, time=HALF_PAST_NINE)
    shown = agenda(stage, cast.ada_treatment)["tsh/1.1"]
    assert (shown.due_on, shown.moved_from, shown.time) == (due_on, None, HALF_PAST_NINE)


def test_an_item_has_one_visit_until_that_one_is_moved_or_cancelled(stage: Stage, cast: Cast) -> None:
    first = _agree(stage, cast, "cbc/1.2", on=TODAY + DAY)
    with pytest.raises(Conflict) as refusal:
        _agree(stage, cast, "creatinine/1.2", "cbc/1.2", on=TODAY + 2 * DAY)
    assert refusal.value.field == "keys[1]"
    act(stage, cancel_appointment, cast.noor.actor, appointment_id=first, **WHY)
    assert agenda(stage, cast.ada_treatment)["cbc/1.2"].moved_from is None
    _agree(stage, cast, "creatinine/1.2", "cbc/1.2", on=TODAY + 2 * DAY)
    assert agenda(stage, cast.ada_treatment)["cbc/1.2"].due_on == TODAY + 2 * DAY


def test_the_last_move_of_a_day_is_the_one_that_counts(stage: Stage, cast: Cast) -> None:
    first = _agree(stage, cast, "cbc/1.2", on=TODAY + DAY, time=HALF_PAST_NINE)
    second = _move(stage, cast, first, on=TODAY + 5 * DAY, time=dt.time(14))
    _move(stage, cast, second, on=TODAY + 2 * DAY)
    shown = agenda(stage, cast.ada_treatment)["cbc/1.2"]
    assert (shown.due_on, shown.time) == (TODAY + 2 * DAY, None)
    assert len(_rows(stage)) == 3  # nothing is overwritten


@pytest.mark.parametrize("change", (move_appointment, cancel_appointment))
def test_what_was_moved_is_not_moved_or_cancelled_again(stage: Stage, cast: Cast, change: Any) -> None:
    first = _agree(stage, cast, "cbc/1.2", on=TODAY + DAY)
    _move(stage, cast, first, on=TODAY + 2 * DAY)
    more: dict[str, Any] = {"on": TODAY + 3 * DAY} if change is move_appointment else {}
    with pytest.raises(Conflict):
        act(stage, change, cast.nora.actor, appointment_id=first, **WHY, **more)


def test_a_visit_that_is_moved_is_for_what_is_left_to_do(stage: Stage, cast: Cast) -> None:
    visit = _agree(stage, cast, "cbc/1.2", "creatinine/1.2", on=TODAY)
    blood_count(stage, cast, on=TODAY)
    moved = _move(stage, cast, visit, on=TODAY + DAY)
    with stage.sessions() as session:
        assert session.get_one(AppointmentRow, moved).keys == ("creatinine/1.2",)
    act(
        stage,
        waive_item,
        cast.noor.actor,
        treatment_id=cast.ada_treatment,
        key="creatinine/1.2",
        reason="done elsewhere",
    )
    with pytest.raises(Conflict):
        _move(stage, cast, moved, on=TODAY + 2 * DAY)


def test_it_refuses_what_the_calendar_could_not_show(stage: Stage, cast: Cast) -> None:
    wrong: tuple[tuple[list[str], dt.date, str], ...] = (
        (["cbc/1.2"], TODAY + 300 * DAY, "on"),
        (["cbc/1.2", "tsh/1.1"], TODAY + 20 * DAY, "on"),  # too late for the blood count
        (["cbc/1.2"], TODAY - DAY, "on"),
        (["cbc/7.77"], TODAY, "keys[0]"),
        (["cbc/1.2", "cbc/7.77"], TODAY, "keys[1]"),
        (["cbc/1.2", "cbc/7.77"], TODAY + 300 * DAY, "keys[1]"),  # the unknown one, not the one outside its window
        (["call_laboratory/cbc/1.2"], TODAY, "keys[0]"),
        (["cbc/1.2", "cbc/1.2"], TODAY, "keys[1]"),
        (["cbc/1.2 tsh/1.1"], TODAY, "keys[0]"),
        ([], TODAY, "keys"),
        ([f"cbc/1.{number}" for number in range(31)], TODAY, "keys"),
    )
    for keys, on, field in wrong:
        with pytest.raises(Unacceptable) as refusal:
            _agree(stage, cast, *keys, on=on)
        assert (keys, refusal.value.field) == (keys, field)
    assert _rows(stage) == []
    assert agenda(stage, cast.ada_treatment)["cbc/1.2"].moved_from is None


def test_it_refuses_a_day_that_nobody_can_mean(stage: Stage, cast: Cast) -> None:
    """A mistyped year would take the visit out of everybody's sight."""
    visit: dict[str, Any] = {"treatment_id": cast.ada_treatment, "keys": ["infusion/2.1"]}
    with pytest.raises(Unacceptable, match="24 months ahead") as refused:
        act(stage, make_appointment, cast.nora.actor, on=dt.date(2062, 7, 1), **visit)
    assert refused.value.field == "on"
    agreed = _agree(stage, cast, "infusion/2.1", on=TODAY + 300 * DAY)
    with pytest.raises(Unacceptable, match="24 months ahead"):
        _move(stage, cast, agreed, on=dt.date(2199, 12, 31))


def test_a_move_outside_the_window_changes_nothing(stage: Stage, cast: Cast) -> None:
    visit = _agree(stage, cast, "cbc/1.2", on=TODAY + DAY)
    with pytest.raises(Unacceptable):
        _move(stage, cast, visit, on=TODAY + 300 * DAY)
    assert agenda(stage, cast.ada_treatment)["cbc/1.2"].due_on == TODAY + DAY


def test_it_refuses_an_item_that_is_over(stage: Stage, cast: Cast) -> None:
    for key in ("infusion/1.1", "cbc/1.1"):  # given; missed
        with pytest.raises(Conflict) as refusal:
            _agree(stage, cast, key)
        assert refusal.value.field == "keys[0]"


def test_it_refuses_an_hour_that_no_clock_on_the_wall_shows(stage: Stage, cast: Cast) -> None:
    for time in (dt.time(9, 30, 15), dt.time(9, 30, tzinfo=dt.UTC)):
        with pytest.raises(Unacceptable) as refusal:
            _agree(stage, cast, "cbc/1.2", time=time)
        assert refusal.value.field == "time"


def test_it_hides_the_visits_of_another_site(stage: Stage, cast: Cast) -> None:
    visit = _agree(stage, cast, "cbc/1.2", on=TODAY + DAY)
    changes: list[tuple[Any, dict[str, Any]]] = [(move_appointment, {"on": TODAY}), (cancel_appointment, {})]
    for change, more in changes:
        with pytest.raises(Missing):
            act(stage, change, cast.selma.actor, appointment_id=visit, **WHY, **more)
    with pytest.raises(Missing):
        act(stage, make_appointment, cast.selma.actor, treatment_id=cast.ada_treatment, keys=["cbc/1.2"], on=TODAY)


def test_of_two_desks_that_agree_a_visit_one_is_told_of_the_other(stage: Stage, cast: Cast) -> None:
    found = together(*[lambda: _agree(stage, cast, "cbc/1.2", on=TODAY + DAY)] * 3)
    assert sum(isinstance(one, Refusal) for one in found) == 2
    assert len(_rows(stage)) == 1


def test_of_two_who_move_a_visit_one_is_told_to_look_again(stage: Stage, cast: Cast) -> None:
    visit = _agree(stage, cast, "cbc/1.2", on=TODAY + DAY)
    found = together(*[lambda: _move(stage, cast, visit, on=TODAY + 2 * DAY)] * 3)
    assert sum(isinstance(one, Refusal) for one in found) == 2


def test_it_was_agreed_on_the_day_of_the_site_not_of_greenwich(stage: Stage, cast: Cast) -> None:
    """At ten in the evening in New York it is tomorrow in Greenwich, and a fact of tomorrow would count for nothing."""
    with stage.sessions.begin() as session:
        session.execute(update(SiteRow).values(timezone="America/New_York"))
    at = moment(TODAY + DAY, hour=2)
    visit: dict[str, Any] = {"treatment_id": cast.ada_treatment, "keys": ["cbc/1.2"], "on": TODAY + 2 * DAY}
    act(stage, make_appointment, cast.nora.actor, at=at, **visit)
    assert agenda(stage, cast.ada_treatment)["cbc/1.2"].due_on == TODAY + 2 * DAY


def test_an_hour_is_shown_only_with_its_own_day(stage: Stage, cast: Cast) -> None:
    """A correction of the last infusion moves the window away from the visit: the item has its own day again."""
    _agree(stage, cast, "tsh/1.1", on=agenda(stage, cast.ada_treatment)["tsh/1.1"].due_on, time=HALF_PAST_NINE)
    with stage.sessions() as session:
        last = session.scalars(select(AdministrationRow.id).where(AdministrationRow.day == 5)).one()
    act(
        stage, correct_administration, cast.noor.actor, administration_id=last, on=TODAY - 10 * DAY, reason="a misprint"
    )
    shown = agenda(stage, cast.ada_treatment)["tsh/1.1"]
    assert (shown.moved_from, shown.time, shown.place) == (None, None, None)


@pytest.mark.parametrize("agreed_on", (TODAY + 120 * DAY, TODAY + 390 * DAY, TODAY + 700 * DAY))
def test_what_is_overdue_stays_on_the_list_wherever_its_visit_stands_h17(
    stage: Stage, cast: Cast, agreed_on: dt.date
) -> None:
    """Of two doses one is overdue as its visit is agreed, the other not yet open: both stay where they are counted."""
    before = agenda(stage, cast.theo_treatment)["dose/1"]
    visit: dict[str, Any] = {"treatment_id": cast.theo_treatment, "on": agreed_on}
    act(stage, make_appointment, cast.nora.actor, keys=["dose/1"], **visit)
    after = agenda(stage, cast.theo_treatment)["dose/1"]
    assert (after.due_on, after.moved_from) == (agreed_on, before.due_on)
    assert (after.late_on, after.overdue_on) == (before.late_on, before.overdue_on)
    assert _overdue(stage, cast, at=NOW) == {"dose/1"}
    given: dict[str, Any] = {"treatment_id": cast.theo_treatment, "on": TODAY}
    act(stage, record_administration, cast.nora.actor, **given)
    assert "dose/1" not in _overdue(stage, cast, at=NOW)
    act(stage, make_appointment, cast.nora.actor, keys=["dose/2"], **visit)
    later = moment(TODAY + 30 * DAY)
    assert sweep(stage.sessions, catalog=stage.catalog, settings=stage.settings, at=later).failed == 0
    assert "dose/2" in _overdue(stage, cast, at=later)


def _overdue(stage: Stage, cast: Cast, *, at: dt.datetime) -> set[str]:
    """Which of Theo's doses the work list shows as overdue, as the calendar does."""
    with stage.work(by=cast.nora.actor, at=at) as work:
        listed = work_list(work, cursor=None, limit=50, bucket="overdue", patient_id=cast.theo).items
        shown = calendar(work, treatment_id=cast.theo_treatment).items
    doses = {item.key for item in listed if item.stream == "dose"}
    assert doses == {item.key for item in shown if item.stream == "dose" and item.state is State.OVERDUE}
    return doses
