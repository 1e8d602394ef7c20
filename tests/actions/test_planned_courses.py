"""The first day of a later course: read back, confirmed, not too soon, and never without a trace (H17)."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from monitor.actions.cancel_course import cancel_course
from monitor.actions.open_record import StaleVersion
from monitor.actions.plan_course import plan_course
from monitor.actions.record_administration import record_administration
from monitor.actions.record_vaccination import record_vaccination
from monitor.actions.retract_administration import retract_administration
from monitor.actions.stop_treatment import stop_treatment
from monitor.overviews.planned_courses import planned_courses
from monitor.spans import add_months
from monitor.store.administration import AdministrationRow
from monitor.store.audit import AuditEntryRow
from monitor.store.planned_course import PlannedCourseRow
from monitor.terms import Conflict, Missing, NotAllowed, Unacceptable, Weekday
from tests.actions.acting import DAY, act, agenda, infuse_first_course, noted, together, treatment_of
from tests.cast import TODAY, Cast, Stage

LAST_INFUSION = TODAY - 66 * DAY  # 10 April 2026
EARLIEST = add_months(LAST_INFUSION, 12)
FIRST_DAY = "infusion/2.1"


@pytest.fixture
def cast(cast: Cast, stage: Stage) -> Cast:
    infuse_first_course(stage, cast, last_on=LAST_INFUSION)
    return cast


def weekday(day: dt.date) -> str:
    return tuple(Weekday)[day.weekday()].value


def _plan(stage: Stage, cast: Cast, starts_on: dt.date = EARLIEST, **more: Any) -> UUID:
    given: dict[str, Any] = {"course": 2, "weekday": weekday(starts_on), "is_confirmed": True, **more}
    return act(stage, plan_course, cast.noor.actor, treatment_id=cast.ada_treatment, starts_on=starts_on, **given)


def _refused(stage: Stage, cast: Cast, starts_on: dt.date = EARLIEST, **more: Any) -> str | None:
    with pytest.raises(Unacceptable) as refusal:
        _plan(stage, cast, starts_on, **more)
    with stage.sessions() as session:
        assert session.scalars(select(PlannedCourseRow)).all() == []
    return refusal.value.field


def test_the_agreed_day_takes_the_place_of_the_one_by_default(stage: Stage, cast: Cast) -> None:
    assert agenda(stage, cast.ada_treatment)[FIRST_DAY].due_on == EARLIEST
    _plan(stage, cast, EARLIEST + 20 * DAY)
    shown = agenda(stage, cast.ada_treatment)[FIRST_DAY]
    assert (shown.due_on, "agreed" in shown.because) == (EARLIEST + 20 * DAY, True)
    assert "plan_course" in noted(stage)


def test_it_moves_no_surveillance_before_its_first_infusion(stage: Stage, cast: Cast) -> None:
    before = {key: row.due_on for key, row in agenda(stage, cast.ada_treatment).items() if not key.startswith("inf")}
    _plan(stage, cast, EARLIEST + 20 * DAY)
    after = {key: row.due_on for key, row in agenda(stage, cast.ada_treatment).items()}
    streams = {"cbc", "creatinine", "urinalysis", "liver", "tsh"}
    assert {key: day for key, day in before.items() if key.partition("/")[0] in streams}.items() <= after.items()
    assert treatment_of(stage, cast.ada_treatment).surveillance_ends_on == add_months(LAST_INFUSION, 48)


def test_a_day_that_falls_on_another_day_of_the_week_is_refused_h17(stage: Stage, cast: Cast) -> None:
    others = [day.value for day in Weekday if day.value != weekday(EARLIEST)]
    assert {_refused(stage, cast, weekday=named) for named in others} == {"weekday"}


def test_a_day_that_nobody_confirmed_is_refused_h17(stage: Stage, cast: Cast) -> None:
    assert _refused(stage, cast, is_confirmed=False) == "is_confirmed"


def test_only_the_next_course_is_planned(stage: Stage, cast: Cast) -> None:
    assert {_refused(stage, cast, course=course) for course in (3, 99, 0, -1)} == {"course"}
    with pytest.raises(Conflict) as given:
        _plan(stage, cast, course=1)
    assert given.value.field == "course"


def test_no_course_is_planned_before_the_first_one_began(stage: Stage, cast: Cast) -> None:
    with stage.sessions() as session:
        given = session.scalars(select(AdministrationRow.id)).all()
    for dose in given:
        act(stage, retract_administration, cast.noor.actor, administration_id=dose, reason="another patient's")
    assert _refused(stage, cast) == "course"


def test_a_protocol_without_courses_has_none_to_plan(stage: Stage, cast: Cast) -> None:
    with pytest.raises(Unacceptable) as refusal:
        act(
            stage, plan_course, cast.noor.actor, treatment_id=cast.theo_treatment, course=2, starts_on=EARLIEST,
            weekday=weekday(EARLIEST), is_confirmed=True,
        )  # fmt: skip
    assert refusal.value.field == "course"


def test_it_refuses_a_day_that_is_too_soon_past_or_far_away(stage: Stage, cast: Cast) -> None:
    wrong = (EARLIEST - DAY, TODAY, TODAY - DAY, LAST_INFUSION, add_months(TODAY, 24) + DAY)
    assert {_refused(stage, cast, starts_on) for starts_on in wrong} == {"starts_on"}


def test_a_neurologist_may_say_why_a_day_too_soon_is_right(stage: Stage, cast: Cast) -> None:
    _plan(stage, cast, EARLIEST - DAY, reason_override="a relapse")
    assert agenda(stage, cast.ada_treatment)[FIRST_DAY].due_on == EARLIEST - DAY
    with stage.sessions() as session:
        assert session.scalars(select(PlannedCourseRow.reason)).one() == "a relapse"


def test_no_reason_makes_a_past_day_right(stage: Stage, cast: Cast) -> None:
    for starts_on in (TODAY - DAY, LAST_INFUSION):
        assert _refused(stage, cast, starts_on, reason_override="a relapse") == "starts_on"
    again: dict[str, Any] = {"treatment_id": cast.ada_treatment, "on": TODAY, "course": 1, "day": 5}
    act(stage, record_administration, cast.noor.actor, **again, reason_override="it had been cut short")
    assert _refused(stage, cast, TODAY, reason_override="a relapse") == "starts_on"  # never two on one day


def test_a_vaccine_shortly_before_is_warned_of_and_refuses_nothing(stage: Stage, cast: Cast) -> None:
    act(
        stage, record_vaccination, cast.nora.actor, treatment_id=cast.ada_treatment, on=TODAY, vaccine="influenza",
        live=False,
    )  # fmt: skip
    soon = TODAY + 30 * DAY
    _plan(stage, cast, soon, reason_override="a relapse")
    assert "vaccine_interval" in agenda(stage, cast.ada_treatment)[FIRST_DAY].blocked_by


def test_another_day_is_a_successor_and_the_old_one_stays_readable(stage: Stage, cast: Cast) -> None:
    _plan(stage, cast)
    _plan(stage, cast, EARLIEST + DAY, reason="she travels")
    assert agenda(stage, cast.ada_treatment)[FIRST_DAY].due_on == EARLIEST + DAY
    with stage.work(by=cast.nora.actor) as work:
        newer, older = planned_courses(work, treatment_id=cast.ada_treatment, cursor=None, limit=5).items
    assert (older.starts_on, older.replaced_by, newer.replaces_id) == (EARLIEST, newer.id, older.id)
    assert (older.reason, newer.reason) == (None, "she travels")
    with stage.sessions() as session:
        whys = session.scalars(select(AuditEntryRow.why).where(AuditEntryRow.action == "plan_course")).all()
    assert set(whys) == {None, "she travels"}
    with pytest.raises(Conflict):
        _plan(stage, cast, EARLIEST + DAY)


def test_nobody_moves_an_agreed_day_without_saying_why(stage: Stage, cast: Cast) -> None:
    _plan(stage, cast)
    for more, field in ({}, "reason"), ({"reason": "a wish", "reason_override": "a relapse"}, "reason"):
        with pytest.raises(Unacceptable) as refusal:
            _plan(stage, cast, EARLIEST + DAY, **more)
        assert refusal.value.field == field
    assert agenda(stage, cast.ada_treatment)[FIRST_DAY].due_on == EARLIEST
    _plan(stage, cast, EARLIEST - DAY, reason_override="a relapse")
    assert agenda(stage, cast.ada_treatment)[FIRST_DAY].due_on == EARLIEST - DAY


def test_a_cancelled_course_goes_back_to_its_default(stage: Stage, cast: Cast) -> None:
    _plan(stage, cast, EARLIEST + 20 * DAY)
    cancelling: dict[str, Any] = {"treatment_id": cast.ada_treatment, "course": 2, "reason": "she hesitates"}
    act(stage, cancel_course, cast.noor.actor, **cancelling)
    assert agenda(stage, cast.ada_treatment)[FIRST_DAY].due_on == EARLIEST
    with pytest.raises(Conflict):
        act(stage, cancel_course, cast.noor.actor, **cancelling)
    _plan(stage, cast, EARLIEST + 5 * DAY)
    assert agenda(stage, cast.ada_treatment)[FIRST_DAY].due_on == EARLIEST + 5 * DAY


def test_a_course_that_was_given_is_neither_planned_nor_cancelled(stage: Stage, cast: Cast) -> None:
    _plan(stage, cast)
    dose: dict[str, Any] = {"treatment_id": cast.ada_treatment, "on": TODAY, "course": 2, "day": 1}
    act(stage, record_administration, cast.noor.actor, **dose, reason_override="a relapse")
    with pytest.raises(Conflict):
        _plan(stage, cast, EARLIEST + DAY)
    with pytest.raises(Conflict):
        act(stage, cancel_course, cast.noor.actor, treatment_id=cast.ada_treatment, course=2, reason="too late")


def test_nothing_is_planned_after_a_stop(stage: Stage, cast: Cast) -> None:
    act(stage, stop_treatment, cast.noor.actor, treatment_id=cast.ada_treatment, on=TODAY, reason="a wish")
    with pytest.raises(Conflict):
        _plan(stage, cast)


def test_a_nurse_plans_no_course(stage: Stage, cast: Cast) -> None:
    given: dict[str, Any] = {"course": 2, "starts_on": EARLIEST, "weekday": weekday(EARLIEST), "is_confirmed": True}
    with pytest.raises(NotAllowed):
        act(stage, plan_course, cast.nora.actor, treatment_id=cast.ada_treatment, **given)


def test_it_hides_the_treatments_of_another_site(stage: Stage, cast: Cast) -> None:
    given: dict[str, Any] = {"course": 2, "starts_on": EARLIEST, "weekday": weekday(EARLIEST), "is_confirmed": True}
    with pytest.raises(Missing):
        act(stage, plan_course, cast.selma.actor, treatment_id=cast.ada_treatment, **given)


def test_of_two_who_agree_a_day_the_second_is_told_to_look_again(stage: Stage, cast: Cast) -> None:
    version = treatment_of(stage, cast.ada_treatment).version
    found = together(*[lambda: _plan(stage, cast, expected_version=version)] * 3)
    assert sum(isinstance(one, StaleVersion) for one in found) == 2


def test_the_31st_of_a_month_is_counted_from_its_own_day(stage: Stage, cast: Cast) -> None:
    """H19: twelve months after 29 February are over on 28 February, not in March."""
    given: dict[str, Any] = {"treatment_id": cast.ada_treatment, "course": 1}
    for day in range(1, 6):
        on = dt.date(2028, 2, 24) + day * DAY
        act(
            stage, record_administration, cast.noor.actor, at=dt.datetime(2028, 3, 1, 9, tzinfo=dt.UTC), on=on,
            day=day, reason_override="given again", **given,
        )  # fmt: skip
    plan: dict[str, Any] = {"treatment_id": cast.ada_treatment, "course": 2, "is_confirmed": True}
    later = dt.datetime(2028, 6, 1, 9, tzinfo=dt.UTC)
    with pytest.raises(Unacceptable):
        act(stage, plan_course, cast.noor.actor, at=later, starts_on=dt.date(2029, 2, 27), weekday="tuesday", **plan)
    act(stage, plan_course, cast.noor.actor, at=later, starts_on=dt.date(2029, 2, 28), weekday="wednesday", **plan)
