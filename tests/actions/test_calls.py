"""Telephone calls are kept with what came of them, and change nothing of what is owed."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from monitor.actions.note_sample_taken import note_sample_taken
from monitor.actions.record_administration import record_administration
from monitor.actions.record_call import record_call
from monitor.actions.retract_call import retract_call
from monitor.overviews.calls import Call, calls
from monitor.terms import Actor, Conflict, Missing, Unacceptable
from tests.actions.acting import DAY, act, agenda, infuse_first_course, noted, open_alerts
from tests.cast import NOW, TODAY, Cast, Stage

HOUR = dt.timedelta(hours=1)


def _call(stage: Stage, cast: Cast, *, by: Actor | None = None, **more: Any) -> UUID:
    given: dict[str, Any] = {"callee": "patient", "outcome": "no_answer", **more}
    return act(stage, record_call, by or cast.nora.actor, treatment_id=cast.ada_treatment, **given)


def _listed(stage: Stage, cast: Cast) -> list[Call]:
    with stage.work(by=cast.nora.actor) as work:
        return list(calls(work, treatment_id=cast.ada_treatment, cursor=None, limit=10).items)


def test_a_promise_is_no_sample_h49(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    before = {key: (row.due_on, row.overdue_on) for key, row in agenda(stage, cast.ada_treatment).items()}
    alerts = open_alerts(stage, cast.ada_treatment).keys()
    _call(stage, cast, keys=["cbc/1.2"], outcome="reached")
    assert {key: (row.due_on, row.overdue_on) for key, row in agenda(stage, cast.ada_treatment).items()} == before
    assert open_alerts(stage, cast.ada_treatment).keys() == alerts
    assert "record_call" in noted(stage)


def test_calls_are_listed_with_what_came_of_them_the_newest_first(stage: Stage, cast: Cast) -> None:
    _call(stage, cast, called_at=NOW - HOUR)
    _call(stage, cast, callee="laboratory", outcome="reached")
    assert [(one.callee, one.outcome, one.called_at) for one in _listed(stage, cast)] == [
        ("laboratory", "reached", NOW),
        ("patient", "no_answer", NOW - HOUR),
    ]


def test_a_call_about_nothing_in_particular_is_about_the_treatment(stage: Stage, cast: Cast) -> None:
    _call(stage, cast)
    assert _listed(stage, cast)[0].keys == ()


def test_a_call_that_was_none_is_taken_back_once_and_stays_readable(stage: Stage, cast: Cast) -> None:
    call = _call(stage, cast)
    act(stage, retract_call, cast.noor.actor, call_id=call, reason="wrong patient")
    with pytest.raises(Conflict):
        act(stage, retract_call, cast.noor.actor, call_id=call, reason="wrong patient")
    assert sorted((one.is_retraction, one.replaces_id) for one in _listed(stage, cast)) == [(False, None), (True, call)]


def test_a_call_is_about_the_task_that_asks_for_it(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    sample: dict[str, Any] = {"treatment_id": cast.ada_treatment, "keys": ["cbc/1.2"], "taken_on": TODAY - 4 * DAY}
    act(stage, note_sample_taken, cast.nora.actor, **sample)
    _call(stage, cast, callee="laboratory", outcome="reached", keys=["call_laboratory/cbc/1.2", "cbc/1.2"])
    assert _listed(stage, cast)[0].keys == ("call_laboratory/cbc/1.2", "cbc/1.2")
    assert "call_laboratory/cbc/1.2" in agenda(stage, cast.ada_treatment)
    with pytest.raises(Unacceptable):
        _call(stage, cast, keys=["call_laboratory/cbc/1.3"])


def test_a_call_is_about_a_form_that_is_owed(stage: Stage, cast: Cast) -> None:
    act(stage, record_administration, cast.nora.actor, treatment_id=cast.theo_treatment, on=TODAY - 2 * DAY)
    given: dict[str, Any] = {"callee": "patient", "outcome": "reached", "keys": ["form/1"]}
    act(stage, record_call, cast.nora.actor, treatment_id=cast.theo_treatment, **given)
    with pytest.raises(Unacceptable):
        act(stage, record_call, cast.nora.actor, treatment_id=cast.theo_treatment, **given | {"keys": ["form/2"]})


def test_it_refuses_what_can_be_no_call(stage: Stage, cast: Cast) -> None:
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"callee": "the neighbour"}, "callee"),
        ({"outcome": "busy"}, "outcome"),
        ({"keys": ["cbc/7.77"]}, "keys[0]"),
        ({"called_at": NOW + HOUR}, "called_at"),
        ({"called_at": NOW - 32 * 24 * HOUR}, "called_at"),
    )
    for given, field in wrong:
        with pytest.raises(Unacceptable) as refusal:
            _call(stage, cast, **given)
        assert refusal.value.field == field
    assert _listed(stage, cast) == []


def test_it_hides_the_calls_of_another_site(stage: Stage, cast: Cast) -> None:
    call = _call(stage, cast)
    with pytest.raises(Missing):
        act(stage, retract_call, cast.selma.actor, call_id=call, reason="no")
    with pytest.raises(Missing):
        _call(stage, cast, by=cast.selma.actor)
