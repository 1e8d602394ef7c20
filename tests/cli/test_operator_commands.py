"""What an operator runs by hand: `sweep`, `rebuild`, `conservation`, `outbox`; status 0 only when it was done."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from monitor.actions.give_sms_consent import give_sms_consent
from monitor.actions.record_administration import record_administration
from monitor.catalog import Catalog
from monitor.settings import Settings
from monitor.store.engine import make_sessions
from monitor.store.treatment import TreatmentRow
from tests.cast import NOW, TODAY, Cast, Stage, gather
from tests.cli.conftest import Run
from tests.protocol_files import changed, config_with


@pytest.fixture
def cast(engine: Engine, catalog: Catalog, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Everybody, and the environment of an operator of their database; Theo awaits a dose on 19 June."""
    for name, value in {
        "ENVIRONMENT": "test",
        "DATABASE_URL": settings.database_url,
        "PUBLIC_PAGE_URL": "https://example.org",
        "PUBLIC_TELEPHONE": "+33 1 99 00 00 00",
    }.items():
        monkeypatch.setenv(f"MONITOR_{name}", value)
    stage = Stage(make_sessions(engine), catalog, settings)
    everybody = gather(stage)
    with stage.work(by=everybody.nora.actor) as work:
        give_sms_consent(work, patient_id=everybody.theo)
        record_administration(work, treatment_id=everybody.theo_treatment, on=dt.date(2026, 6, 5))
    return everybody


def test_it_sweeps_as_of_a_day_and_counts(cast: Cast, run: Run) -> None:
    first = run("sweep", "--on", "2026-09-01")
    again = run("sweep", "--on", "2026-09-01")

    assert (first.exit_code, first.stdout) == (0, "3 done, 0 failed, 0 skipped\n")
    assert (again.exit_code, again.stdout) == (0, "0 done, 0 failed, 0 skipped\n")


def test_it_ends_with_status_1_if_one_treatment_could_not_be_followed_up(cast: Cast, run: Run, engine: Engine) -> None:
    lose_the_protocol_of(cast.theo_treatment, engine)

    done = run("sweep", "--on", "2026-09-01")

    assert (done.exit_code, done.stdout) == (1, "2 done, 1 failed, 0 skipped\n")


def test_it_rebuilds_and_names_what_could_not_be(cast: Cast, run: Run, engine: Engine) -> None:
    well = run("rebuild")
    lose_the_protocol_of(cast.theo_treatment, engine)
    badly = run("rebuild")

    assert (well.exit_code, well.stdout) == (0, "3 done, 0 failed\n")
    assert (badly.exit_code, badly.stdout) == (1, "2 done, 1 failed\n")
    assert str(cast.theo_treatment) in badly.stderr


def test_it_shows_how_far_a_text_came_but_never_what_it_said_or_to_whom(cast: Cast, run: Run) -> None:
    run("sweep", "--on", "2026-06-17")
    listed = run("outbox", "list")
    shown = run("outbox", "show", listed.stdout.split("\t")[0])

    assert (listed.exit_code, shown.exit_code) == (0, 0)
    assert "pending" in listed.stdout
    assert re.search(r"^state +pending$", shown.stdout, re.MULTILINE)
    for said in (listed.stdout, shown.stdout):
        assert not re.search(r"\+33|Rappel|Marchand", said)


def test_it_refuses_a_message_that_is_not_there(cast: Cast, run: Run) -> None:
    done = run("outbox", "show", "00000000-0000-4000-8000-000000000000")

    assert done.exit_code == 1
    assert "no such message" in done.stderr


@pytest.mark.parametrize("command", [("sweep",), ("rebuild",), ("conservation",), ("outbox", "list")])
def test_it_refuses_a_wrong_protocol_file_as_the_server_does(
    cast: Cast, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    wrong = config_with(tmp_path / "config", tofersen=changed("tofersen", ("overdue = 4", "overdue = 0")))
    monkeypatch.setenv("MONITOR_CONFIG_DIR", str(wrong))

    done = run(*command)

    assert done.exit_code == 1
    assert "tofersen.v1.toml: doses.phases[0].visit.window.overdue" in done.stderr


@pytest.mark.parametrize("environment", ("production", "development"))
def test_it_sweeps_no_day_beyond_tomorrow(
    cast: Cast, run: Run, engine: Engine, monkeypatch: pytest.MonkeyPatch, environment: str
) -> None:
    monkeypatch.setenv("MONITOR_ENVIRONMENT", environment)
    monkeypatch.setattr("monitor.cli.sweep.now", lambda: NOW)
    monkeypatch.setattr("monitor.cli.installed.check_is_durable", lambda _engine: None)  # that of the tests is not
    ahead = run("sweep", "--on", (TODAY + dt.timedelta(days=2)).isoformat())
    with Session(engine) as session:
        looked_on = session.get_one(TreatmentRow, cast.theo_treatment).followed_up_on
    tomorrow = run("sweep", "--on", (TODAY + dt.timedelta(days=1)).isoformat())

    assert (ahead.exit_code, tomorrow.exit_code) == (2, 0)
    assert "a day to come" in ahead.stderr
    assert looked_on == TODAY


def lose_the_protocol_of(treatment_id: UUID, engine: Engine) -> None:
    """As if the file of a released version had gone, on a day when the treatment needs attention."""
    with Session(engine) as session, session.begin():
        row = session.get_one(TreatmentRow, treatment_id)
        row.protocol, row.attention_on = "gone.v1", TODAY
