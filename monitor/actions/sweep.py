"""Follows up every treatment whose day has come: the heartbeat without a new fact, one transaction for each."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import groupby, islice
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from monitor.actions.follow_up import Facts, bring_into_step, follow_up, read_facts
from monitor.catalog import Catalog
from monitor.settings import Settings
from monitor.store.locks import lock_patient_of
from monitor.store.site import SiteRow, known_zone
from monitor.store.sweep_failure import SweepFailureRow
from monitor.store.treatment import find_treatments, waiting_for_attention
from monitor.work import SYSTEM, Work, working

_log = logging.getLogger(__name__)
_NOON = dt.time(12)
FEW = 50  # are read ahead together: enough to share what a query costs, and soon behind us when the process is to stop


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


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the sweep works."""

    sessions: sessionmaker[Session]
    catalog: Catalog
    settings: Settings

    def working(self, at: dt.datetime, *, only_reads: bool = False) -> AbstractContextManager[Work]:
        return working(
            self.sessions, catalog=self.catalog, by=SYSTEM, at=at, settings=self.settings, only_reads=only_reads
        )


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

    Each is followed up in a transaction of its own; a few are read ahead together, and one that was changed since is
    read again. One that fails is written down by the kind of its failure and counted, and the others go on; it is tried
    again by the next sweep. `progress` is told how many of how many are behind us, at the beginning and after every
    few. Raises only if the database fails.
    """
    turns = _turns(sessions, at=at, on=on)
    tell = progress or _tell_nobody
    swept = Swept()
    tell(0, len(turns))
    place = _Place(sessions, catalog, settings)
    for few in _few_at_a_time(turns):
        ahead = _read_ahead(place, few)
        for turn in few:
            swept += _take(place, turn, ahead.get(turn.treatment_id))
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


def _read_ahead(place: _Place, few: Sequence[_Turn]) -> dict[UUID, Facts]:
    """The facts of a few treatments, in a few queries; of none where one of them cannot be read."""
    try:
        with place.working(few[0].at, only_reads=True) as work:
            return read_facts(work, treatment_ids=[turn.treatment_id for turn in few])
    except Exception as failure:  # noqa: BLE001 - each then reads for itself, and the one that cannot be read fails alone
        _log.warning("a few treatments could not be read together: %s", type(failure).__name__)
        return {}


def _take(place: _Place, turn: _Turn, ahead: Facts | None) -> Swept:
    """Follow up one treatment, unless somebody else did so meanwhile."""
    try:
        with place.working(turn.at) as work:
            lock_patient_of(work.session, treatment_id=turn.treatment_id)
            found = find_treatments(work.session, site_ids=None, treatment_ids=(turn.treatment_id,))
            if not found or not found[0].calls_for_attention(on=turn.on, today=turn.today):
                return Swept(skipped=1)
            if ahead is not None and ahead.treatment.versions == found[0].versions:
                bring_into_step(work, Facts(found[0], ahead.history, ahead.circumstances))
            else:
                follow_up(work, treatment_id=turn.treatment_id)
        return Swept(done=1)
    except Exception as failure:  # noqa: BLE001 - one bad record must not stop the rest, whatever is wrong with it (H28)
        with place.working(turn.at) as work:
            _write_down(work, turn, kind=type(failure).__name__)
        return Swept(failed=1)


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
