"""A correction of a dose passes the same gates as a dose: it says what is right, and is no back door."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from monitor.actions.correct_administration import correct_administration
from monitor.actions.record_administration import record_administration
from monitor.actions.retract_administration import retract_administration
from monitor.store.administration import AdministrationRow
from monitor.terms import Actor, Conflict, Missing, NotAllowed, Unacceptable
from tests.actions.acting import DAY, act, agenda, infuse_first_course
from tests.cast import TODAY, Cast, Stage

FIRST = TODAY - 30 * DAY


def _dose(stage: Stage, cast: Cast, on: dt.date, **more: Any) -> UUID:
    by = cast.noor if "reason_override" in more else cast.nora
    return act(stage, record_administration, by.actor, treatment_id=cast.theo_treatment, on=on, **more)


def _correct(stage: Stage, by: Actor, dose: UUID, **more: Any) -> AdministrationRow:
    new = act(stage, correct_administration, by, administration_id=dose, reason="a misprint", **more)
    with stage.sessions() as session:
        return session.get_one(AdministrationRow, new)


def test_it_keeps_the_old_dose_readable_and_moves_the_agenda(stage: Stage, cast: Cast) -> None:
    old = _dose(stage, cast, FIRST)
    row = _correct(stage, cast.nora.actor, old, on=FIRST - 7 * DAY)
    assert (row.on, row.replaces_id, row.reason) == (FIRST - 7 * DAY, old, "a misprint")
    assert agenda(stage, cast.theo_treatment)["dose/2"].due_on == FIRST + 7 * DAY
    with stage.sessions() as session:
        assert session.get_one(AdministrationRow, old).on == FIRST


def test_it_is_no_way_around_the_gate(stage: Stage, cast: Cast) -> None:
    """The second dose was too early by a day and a neurologist said why; nobody said why of the day after the first."""
    _dose(stage, cast, FIRST)
    early = _dose(stage, cast, FIRST + 13 * DAY, reason_override="leaves for a month")
    with pytest.raises(Unacceptable, match="too_early") as refusal:
        _correct(stage, cast.nora.actor, early, on=FIRST + DAY)
    assert refusal.value.field == "on"


def test_it_is_no_way_to_make_the_next_dose_too_early(stage: Stage, cast: Cast) -> None:
    first = _dose(stage, cast, FIRST)
    _dose(stage, cast, FIRST + 14 * DAY)
    with pytest.raises(Unacceptable, match="too_early"):
        _correct(stage, cast.nora.actor, first, on=FIRST + 10 * DAY)


def test_it_is_no_way_around_the_gap_between_courses(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    with stage.sessions() as session:
        last = session.scalars(select(AdministrationRow.id).order_by(AdministrationRow.on.desc())).first()
    assert last is not None
    with pytest.raises(Unacceptable, match="before_minimum_gap"):
        _correct(stage, cast.nora.actor, last, on=TODAY, course=2, day=1)


def test_the_reason_of_an_override_stays_with_the_day_it_was_given_for(stage: Stage, cast: Cast) -> None:
    _dose(stage, cast, FIRST)
    early = _dose(stage, cast, FIRST + 13 * DAY, reason_override="leaves for a month")
    row = _correct(stage, cast.nora.actor, early, on=FIRST + 15 * DAY)
    assert row.reason_override is None


def test_a_neurologist_can_override_the_corrected_day_with_a_reason_of_its_own(stage: Stage, cast: Cast) -> None:
    _dose(stage, cast, FIRST)
    early = _dose(stage, cast, FIRST + 13 * DAY, reason_override="leaves for a month")
    row = _correct(stage, cast.noor.actor, early, on=FIRST + 12 * DAY, reason_override="left a day sooner")
    assert row.reason_override == "left a day sooner"


def test_it_does_not_let_a_nurse_override(stage: Stage, cast: Cast) -> None:
    _dose(stage, cast, FIRST)
    second = _dose(stage, cast, FIRST + 14 * DAY)
    with pytest.raises(NotAllowed) as refusal:
        _correct(stage, cast.nora.actor, second, on=FIRST + DAY, reason_override="it suits everybody")
    assert refusal.value.field == "reason_override"


@pytest.mark.parametrize("on", (TODAY + DAY, dt.date(1980, 2, 28)), ids=("future", "before birth"))
def test_it_refuses_a_day_that_cannot_be(stage: Stage, cast: Cast, on: dt.date) -> None:
    dose = _dose(stage, cast, FIRST)
    with pytest.raises(Unacceptable) as refusal:
        _correct(stage, cast.nora.actor, dose, on=on)
    assert refusal.value.field == "on"


@pytest.mark.parametrize(("course", "field"), ((0, "course"), (1, "course")))
def test_it_refuses_a_course_where_the_protocol_has_none(stage: Stage, cast: Cast, course: int, field: str) -> None:
    dose = _dose(stage, cast, FIRST)
    with pytest.raises(Unacceptable) as refusal:
        _correct(stage, cast.nora.actor, dose, course=course)
    assert refusal.value.field == field


def test_it_refuses_the_day_of_another_dose_whatever_the_reason(stage: Stage, cast: Cast) -> None:
    _dose(stage, cast, FIRST)
    second = _dose(stage, cast, FIRST + 14 * DAY)
    with pytest.raises(Conflict) as refusal:
        _correct(stage, cast.noor.actor, second, on=FIRST, reason_override="both in one go")
    assert refusal.value.field == "on"


def test_the_second_of_two_corrections_is_told_to_look_again(stage: Stage, cast: Cast) -> None:
    dose = _dose(stage, cast, FIRST)
    _correct(stage, cast.nora.actor, dose, on=FIRST - DAY)
    with pytest.raises(Conflict):
        _correct(stage, cast.nora.actor, dose, on=FIRST - 2 * DAY)
    with pytest.raises(Conflict):
        act(stage, retract_administration, cast.nora.actor, administration_id=dose, reason="never given")


def test_it_hides_the_dose_of_another_site_and_asks_for_the_role(stage: Stage, cast: Cast) -> None:
    dose = _dose(stage, cast, FIRST)
    with pytest.raises(Missing):
        _correct(stage, cast.sven.actor, dose, on=FIRST - DAY)
    with pytest.raises(NotAllowed):
        _correct(stage, cast.farah.actor, dose, on=FIRST - DAY)
