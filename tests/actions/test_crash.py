"""A process that is killed in the middle leaves nothing half done, and blocks nobody."""

from __future__ import annotations

import os
import subprocess
import sys

from sqlalchemy import select

from monitor.actions.record_panel import record_panel
from monitor.store.audit import AuditEntryRow
from monitor.store.result import ResultRow
from tests.actions.acting import CBC, act, agenda, infuse_first_course, noted, treatment_of
from tests.cast import TODAY, Cast, Stage

_DIES_BEFORE_THE_COMMIT = """
import datetime as dt, os, signal, sys
from pathlib import Path
from uuid import UUID
from monitor.actions.record_panel import PanelValue, record_panel
from monitor.catalog import load_catalog
from monitor.settings import Environment, Settings
from monitor.store.engine import make_engine, make_sessions
from monitor.terms import Actor, Role
from monitor.work import working
url, config, patient, nurse, site, day = sys.argv[1:]
settings = Settings(environment=Environment.TEST, database_url=url)
nora = Actor(id=UUID(nurse), role=Role.NURSE, site_ids=frozenset({UUID(site)}))
sessions = make_sessions(make_engine(url))
at = dt.datetime.fromisoformat(day + "T09:30:00+00:00")
with working(sessions, catalog=load_catalog(Path(config)), by=nora, at=at, settings=settings) as work:
    receipt = record_panel(
        work, patient_id=UUID(patient), collected_on=at.date(), values=[PanelValue("platelets", "212", "10*9/L")]
    )
    work.session.flush()
    print(len(receipt.result_ids), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_process_leaves_no_trace_and_no_lock(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    before = (sorted(agenda(stage, cast.ada_treatment)), treatment_of(stage, cast.ada_treatment).version, noted(stage))
    child = subprocess.run(
        [
            sys.executable, "-c", _DIES_BEFORE_THE_COMMIT, stage.settings.database_url, str(stage.settings.config_dir),
            str(cast.ada), str(cast.nora.actor.id), str(cast.north), TODAY.isoformat(),
        ],
        capture_output=True, text=True, check=False, timeout=60, env={**os.environ},
    )  # fmt: skip
    assert (child.stdout.strip(), child.returncode) == ("1", -9), child.stderr
    assert before == (
        sorted(agenda(stage, cast.ada_treatment)), treatment_of(stage, cast.ada_treatment).version, noted(stage),
    )  # fmt: skip
    with stage.sessions() as session:
        assert session.scalars(select(ResultRow)).all() == []
    act(stage, record_panel, cast.nora.actor, patient_id=cast.ada, collected_on=TODAY, values=CBC)
    with stage.sessions() as session:
        assert len(session.scalars(select(ResultRow)).all()) == len(CBC)
        entries = session.scalars(select(AuditEntryRow).where(AuditEntryRow.action == "record_panel")).all()
    assert len(entries) == 1
