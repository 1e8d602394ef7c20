"""Alerts on values that come back by themselves: another cause, a reassurance withdrawn, a death that was an error."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from monitor.actions.close_alert import close_alert
from monitor.actions.record_death import record_death
from monitor.actions.record_panel import record_panel
from monitor.actions.register_patient import register_patient
from monitor.actions.report_signs import report_signs
from monitor.actions.retract_event import retract_event
from monitor.actions.retract_signs import retract_signs
from monitor.actions.sheet_line import PanelValue
from monitor.actions.start_treatment import start_treatment
from monitor.schedules.facts import Sex
from monitor.store.alert import AlertRow
from monitor.store.event import EventKind, standing_events
from tests.actions.acting import DAY, act
from tests.actions.values_of_ada import (
    BELOW_50,
    BELOW_100,
    LATER,
    MORNING,
    measured,
    open_on_values,
    platelets,
    see,
    settle,
    take_back,
)
from tests.cast import TODAY, Cast, Stage

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
WITH_BLEEDING = "result:platelets.with_bleeding"
WITH_HAEMATURIA = "result:creatinine.rise_with_haematuria"


def test_h06_a_back_dated_lower_count_calls_again_although_the_newer_was_seen(stage: Stage, cast: Cast) -> None:
    platelets(stage, cast, "45")
    see(stage, cast, open_on_values(stage, cast)[BELOW_50])
    platelets(stage, cast, "3", days_ago=2, at=LATER)

    alert = open_on_values(stage, cast)[BELOW_50]
    assert (alert.acknowledged_at, alert.escalate_at, alert.holds) == (None, LATER + HOUR, True)


def test_h45_it_opens_again_where_the_reassuring_count_is_taken_back(stage: Stage, cast: Cast) -> None:
    platelets(stage, cast, "45", days_ago=2)
    settle(stage, cast, open_on_values(stage, cast)[BELOW_50])
    well = platelets(stage, cast, "245", days_ago=1, at=LATER)
    assert BELOW_50 not in open_on_values(stage, cast)
    take_back(stage, cast, well, at=LATER + HOUR)

    again = open_on_values(stage, cast)[BELOW_50]
    assert (again.holds, again.acknowledged_at, again.escalate_at) == (True, None, LATER + 2 * HOUR)


def test_h45_what_was_settled_under_a_graver_error_stays_settled(stage: Stage, cast: Cast) -> None:
    """The count of 80 was true all the time: that a wrong one stood above it for an hour makes it no news."""
    platelets(stage, cast, "80", days_ago=1)
    settle(stage, cast, open_on_values(stage, cast)[BELOW_100])
    wrong = platelets(stage, cast, "31", at=LATER)
    take_back(stage, cast, wrong, at=LATER + HOUR)

    assert BELOW_100 not in open_on_values(stage, cast)


def test_h45_bleeding_reported_again_calls_although_the_count_was_dealt_with(stage: Stage, cast: Cast) -> None:
    """The same count with another sign is another emergency."""
    platelets(stage, cast, "120")
    given: dict[str, Any] = {"treatment_id": cast.ada_treatment, "noticed_on": TODAY}
    bruised = act(stage, report_signs, cast.nora.actor, signs=["bruising"], **given)
    alert = open_on_values(stage, cast)[WITH_BLEEDING]
    assert alert.because.startswith(f"platelets of {TODAY}: 120 × 10⁹/L is below 150, with bruising noticed on {TODAY}")
    act(stage, close_alert, cast.noor.actor, at=LATER, alert_id=alert.id, action="not_true", reason="a fall")
    taken_back = {"treatment_id": cast.ada_treatment, "report_id": bruised.id, "reason": "of another patient"}
    act(stage, retract_signs, cast.nora.actor, at=LATER, **taken_back)
    act(stage, report_signs, cast.nora.actor, at=LATER + MINUTE, signs=["bleeding_gums_nose"], **given)

    again = open_on_values(stage, cast)[WITH_BLEEDING]
    assert (again.level, again.holds, again.follows_id) == ("critical", True, alert.id)


def test_h45_a_new_strip_beside_the_same_creatinine_calls_again(stage: Stage, cast: Cast) -> None:
    measured(stage, cast, "creatinine", "70", "umol/L", days_ago=2)
    measured(stage, cast, "urine_blood_strip", "1+", "", days_ago=1)
    measured(stage, cast, "creatinine", "120", "umol/L")
    alert = open_on_values(stage, cast)[WITH_HAEMATURIA]
    settle(stage, cast, alert)
    measured(stage, cast, "urine_blood_strip", "3+", "", at=LATER)

    assert open_on_values(stage, cast)[WITH_HAEMATURIA].follows_id == alert.id


def test_h06_what_a_mistaken_death_hid_comes_back_with_the_patient(stage: Stage, cast: Cast) -> None:
    """A count that arrived before, one that arrived meanwhile: newer normal ones settle neither of them."""
    platelets(stage, cast, "245")
    platelets(stage, cast, "20", days_ago=4)
    act(stage, record_death, cast.noor.actor, at=LATER, patient_id=cast.ada, on=TODAY)
    for value, days_ago in (("2.4", 1), ("0.3", 3)):
        measured(stage, cast, "neutrophils", value, "10*9/L", days_ago=days_ago, at=LATER + MINUTE)
    assert open_on_values(stage, cast) == {}
    _take_back_the_death(stage, cast, at=LATER + HOUR)

    back = open_on_values(stage, cast)
    assert set(back) == {BELOW_50, "result:neutrophils.below_0_5"}
    assert {(row.holds, row.acknowledged_at) for row in back.values()} == {(False, None)}
    settle(stage, cast, back[BELOW_50], at=LATER + 2 * HOUR)
    act(stage, record_death, cast.noor.actor, at=LATER + 3 * HOUR, patient_id=cast.ada, on=TODAY)
    _take_back_the_death(stage, cast, at=LATER + 4 * HOUR)
    assert BELOW_50 not in open_on_values(stage, cast)


def test_h06_values_of_before_the_treatment_are_judged_when_it_starts(stage: Stage, cast: Cast) -> None:
    """The baseline is often drawn before the treatment is entered; a normal count after it hides no critical one."""
    late = act(
        stage, register_patient, cast.nora.actor, site_id=cast.north, family_name="Roux", given_name="Anouk",
        birth_date=dt.date(1991, 5, 4), sex=Sex.FEMALE, language="fr", phone="+33639980009",
    )  # fmt: skip
    for value, days_ago in (("5", 3), ("245", 0)):
        act(
            stage, record_panel, cast.nora.actor, at=MORNING, patient_id=late, collected_on=TODAY - days_ago * DAY,
            values=[PanelValue(analyte="platelets", value=value, unit="10*9/L")],
        )  # fmt: skip
    begun = {"protocol": "alemtuzumab", "profile": "eu", "started_on": TODAY}
    act(stage, start_treatment, cast.noor.actor, at=LATER, patient_id=late, **begun)

    with stage.sessions() as session:
        query = select(AlertRow).where(AlertRow.patient_id == late, AlertRow.topic == BELOW_50)
        (alert,) = session.scalars(query)
    assert (alert.level, alert.holds, alert.acknowledge_by) == ("critical", False, LATER + HOUR)


def _take_back_the_death(stage: Stage, cast: Cast, *, at: dt.datetime) -> None:
    with stage.sessions() as session:
        died = standing_events(session, treatment_ids=[cast.ada_treatment], kind=EventKind.DIED)
    act(stage, retract_event, cast.noor.actor, at=at, event_id=died[0].id, reason="another person of that name")
