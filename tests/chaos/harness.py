"""Two schedulers and two workers, killed and frozen at random while a bad provider serves them; then the count."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from monitor.clock import ticks
from tests.chaos.disorder import Disorder
from tests.chaos.report import Report, is_settled, judge
from tests.chaos.scenario import SCHEDULER, Scenario
from tests.delivery.stand_in import closed_port
from tests.processes.asking import answers
from tests.processes.crowd import Crowd, gather_crowd
from tests.processes.running import House, Running, house, until
from tests.provider.running import provider


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one try. `wrong`: exchanges that the provider's description forbids."""

    report: Report
    kills: int
    freezes: int
    seconds: float
    is_settled: bool
    faults: Mapping[str, int]
    wrong: Sequence[str]
    broken: Sequence[str]
    """Processes that said something which nobody foresaw."""


def wreak(scenario: Scenario, engine: Engine, *, database_url: str, folder: Path) -> Outcome:
    """Try it on an empty, migrated database."""
    begun = ticks()
    crowd = gather_crowd(engine, scenario.reminders)
    with provider(scenario.plan) as stand:
        port = closed_port()
        environment = scenario.environment(
            database_url=database_url, provider=stand.address, webhooks=f"http://127.0.0.1:{port}"
        )
        with house(folder, environment) as a_house:
            web = _web(a_house, port) if scenario.calls_back else None
            disorder = Disorder(
                a_house,
                (SCHEDULER, SCHEDULER, scenario.worker, scenario.worker),
                random.Random(scenario.seed),
                progress=lambda: len(stand.ledger.accepted) + len(stand.ledger.met),
            )
            disorder.begin()
            disorder.harm(kills=scenario.kills, freezes=scenario.freezes, over=scenario.reminders)
            is_quiet = until(lambda: _is_over(crowd), patience=scenario.patience)
            disorder.end()
            if web is not None:
                web.stop()
            broken = _broken(a_house)
    return Outcome(
        report=judge(engine, stand.ledger, fate_of=scenario.plan.fate),
        kills=disorder.kills,
        freezes=disorder.freezes,
        seconds=ticks() - begun,
        is_settled=is_quiet,
        faults=Counter(dict(sorted(stand.ledger.faults().items()))),
        wrong=stand.wrong,
        broken=broken,
    )


def _web(a_house: House, port: int) -> Running:
    """Where receipts come; it is there before the first text leaves."""
    web = a_house.start("web", "--port", str(port))
    assert until(lambda: answers(port)), web.output
    return web


def _is_over(crowd: Crowd) -> bool:
    return crowd.unswept == 0 and is_settled(crowd.engine)


def _broken(a_house: House) -> list[str]:
    return [one.log.name for one in a_house.running if "Traceback" in one.output]
