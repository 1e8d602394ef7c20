"""The last sign of life of each kind of process, so that silence can be seen."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.store.base import Base, at_most


class BeatRow(Base):
    """`name` is that of a process: `scheduler`, `worker`."""

    __tablename__ = "beat"
    __table_args__ = (at_most("name", 64),)

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]


def write_beat(session: Session, *, name: str, at: dt.datetime) -> None:
    """The process of this name was alive at this moment."""
    session.merge(BeatRow(name=name, at=at))


def forget_beats_after(session: Session, *, at: dt.datetime) -> None:
    """A clock that was ahead left signs of life that never happened."""
    session.execute(delete(BeatRow).where(BeatRow.at > at))


def read_beats(session: Session) -> dict[str, dt.datetime]:
    """The last moment of each process that ever ran, by its name."""
    return dict(session.execute(select(BeatRow.name, BeatRow.at)).all())
