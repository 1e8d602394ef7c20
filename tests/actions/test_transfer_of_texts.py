"""A patient is handed over while a text waits: whose telephone it names, and whose it is (H50)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from uuid import UUID

import pytest
from sqlalchemy import select, update

from monitor.actions.accept_transfer import accept_transfer
from monitor.actions.follow_up import follow_up
from monitor.actions.give_sms_consent import give_sms_consent
from monitor.actions.offer_transfer import offer_transfer
from monitor.actions.prepare_transfer import prepare_transfer
from monitor.settings import Settings
from monitor.store.message import MessageRow
from monitor.store.site import SiteRow
from tests.actions.acting import DAY, act, agenda, infuse_first_course, moment
from tests.cast import Cast, Stage


@pytest.fixture
def cast(cast: Cast, stage: Stage) -> Cast:
    """Ada has had her first course."""
    infuse_first_course(stage, cast)
    return cast


def test_a_text_that_waits_names_the_telephone_of_the_new_site(stage: Stage, cast: Cast) -> None:
    stage.settings = settings_with_a_page(stage)
    act(stage, give_sms_consent, cast.nora.actor, patient_id=cast.ada)
    with stage.sessions.begin() as session:
        session.execute(update(SiteRow).where(SiteRow.id == cast.north).values(telephone="+33 1 99 00 41 00"))
        session.execute(update(SiteRow).where(SiteRow.id == cast.south).values(telephone="+33 1 99 00 42 00"))
    key = "tsh/1.1"
    due_on = agenda(stage, cast.ada_treatment)[key].due_on
    at = moment(due_on - 5 * DAY, hour=4)  # the window is not open yet: the text of the day waits
    act(stage, follow_up, cast.noor.actor, at=at, treatment_id=cast.ada_treatment)
    offered = _offer(stage, cast, at=at)
    assert "41 00" in _waiting_text(stage, cast).text
    act(stage, accept_transfer, cast.selma.actor, at=at, transfer_id=offered)
    assert ("42 00" in _waiting_text(stage, cast).text, _waiting_text(stage, cast).site_id) == (True, cast.south)


def test_h50_a_copy_that_waits_goes_along_and_says_what_the_first_one_said(stage: Stage, cast: Cast) -> None:
    stage.settings = settings_with_a_page(stage)
    act(stage, give_sms_consent, cast.nora.actor, patient_id=cast.ada)
    due_on = agenda(stage, cast.ada_treatment)["tsh/1.1"].due_on
    at = moment(due_on - 5 * DAY, hour=4)
    with stage.sessions.begin() as session:
        session.execute(update(SiteRow).values(telephone="+33 1 99 00 41 00"))
    act(stage, follow_up, cast.noor.actor, at=at, treatment_id=cast.ada_treatment)
    with stage.sessions.begin() as session:
        session.execute(update(MessageRow).values(attempts=1, resends=1))
    before = _waiting_text(stage, cast).text
    offered = _offer(stage, cast, at=at)

    act(stage, accept_transfer, cast.selma.actor, at=at, transfer_id=offered)

    assert (_waiting_text(stage, cast).text, _waiting_text(stage, cast).site_id) == (before, cast.south)


def _offer(stage: Stage, cast: Cast, *, at: dt.datetime) -> UUID:
    whom = {"patient_id": cast.ada, "to_site_id": cast.south, "reason": "she moves house"}
    offered: UUID = act(stage, prepare_transfer, cast.nora.actor, at=at, **whom)
    act(stage, offer_transfer, cast.noor.actor, at=at, transfer_id=offered)
    return offered


def settings_with_a_page(stage: Stage) -> Settings:
    return dataclasses.replace(stage.settings, public_page_url="https://example.org")


def _waiting_text(stage: Stage, cast: Cast) -> MessageRow:
    query = select(MessageRow).where(MessageRow.patient_id == cast.ada, MessageRow.state == "pending")
    with stage.sessions() as session:
        return session.scalars(query).one()
