"""What a patient noticed alerts whoever must know, once, and again when it is said again; what is taken back waits."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from monitor.actions.acknowledge_alert import acknowledge_alert
from monitor.actions.close_alert import close_alert
from monitor.actions.correct_signs import correct_signs
from monitor.actions.rebuild import rebuild
from monitor.actions.record_death import record_death
from monitor.actions.record_panel import record_panel
from monitor.actions.report_signs import report_signs
from monitor.actions.retract_event import retract_event
from monitor.actions.retract_signs import retract_signs
from monitor.actions.sheet_line import PanelValue
from monitor.actions.sign_report_filed import ReportedSigns
from monitor.overviews.sign_reports import sign_reports
from monitor.store.alert import AlertRow
from monitor.store.audit import AuditEntryRow
from monitor.store.event import EventKind, standing_events
from monitor.store.message import MessageRow
from monitor.store.sign_alert import open_signs
from monitor.store.sign_report import signs_noticed
from monitor.terms import Actor, Conflict, Missing, NotAllowed, Unacceptable
from tests.actions.acting import DAY, act, noted, open_alerts, together
from tests.cast import NOW, TODAY, Cast, Stage

LATER = NOW + dt.timedelta(hours=3)


def report(stage: Stage, cast: Cast, *signs: str, by: Actor | None = None, **more: Any) -> ReportedSigns:
    given = {"noticed_on": TODAY, **more}
    return act(stage, report_signs, by or cast.nora.actor, treatment_id=cast.ada_treatment, signs=signs, **given)


def sign_alerts(stage: Stage, cast: Cast) -> dict[str, AlertRow]:
    found = open_alerts(stage, cast.ada_treatment)
    return {topic: row for topic, row in found.items() if topic.startswith("sign:")}


def test_each_sign_alerts_whoever_must_know_as_soon_as_they_must(stage: Stage, cast: Cast) -> None:
    answer = report(stage, cast, "face_drooping", "bruising", "long_diarrhoea", "neck_lump")
    found = sign_alerts(stage, cast)
    assert {topic: (row.level, row.audience) for topic, row in found.items()} == {
        "sign:face_drooping": ("critical", "neurologist"),
        "sign:bruising": ("urgent", "neurologist"),
        "sign:long_diarrhoea": ("urgent", "neurologist"),
        "sign:neck_lump": ("soon", "nurse"),
    }
    critical = found["sign:face_drooping"]
    assert critical.acknowledge_by == NOW + dt.timedelta(hours=1)
    assert critical.escalate_at == critical.acknowledge_by
    assert critical.evidence == answer.id
    assert "stroke" in critical.because
    assert "2026-06-15" in critical.because
    assert (answer.level, answer.urgency) == ("critical", "emergency")


def test_the_answer_is_in_the_language_of_the_patient_with_the_numbers_first_h41(stage: Stage, cast: Cast) -> None:
    answer = report(stage, cast, "coughing_blood")
    assert answer.language == "fr"
    assert answer.advice[0].startswith("Appelez le 15 ou le 112 maintenant.")
    assert "114" in answer.advice[0]
    assert [one.words for one in answer.signs] == ["Toux avec du sang"]
    english = report(stage, cast, "coughing_blood", language="en")
    assert english.advice[0].startswith("Call 15 or 112 now.")


def test_reported_again_it_is_one_alert_that_calls_again_h46(stage: Stage, cast: Cast) -> None:
    report(stage, cast, "bruising", noticed_on=TODAY - DAY)
    alert = sign_alerts(stage, cast)["sign:bruising"]
    act(stage, acknowledge_alert, cast.noor.actor, alert_id=alert.id)
    again = report(stage, cast, "bruising", at=LATER)
    found = sign_alerts(stage, cast)["sign:bruising"]
    assert found.id == alert.id
    assert found.acknowledged_at is None
    assert (found.since, found.evidence) == (TODAY, again.id)
    assert found.acknowledge_by is not None
    assert found.acknowledge_by > LATER


def test_a_report_of_an_earlier_day_calls_again_as_well(stage: Stage, cast: Cast) -> None:
    """Nobody has seen it, and it may be another episode."""
    report(stage, cast, "fever")
    act(stage, acknowledge_alert, cast.noor.actor, alert_id=sign_alerts(stage, cast)["sign:fever"].id)
    report(stage, cast, "fever", noticed_on=TODAY - 4 * DAY, at=LATER)
    found = sign_alerts(stage, cast)["sign:fever"]
    assert found.acknowledged_at is None
    assert found.since == TODAY


def test_what_a_neurologist_closed_opens_with_the_next_report_only_h45(stage: Stage, cast: Cast) -> None:
    report(stage, cast, "fever")
    closed = sign_alerts(stage, cast)["sign:fever"].id
    done: dict[str, Any] = {"action": "patient_seen", "reason": "a cold"}
    with pytest.raises(NotAllowed):
        act(stage, close_alert, cast.nora.actor, alert_id=closed, **done)
    act(stage, close_alert, cast.noor.actor, alert_id=closed, **done)
    report(stage, cast, "neck_lump", at=LATER)
    assert "sign:fever" not in sign_alerts(stage, cast)
    report(stage, cast, "fever", at=LATER)
    assert sign_alerts(stage, cast)["sign:fever"].follows_id == closed


def test_what_is_taken_back_waits_for_a_person_h07(stage: Stage, cast: Cast) -> None:
    answer = report(stage, cast, "chest_pain")
    alert = sign_alerts(stage, cast)["sign:chest_pain"]
    act(stage, acknowledge_alert, cast.noor.actor, alert_id=alert.id)
    given: dict[str, Any] = {"treatment_id": cast.ada_treatment, "report_id": answer.id, "reason": "wrong patient"}
    act(stage, retract_signs, cast.nora.actor, at=LATER, **given)
    eased = sign_alerts(stage, cast)["sign:chest_pain"]
    assert (eased.holds, eased.acknowledged_at) == (False, None)
    with pytest.raises(Conflict):
        act(stage, retract_signs, cast.nora.actor, at=LATER, **given)
    act(stage, acknowledge_alert, cast.noor.actor, alert_id=eased.id, at=LATER)
    assert sign_alerts(stage, cast) == {}


def test_a_correction_says_what_is_right_and_leaves_the_rest_to_a_person_h07(stage: Stage, cast: Cast) -> None:
    wrong = report(stage, cast, "rash", "fever")
    right = act(
        stage, correct_signs, cast.nora.actor, at=LATER, treatment_id=cast.ada_treatment, report_id=wrong.id,
        signs=["fever", "stiff_neck"], noticed_on=TODAY, reason="read wrongly",
    )  # fmt: skip
    found = sign_alerts(stage, cast)
    assert {topic: row.holds for topic, row in found.items()} == {
        "sign:rash": False,
        "sign:fever": True,
        "sign:stiff_neck": True,
    }
    assert found["sign:fever"].evidence == right.id
    with stage.work(by=cast.nora.actor) as work:
        listed = sign_reports(work, treatment_id=cast.ada_treatment, cursor=None, limit=10).items
    assert [(one.signs, one.replaces_id, one.replaced_by) for one in listed] == [
        (("fever", "stiff_neck"), wrong.id, None),
        (("rash", "fever"), None, right.id),
    ]


def test_taken_back_the_report_before_it_counts_again(stage: Stage, cast: Cast) -> None:
    first = report(stage, cast, "bruising", noticed_on=TODAY - 2 * DAY)
    second = report(stage, cast, "bruising", at=LATER)
    given: dict[str, Any] = {"treatment_id": cast.ada_treatment, "report_id": second.id, "reason": "twice"}
    act(stage, retract_signs, cast.nora.actor, at=LATER, **given)
    found = sign_alerts(stage, cast)["sign:bruising"]
    assert (found.holds, found.evidence, found.since) == (True, first.id, TODAY - 2 * DAY)


def test_the_thyroid_waits_a_day_where_a_pregnancy_is_possible(stage: Stage, cast: Cast) -> None:
    report(stage, cast, "palpitations")
    assert sign_alerts(stage, cast)["sign:palpitations"].level == "soon"
    report(stage, cast, "possible_pregnancy", at=LATER)
    found = sign_alerts(stage, cast)["sign:palpitations"]
    assert (found.level, found.audience) == ("urgent", "neurologist")


def test_signs_of_the_nerves_hold_the_next_dose_until_a_neurologist_has_closed_them(stage: Stage, cast: Cast) -> None:
    theo = cast.theo_treatment
    given: dict[str, Any] = {"treatment_id": theo, "signs": ["new_weakness", "more_falls"], "noticed_on": TODAY}
    act(stage, report_signs, cast.nora.actor, **given)
    protocol = stage.catalog.protocol("tofersen.v1")
    holding = {sign.id for sign in protocol.signs if sign.holds_dose}
    with stage.sessions() as session:
        held = open_signs(session, treatment_ids=(theo,))[theo] & holding
    assert held == {"new_weakness"}
    alert = open_alerts(stage, theo)["sign:new_weakness"]
    assert "the next dose waits" in alert.because
    act(stage, close_alert, cast.noor.actor, alert_id=alert.id, action="patient_seen", reason="seen, no myelitis")
    with stage.sessions() as session:
        assert not open_signs(session, treatment_ids=(theo,))[theo] & holding


def test_bleeding_makes_a_low_count_critical_whichever_comes_first(stage: Stage, cast: Cast) -> None:
    """The judge of values hears of the signs, also where they are told afterwards."""
    low = PanelValue(analyte="platelets", value="120", unit="10*9/L")
    act(stage, record_panel, cast.nora.actor, patient_id=cast.ada, collected_on=TODAY, values=[low])
    assert "result:platelets.with_bleeding" not in open_alerts(stage, cast.ada_treatment)
    told = report(stage, cast, "skin_spots", noticed_on=TODAY - DAY)
    assert open_alerts(stage, cast.ada_treatment)["result:platelets.with_bleeding"].level == "critical"
    given: dict[str, Any] = {"treatment_id": cast.ada_treatment, "report_id": told.id, "reason": "wrong patient"}
    act(stage, retract_signs, cast.nora.actor, **given)
    assert not open_alerts(stage, cast.ada_treatment)["result:platelets.with_bleeding"].holds


def test_two_reports_at_once_are_one_alert_on_one_of_them(stage: Stage, cast: Cast) -> None:
    found = together(*[lambda: report(stage, cast, "fever")] * 2)
    reports = {one.id for one in found if isinstance(one, ReportedSigns)}
    assert len(reports) == 2
    with stage.sessions() as session:
        rows = session.scalars(select(AlertRow).where(AlertRow.topic == "sign:fever")).all()
        assert len(session_days := signs_noticed(session, (cast.ada_treatment,))[cast.ada_treatment]["fever"]) == 2
    assert session_days == (TODAY, TODAY)
    assert [row.evidence in reports for row in rows] == [True]


def test_nothing_changes_by_computing_it_again(stage: Stage, cast: Cast) -> None:
    report(stage, cast, "fever", "bruising")
    before = {topic: (row.version, row.evidence) for topic, row in sign_alerts(stage, cast).items()}
    done = rebuild(stage.sessions, catalog=stage.catalog, settings=stage.settings, at=NOW)
    assert done.failed == ()
    assert {topic: (row.version, row.evidence) for topic, row in sign_alerts(stage, cast).items()} == before


def test_of_somebody_who_died_nothing_more_is_asked_and_the_record_is_kept(stage: Stage, cast: Cast) -> None:
    act(stage, record_death, cast.noor.actor, patient_id=cast.ada, on=TODAY - DAY)
    answer = report(stage, cast, "chest_pain", noticed_on=TODAY - 2 * DAY)
    assert sign_alerts(stage, cast) == {}
    with stage.sessions() as session:
        assert signs_noticed(session, (cast.ada_treatment,))[cast.ada_treatment] == {"chest_pain": (TODAY - 2 * DAY,)}
    assert answer.advice
    with pytest.raises(Unacceptable):
        report(stage, cast, "chest_pain", noticed_on=TODAY)


def test_after_a_death_a_correction_eases_only_what_it_takes_back(stage: Stage, cast: Cast) -> None:
    """What the other report tells was true, and a person closes it: nobody pretends that it was taken back."""
    report(stage, cast, "fever")
    wrong = report(stage, cast, "skin_spots")
    act(stage, record_death, cast.noor.actor, patient_id=cast.ada, on=TODAY)
    given: dict[str, Any] = {"treatment_id": cast.ada_treatment, "report_id": wrong.id, "reason": "wrong patient"}
    act(stage, retract_signs, cast.nora.actor, **given)
    assert {topic: row.holds for topic, row in sign_alerts(stage, cast).items()} == {
        "sign:fever": True,
        "sign:skin_spots": False,
    }


def test_a_sign_told_under_a_mistaken_death_calls_as_soon_as_the_death_is_taken_back(stage: Stage, cast: Cast) -> None:
    act(stage, record_death, cast.noor.actor, patient_id=cast.ada, on=TODAY)
    report(stage, cast, "chest_pain", noticed_on=TODAY - DAY)
    assert sign_alerts(stage, cast) == {}
    with stage.sessions() as session:
        died = standing_events(session, treatment_ids=[cast.ada_treatment], kind=EventKind.DIED)
    act(stage, retract_event, cast.noor.actor, event_id=died[0].id, reason="another person of that name")
    assert sign_alerts(stage, cast)["sign:chest_pain"].acknowledged_at is None


def test_no_text_message_comes_of_it_and_the_audit_names_no_sign_h43(stage: Stage, cast: Cast) -> None:
    report(stage, cast, "face_drooping", note="since breakfast")
    assert "report_signs" in noted(stage)
    with stage.sessions() as session:
        assert session.scalars(select(MessageRow)).all() == []
        entries = session.scalars(select(AuditEntryRow).where(AuditEntryRow.action == "report_signs")).all()
    assert not [entry for entry in entries if "drooping" in str(entry.content) or "breakfast" in str(entry.content)]


def test_it_refuses_what_can_be_no_report(stage: Stage, cast: Cast) -> None:
    wrong: tuple[tuple[tuple[str, ...], dict[str, Any], str], ...] = (
        ((), {}, "signs"),
        (("seizure",), {}, "signs[0]"),  # a sign of tofersen
        (("fever", "fever"), {}, "signs[1]"),
        (("fever",), {"noticed_on": TODAY + DAY}, "noticed_on"),
        (("fever",), {"noticed_on": dt.date(1979, 1, 1)}, "noticed_on"),
        (("fever",), {"note": " "}, "note"),
        (("fever",), {"language": "de"}, "language"),
    )
    for signs, given, field in wrong:
        with pytest.raises(Unacceptable) as refusal:
            report(stage, cast, *signs, **given)
        assert refusal.value.field == field
    assert sign_alerts(stage, cast) == {}


def test_it_hides_the_reports_of_another_site_and_of_another_treatment(stage: Stage, cast: Cast) -> None:
    told = report(stage, cast, "fever")
    with pytest.raises(Missing):
        report(stage, cast, "fever", by=cast.selma.actor)
    for by, treatment_id in ((cast.selma.actor, cast.ada_treatment), (cast.nora.actor, cast.theo_treatment)):
        given: dict[str, Any] = {"treatment_id": treatment_id, "report_id": told.id, "reason": "no"}
        with pytest.raises(Missing):
            act(stage, retract_signs, by, **given)
        with pytest.raises(Missing):
            act(stage, correct_signs, by, signs=["rash"], noticed_on=TODAY, **given)
