"""Waiting for what another thread does, and looking at what it left in the database."""

from __future__ import annotations

import threading
from collections.abc import Callable

from sqlalchemy import select

from monitor.jobs.station import Station
from monitor.store.beat import read_beats
from monitor.store.message import MessageRow

_PATIENCE = 30.0


def until(true: Callable[[], bool], *, patience: float = _PATIENCE) -> bool:
    """Whether it became true while anybody would still wait."""
    pause = threading.Event()
    for _ in range(int(patience / 0.05)):
        if true():
            return True
        pause.wait(0.05)
    return true()


def states(station: Station) -> list[str]:
    """How far each text came."""
    with station.sessions() as session:
        return list(session.scalars(select(MessageRow.state)))


def beats(station: Station) -> set[str]:
    """Of what somebody has left a sign of life, and no farewell."""
    with station.sessions() as session:
        return {one.kind for one in read_beats(session) if not one.is_over}
