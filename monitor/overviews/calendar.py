"""The calendar of one treatment, computed when it is asked for: done, due, late and to come, with reasons."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec

from monitor.overviews.in_reach import treatment_in_reach
from monitor.protocols.judged import judged
from monitor.schedules.calendar import Forecast, Item
from monitor.schedules.horizon import planned_until
from monitor.schedules.service_items import awaited_results
from monitor.store.circumstances import Circumstances, read_circumstances
from monitor.store.histories import read_history
from monitor.terms import Unacceptable
from monitor.work import Work

LONGEST_HORIZON = dt.timedelta(days=5 * 366)  # a dose every four weeks, each with its panel: enough for any screen


class CalendarItem(Item, frozen=True):
    """An item of the calendar, with the visit agreed for it and the day of a sample whose result is awaited."""

    time: dt.time | None
    place: str | None
    waiting_since: dt.date | None


class Calendar(msgspec.Struct, frozen=True):
    """The forecast of one treatment on one day, with what it was computed from and what surrounds it."""

    treatment_id: UUID
    protocol: str
    profile: str
    on: dt.date
    until: dt.date
    forecast: Forecast
    items: tuple[CalendarItem, ...]
    upcoming: tuple[CalendarItem, ...]


def calendar(work: Work, *, treatment_id: UUID, until: dt.date | None = None) -> Calendar:
    """As of today at the site, with doses planned as far as `until` (a year from today where it is not given)."""
    treatment = treatment_in_reach(work, treatment_id=treatment_id)
    on = work.today(treatment.timezone)
    horizon = until if until is not None else planned_until(on)
    if horizon > on + LONGEST_HORIZON:
        raise Unacceptable("must lie within five years from today", field="until")
    around = read_circumstances(work.session, treatment_ids=(treatment_id,))[treatment_id]
    computed = judged(
        work.catalog.basis(treatment.protocol, treatment.profile, country=treatment.country),
        read_history(work.session, treatment_id=treatment_id, dictionary=work.catalog.dictionary),
        on=on,
        until=horizon,
        signs=around.signs,
    ).calendar
    awaited = awaited_results(computed, around.samples)
    return Calendar(
        treatment_id=treatment_id,
        protocol=treatment.protocol,
        profile=treatment.profile,
        on=on,
        until=horizon,
        forecast=computed,
        items=tuple(_shown(item, around, awaited) for item in computed.items),
        upcoming=tuple(_shown(item, around, awaited) for item in computed.upcoming),
    )


def _shown(item: Item, around: Circumstances, awaited: dict[str, dt.date]) -> CalendarItem:
    visit = around.visit_for(item)
    return CalendarItem(
        **msgspec.structs.asdict(item),
        time=None if visit is None else visit.time,
        place=None if visit is None else visit.place,
        waiting_since=awaited.get(item.key),
    )
