"""How each rule fared at a site: how often it alerted, what people did about it, and how long they took to see it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import ColumnElement, Integer, Select, and_, case, cast, extract, func, not_, or_, select

from monitor.notices.alert_life import DISMISSALS
from monitor.notices.quiet_hours import local_instant
from monitor.overviews.pages import fetch
from monitor.store.alert import BY_ITSELF, AlertRow
from monitor.store.site import SiteRow, known_zone
from monitor.terms import Missing, Unacceptable
from monitor.work import Work

_MIDNIGHT = dt.time(0)


class RuleLedger(msgspec.Struct, frozen=True):
    """The alerts of one topic that opened in a period; the five after `fired` add up to it. Times in seconds.

    `dismissed`: a person closed it and did nothing; `acted_on`: a person closed it and did something. The times are
    from the opening until a person acknowledged or closed it, over those of which one did.
    """

    topic: str
    fired: int
    acted_on: int
    dismissed: int
    superseded: int
    settled: int
    open: int
    seen: int
    mean_to_see: int | None
    median_to_see: int | None
    longest_to_see: int | None


class Ledger(msgspec.Struct, frozen=True):
    """One site from a day to the day before another, dates at the site."""

    site_id: UUID
    from_on: dt.date
    until_on: dt.date
    rules: tuple[RuleLedger, ...]


_ROW = AlertRow
_IS_OF_A_PERSON = and_(_ROW.closed_at.is_not(None), _ROW.closed_by != BY_ITSELF, _ROW.closing_action.is_not(None))
_IS_DISMISSED = and_(_IS_OF_A_PERSON, _ROW.closing_action.in_(DISMISSALS))
_IS_SUPERSEDED = _ROW.superseded_by.is_not(None)
_SEEN_AT = func.coalesce(_ROW.acknowledged_at, case((_IS_OF_A_PERSON, _ROW.closed_at)))


def alert_ledger(work: Work, *, site_id: UUID, from_on: dt.date, until_on: dt.date) -> Ledger:
    """By topic, those that fired most first. Raises Missing (no site of one's own), Unacceptable (no period)."""
    if until_on <= from_on:
        raise Unacceptable("must be later than the first day", field="until")
    query = select(SiteRow.timezone).where(SiteRow.id == site_id, SiteRow.id.in_(work.by.site_ids))
    timezone = work.session.scalar(query)
    if timezone is None:
        raise Missing("no such site", field="site_id")
    zone = ZoneInfo(known_zone(timezone))
    first, end = (local_instant(day, _MIDNIGHT, zone=zone) for day in (from_on, until_on))
    rules = tuple(RuleLedger(*row) for row in fetch(work, _query(site_id, first, end)))
    return Ledger(site_id=site_id, from_on=from_on, until_on=until_on, rules=rules)


def _query(site_id: UUID, first: dt.datetime, end: dt.datetime) -> Select[*tuple[Any, ...]]:
    """One statement for both databases: the middle of the times comes from their numbers in order."""
    seconds = extract("epoch", _SEEN_AT) - extract("epoch", _ROW.opened_at)
    is_seen = _SEEN_AT.is_not(None)
    each = (
        select(
            _ROW.topic.label("topic"),
            _one_if(and_(_IS_OF_A_PERSON, not_(_IS_DISMISSED))).label("acted_on"),
            _one_if(_IS_DISMISSED).label("dismissed"),
            _one_if(_IS_SUPERSEDED).label("superseded"),
            _one_if(and_(_ROW.closed_at.is_not(None), not_(or_(_IS_OF_A_PERSON, _IS_SUPERSEDED)))).label("settled"),
            _one_if(_ROW.closed_at.is_(None)).label("open"),
            _one_if(is_seen).label("seen"),
            seconds.label("seconds"),
            func.row_number().over(partition_by=(_ROW.topic, _one_if(is_seen)), order_by=seconds).label("number"),
            func.count().over(partition_by=(_ROW.topic, _one_if(is_seen))).label("of"),
        )
        .where(_ROW.site_id == site_id, _ROW.opened_at >= first, _ROW.opened_at < end)
        .subquery()
    ).c
    is_middle = and_(each.seen == 1, 2 * each.number >= each.of, 2 * each.number <= each.of + 2)
    counts = (each.acted_on, each.dismissed, each.superseded, each.settled, each.open, each.seen)
    return (
        select(
            each.topic,
            func.count(),
            *(func.sum(column) for column in counts),
            _whole(func.avg(each.seconds)),
            _whole(func.avg(case((is_middle, each.seconds)))),
            _whole(func.max(each.seconds)),
        )
        .group_by(each.topic)
        .order_by(func.count().desc(), each.topic)
    )


def _one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _whole(seconds: ColumnElement[Any]) -> ColumnElement[int]:
    return cast(func.round(seconds), Integer)
