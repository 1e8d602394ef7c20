"""What one pass of the delivery works with: a transaction for each step, and several hands for slow calls."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session, sessionmaker

from monitor.delivery.faults import is_of_one_record
from monitor.settings import Settings
from monitor.work import SYSTEM, Work, working

if TYPE_CHECKING:
    from monitor.catalog import Catalog

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Worker:
    """Database, reviewed data, settings and clock of a pass; each piece of its work is a transaction of its own."""

    sessions: sessionmaker[Session]
    catalog: Catalog
    settings: Settings
    at_of: Callable[[], dt.datetime]

    def work(self, *, only_reads: bool = False) -> AbstractContextManager[Work]:
        return working(
            self.sessions,
            catalog=self.catalog,
            by=SYSTEM,
            at=self.at_of(),
            settings=self.settings,
            only_reads=only_reads,
        )


def side_by_side(hands: int, task: Callable[[], Counter[str]]) -> Counter[str]:
    """The same task by several hands at once, all counted together; the first failure is raised when all have ended."""
    if hands <= 1:
        return task()
    counts: list[Counter[str]] = []
    failures: list[BaseException] = []

    def run() -> None:
        try:
            counts.append(task())
        except BaseException as failure:  # noqa: BLE001 - it is raised below, where somebody waits for it
            failures.append(failure)

    # No end of the process waits for these: a claim that it leaves behind runs out by itself.
    threads = [Thread(target=run, name=f"hand {number}", daemon=True) for number in range(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return sum(counts, Counter())


def each(worker: Worker, find: Callable[[Work], Sequence[uuid.UUID]], settle: Callable[[Work, uuid.UUID], bool]) -> int:
    """Settle what is found, each message in its own transaction."""
    with worker.work(only_reads=True) as work:
        found = find(work)
    settled = 0
    for message_id in found:
        try:
            with worker.work() as work:
                settled += settle(work, message_id)
        except Exception as fault:
            if not is_of_one_record(fault):
                raise
            _log.error("message %s cannot be settled: %s", message_id, type(fault).__name__)
    return settled
