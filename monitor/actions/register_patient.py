"""A patient is entered at a site."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from monitor.actions.acceptable import check_day, read_text
from monitor.actions.contact_data import read_language, read_phone, read_timezone
from monitor.actions.open_record import sites_of
from monitor.actions.permitted import permitted
from monitor.schedules.facts import Sex
from monitor.store.patient import PatientRow
from monitor.store.site import SiteRow
from monitor.terms import Missing
from monitor.work import Work

LONGEST_NAME = 120
_OLDEST = dt.date(1900, 1, 1)


@permitted
def register_patient(
    work: Work,
    *,
    site_id: UUID,
    family_name: str,
    given_name: str,
    birth_date: dt.date,
    sex: Sex,
    language: str,
    phone: str | None = None,
    childbearing_potential: bool | None = None,
    timezone: str | None = None,
) -> UUID:
    """Enter a patient. `phone` as people write it in the country of the site, or in the international form.

    `timezone` only where it is not that of the site.
    Raises Missing (no such site, or not yours), Unacceptable.
    """
    sites = sites_of(work.by)
    site = work.session.get(SiteRow, site_id) if sites is None or site_id in sites else None
    if site is None:
        raise Missing("no such site", field="site_id")
    check_day(birth_date, field="birth_date", today=work.today(site.timezone), born_on=_OLDEST)
    row = PatientRow(
        id=uuid4(),
        site_id=site_id,
        family_name=read_text(family_name, field="family_name", longest=LONGEST_NAME),
        given_name=read_text(given_name, field="given_name", longest=LONGEST_NAME),
        birth_date=birth_date,
        phone=read_phone(phone, country=site.country),
        sex=Sex(sex).value,
        language=read_language(language, languages=work.catalog.wording.languages),
        timezone=read_timezone(timezone),
        childbearing_potential=childbearing_potential,
        created_at=work.at,
    )
    work.session.add(row)
    work.session.flush()
    work.note("register_patient", patient_id=row.id, site_id=site_id, subject=f"patient {row.id}")
    return row.id
