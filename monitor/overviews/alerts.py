"""The alerts inbox, worst first, and one alert: why somebody must act, since when, on what authority, and who."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Select, bindparam, or_, select

from monitor.overviews.addressed import Addressed, Colleague
from monitor.overviews.asked_letters import LetterOfAlert, letters_of_streams
from monitor.overviews.pages import Page, beyond, fetch, make_page, read_cursor
from monitor.overviews.site_days import site_days
from monitor.schedules.topics import OVERDUE
from monitor.store.alert import AlertRow
from monitor.store.base import UtcDateTime
from monitor.store.finding import kept_in
from monitor.terms import Missing
from monitor.work import Work

STATES = ("open", "snoozed", "closed")


class Alert(msgspec.Struct, frozen=True):
    """One cause for one function to act; nothing in it names the patient. `version` is what a change must name.

    `numbers`, `action` and `clears` are those of the finding that it stands on; `addressed_to`: who must know now.
    `letters`: what is to be posted about it, or was.
    """

    id: UUID
    treatment_id: UUID | None
    patient_id: UUID
    site_id: UUID
    topic: str
    audience: str
    level: str
    rank: int
    since: dt.date
    because: str
    source: str
    opened_at: dt.datetime
    acknowledged_at: dt.datetime | None
    acknowledged_by: UUID | None
    closed_at: dt.datetime | None
    closed_by: UUID | None
    closing_reason: str | None
    version: int
    closing_action: str | None = None
    evidence: UUID | None = None
    holds: bool = True
    eased_because: str | None = None
    acknowledge_by: dt.datetime | None = None
    step: int = 0
    escalated_at: dt.datetime | None = None
    snoozed_until: dt.datetime | None = None
    snoozed_by: UUID | None = None
    snooze_reason: str | None = None
    superseded_by: UUID | None = None
    follows_id: UUID | None = None
    analyte: str | None = None
    numbers: dict[str, str] | None = None
    action: str | None = None
    clears: str | None = None
    addressed_to: tuple[Colleague, ...] = ()
    letters: tuple[LetterOfAlert, ...] = ()


_ROW = AlertRow
_COLUMNS = (
    _ROW.id, _ROW.treatment_id, _ROW.patient_id, _ROW.site_id, _ROW.topic, _ROW.audience, _ROW.level, _ROW.rank,
    _ROW.since, _ROW.because, _ROW.source, _ROW.opened_at, _ROW.acknowledged_at, _ROW.acknowledged_by, _ROW.closed_at,
    _ROW.closed_by, _ROW.closing_reason, _ROW.version, _ROW.closing_action, _ROW.evidence, _ROW.holds,
    _ROW.eased_because, _ROW.acknowledge_by, _ROW.step, _ROW.escalated_at, _ROW.snoozed_until, _ROW.snoozed_by,
    _ROW.snooze_reason, _ROW.superseded_by, _ROW.follows_id, _ROW.finding,
)  # fmt: skip
_ORDER = (_ROW.rank, _ROW.since, _ROW.id)
_NOW = bindparam("now", type_=UtcDateTime())
_OF_ONE_SITE = select(*_COLUMNS).where(_ROW.site_id == bindparam("site")).order_by(*_ORDER)
_QUERIES = {
    "open": _OF_ONE_SITE.where(_ROW.closed_at.is_(None), or_(_ROW.snoozed_until.is_(None), _ROW.snoozed_until <= _NOW)),
    "snoozed": _OF_ONE_SITE.where(_ROW.closed_at.is_(None), _ROW.snoozed_until > _NOW),
    "closed": _OF_ONE_SITE.where(_ROW.closed_at.is_not(None)),
}


def alerts(
    work: Work,
    *,
    cursor: str | None,
    limit: int,
    state: str = "open",
    site_id: UUID | None = None,
    patient_id: UUID | None = None,
    audience: str | None = None,
    level: str | None = None,
    is_mine: bool = False,
) -> Page[Alert]:
    """The most pressing first, then the oldest; those put off are in `snoozed` until their time is up, then open again.

    `is_mine`: addressed to whoever asks, now. One query a site, merged: each can walk its index from the cursor on.
    """
    place = read_cursor(cursor, kinds=(int, dt.date, UUID))
    query = _QUERIES[state]
    patient_id = work.only_of(patient_id)
    for column, value in ((_ROW.patient_id, patient_id), (_ROW.audience, audience), (_ROW.level, level)):
        if value is not None:
            query = query.where(column == value)
    if place is not None:
        query = query.where(beyond(_ORDER, place))
    sites = site_days(work, only=site_id)
    addressed = Addressed(work, days=sites)
    parts = []
    for site in sites:
        of_site = query.where(addressed.is_for(work.by.id, site_id=site)) if is_mine else query
        parts.append(_read(work, of_site.limit(limit + 1), addressed, site=site, now=work.at))
    found = _with_letters(work, islice(heapq.merge(*parts, key=_place), limit + 1))
    return make_page(found, limit=limit, place=_place)


def alert(work: Work, *, alert_id: UUID) -> Alert:
    """One alert; `Missing` where there is none, or it is of another site."""
    query = select(*_COLUMNS).where(_ROW.id == alert_id, _ROW.site_id.in_(work.by.site_ids))
    found = _read(work, query, Addressed(work, days=site_days(work)))
    if not found:
        raise Missing("no such alert", field="alert_id")
    work.meets(found[0].patient_id)
    return _with_letters(work, found)[0]


def _read(work: Work, query: Select[*tuple[Any, ...]], addressed: Addressed, **values: object) -> list[Alert]:
    return [_made(row, addressed) for row in fetch(work, query, **values)]


def _made(row: Sequence[Any], addressed: Addressed) -> Alert:
    """An alert with the parts of its finding, and while it is open with who must know."""
    *columns, finding = row
    one = Alert(*columns)
    told = kept_in(finding)
    one = msgspec.structs.replace(
        one, analyte=told.analyte, numbers=told.numbers, action=told.action, clears=told.clears
    )
    if one.closed_at is not None:
        return one
    to = addressed.to(site_id=one.site_id, audience=one.audience, step=one.step)
    return msgspec.structs.replace(one, addressed_to=to)


def _with_letters(work: Work, found: Iterable[Alert]) -> list[Alert]:
    """The alerts, those on what is late with the letters that are asked for about it."""
    every = list(found)
    late = {one.id: place for one in every if (place := _late_stream(one)) is not None}
    letters = letters_of_streams(work, treatment_ids=[treatment_id for treatment_id, _ in late.values()])
    if not letters:
        return every
    return [
        msgspec.structs.replace(one, letters=letters.get(late[one.id], ())) if one.id in late else one for one in every
    ]


def _late_stream(alert: Alert) -> tuple[UUID, str] | None:
    """The treatment and the stream of which an open alert says that it is late; None for every other alert."""
    if alert.treatment_id is None or alert.closed_at is not None or not alert.topic.startswith(OVERDUE):
        return None
    return alert.treatment_id, alert.topic.removeprefix(OVERDUE)


def _place(alert: Alert) -> tuple[int, dt.date, UUID]:
    return alert.rank, alert.since, alert.id
