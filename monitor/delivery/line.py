"""Open this to see when the line to the provider stops by itself, how it tries again, and how a person opens it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from monitor.delivery.pause import lasting_pauses
from monitor.store.beat import forget_beats_after
from monitor.store.database_time import database_now
from monitor.store.sending_line import SendingLineRow
from monitor.store.upsert import insert_into
from monitor.work import Work

SMS = "sms"
MAIL = "mail"
_CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class StoppedLine:
    """Since when nothing leaves, why, and when one message will try again (None: not before a person opens it)."""

    since: dt.datetime
    reason: str
    probe_at: dt.datetime | None

    def may_probe(self, at: dt.datetime) -> bool:
        """True if one message may try whether the account is accepted again."""
        return self.probe_at is not None and at >= self.probe_at


def read_line(session: Session) -> StoppedLine | None:
    """Why nothing leaves, or None; on the word of a person nothing tries by itself whether it may."""
    for pause in lasting_pauses(session):
        return StoppedLine(since=pause.paused_at, reason=pause.said, probe_at=None)
    return read_own_line(session)


def read_own_line(session: Session, *, name: str = SMS) -> StoppedLine | None:
    """Why the line of texts, or that of mail, stopped by itself, or None while it is open, whatever a person says."""
    row = session.execute(
        select(SendingLineRow.stopped_at, SendingLineRow.reason, SendingLineRow.probe_at).where(
            SendingLineRow.name == name, SendingLineRow.stopped_at.is_not(None)
        )
    ).one_or_none()
    return None if row is None else StoppedLine(since=row.stopped_at, reason=row.reason or "", probe_at=row.probe_at)


def stop_line(work: Work, *, reason: str, probe_after: dt.timedelta | None, name: str = SMS) -> None:
    """Nothing leaves any more; the first moment is kept when it was stopped already."""
    probe_at = None if probe_after is None else work.at + probe_after
    statement = insert_into(work.session, SendingLineRow).values(
        name=name, stopped_at=work.at, reason=reason, probe_at=probe_at
    )
    since = func.coalesce(SendingLineRow.stopped_at, work.at)
    work.session.execute(
        statement.on_conflict_do_update(
            index_elements=["name"], set_={"stopped_at": since, "reason": reason, "probe_at": probe_at}
        )
    )
    work.note("sending_line.stop", subject=name, why=reason)


def open_line(work: Work, *, name: str = SMS, by_person: bool = False) -> None:
    """Let messages leave again: a person says so, or a probe was accepted.

    Who opens a line that a ceiling stopped lets each site send a day's worth more: else nothing could leave (H37).
    """
    opened: dict[str, dt.datetime | None] = {"stopped_at": None, "reason": None, "probe_at": None}
    if by_person:
        opened["opened_at"] = database_now(work.session)
    statement = insert_into(work.session, SendingLineRow).values(name=name, **opened)
    work.session.execute(statement.on_conflict_do_update(index_elements=["name"], set_=opened))
    work.note("sending_line.open", subject=name)


def last_opened_at(session: Session) -> dt.datetime | None:
    """When a person last opened the line of texts, by the database's clock."""
    return session.scalar(select(SendingLineRow.opened_at).where(SendingLineRow.name == SMS))


def doubt_the_clock(work: Work, *, reason: str) -> None:
    """Nothing is sent, nor given up, before a person says that the clock is right; the first reason is kept."""
    statement = insert_into(work.session, SendingLineRow).values(name=_CLOCK, stopped_at=work.at, reason=reason)
    work.session.execute(statement.on_conflict_do_nothing(index_elements=["name"]))
    work.note("sending_line.doubt_clock", why=reason)


def why_the_clock_is_doubted(session: Session) -> str | None:
    """What was noticed about the clock that no person has looked at yet, or None."""
    return session.scalar(select(SendingLineRow.reason).where(SendingLineRow.name == _CLOCK))


def trust_the_clock(work: Work) -> None:
    """A person has looked at the clock and says that it is right: what a wrong one left behind is forgotten."""
    forget_beats_after(work.session, at=work.at)
    work.session.execute(delete(SendingLineRow).where(SendingLineRow.name == _CLOCK))
    work.note("sending_line.trust_clock")
