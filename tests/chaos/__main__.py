"""`make chaos`: a thousand reminders, a bad provider, fifty kills, on each database; prints who got what."""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.store.engine import make_engine
from monitor.store.schema import upgrade
from tests.chaos.harness import Outcome, wreak
from tests.chaos.scenario import Scenario
from tests.postgresql import cluster, database, find_binaries

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
COLUMNS = {
    "lost": "lost", "duplicated": "duplicated", "late": "late", "> 2 copies": "more_than_two",
    "needs a human": "needs_human", "loose": "loose", "untrue": "untrue",
}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--reminders", type=int, default=1_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--freezes", type=int, default=10)
    parser.add_argument("--share", type=float, default=0.3, help="of the provider's answers that are faults")
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    parser.add_argument("--database", choices=[SQLITE, POSTGRESQL], action="append")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that no process is left behind
    scenario = Scenario(
        reminders=given.reminders, kills=given.kills, freezes=given.freezes, share=given.share, seed=given.seed
    )
    print(
        f"{scenario.reminders} reminders due, {scenario.share:.0%} of the provider's answers are faults; "
        f"two schedulers, two workers, {scenario.kills} kills, {scenario.freezes} freezes, seed {scenario.seed}"
    )
    print(f"{'':<11}" + "".join(f"{head:>{len(head) + 3}}" for head in COLUMNS))
    went_well = [tried(name, scenario) for name in given.database or [SQLITE, POSTGRESQL]]
    return 0 if all(went_well) else 1


def tried(name: str, scenario: Scenario) -> bool:
    """Whether it went well on that database; prints how it went."""
    with tempfile.TemporaryDirectory() as folder, a_database(name, Path(folder)) as url:
        engine = make_engine(url)
        outcome = wreak(scenario, engine, database_url=url, folder=Path(folder))
        engine.dispose()
        tell(name, outcome)
        return outcome.report.is_good and outcome.is_settled and not outcome.wrong and not outcome.broken


def tell(name: str, outcome: Outcome) -> None:
    report = outcome.report
    print(f"{name:<11}" + "".join(f"{getattr(report, field):>{len(head) + 3}}" for head, field in COLUMNS.items()))
    print(f"  {outcome.kills} kills, {outcome.freezes} freezes, {outcome.seconds:.0f} s; settled: {outcome.is_settled}")
    print(f"  states: {', '.join(f'{count} {state}' for state, count in sorted(report.states.items()))}")
    print(f"  met: {', '.join(f'{count} {what}' for what, count in outcome.faults.items())}")
    for words in (*outcome.wrong[:3], *report.cases, *(f"broken: {log}" for log in outcome.broken)):
        print(f"  {words}")
    sys.stdout.flush()


@contextmanager
def a_database(name: str, folder: Path) -> Iterator[str]:
    """An empty, migrated one."""
    if name == SQLITE:
        url = f"sqlite:///{folder}/chaos.db"
        upgrade(url)
        yield url
        return
    binaries = find_binaries()
    if binaries is None:
        sys.exit("no PostgreSQL binaries found")
    with cluster(binaries) as server, database(server, name="chaos") as address:
        url = address.render_as_string(hide_password=False)
        upgrade(url)
        yield url


if __name__ == "__main__":
    sys.exit(main())
