"""Nobody falls out of the calendar: `monitor conservation` counts every treatment once, and says who is lost."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from monitor.actions.accept_transfer import accept_transfer
from monitor.actions.complete_task import complete_task
from monitor.actions.correct_administration import correct_administration
from monitor.actions.offer_transfer import offer_transfer
from monitor.actions.prepare_transfer import prepare_transfer
from monitor.actions.record_administration import record_administration
from monitor.actions.record_death import record_death
from monitor.actions.register_patient import register_patient
from monitor.actions.stop_treatment import stop_treatment
from monitor.catalog import Catalog
from monitor.schedules.facts import Sex
from monitor.settings import Settings
from monitor.spans import add_months
from monitor.store.administration import AdministrationRow
from monitor.store.agenda import AgendaRow
from monitor.store.alert import AlertRow
from monitor.store.engine import make_sessions
from monitor.store.staff import StaffRow
from monitor.store.treatment import TreatmentRow
from monitor.terms import Actor
from tests.cast import NOW, TODAY, Cast, Stage, gather
from tests.cli.conftest import Run

DAY = dt.timedelta(days=1)


@pytest.fixture
def stage(engine: Engine, catalog: Catalog, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A database, and an operator of it on 15 June 2026."""
    monkeypatch.setenv("MONITOR_ENVIRONMENT", "test")
    monkeypatch.setenv("MONITOR_DATABASE_URL", settings.database_url)
    monkeypatch.setattr("monitor.cli.conservation.now", lambda: NOW)
    return Stage(make_sessions(engine), catalog, settings)


@pytest.fixture
def cast(stage: Stage) -> Cast:
    return gather(stage)


def _act(stage: Stage, action: Callable[..., Any], by: Actor, *, at: dt.datetime = NOW, **given: Any) -> Any:
    with stage.work(by=by, at=at) as work:
        return action(work, **given)


def _told(run: Run) -> dict[str, Any]:
    done = run("conservation", "--json")
    told: dict[str, Any] = json.loads(done.stdout)
    assert told["is_well"] == (done.exit_code == 0)
    return told


def _together(told: dict[str, Any]) -> tuple[int, ...]:
    return tuple(told["together"][name] for name in ("treatments", "acting", "ahead", "ended", "lost"))


def _forget(stage: Stage, treatment_id: UUID) -> None:
    """As if a fault of ours had emptied its agenda."""
    with stage.sessions.begin() as session:
        session.execute(delete(AgendaRow).where(AgendaRow.treatment_id == treatment_id))


def _infuse(stage: Stage, cast: Cast, on: dt.date, *, course: int = 1, day: int = 1) -> None:
    dose: dict[str, Any] = {"treatment_id": cast.ada_treatment, "on": on, "course": course, "day": day}
    _act(stage, record_administration, cast.noor.actor, **dose, reason_override="a test")


def test_it_counts_every_treatment_once_by_site_and_together(stage: Stage, cast: Cast, run: Run) -> None:
    _act(stage, stop_treatment, cast.selma.actor, treatment_id=cast.sofia_treatment, on=TODAY, reason="a wish")
    told = _told(run)
    assert _together(told) == (3, 2, 0, 1, 0)
    assert {site["name"]: (site["patients"], site["treatments"], site["ended"]) for site in told["sites"]} == {
        "Neurology North": (2, 2, 0),
        "Neurology South": (1, 1, 1),
    }
    text = run("conservation")
    assert (text.exit_code, text.stderr) == (0, "")
    assert text.stdout.splitlines()[-1].split() == ["together", "3", "3", "2", "0", "1", "0"]


def test_it_names_a_treatment_that_fell_out_of_the_calendar(stage: Stage, cast: Cast, run: Run) -> None:
    _forget(stage, cast.theo_treatment)
    badly = run("conservation")
    assert (badly.exit_code, badly.stderr) == (1, f"lost: treatment {cast.theo_treatment}\n")
    assert _told(run)["lost"] == [str(cast.theo_treatment)]


def test_a_stop_ends_what_owes_nothing_and_never_a_surveillance(stage: Stage, cast: Cast, run: Run) -> None:
    """G8: neither a stop nor the passing of 48 months ends what a neurologist did not close."""
    _infuse(stage, cast, TODAY - 70 * DAY)
    for who, treatment in ((cast.noor, cast.ada_treatment), (cast.selma, cast.sofia_treatment)):
        _act(stage, stop_treatment, who.actor, treatment_id=treatment, on=TODAY, reason="a wish")
        _forget(stage, treatment)
    with stage.sessions.begin() as session:
        session.execute(update(TreatmentRow).values(surveillance_ends_on=TODAY - DAY))
    assert _told(run)["lost"] == [str(cast.ada_treatment)]


def test_a_surveillance_is_ended_by_who_closed_it_until_the_next_infusion(
    stage: Stage, cast: Cast, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    _infuse(stage, cast, TODAY - 70 * DAY)
    end = add_months(TODAY - 70 * DAY, 48)
    at = dt.datetime.combine(end, dt.time(9), tzinfo=dt.UTC)
    monkeypatch.setattr("monitor.cli.conservation.now", lambda: at)
    closing: dict[str, Any] = {"treatment_id": cast.ada_treatment, "key": "surveillance_end/1", "on": end}
    _act(stage, complete_task, cast.noor.actor, at=at, **closing)
    _forget(stage, cast.ada_treatment)
    assert _together(_told(run)) == (3, 2, 0, 1, 0)
    with stage.work(by=cast.noor.actor, at=at) as work:
        record_administration(work, treatment_id=cast.ada_treatment, on=end, course=2, day=1, reason_override="a test")
    _forget(stage, cast.ada_treatment)
    assert _told(run)["lost"] == [str(cast.ada_treatment)]


def test_a_closing_that_a_correction_made_too_early_ends_nothing_that_is_listed(
    stage: Stage, cast: Cast, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The calendar watches on, because the last infusion was later than it was thought to be."""
    _infuse(stage, cast, TODAY - 70 * DAY)
    end = add_months(TODAY - 70 * DAY, 48)
    at = dt.datetime.combine(end, dt.time(9), tzinfo=dt.UTC)
    monkeypatch.setattr("monitor.cli.conservation.now", lambda: at)
    closing: dict[str, Any] = {"treatment_id": cast.ada_treatment, "key": "surveillance_end/1", "on": end}
    _act(stage, complete_task, cast.noor.actor, at=at, **closing)
    with stage.sessions() as session:
        last = session.scalars(
            select(AdministrationRow.id)
            .where(AdministrationRow.treatment_id == cast.ada_treatment)
            .order_by(AdministrationRow.on.desc())
            .limit(1)
        ).one()
    wrong: dict[str, Any] = {"administration_id": last, "on": TODAY + 200 * DAY, "reason": "a misprint"}
    _act(stage, correct_administration, cast.noor.actor, at=at, **wrong, reason_override="a test")
    assert _together(_told(run)) == (3, 3, 0, 0, 0)


def test_a_death_is_an_end_and_leaves_nothing_to_do(stage: Stage, cast: Cast, run: Run) -> None:
    _act(stage, record_death, cast.noor.actor, patient_id=cast.theo, on=TODAY)
    assert _together(_told(run)) == (3, 2, 0, 1, 0)
    with stage.sessions.begin() as session:
        session.execute(
            update(AgendaRow)
            .where(AgendaRow.treatment_id == cast.ada_treatment, AgendaRow.stream == "tsh")
            .values(treatment_id=cast.theo_treatment, patient_id=cast.theo)
        )
    told = _told(run)
    assert told["orphans"]["treatments on the agenda although the patient died"] == [str(cast.theo_treatment)]
    assert not told["is_well"]


def test_it_adds_up_after_a_patient_went_to_another_site(stage: Stage, cast: Cast, run: Run) -> None:
    prepared = _act(
        stage, prepare_transfer, cast.nora.actor, patient_id=cast.ada, to_site_id=cast.south, reason="she moves"
    )
    _act(stage, offer_transfer, cast.noor.actor, transfer_id=prepared)
    _act(stage, accept_transfer, cast.selma.actor, transfer_id=prepared)
    told = _told(run)
    assert told["is_well"]
    assert {site["name"]: site["treatments"] for site in told["sites"]} == {"Neurology North": 1, "Neurology South": 2}


def test_it_sees_an_agenda_that_stands_at_the_wrong_site(stage: Stage, cast: Cast, run: Run) -> None:
    with stage.sessions.begin() as session:
        session.execute(
            update(AgendaRow).where(AgendaRow.treatment_id == cast.ada_treatment).values(site_id=cast.south)
        )
    told = _told(run)
    assert {site["name"]: site["add_up"] for site in told["sites"]} == {
        "Neurology North": False,
        "Neurology South": False,
    }
    astray = "treatments whose agenda stands at another site or patient"
    assert (told["orphans"][astray], told["is_well"]) == ([str(cast.ada_treatment)], False)


def test_it_sees_a_treatment_of_another_site_than_its_patient(stage: Stage, cast: Cast, run: Run) -> None:
    with stage.sessions.begin() as session:
        session.get_one(TreatmentRow, cast.theo_treatment).site_id = cast.south
    found = _told(run)["orphans"]["treatments of another site than their patient"]
    assert found == [str(cast.theo_treatment)]


@pytest.mark.parametrize("fault", ("another site", "nobody there", "another patient"))
def test_it_sees_an_alert_that_nobody_sees(stage: Stage, cast: Cast, run: Run, fault: str) -> None:
    alert = AlertRow(
        id=uuid4(), treatment_id=cast.ada_treatment, patient_id=cast.ada, site_id=cast.north, topic="message:failed",
        audience="nurse", level="soon", rank=2, since=TODAY, because="a test", source="policy", opened_at=NOW,
    )  # fmt: skip
    with stage.sessions.begin() as session:
        session.add(alert)
        session.flush()
        if fault == "another site":
            alert.site_id = cast.south
        elif fault == "another patient":
            alert.patient_id = cast.theo
        else:
            session.get_one(StaffRow, cast.nora.actor.id).is_active = False
    told = _told(run)
    assert str(alert.id) in told["orphans"]["open alerts that nobody sees"]
    assert not told["is_well"]


def test_who_was_registered_and_has_not_begun_is_told_and_is_no_fault(stage: Stage, cast: Cast, run: Run) -> None:
    new = _act(
        stage, register_patient, cast.nora.actor, site_id=cast.north, family_name="Dubois", given_name="Ines",
        birth_date=dt.date(1990, 4, 1), sex=Sex.FEMALE, language="fr", phone=None,
    )  # fmt: skip
    told = _told(run)
    assert told["orphans"]["patients without a treatment"] == [str(new)]
    assert told["is_well"]


def test_it_names_a_treatment_that_was_swept_as_of_a_day_to_come(
    stage: Stage, cast: Cast, run: Run, engine: Engine
) -> None:
    with Session(engine) as session, session.begin():
        session.get_one(TreatmentRow, cast.theo_treatment).followed_up_on = TODAY + DAY
    done = run("conservation")
    assert done.exit_code == 1
    assert f"ahead of time: treatment {cast.theo_treatment}; monitor sweep" in done.stderr
