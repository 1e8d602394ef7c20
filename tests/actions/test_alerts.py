"""Overdue alerts open, rise and close by themselves; people acknowledge, and close only what people may close."""

from __future__ import annotations

import datetime as dt

import pytest

from monitor.actions.acknowledge_alert import acknowledge_alert
from monitor.actions.close_alert import close_alert
from monitor.actions.follow_up import follow_up
from monitor.actions.open_record import StaleVersion
from monitor.store.alert import AlertRow
from monitor.terms import Conflict, Missing, NotAllowed
from tests.actions.acting import DAY, act, be_late, blood_count, moment, noted, open_alerts
from tests.cast import NOW, TODAY, Cast, Stage


def _late(stage: Stage, cast: Cast) -> AlertRow:
    be_late(stage, cast)
    return open_alerts(stage, cast.ada_treatment)["overdue:cbc"]


def _alert(stage: Stage, one: AlertRow) -> AlertRow:
    with stage.sessions() as session:
        return session.get_one(AlertRow, one.id)


def _as_of(stage: Stage, cast: Cast, day: dt.date) -> None:
    with stage.work(at=moment(day)) as work:
        follow_up(work, treatment_id=cast.ada_treatment)


def test_what_is_late_calls_the_nurse_with_reason_and_source(stage: Stage, cast: Cast) -> None:
    alert = _late(stage, cast)
    assert (alert.audience, alert.level, alert.rank) == ("nurse", "soon", 2)
    assert alert.since <= TODAY
    assert alert.because
    assert alert.source


def test_it_rises_to_the_neurologist_in_the_same_alert(stage: Stage, cast: Cast) -> None:
    alert = _late(stage, cast)
    _as_of(stage, cast, TODAY + 3 * DAY)
    risen = open_alerts(stage, cast.ada_treatment)["overdue:cbc"]
    assert (risen.id, risen.audience, risen.level) == (alert.id, "neurologist", "urgent")


def test_seen_by_the_nurse_it_must_be_seen_again_when_it_rises(stage: Stage, cast: Cast) -> None:
    alert = _late(stage, cast)
    act(stage, acknowledge_alert, cast.nora.actor, alert_id=alert.id)
    _as_of(stage, cast, TODAY)
    assert _alert(stage, alert).acknowledged_by == cast.nora.actor.id
    _as_of(stage, cast, TODAY + 3 * DAY)
    assert _alert(stage, alert).acknowledged_at is None


def test_it_closes_by_itself_and_says_why(stage: Stage, cast: Cast) -> None:
    alert = _late(stage, cast)
    blood_count(stage, cast, on=TODAY)
    closed = _alert(stage, alert)
    assert closed.closed_at == NOW
    assert closed.closing_reason is not None
    assert "settled" in closed.closing_reason


def test_what_is_overdue_again_is_another_alert(stage: Stage, cast: Cast) -> None:
    alert = _late(stage, cast)
    blood_count(stage, cast, on=TODAY)
    _as_of(stage, cast, TODAY + 45 * DAY)
    again = open_alerts(stage, cast.ada_treatment)["overdue:cbc"]
    assert again.id != alert.id


def test_nobody_closes_what_is_overdue(stage: Stage, cast: Cast) -> None:
    alert = _late(stage, cast)
    with pytest.raises(Conflict):
        act(
            stage,
            close_alert,
            cast.noor.actor,
            alert_id=alert.id,
            action="patient_called",
            reason="the patient is well",
        )
    assert _alert(stage, alert).closed_at is None


def test_a_nurse_closes_the_task_that_a_text_became(stage: Stage, cast: Cast) -> None:
    _late(stage, cast)
    task = open_alerts(stage, cast.ada_treatment)["reminder:no_channel"]
    act(stage, close_alert, cast.nora.actor, alert_id=task.id, action="handled", reason="called her")
    assert "reminder:no_channel" not in open_alerts(stage, cast.ada_treatment)
    with pytest.raises(Conflict):
        act(stage, close_alert, cast.nora.actor, alert_id=task.id, action="handled", reason="called her")


def test_a_nurse_closes_nothing_else(stage: Stage, cast: Cast) -> None:
    alert = _late(stage, cast)
    with stage.work() as work:
        work.session.get_one(AlertRow, alert.id).topic = "result:platelets.low"
        work.note("test")
    with pytest.raises(NotAllowed):
        act(stage, close_alert, cast.nora.actor, alert_id=alert.id, action="not_true", reason="no")
    act(stage, close_alert, cast.noor.actor, alert_id=alert.id, action="repeat_ordered", reason="repeated, and normal")


def test_acknowledging_twice_keeps_the_first(stage: Stage, cast: Cast) -> None:
    alert = _late(stage, cast)
    act(stage, acknowledge_alert, cast.nora.actor, alert_id=alert.id)
    before = noted(stage)
    act(stage, acknowledge_alert, cast.noor.actor, alert_id=alert.id)
    assert _alert(stage, alert).acknowledged_by == cast.nora.actor.id
    assert noted(stage) == before


def test_it_refuses_whoever_holds_an_old_version(stage: Stage, cast: Cast) -> None:
    alert = _late(stage, cast)
    with pytest.raises(StaleVersion):
        act(stage, acknowledge_alert, cast.nora.actor, alert_id=alert.id, expected_version=alert.version + 1)


def test_it_hides_the_alerts_of_another_site(stage: Stage, cast: Cast) -> None:
    alert = _late(stage, cast)
    with pytest.raises(Missing):
        act(stage, acknowledge_alert, cast.sven.actor, alert_id=alert.id)
