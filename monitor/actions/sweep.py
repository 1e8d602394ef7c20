"""Follows up every treatment whose day has come: the heartbeat without a new fact, a few in each transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from monitor.actions.follow_up import follow_up_together
from monitor.catalog import Catalog
from monitor.settings import Settings
from monitor.store.locks import lock_patients_of
from monitor.store.site import SiteRow, known_zone
from monitor.store.sweep_failure import SweepFailureRow
from monitor.store.treatment import waiting_for_attention
from monitor.work import SYSTEM, Work, working

_NOON = dt.time(12)
FEW = 25  # so few that a nurse who wants one of their patients waits a fraction of a second


@dataclass(frozen=True, slots=True)
class Swept:
    """How many treatments were followed up, failed, or were found done by somebody else meanwhile."""

    done: int = 0
    failed: int = 0
    skipped: int = 0

    @property
    def behind(self) -> int:
        return self.done + self.failed + self.skipped

    def __add__(self, other: Swept) -> Swept:
        return Swept(self.done + other.done, self.failed + other.failed, self.skipped + other.skipped)


@dataclass(frozen=True, slots=True)
class _Turn:
    """One treatment of a site, the moment as of which it is followed up, and the date now there."""

    treatment_id: UUID
    site_id: UUID
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

    A few are read and written together; where one of them fails, they are done one by one. One that fails alone is
    written down by the kind of its failure and counted, and the others go on; it is tried again by the next sweep.
    `progress` is told how many of how many are behind us, at the beginning and after every few. Raises only if the
    database fails.
    """
    turns = _turns(sessions, at=at, on=on)
    tell = progress or _tell_nobody
    swept = Swept()
    tell(0, len(turns))
    for few in _few_at_a_time(turns):
        swept += _take(sessions, few, catalog=catalog, settings=settings)
        tell(swept.behind, len(turns))
    return swept


def _tell_nobody(_behind: int, _of: int) -> None:
    """Nobody watches."""


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
            turns += [_Turn(treatment_id, site_id, moment, as_of, today) for treatment_id in found]
    return turns


def _few_at_a_time(turns: Sequence[_Turn]) -> Iterator[list[_Turn]]:
    """The turns in their order, a few of one site together."""
    for _, of_a_site in groupby(turns, key=lambda turn: turn.site_id):
        rest = iter(of_a_site)
        while few := list(islice(rest, FEW)):
            yield few


def _take(sessions: sessionmaker[Session], few: Sequence[_Turn], *, catalog: Catalog, settings: Settings) -> Swept:
    """Follow up a few turns of one day in one transaction, or each in its own where that fails."""
    first = few[0]
    try:
        with working(sessions, catalog=catalog, by=SYSTEM, at=first.at, settings=settings) as work:
            waiting = _still_waiting(work, few)
            if waiting:
                follow_up_together(work, treatment_ids=waiting)
            return Swept(done=len(waiting), skipped=len(few) - len(waiting))
    except Exception as failure:  # noqa: BLE001 - one bad record must not stop the rest, whatever is wrong with it (H28)
        if len(few) > 1:
            return sum((_take(sessions, [one], catalog=catalog, settings=settings) for one in few), Swept())
        with working(sessions, catalog=catalog, by=SYSTEM, at=first.at, settings=settings) as work:
            _write_down(work, first, kind=type(failure).__name__)
        return Swept(failed=1)


def _still_waiting(work: Work, few: Sequence[_Turn]) -> tuple[UUID, ...]:
    """Those that nobody else followed up since the list was made; holds their patients."""
    ids = [turn.treatment_id for turn in few]
    lock_patients_of(work.session, treatment_ids=ids)
    return waiting_for_attention(work.session, treatment_ids=ids, on=few[0].on, today=few[0].today)


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
