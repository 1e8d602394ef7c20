"""The calendar of one treatment, computed when it is asked for: done, due, late and to come, with reasons."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec

from monitor.schedules.calendar import Forecast
from monitor.schedules.forecast import forecast
from monitor.schedules.horizon import planned_until
from monitor.store.histories import read_history
from monitor.store.treatment import find_treatments
from monitor.terms import Missing, Unacceptable
from monitor.work import Work

_LONGEST_HORIZON = dt.timedelta(days=5 * 366)  # a dose every four weeks, each with its panel: enough for any screen


class Calendar(msgspec.Struct, frozen=True):
    """The forecast of one treatment on one day, with what it was computed from."""

    treatment_id: UUID
    protocol: str
    profile: str
    on: dt.date
    until: dt.date
    forecast: Forecast


def calendar(work: Work, *, treatment_id: UUID, until: dt.date | None = None) -> Calendar:
    """As of today at the site, with doses planned as far as `until` (a year from today where it is not given)."""
    found = find_treatments(work.session, site_ids=work.by.site_ids, treatment_ids=(treatment_id,))
    if not found:
        raise Missing("no such treatment")
    treatment = found[0]
    on = work.today(treatment.timezone)
    horizon = until if until is not None else planned_until(on)
    if horizon > on + _LONGEST_HORIZON:
        raise Unacceptable("must lie within five years from today", field="until")
    computed = forecast(
        work.catalog.protocol(treatment.protocol).plan_for(treatment.profile),
        read_history(work.session, treatment_id=treatment_id, dictionary=work.catalog.dictionary),
        on=on,
        until=horizon,
        working_days=work.catalog.working_days(treatment.country),
    )
    return Calendar(
        treatment_id=treatment_id,
        protocol=treatment.protocol,
        profile=treatment.profile,
        on=on,
        until=horizon,
        forecast=computed,
    )
