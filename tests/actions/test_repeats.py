"""A finding asks for another sample: an item with its own reminder and ladder, ended by nothing but that sample."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from monitor.actions.give_sms_consent import give_sms_consent
from monitor.actions.note_sample_taken import note_sample_taken
from monitor.actions.record_panel import record_panel
from monitor.actions.sheet_line import PanelValue
from monitor.actions.sweep import sweep
from monitor.actions.waive_item import waive_item
from monitor.schedules.calendar import Kind
from monitor.store.reminder import ReminderRow
from monitor.terms import Unacceptable
from tests.actions.acting import DAY, act, agenda, moment, open_alerts
from tests.cast import TODAY, Cast, Stage


def file(stage: Stage, cast: Cast, *, days_ago: int, **line: str) -> None:
    given: dict[str, Any] = {"analyte": "platelets", "unit": "G/L", **line}
    act(
        stage, record_panel, cast.nora.actor, patient_id=cast.ada, collected_on=TODAY - days_ago * DAY,
        values=[PanelValue(**given)],
    )  # fmt: skip


def test_h12_a_fall_by_half_is_repeated_the_same_day(stage: Stage, cast: Cast) -> None:
    file(stage, cast, days_ago=30, value="248")
    file(stage, cast, days_ago=0, value="118")
    row = agenda(stage, cast.ada_treatment)[f"repeat/platelets/{TODAY}"]
    assert (row.kind, row.due_on, row.overdue_on) == (Kind.LAB.value, TODAY, TODAY + 2 * DAY)
    assert "platelets.steep_fall" in row.because


@pytest.mark.parametrize(("value", "due"), [("149", 7), ("100", 7), ("99", 0), ("49", 0)])
def test_how_soon_depends_on_the_finding(stage: Stage, cast: Cast, value: str, due: int) -> None:
    file(stage, cast, days_ago=0, value=value)
    assert agenda(stage, cast.ada_treatment)[f"repeat/platelets/{TODAY}"].due_on == TODAY + due * DAY


def test_a_later_sample_ends_it_and_another_finding_asks_anew(stage: Stage, cast: Cast) -> None:
    file(stage, cast, days_ago=5, value="80")
    file(stage, cast, days_ago=2, value="90")
    first, second = (f"repeat/platelets/{TODAY - days * DAY}" for days in (5, 2))
    assert first not in agenda(stage, cast.ada_treatment)
    assert second in agenda(stage, cast.ada_treatment)
    file(stage, cast, days_ago=0, value="212")
    assert not [key for key in agenda(stage, cast.ada_treatment) if key.startswith("repeat/")]


def test_an_earlier_sample_that_arrives_late_ends_nothing(stage: Stage, cast: Cast) -> None:
    file(stage, cast, days_ago=2, value="80")
    file(stage, cast, days_ago=9, value="212")
    assert f"repeat/platelets/{TODAY - 2 * DAY}" in agenda(stage, cast.ada_treatment)


def test_what_merely_lasts_is_not_asked_for_every_week(stage: Stage, cast: Cast) -> None:
    file(stage, cast, days_ago=30, value="140")
    file(stage, cast, days_ago=0, value="138")
    assert not [key for key in agenda(stage, cast.ada_treatment) if key.startswith("repeat/")]
    assert "result:platelets.below_150" in open_alerts(stage, cast.ada_treatment)


def test_no_waiver_ends_it(stage: Stage, cast: Cast) -> None:
    file(stage, cast, days_ago=0, value="80")
    key = f"repeat/platelets/{TODAY}"
    with pytest.raises(Unacceptable):
        act(
            stage, waive_item, cast.noor.actor, treatment_id=cast.ada_treatment, key=key, reason="seen by telephone"
        )  # fmt: skip
    assert key in agenda(stage, cast.ada_treatment)


def test_a_sample_taken_is_awaited_and_ends_nothing(stage: Stage, cast: Cast) -> None:
    file(stage, cast, days_ago=0, value="80")
    key = f"repeat/platelets/{TODAY}"
    given: dict[str, Any] = {"treatment_id": cast.ada_treatment, "keys": [key], "taken_on": TODAY}
    act(stage, note_sample_taken, cast.nora.actor, **given)
    assert agenda(stage, cast.ada_treatment)[key].waiting_since == TODAY


def test_its_ladder_goes_up_by_the_clock(stage: Stage, cast: Cast) -> None:
    """Nurse on the day it is due, neurologist the day after, critical on the second day."""
    file(stage, cast, days_ago=0, value="80")
    topic = "overdue:repeat/platelets"
    row = open_alerts(stage, cast.ada_treatment)[topic]
    seen = [(row.audience, row.level)]
    for days in (1, 2):
        sweep(stage.sessions, catalog=stage.catalog, settings=stage.settings, at=moment(TODAY + days * DAY))
        row = open_alerts(stage, cast.ada_treatment)[topic]
        seen.append((row.audience, row.level))
    assert seen == [("nurse", "soon"), ("neurologist", "urgent"), ("neurologist", "critical")]


@pytest.mark.parametrize("reason", ["clotted", "clumped", "insufficient"])
def test_h10_a_sample_without_a_value_is_asked_for_again_and_credits_nothing(
    stage: Stage, cast: Cast, reason: str
) -> None:
    act(
        stage, record_panel, cast.nora.actor, patient_id=cast.ada, collected_on=TODAY - DAY,
        values=[PanelValue(analyte="platelets", not_done=reason)],
    )  # fmt: skip
    key = f"repeat/platelets/{TODAY - DAY}"
    assert reason in agenda(stage, cast.ada_treatment)[key].because
    file(stage, cast, days_ago=0, value="212")
    assert key not in agenda(stage, cast.ada_treatment)


def test_the_patient_is_reminded_of_it(stage: Stage, cast: Cast) -> None:
    act(stage, give_sms_consent, cast.nora.actor, patient_id=cast.ada)
    file(stage, cast, days_ago=0, value="80")
    with stage.sessions() as session:
        rows = session.scalars(select(ReminderRow).where(ReminderRow.treatment_id == cast.ada_treatment)).all()
    assert [row.item_key for row in rows if row.item_key.startswith("repeat/")] == [f"repeat/platelets/{TODAY}"]
