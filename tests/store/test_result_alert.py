"""Brought into step with what the values want, alerts open, close and come back; twice changes nothing."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4
from zoneinfo import ZoneInfo

import msgspec
import pytest
from sqlalchemy import Engine, select

from monitor.catalog import Catalog
from monitor.labs.judge import Finding
from monitor.notices.alert_life import ClosingAction, Patience
from monitor.notices.result_alerts import ResultAlert
from monitor.schedules.calendar import Alert
from monitor.settings import Settings
from monitor.store.agenda import Reconciled
from monitor.store.alert import BY_ITSELF, AlertRow, close
from monitor.store.engine import make_sessions
from monitor.store.result_alert import reconcile_results
from monitor.store.treatment import find_treatments
from monitor.terms import Audience, Level
from tests.cast import NOW, TODAY, Cast, Stage, gather

HOUR = dt.timedelta(hours=1)


def wanted(rule: str, level: Level, *, analyte: str = "platelets", evidence: str | None = None) -> ResultAlert:
    finding = Finding(
        rule=rule, analyte=analyte, level=level, because="below", action="call", source="policy", clears="100 or more",
        numbers={"value": "45", "unit": "10*9/L"},
    )  # fmt: skip
    alert = Alert(f"result:{rule}", Audience.NEUROLOGIST, level, TODAY, f"{analyte} below", "policy")
    return ResultAlert(alert=alert, finding=finding, evidence=evidence or str(uuid4()))


LOW = wanted("platelets.below_100", Level.URGENT)
LOWER = wanted("platelets.below_50", Level.CRITICAL)


class Inbox:
    """The alerts of Ada on values, brought into step with one list after the other, an hour apart."""

    def __init__(self, stage: Stage, cast: Cast) -> None:
        self.stage, self.cast, self.hours = stage, cast, 0

    def bring(self, *found: ResultAlert, late: tuple[ResultAlert, ...] = (), has_died: bool = False) -> Reconciled:
        self.hours += 1
        at = NOW + self.hours * HOUR
        patience = Patience(ZoneInfo("Europe/Paris"), self.stage.catalog.working_days("FR"))
        with self.stage.work(at=at) as work:
            (treatment,) = find_treatments(work.session, site_ids=None, treatment_ids=(self.cast.ada_treatment,))
            work.note("test")
            return reconcile_results(
                work.session, treatment=treatment, wanted=found, late=late, has_died=has_died, at=at, on=TODAY,
                patience=patience,
            )  # fmt: skip

    def rows(self) -> list[AlertRow]:
        query = select(AlertRow).where(AlertRow.topic.startswith("result:")).order_by(AlertRow.opened_at, AlertRow.rank)
        with self.stage.sessions() as session:
            return list(session.scalars(query))

    def settle(self) -> None:
        with self.stage.work(at=NOW + self.hours * HOUR) as work:
            for row in work.session.scalars(select(AlertRow).where(AlertRow.topic.startswith("result:"))):
                if row.closed_at is None:
                    by = self.cast.noor.actor.id
                    close(row, at=work.at, by=by, reason="called", action=ClosingAction.PATIENT_CALLED)
            work.note("test")


@pytest.fixture
def inbox(engine: Engine, catalog: Catalog, settings: Settings) -> Inbox:
    stage = Stage(make_sessions(engine), catalog, settings)
    return Inbox(stage, gather(stage))


def test_it_says_how_many_it_opened_changed_and_closed_and_nothing_the_second_time(inbox: Inbox) -> None:
    lower = replace_evidence(LOWER)
    told = [inbox.bring(LOW), inbox.bring(LOW), inbox.bring(lower), inbox.bring(lower), inbox.bring(), inbox.bring()]

    assert told == [
        Reconciled(added=1), Reconciled(), Reconciled(added=1, removed=1), Reconciled(), Reconciled(changed=1),
        Reconciled(),
    ]  # fmt: skip


def replace_evidence(one: ResultAlert) -> ResultAlert:
    return msgspec.structs.replace(one, evidence=str(uuid4()))


def test_one_of_another_analyte_takes_the_place_of_none(inbox: Inbox) -> None:
    inbox.bring(LOW)
    inbox.bring(wanted("creatinine.with_haematuria", Level.CRITICAL, analyte="creatinine"))

    assert [(row.closed_at, row.holds) for row in inbox.rows()] == [(None, False), (None, True)]


def test_h45_what_a_person_settled_opens_again_with_other_evidence_only(inbox: Inbox) -> None:
    inbox.bring(LOWER)
    inbox.settle()
    assert inbox.bring(LOWER) == Reconciled()
    assert inbox.bring(replace_evidence(LOWER)) == Reconciled(added=1)


def test_h06_a_value_that_came_after_it_was_settled_opens_it_again_although_another_one_speaks(inbox: Inbox) -> None:
    """Two counts of one day: nobody knows which is the later one, and both are critical."""
    inbox.bring(LOWER)
    inbox.settle()
    arrived = replace_evidence(LOWER)
    assert inbox.bring(LOWER, late=(arrived,)) == Reconciled(added=1)
    assert inbox.bring(LOWER) == Reconciled()
    inbox.settle()
    assert inbox.bring(LOWER) == Reconciled()


def test_h06_what_came_late_is_told_once_and_not_beside_a_graver_one(inbox: Inbox) -> None:
    late = replace_evidence(LOW)
    inbox.bring(LOWER)
    assert inbox.bring(LOWER, late=(late,)) == Reconciled()
    inbox.settle()
    assert inbox.bring(late=(late,)) == Reconciled(added=1)
    inbox.settle()
    assert inbox.bring(late=(late,)) == Reconciled()


def test_h36_after_a_death_they_close_by_themselves_and_come_back_where_it_was_an_error(inbox: Inbox) -> None:
    inbox.bring(LOWER)
    inbox.bring(has_died=True)
    (closed,) = inbox.rows()
    assert (closed.closed_by, closed.closing_reason) == (BY_ITSELF, "the patient died")
    inbox.bring(LOWER)

    assert [row.closed_at is None for row in inbox.rows()] == [False, True]
