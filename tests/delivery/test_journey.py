"""From a treatment that is started to a text on a telephone, through the actions and the real protocol."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from monitor.actions.add_site import add_site
from monitor.actions.follow_up import follow_up
from monitor.actions.give_sms_consent import give_sms_consent
from monitor.actions.record_death import record_death
from monitor.actions.register_patient import register_patient
from monitor.actions.start_treatment import start_treatment
from monitor.actions.withdraw_sms_consent import withdraw_sms_consent
from monitor.catalog import Catalog
from monitor.clock import boot
from monitor.delivery.console import ConsoleTransport
from monitor.delivery.deliver import deliver_once
from monitor.schedules.facts import Sex
from monitor.settings import Settings
from monitor.store.engine import make_sessions
from monitor.store.message import MessageRow
from monitor.store.treatment import TreatmentRow
from monitor.terms import Actor, Role
from tests.cast import NOW, TODAY, Stage

DAY = dt.timedelta(days=1)


class Story(Stage):
    """A patient whose first dose is agreed for a week from now."""

    def begin(self) -> None:
        with self.work() as work:
            site = add_site(work, name="North", country="FR", timezone="Europe/Paris")
        self.noor = Actor(id=uuid.uuid4(), role=Role.NEUROLOGIST, site_ids=frozenset({site}))
        with self.work(by=self.noor) as work:
            self.patient_id = register_patient(
                work, site_id=site, family_name="Exemple", given_name="Theo", birth_date=dt.date(1980, 2, 29),
                sex=Sex.MALE, language="en", phone="+33639980007",
            )  # fmt: skip
            give_sms_consent(work, patient_id=self.patient_id)
            self.treatment_id: uuid.UUID = start_treatment(
                work, patient_id=self.patient_id, protocol="tofersen", profile="eu", started_on=TODAY + 7 * DAY
            )

    def deliver(self, at: dt.datetime = NOW) -> dict[str, int]:
        done = deliver_once(
            self.sessions,
            catalog=self.catalog,
            settings=self.settings,
            transport=ConsoleTransport(),
            at_of=lambda: at,
            boot_of=boot,
        )
        return dict(done.counts)

    @property
    def message(self) -> MessageRow:
        with self.sessions() as session:
            return session.scalars(select(MessageRow)).one()


@pytest.fixture
def story(engine: Engine, catalog: Catalog, settings: Settings) -> Story:
    told = dataclasses.replace(
        settings,
        public_page_url="https://suivi.example/p",
        public_telephone="+33 1 99 00 12 34",
        clock_skew=dt.timedelta(days=36_500),  # the story has its own day, the database lives today
    )
    story = Story(make_sessions(engine), catalog, told)
    story.begin()
    return story


def test_it_sends_the_reminder_of_a_visit_a_week_ahead(story: Story) -> None:
    assert story.message.state == "pending"
    assert "22 June" in story.message.text

    assert story.deliver() == {"delivered": 1}
    assert story.deliver() == {}
    assert story.message.state == "delivered"


def test_it_queues_nothing_more_when_the_night_s_work_runs_again_h26(story: Story) -> None:
    for hours in range(3):
        with story.work(at=NOW + dt.timedelta(hours=hours)) as work:
            follow_up(work, treatment_id=story.treatment_id)

    assert story.message.attempts == 0


def test_it_wakes_on_the_day_of_the_next_reminder_h30(story: Story, session: Session) -> None:
    treatment = session.scalars(select(TreatmentRow)).one()

    assert treatment.attention_on is not None
    assert TODAY < treatment.attention_on <= dt.date(2026, 6, 19)  # Friday: two days before, and the eve of Monday


def test_it_sends_nothing_more_after_a_withdrawal_and_loses_nothing_of_the_surveillance_h35_g8(story: Story) -> None:
    with story.work(by=story.noor) as work:
        withdraw_sms_consent(work, patient_id=story.patient_id, reason="asked at the desk")

    assert story.deliver() == {"suppressed": 1}
    with story.work() as work:
        follow_up(work, treatment_id=story.treatment_id)
    assert story.message.state == "suppressed"


def test_it_ends_with_the_death_of_the_patient_h36(story: Story) -> None:
    with story.work(by=story.noor) as work:
        record_death(work, patient_id=story.patient_id, on=TODAY)

    assert story.deliver() == {}
    assert (story.message.state, story.message.because) == ("cancelled", "the patient died")
