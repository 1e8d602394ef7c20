"""What one pass of the delivery works with: a transaction of its own for each step."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
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


def each(
    worker: Worker,
    what: str,
    find: Callable[[Work], Sequence[uuid.UUID]],
    settle: Callable[[Work, uuid.UUID], bool],
) -> int:
    """Settle what is found, each in its own transaction; `what`: as whoever reads the log looks it up."""
    with worker.work(only_reads=True) as work:
        found = find(work)
    settled = 0
    for found_id in found:
        try:
            with worker.work() as work:
                settled += settle(work, found_id)
        except Exception as fault:
            if not is_of_one_record(fault):
                raise
            _log.error("%s %s cannot be settled: %s", what, found_id, type(fault).__name__)
    return settled
