"""Whatever is killed or frozen, however bad the provider: each patient gets a text or a nurse a task; nobody three."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.chaos.harness import Outcome, wreak
from tests.chaos.scenario import Scenario

WRONG = "tests.chaos.wrong_senders"
ON_ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_nothing_is_lost_or_doubled_whatever_is_killed_or_frozen_g2_g3_g4_h30_h31_h40_h61(
    engine: Engine, database_url: str, tmp_path: Path
) -> None:
    seed = random.randrange(10_000)
    print(f"seed {seed}")  # shown where the test fails
    scenario = Scenario(reminders=100, kills=10, freezes=2, seed=seed)

    outcome = wreak(scenario, engine, database_url=database_url, folder=tmp_path)

    assert outcome.is_settled, outcome
    assert (outcome.report.due, outcome.kills) == (100, 10)
    assert outcome.report.is_good, outcome
    assert (outcome.wrong, outcome.broken) == ([], [])


def wrong(name: str, engine: Engine, database_url: str, folder: Path) -> Outcome:
    scenario = Scenario(reminders=50, kills=4, freezes=0, seed=7, worker=(WRONG, name))
    return wreak(scenario, engine, database_url=database_url, folder=folder)


@ON_ONE_DATABASE
def test_the_harness_sees_that_a_sender_which_marks_first_loses(
    engine: Engine, database_url: str, tmp_path: Path
) -> None:
    report = wrong("mark_then_send", engine, database_url, tmp_path).report

    assert report.lost > 0
    assert not report.is_good


@ON_ONE_DATABASE
def test_the_harness_sees_that_a_sender_which_marks_afterwards_repeats(
    engine: Engine, database_url: str, tmp_path: Path
) -> None:
    report = wrong("send_then_mark", engine, database_url, tmp_path).report

    assert report.duplicated > 0
    assert report.late == 0
    assert not report.is_good
