"""Pauses, stops and deaths: doses end, surveillance that is owed does not, and the dead get no text."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from monitor.actions.give_sms_consent import give_sms_consent
from monitor.actions.record_administration import record_administration
from monitor.actions.record_death import record_death
from monitor.actions.resume_treatment import resume_treatment
from monitor.actions.retract_event import retract_event
from monitor.actions.start_treatment import start_treatment
from monitor.actions.stop_treatment import stop_treatment
from monitor.actions.suspend_treatment import suspend_treatment
from monitor.store.event import EventRow
from monitor.store.message import MessageRow
from monitor.store.patient import PatientRow
from monitor.terms import Conflict, NotAllowed, Unacceptable
from tests.actions.acting import DAY, act, agenda, blood_count, infuse_first_course, open_alerts, treatment_of
from tests.cast import TODAY, Cast, Stage


def _stop(stage: Stage, cast: Cast, treatment_id: UUID) -> UUID:
    return act(
        stage, stop_treatment, cast.noor.actor, treatment_id=treatment_id, on=TODAY, reason="the patient wishes so"
    )


def test_a_stop_never_stops_the_surveillance_that_is_owed(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    ends_on = treatment_of(stage, cast.ada_treatment).surveillance_ends_on
    _stop(stage, cast, cast.ada_treatment)
    assert "cbc/1.2" in agenda(stage, cast.ada_treatment)
    assert "overdue:cbc" in open_alerts(stage, cast.ada_treatment)
    assert treatment_of(stage, cast.ada_treatment).surveillance_ends_on == ends_on is not None


def test_a_stop_ends_the_doses(stage: Stage, cast: Cast) -> None:
    act(stage, record_administration, cast.nora.actor, treatment_id=cast.theo_treatment, on=TODAY - 10 * DAY)
    _stop(stage, cast, cast.theo_treatment)
    assert not [key for key in agenda(stage, cast.theo_treatment) if key.startswith("dose/")]


def test_a_stopped_treatment_cannot_be_stopped_or_paused_again(stage: Stage, cast: Cast) -> None:
    _stop(stage, cast, cast.theo_treatment)
    with pytest.raises(Conflict):
        _stop(stage, cast, cast.theo_treatment)
    with pytest.raises(Conflict):
        act(
            stage, suspend_treatment, cast.noor.actor, treatment_id=cast.theo_treatment, on=TODAY, reason="an infection"
        )  # fmt: skip


def test_a_dose_after_a_stop_counts(stage: Stage, cast: Cast) -> None:
    act(
        stage, stop_treatment, cast.noor.actor, treatment_id=cast.theo_treatment, on=TODAY - 5 * DAY, reason="a wish"
    )  # fmt: skip
    act(stage, record_administration, cast.nora.actor, treatment_id=cast.theo_treatment, on=TODAY)
    assert treatment_of(stage, cast.theo_treatment).version == 3


def test_a_pause_silences_the_pending_dose_until_it_ends(stage: Stage, cast: Cast) -> None:
    given: dict[str, Any] = {"treatment_id": cast.theo_treatment}
    assert "overdue:dose" in open_alerts(stage, cast.theo_treatment)
    act(stage, suspend_treatment, cast.noor.actor, **given, on=TODAY, reason="an infection")
    assert agenda(stage, cast.theo_treatment)["dose/1"].blocked_by == ("suspended",)
    assert "overdue:dose" not in open_alerts(stage, cast.theo_treatment)
    with pytest.raises(Conflict):
        act(stage, suspend_treatment, cast.noor.actor, **given, on=TODAY, reason="an infection")
    act(stage, resume_treatment, cast.noor.actor, **given, on=TODAY)
    dose = agenda(stage, cast.theo_treatment)["dose/1"]
    assert (dose.blocked_by, dose.due_on) == ((), TODAY)


def test_a_pause_ends_after_it_began(stage: Stage, cast: Cast) -> None:
    given: dict[str, Any] = {"treatment_id": cast.theo_treatment}
    with pytest.raises(Conflict):
        act(stage, resume_treatment, cast.noor.actor, **given, on=TODAY)
    act(stage, suspend_treatment, cast.noor.actor, **given, on=TODAY, reason="an infection")
    with pytest.raises(Unacceptable) as refusal:
        act(stage, resume_treatment, cast.noor.actor, **given, on=TODAY - DAY)
    assert refusal.value.field == "on"


def test_a_nurse_neither_stops_nor_pauses(stage: Stage, cast: Cast) -> None:
    given: dict[str, Any] = {"treatment_id": cast.theo_treatment, "on": TODAY, "reason": "no time"}
    for action in (stop_treatment, suspend_treatment):
        with pytest.raises(NotAllowed):
            act(stage, action, cast.nora.actor, **given)


def test_a_death_ends_everything_in_every_treatment(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    second = act(
        stage,
        start_treatment,
        cast.noor.actor,
        patient_id=cast.ada,
        protocol="tofersen",
        profile="eu",
        started_on=TODAY,
    )
    act(stage, record_death, cast.nora.actor, patient_id=cast.ada, on=TODAY)
    for treatment in (cast.ada_treatment, second):
        assert agenda(stage, treatment) == {}
        assert open_alerts(stage, treatment) == {}
        assert treatment_of(stage, treatment).attention_on is None
    with pytest.raises(Conflict):
        act(stage, record_death, cast.nora.actor, patient_id=cast.ada, on=TODAY)


def test_a_death_cancels_the_texts_that_wait(stage: Stage, cast: Cast) -> None:
    act(stage, give_sms_consent, cast.nora.actor, patient_id=cast.ada)
    with stage.work() as work:
        work.session.add(_waiting_text(cast))
        work.note("message")
    act(stage, record_death, cast.nora.actor, patient_id=cast.ada, on=TODAY)
    with stage.sessions() as session:
        assert session.scalars(select(MessageRow.state)).all() == ["cancelled"]


def _waiting_text(cast: Cast) -> MessageRow:
    at = dt.datetime(2026, 6, 17, 8, tzinfo=dt.UTC)
    return MessageRow(
        patient_id=cast.ada, site_id=cast.north, recipient="self", phone="+33639980001", local_day=at.date(),
        purpose="reminder", language="fr", text="…", reference="AAAA", state="pending", not_before_at=at,
        deadline_at=at + dt.timedelta(hours=9), attempts=0, created_at=at,
    )  # fmt: skip


def test_a_result_after_a_death_is_kept(stage: Stage, cast: Cast) -> None:
    act(stage, record_death, cast.nora.actor, patient_id=cast.ada, on=TODAY - DAY)
    assert len(blood_count(stage, cast, on=TODAY)) == 5


def test_nobody_starts_a_treatment_of_the_dead(stage: Stage, cast: Cast) -> None:
    act(stage, record_death, cast.nora.actor, patient_id=cast.ada, on=TODAY)
    with pytest.raises(Conflict):
        act(
            stage, start_treatment, cast.noor.actor, patient_id=cast.ada, protocol="tofersen", profile="eu",
            started_on=TODAY,
        )  # fmt: skip


def test_a_death_reported_in_error_is_taken_back_everywhere(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    second = act(
        stage,
        start_treatment,
        cast.noor.actor,
        patient_id=cast.ada,
        protocol="tofersen",
        profile="eu",
        started_on=TODAY,
    )
    before = {one: set(agenda(stage, one)) for one in (cast.ada_treatment, second)}
    act(stage, record_death, cast.nora.actor, patient_id=cast.ada, on=TODAY)
    with stage.sessions() as session:
        event = session.scalars(select(EventRow.id).where(EventRow.kind == "died")).first()
    with pytest.raises(NotAllowed):
        act(stage, retract_event, cast.nora.actor, event_id=event, reason="another patient")
    act(stage, retract_event, cast.noor.actor, event_id=event, reason="another patient")
    assert {one: set(agenda(stage, one)) for one in (cast.ada_treatment, second)} == before
    assert "overdue:cbc" in open_alerts(stage, cast.ada_treatment)
    assert "reminder:no_channel" in open_alerts(stage, cast.ada_treatment)
    with stage.sessions() as session:
        assert session.get_one(PatientRow, cast.ada).died_on is None
