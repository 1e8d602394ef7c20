"""The last sign of life of each process and of what it does, so that silence can be seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.store.base import Base, at_most
from monitor.store.upsert import insert_into


class BeatRow(Base):
    """`kind` is what is done (`scheduler`, `standby`, `worker`), `instance` the name of one process for its life.

    `is_over`: it said farewell or does something else now, and nobody waits for it. The row stays for a while, since
    the next start must be able to see that the clock went back.
    """

    __tablename__ = "beat"
    __table_args__ = (at_most("kind", 64), at_most("instance", 64))

    kind: Mapped[str] = mapped_column(primary_key=True)
    instance: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]
    is_over: Mapped[bool] = mapped_column(default=False)


@dataclass(frozen=True, slots=True)
class Beat:
    """One sign of life."""

    kind: str
    instance: str
    at: dt.datetime
    is_over: bool


def write_beat(session: Session, *, kind: str, instance: str, at: dt.datetime) -> None:
    """This process did this kind of work at this moment; the threads of a process may say so at once."""
    told = {"at": at, "is_over": False}
    writing = insert_into(session, BeatRow).values(kind=kind, instance=instance, **told)
    session.execute(writing.on_conflict_do_update(index_elements=[BeatRow.kind, BeatRow.instance], set_=told))


def end_beats(session: Session, *, instance: str, kinds: Collection[str]) -> None:
    """This process no longer does these kinds of work, and not because something went wrong."""
    session.execute(
        update(BeatRow)
        .where(BeatRow.instance == instance, BeatRow.kind.in_(kinds), BeatRow.is_over.is_(False))
        .values(is_over=True)
    )


def forget_beats_before(session: Session, *, at: dt.datetime, kinds: Collection[str]) -> None:
    """Processes of these kinds that are long gone."""
    session.execute(delete(BeatRow).where(BeatRow.at < at, BeatRow.kind.in_(kinds)))


def forget_beats_after(session: Session, *, at: dt.datetime) -> None:
    """A clock that was ahead left signs of life that never happened."""
    session.execute(delete(BeatRow).where(BeatRow.at > at))


def read_beats(session: Session) -> list[Beat]:
    """The last sign of life of each process for each kind of work, the newest first."""
    columns = (BeatRow.kind, BeatRow.instance, BeatRow.at, BeatRow.is_over)
    found = session.execute(select(*columns).order_by(BeatRow.at.desc(), BeatRow.instance))
    return [Beat(*row) for row in found]
