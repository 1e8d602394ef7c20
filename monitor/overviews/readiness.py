"""May this installation be relied upon right now? Each check by name, so that silence is visible (G5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from monitor.delivery.clocks import clocks_disagree
from monitor.settings import Settings
from monitor.store.beat import read_beats
from monitor.store.database_time import database_now
from monitor.store.engine import reading
from monitor.store.schema import NotMigrated, check_is_current
from monitor.store.sending_line import SendingLineRow
from monitor.store.sweep_failure import SweepFailureRow

_A_DAY = dt.timedelta(days=1)
PROCESSES = ("scheduler", "worker")


class Check(msgspec.Struct, frozen=True):
    """One thing that must be true; `detail` says what was found, without anything about anybody."""

    name: str
    is_ok: bool
    detail: str


def readiness(session: Session, *, at: dt.datetime, settings: Settings) -> tuple[Check, ...]:
    """The checks that need the database; where it cannot be reached, that is the one answer."""
    try:
        check_is_current(reading(session.get_bind().engine))
        with session.begin():
            session.connection(execution_options={"only_reads": True})
            return tuple(check(session, at, settings) for check in _CHECKS)
    except NotMigrated as error:
        return (Check("database", is_ok=False, detail=str(error)),)
    except SQLAlchemyError as error:
        return (Check("database", is_ok=False, detail=f"cannot be used: {type(error).__name__}"),)


def _database(_session: Session, _at: dt.datetime, _settings: Settings) -> Check:
    return Check("database", is_ok=True, detail="reached, with the tables of this release")


def _clock(session: Session, at: dt.datetime, settings: Settings) -> Check:
    """Process, database and the last sign of life must agree on the time, or leases and claims mean nothing (H24)."""
    why = clocks_disagree(session, at=at, settings=settings)
    if why is not None:
        return Check("clock", is_ok=False, detail=f"{why}: nothing is sent")
    skew = abs(database_now(session) - at)
    return Check("clock", is_ok=True, detail=f"{skew.total_seconds():.0f} s from the database")


def _beat(name: str) -> Callable[[Session, dt.datetime, Settings], Check]:
    def check(session: Session, at: dt.datetime, settings: Settings) -> Check:
        last = read_beats(session).get(name)
        if last is None:
            return Check(name, is_ok=False, detail="no sign of life yet")
        if last - at > settings.clock_skew:
            ahead = f"last sign of life {(last - at).total_seconds():.0f} s in the future"
            return Check(name, is_ok=False, detail=ahead)
        silent = max(at - last, dt.timedelta(0))
        is_alive = silent <= settings.beat_every * settings.beats_missed_at_most
        return Check(name, is_ok=is_alive, detail=f"last sign of life {silent.total_seconds():.0f} s ago")

    return check


def _provider_line(session: Session, _at: dt.datetime, settings: Settings) -> Check:
    """Where no carrier is configured it stands open, and says that nothing leaves."""
    stopped = session.execute(
        select(SendingLineRow.reason).where(SendingLineRow.stopped_at.is_not(None))
    ).scalars().first()  # fmt: skip
    if stopped is not None:
        return Check("provider_line", is_ok=False, detail=f"stopped: {stopped}")
    detail = "open" if settings.transport is not None else "no transport is configured: nothing is sent"
    return Check("provider_line", is_ok=True, detail=detail)


def _sweep(session: Session, at: dt.datetime, _settings: Settings) -> Check:
    """Shown, never failing: one bad record must not take the whole service away from everybody else (H28)."""
    count = session.scalar(select(func.count()).where(SweepFailureRow.at > at - _A_DAY)) or 0
    return Check("sweep", is_ok=True, detail=f"{count} treatments could not be followed up in the last day")


_CHECKS = (_database, _clock, *(_beat(name) for name in PROCESSES), _provider_line, _sweep)
