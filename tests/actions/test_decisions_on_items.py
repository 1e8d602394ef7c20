"""Waiving and ticking off: each names an item of the calendar, or is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from monitor.actions.complete_task import complete_task
from monitor.actions.record_administration import record_administration
from monitor.actions.retract_event import retract_event
from monitor.actions.waive_item import waive_item
from monitor.store.event import EventRow
from monitor.terms import Conflict, Missing, NotAllowed, Unacceptable
from tests.actions.acting import DAY, act, agenda, infuse_first_course, noted, open_alerts
from tests.cast import TODAY, Cast, Stage


def _waive(stage: Stage, cast: Cast, key: str) -> object:
    return act(
        stage, waive_item, cast.noor.actor, treatment_id=cast.ada_treatment, key=key, reason="drawn at another hospital"
    )


def test_a_waiver_ends_what_is_overdue_and_leaves_its_reason(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    assert "overdue:cbc" in open_alerts(stage, cast.ada_treatment)
    _waive(stage, cast, "cbc/1.2")
    assert "cbc/1.2" not in agenda(stage, cast.ada_treatment)
    assert "overdue:cbc" not in open_alerts(stage, cast.ada_treatment)
    with stage.sessions() as session:
        assert session.scalars(select(EventRow.reason)).one() == "drawn at another hospital"


def test_a_waiver_can_be_taken_back_by_a_neurologist_only(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    waiver = _waive(stage, cast, "cbc/1.2")
    with pytest.raises(NotAllowed):
        act(stage, retract_event, cast.nora.actor, event_id=waiver, reason="a slip")
    act(stage, retract_event, cast.noor.actor, event_id=waiver, reason="a slip")
    assert "overdue:cbc" in open_alerts(stage, cast.ada_treatment)
    with pytest.raises(Conflict):
        act(stage, retract_event, cast.noor.actor, event_id=waiver, reason="a slip")


def test_only_a_neurologist_waives(stage: Stage, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        act(stage, waive_item, cast.nora.actor, treatment_id=cast.ada_treatment, key="cbc/1.2", reason="no time")


def test_waiving_twice_is_a_conflict(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    _waive(stage, cast, "cbc/1.2")
    with pytest.raises(Conflict):
        _waive(stage, cast, "cbc/1.2")


@pytest.mark.parametrize("reason", ("", "   ", "x" * 501, "a\x00b"))
def test_a_waiver_needs_a_reason(stage: Stage, cast: Cast, reason: str) -> None:
    with pytest.raises(Unacceptable) as refusal:
        act(stage, waive_item, cast.noor.actor, treatment_id=cast.ada_treatment, key="cbc/1.2", reason=reason)
    assert refusal.value.field == "reason"


@pytest.mark.parametrize(
    ("action", "more"),
    (
        (waive_item, {"reason": "no"}),
        (complete_task, {"on": TODAY}),
    ),
)
def test_it_refuses_an_item_that_the_calendar_does_not_have(
    stage: Stage, cast: Cast, action: Callable[..., Any], more: dict[str, Any]
) -> None:
    infuse_first_course(stage, cast)
    with pytest.raises(Unacceptable) as refusal:
        act(stage, action, cast.noor.actor, treatment_id=cast.ada_treatment, key="cbc/7.77", **more)
    assert refusal.value.field == "key"
    with stage.sessions() as session:
        assert session.scalars(select(EventRow)).all() == []


def test_a_task_is_done_once(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    done: dict[str, Any] = {"treatment_id": cast.ada_treatment, "key": "antiherpetic_stop/1", "on": TODAY}
    assert "antiherpetic_stop/1" in agenda(stage, cast.ada_treatment)
    act(stage, complete_task, cast.nora.actor, **done)
    assert "antiherpetic_stop/1" not in agenda(stage, cast.ada_treatment)
    assert noted(stage)[-2:] == ["complete_task", "follow_up"]
    with pytest.raises(Conflict):
        act(stage, complete_task, cast.nora.actor, **done)


def test_a_task_is_not_done_before_its_time(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast, last_on=TODAY)
    with pytest.raises(Unacceptable):
        act(stage, complete_task, cast.nora.actor, treatment_id=cast.ada_treatment, key="antiherpetic_stop/1", on=TODAY)


def test_a_sample_cannot_be_ticked_off(stage: Stage, cast: Cast) -> None:
    """H49: "I have done my test" never clears what is overdue."""
    infuse_first_course(stage, cast)
    with pytest.raises(Unacceptable) as refusal:
        act(stage, complete_task, cast.noor.actor, treatment_id=cast.ada_treatment, key="cbc/1.2", on=TODAY)
    assert refusal.value.field == "key"
    assert "overdue:cbc" in open_alerts(stage, cast.ada_treatment)


def test_it_hides_the_treatment_of_another_site(stage: Stage, cast: Cast) -> None:
    waiver: dict[str, Any] = {"treatment_id": cast.ada_treatment, "key": "cbc/1.2", "reason": "no"}
    with pytest.raises(Missing):
        act(stage, waive_item, cast.selma.actor, **waiver)


def test_it_hides_the_events_of_another_site(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    waiver = _waive(stage, cast, "cbc/1.2")
    with pytest.raises(Missing):
        act(stage, retract_event, cast.selma.actor, event_id=waiver, reason="a slip")


def test_a_waived_dose_lets_the_next_one_count_from_it(stage: Stage, cast: Cast) -> None:
    given: dict[str, Any] = {"treatment_id": cast.theo_treatment}
    act(stage, record_administration, cast.nora.actor, **given, on=TODAY - 10 * DAY)
    act(stage, waive_item, cast.noor.actor, **given, key="dose/2", reason="an infection")
    doses = {key: row.due_on for key, row in agenda(stage, cast.theo_treatment).items() if key.startswith("dose/")}
    assert doses == {"dose/3": TODAY + 18 * DAY}
