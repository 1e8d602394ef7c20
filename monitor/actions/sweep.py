"""Follows up every treatment whose day has come: the heartbeat without a new fact, one transaction for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from monitor.actions.follow_up import follow_up
from monitor.catalog import Catalog
from monitor.settings import Settings
from monitor.store.locks import lock_patient_of
from monitor.store.site import SiteRow, known_zone
from monitor.store.sweep_failure import SweepFailureRow
from monitor.store.treatment import waiting_for_attention
from monitor.work import SYSTEM, Work, working

_NOON = dt.time(12)


@dataclass(frozen=True, slots=True)
class Swept:
    """How many treatments were followed up, failed, or were found done by somebody else meanwhile."""

    done: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Swept) -> Swept:
        return Swept(self.done + other.done, self.failed + other.failed, self.skipped + other.skipped)


@dataclass(frozen=True, slots=True)
class _Turn:
    """One treatment, the moment as of which it is followed up, and the date now at its site."""

    treatment_id: UUID
    at: dt.datetime
    on: dt.date
    today: dt.date


def sweep(
    sessions: sessionmaker[Session],
    *,
    catalog: Catalog,
    settings: Settings,
    at: dt.datetime,
    on: dt.date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Swept:
    """Follow up what needs attention as of `at`, or as of noon of `on` at each site; twice finds nothing to do.

    A treatment that fails is written down by the kind of its failure and counted, and the others go on; it is tried
    again by the next sweep. `progress` is told how many of how many are behind us. Raises only if the database fails.
    """
    turns = _turns(sessions, at=at, on=on)
    swept = Swept()
    for place, turn in enumerate(turns, start=1):
        swept += _take(sessions, turn, catalog=catalog, settings=settings)
        if progress is not None:
            progress(place, len(turns))
    return swept


def _turns(sessions: sessionmaker[Session], *, at: dt.datetime, on: dt.date | None) -> list[_Turn]:
    """Whose day has come, each by the date of its own site.

    By that of Greenwich where the zone of the site is none: following up then fails, and is seen to fail.
    """
    turns: list[_Turn] = []
    with sessions() as session:
        for site_id, timezone in session.execute(select(SiteRow.id, SiteRow.timezone).order_by(SiteRow.id)):
            zone = ZoneInfo(known_zone(timezone))
            today = at.astimezone(zone).date()
            as_of = on or today
            moment = at if on is None else dt.datetime.combine(on, _NOON, tzinfo=zone)
            found = waiting_for_attention(session, site_id=site_id, on=as_of, today=today)
            turns += [_Turn(treatment_id, moment, as_of, today) for treatment_id in found]
    return turns


def _take(sessions: sessionmaker[Session], turn: _Turn, *, catalog: Catalog, settings: Settings) -> Swept:
    try:
        with working(sessions, catalog=catalog, by=SYSTEM, at=turn.at, settings=settings) as work:
            if not _still_waits(work, turn):
                return Swept(skipped=1)
            follow_up(work, treatment_id=turn.treatment_id)
            return Swept(done=1)
    except Exception as failure:  # noqa: BLE001 - one bad record must not stop the rest, whatever is wrong with it (H28)
        with working(sessions, catalog=catalog, by=SYSTEM, at=turn.at, settings=settings) as work:
            _write_down(work, turn, kind=type(failure).__name__)
        return Swept(failed=1)


def _still_waits(work: Work, turn: _Turn) -> bool:
    """Whether nobody else followed the treatment up since the list was made; holds its patient."""
    lock_patient_of(work.session, treatment_id=turn.treatment_id)
    return bool(waiting_for_attention(work.session, treatment_id=turn.treatment_id, on=turn.on, today=turn.today))


def _write_down(work: Work, turn: _Turn, *, kind: str) -> None:
    """One row for each treatment and day, however often it is tried; never the text of the failure."""
    same = select(SweepFailureRow).where(
        SweepFailureRow.treatment_id == turn.treatment_id, SweepFailureRow.on == turn.on
    )
    row = work.session.scalars(same).one_or_none()
    if row is None:
        row = SweepFailureRow(id=uuid4(), treatment_id=turn.treatment_id, on=turn.on)
        work.session.add(row)
    row.at = work.at
    row.error = kind[:120]
    work.note("sweep_failed", subject=f"treatment {turn.treatment_id}", content={"error": kind})
