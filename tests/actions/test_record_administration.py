"""Doses: recorded where they can be, refused where they contradict what is known, overridden by a neurologist only."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from monitor.actions.open_record import StaleVersion
from monitor.actions.record_administration import record_administration
from monitor.actions.stop_treatment import stop_treatment
from monitor.store.administration import AdministrationRow
from monitor.store.agenda import AgendaRow
from monitor.store.treatment import TreatmentRow
from monitor.terms import Conflict, Missing, NotAllowed, Unacceptable
from tests.actions.acting import act
from tests.cast import TODAY, Cast, Stage
from tests.factories.papers import bring_papers

DAY = dt.timedelta(days=1)


def _give(stage: Stage, cast: Cast, on: dt.date, **more: Any) -> None:
    with stage.work(by=cast.nora.actor) as work:
        record_administration(work, treatment_id=cast.theo_treatment, on=on, **more)


def _infuse(stage: Stage, cast: Cast, on: dt.date, **more: Any) -> None:
    with stage.work(by=cast.noor.actor) as work:
        record_administration(work, treatment_id=cast.ada_treatment, on=on, **more)


def _keys(stage: Stage, cast: Cast) -> set[str]:
    with stage.work() as work:
        query = select(AgendaRow.key).where(AgendaRow.treatment_id == cast.theo_treatment, AgendaRow.kind == "dose")
        return set(work.session.scalars(query))


def test_it_moves_the_agenda_on_to_the_next_dose(stage: Stage, cast: Cast) -> None:
    assert "dose/1" in _keys(stage, cast)
    _give(stage, cast, TODAY - 10 * DAY)
    assert _keys(stage, cast) == {"dose/2"}


def test_it_refuses_a_second_dose_too_soon_and_names_the_field(stage: Stage, cast: Cast) -> None:
    _give(stage, cast, TODAY - 10 * DAY)
    with pytest.raises(Unacceptable, match="too_early") as refusal:
        _give(stage, cast, TODAY)
    assert refusal.value.field == "on"
    assert _keys(stage, cast) == {"dose/2"}


def test_it_takes_a_dose_too_soon_from_a_neurologist_with_a_reason(stage: Stage, cast: Cast) -> None:
    _give(stage, cast, TODAY - 10 * DAY)
    with stage.work(by=cast.noor.actor) as work:
        record_administration(
            work, treatment_id=cast.theo_treatment, on=TODAY, reason_override="the patient leaves for a month"
        )
    assert _keys(stage, cast) == {"dose/3"}


def test_it_does_not_let_a_nurse_override(stage: Stage, cast: Cast) -> None:
    _give(stage, cast, TODAY - 10 * DAY)
    with pytest.raises(NotAllowed):
        _give(stage, cast, TODAY, reason_override="it suits everybody")


@pytest.mark.parametrize(
    ("on", "why"), ((TODAY + DAY, "future"), (dt.date(1980, 2, 28), "birth")), ids=("future", "before birth")
)
def test_it_refuses_a_day_that_cannot_be(stage: Stage, cast: Cast, on: dt.date, why: str) -> None:
    with pytest.raises(Unacceptable, match=why):
        _give(stage, cast, on)


def test_it_refuses_the_same_dose_entered_twice(stage: Stage, cast: Cast) -> None:
    _give(stage, cast, TODAY - 10 * DAY)
    with pytest.raises(Conflict) as refusal:
        _give(stage, cast, TODAY - 10 * DAY)
    assert refusal.value.field == "on"


def test_it_refuses_a_second_infusion_on_one_day_whatever_the_reason(stage: Stage, cast: Cast) -> None:
    bring_papers(stage, cast, on=TODAY - 20 * DAY)
    _infuse(stage, cast, TODAY - DAY, course=1, day=1)
    with pytest.raises(Conflict):
        _infuse(stage, cast, TODAY - DAY, course=1, day=2, reason_override="both in one go")


def test_it_refuses_the_same_infusion_on_another_day(stage: Stage, cast: Cast) -> None:
    bring_papers(stage, cast, on=TODAY - 20 * DAY)
    _infuse(stage, cast, TODAY - DAY, course=1, day=1)
    with pytest.raises(Conflict):
        _infuse(stage, cast, TODAY, course=1, day=1)


def test_it_refuses_a_course_before_twelve_months_have_passed(stage: Stage, cast: Cast) -> None:
    bring_papers(stage, cast, on=TODAY - 80 * DAY)
    _infuse(stage, cast, TODAY - 70 * DAY, course=1, day=1)
    with pytest.raises(Unacceptable, match="before_minimum_gap"):
        _infuse(stage, cast, TODAY, course=2, day=1)


@pytest.mark.parametrize(
    ("course", "day", "field"),
    ((None, None, "course"), (1, None, "day"), (1, 6, "day"), (2, 4, "day"), (0, 1, "course")),
)
def test_it_refuses_an_infusion_that_the_protocol_does_not_have(
    stage: Stage, cast: Cast, course: int | None, day: int | None, field: str
) -> None:
    with pytest.raises(Unacceptable) as refusal, stage.work(by=cast.nora.actor) as work:
        record_administration(work, treatment_id=cast.ada_treatment, on=TODAY, course=course, day=day)
    assert refusal.value.field == field


def test_it_refuses_a_course_where_the_protocol_has_none(stage: Stage, cast: Cast) -> None:
    with pytest.raises(Unacceptable) as refusal:
        _give(stage, cast, TODAY, course=1, day=1)
    assert refusal.value.field == "course"


def test_it_makes_every_copy_of_the_treatment_an_old_one(stage: Stage, cast: Cast) -> None:
    _give(stage, cast, TODAY - 10 * DAY)
    with pytest.raises(StaleVersion):
        act(
            stage, stop_treatment, cast.noor.actor, treatment_id=cast.theo_treatment, on=TODAY, reason="a wish",
            expected_version=1,
        )  # fmt: skip
    with stage.work() as work:
        assert work.session.get_one(TreatmentRow, cast.theo_treatment).version == 2


def test_it_hides_the_patient_of_another_site(stage: Stage, cast: Cast) -> None:
    with pytest.raises(Missing), stage.work(by=cast.sven.actor) as work:
        record_administration(work, treatment_id=cast.theo_treatment, on=TODAY)
    with pytest.raises(NotAllowed), stage.work(by=cast.farah.actor) as work:
        record_administration(work, treatment_id=cast.theo_treatment, on=TODAY)
    with stage.work() as work:
        assert work.session.scalars(select(AdministrationRow)).all() == []
