"""Drops every projection and writes it again from the facts: what is stored must be what the facts say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from monitor.actions.follow_up import bring_into_step, read_facts
from monitor.catalog import Catalog
from monitor.settings import Settings
from monitor.store.agenda import drop_agenda
from monitor.store.asked_letter import drop_asked_letters
from monitor.store.locks import lock_patients_of
from monitor.store.treatment import TreatmentRow, drop_projections
from monitor.work import SYSTEM, Work, working

CHUNK = 100


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many treatments were written again, and which could not be; those keep what they had."""

    done: int
    failed: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class _Tools:
    sessions: sessionmaker[Session]
    catalog: Catalog
    settings: Settings
    at: dt.datetime


def rebuild(
    sessions: sessionmaker[Session],
    *,
    catalog: Catalog,
    settings: Settings,
    at: dt.datetime,
    progress: Callable[[int, int], None] | None = None,
) -> Rebuilt:
    """Write the projections of every treatment again, as of `at`; alerts keep who saw them and when.

    A few treatments at a time, so that memory is bounded and nobody waits long; where one of them fails the others of
    its chunk are done one by one. `progress` is told how many of how many are behind us.
    """
    tools = _Tools(sessions, catalog, settings, at)
    with sessions() as session:
        every = tuple(session.scalars(select(TreatmentRow.id).order_by(TreatmentRow.id)))
    failed: list[UUID] = []
    behind = 0
    for start in range(0, len(every), CHUNK):
        chunk = every[start : start + CHUNK]
        failed += _rebuild_chunk(tools, chunk)
        behind += len(chunk)
        if progress is not None:
            progress(behind, len(every))
    return Rebuilt(done=len(every) - len(failed), failed=tuple(failed))


def _rebuild_chunk(tools: _Tools, chunk: Sequence[UUID]) -> list[UUID]:
    """Those of the chunk that could not be done."""
    try:
        with working(tools.sessions, catalog=tools.catalog, by=SYSTEM, at=tools.at, settings=tools.settings) as work:
            _rewrite(work, chunk)
    except Exception:  # noqa: BLE001 - one bad record must not stop the rest (H28); the caller is told which it was
        if len(chunk) == 1:
            return list(chunk)
        return [failed for one in chunk for failed in _rebuild_chunk(tools, (one,))]
    return []


def _rewrite(work: Work, chunk: Sequence[UUID]) -> None:
    lock_patients_of(work.session, treatment_ids=chunk)
    drop_agenda(work.session, treatment_ids=chunk)
    drop_asked_letters(work.session, treatment_ids=chunk)
    drop_projections(work.session, treatment_ids=chunk)
    work.note("rebuild", content={"treatments": len(chunk)})
    for facts in read_facts(work, treatment_ids=chunk).values():
        bring_into_step(work, facts)
