"""A station for the ticks to work at, on each kind of database, on a morning when Ada must be reminded."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from sqlalchemy import Engine

from monitor.actions.give_sms_consent import give_sms_consent
from monitor.actions.record_administration import record_administration
from monitor.catalog import Catalog
from monitor.delivery.console import ConsoleTransport
from monitor.jobs.station import Station
from monitor.settings import Settings
from monitor.store.engine import make_sessions
from tests.cast import NOW, Cast, Stage, gather

LAST_INFUSION = dt.date(2026, 5, 15)  # a month before NOW: the first monthly samples are due today
ENTERED_AT = dt.datetime(2026, 6, 1, 8, tzinfo=dt.UTC)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Quick ticks, and what a text needs to be written."""
    blink = dt.timedelta(seconds=0.2)
    return dataclasses.replace(
        settings,
        sweep_every=blink,
        deliver_every=blink,
        beat_every=blink,
        public_page_url="https://example.org",
        clock_skew=dt.timedelta(days=36_500),  # the story has its own day, the database lives today
        public_telephone="+33 1 99 00 00 00",
    )


@pytest.fixture
def stage(engine: Engine, catalog: Catalog, settings: Settings) -> Stage:
    return Stage(make_sessions(engine), catalog, settings)


@pytest.fixture
def cast(stage: Stage) -> Cast:
    """Everybody; two weeks ago it was entered that Ada had her first course, and agrees to texts."""
    everybody = gather(stage)
    with stage.work(by=everybody.noor.actor, at=ENTERED_AT) as work:
        give_sms_consent(work, patient_id=everybody.ada)
        for day in range(1, 6):
            record_administration(
                work, treatment_id=everybody.ada_treatment, on=LAST_INFUSION - (5 - day) * dt.timedelta(1),
                course=1, day=day, reason_override="the papers are in the letter",
            )  # fmt: skip
    return everybody


@pytest.fixture
def station(stage: Stage, cast: Cast) -> Station:
    return Station(
        sessions=stage.sessions,
        catalog=stage.catalog,
        settings=stage.settings,
        transport=ConsoleTransport(),
        at_of=lambda: NOW,
    )
