"""May this installation be relied upon right now? Each check by name, so that silence is visible (G5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from monitor.delivery.clocks import clocks_disagree
from monitor.delivery.line import read_line
from monitor.overviews.liveness import PROCESSES, leadership, signs_of_life, told_outside
from monitor.overviews.mail import mail_gets_on
from monitor.settings import Settings
from monitor.store.database_time import database_now
from monitor.store.engine import reading
from monitor.store.schema import NotMigrated, check_is_current
from monitor.store.sweep_failure import SweepFailureRow

_A_DAY = dt.timedelta(days=1)


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


def _alive(kind: str) -> Callable[[Session, dt.datetime, Settings], Check]:
    def check(session: Session, at: dt.datetime, settings: Settings) -> Check:
        is_ok, detail = signs_of_life(session, kind, at=at, settings=settings)
        return Check(kind, is_ok=is_ok, detail=detail)

    return check


def _leader(session: Session, at: dt.datetime, settings: Settings) -> Check:
    is_ok, detail = leadership(session, at=at, settings=settings)
    return Check("leader", is_ok=is_ok, detail=detail)


def _provider_line(session: Session, _at: dt.datetime, settings: Settings) -> Check:
    """Where no carrier is configured it stands open, and says that nothing leaves."""
    stopped = read_line(session)
    if stopped is not None:
        return Check("provider_line", is_ok=False, detail=f"stopped: {stopped.reason}")
    detail = "open" if settings.transport is not None else "no transport is configured: nothing is sent"
    return Check("provider_line", is_ok=True, detail=detail)


def _mail(session: Session, _at: dt.datetime, settings: Settings) -> Check:
    is_ok, detail = mail_gets_on(session, settings=settings)
    return Check("mail", is_ok=is_ok, detail=detail)


def _outside(session: Session, at: dt.datetime, settings: Settings) -> Check:
    """Shown, never failing: it is told only while we are ready, and calls by itself where it is not told."""
    detail = told_outside(session, at=at) if settings.heartbeat_url else "none is configured: nobody outside is told"
    return Check("outside_monitor", is_ok=True, detail=detail)


def _sweep(session: Session, at: dt.datetime, _settings: Settings) -> Check:
    """Shown, never failing: one bad record must not take the whole service away from everybody else (H28)."""
    count = session.scalar(select(func.count()).where(SweepFailureRow.at > at - _A_DAY)) or 0
    return Check("sweep", is_ok=True, detail=f"{count} treatments could not be followed up in the last day")


_CHECKS = (_database, _clock, *(_alive(kind) for kind in PROCESSES), _leader, _provider_line, _mail, _sweep, _outside)
