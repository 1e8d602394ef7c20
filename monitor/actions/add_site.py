"""A hospital department joins: its country gives the holidays, its zone gives every "today"."""

from __future__ import annotations

import re
from uuid import UUID, uuid4
from zoneinfo import available_timezones

from sqlalchemy import select

from monitor.actions.acceptable import read_text
from monitor.actions.contact_data import read_named_telephone
from monitor.store.site import SiteRow
from monitor.terms import Conflict, NotAllowed, Role, Unacceptable
from monitor.work import Work

LONGEST_NAME = 120
_ADDS_SITES = frozenset({Role.ADMIN, Role.SYSTEM})


def add_site(work: Work, *, name: str, country: str, timezone: str, telephone: str | None = None) -> UUID:
    """A new site; `country` as two capital letters. Raises NotAllowed, Conflict (the name), Unacceptable."""
    if work.by.role not in _ADDS_SITES:
        raise NotAllowed("your role may not do this")
    kept = read_text(name, field="name", longest=LONGEST_NAME)
    if not re.fullmatch("[A-Z]{2}", country):
        raise Unacceptable("not a country of two capital letters", field="country")
    work.catalog.working_days(country)
    if timezone not in available_timezones():
        raise Unacceptable("not a known time zone", field="timezone")
    if work.session.scalar(select(SiteRow.id).where(SiteRow.name == kept)) is not None:
        raise Conflict("there is a site of this name", field="name")
    phone = None if telephone is None else read_named_telephone(telephone, country=country)
    site_id = uuid4()
    work.session.add(
        SiteRow(id=site_id, name=kept, country=country, timezone=timezone, telephone=phone, created_at=work.at)
    )
    work.note("add_site", site_id=site_id, subject=f"site {site_id}")
    return site_id
