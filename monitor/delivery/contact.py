"""How one patient can be reached now: read when a reminder is queued, and read again when its message is claimed."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from monitor.notices.quiet_hours import ANY_TIME, SendingDays, SendWindow
from monitor.settings import Settings
from monitor.store.patient import PatientRow, SmsConsentRow
from monitor.store.site import SiteRow
from monitor.work import Work


@dataclass(frozen=True, slots=True)
class Contact:
    """The patient's number, language and zone, with the number to call back and the country of the site."""

    phone: str | None = field(repr=False)
    language: str
    zone: ZoneInfo
    country: str
    telephone: str | None
    died_on: dt.date | None
    has_consent: bool


_CONSENT = (
    select(SmsConsentRow.is_given)
    .where(SmsConsentRow.patient_id == PatientRow.id)
    .order_by(SmsConsentRow.number.desc())
    .limit(1)
    .scalar_subquery()
)
_PATIENT = select(PatientRow.phone, PatientRow.language, PatientRow.timezone, PatientRow.died_on, _CONSENT).where(
    PatientRow.id == bindparam("patient")
)
_SITE = select(SiteRow.country, SiteRow.timezone, SiteRow.telephone).where(SiteRow.id == bindparam("site"))


def read_contact(session: Session, *, patient_id: uuid.UUID, site_id: uuid.UUID, settings: Settings) -> Contact:
    """How the patient can be reached now; the newest consent counts, and no row is no consent."""
    phone, language, timezone, died_on, has_consent = session.execute(_PATIENT, {"patient": patient_id}).one()
    country, site_timezone, telephone = session.execute(_SITE, {"site": site_id}).one()
    return Contact(
        phone=phone,
        language=language,
        zone=ZoneInfo(timezone or site_timezone),
        country=country,
        telephone=telephone or settings.public_telephone,
        died_on=died_on,
        has_consent=bool(has_consent),
    )


def sending_days(work: Work, country: str) -> SendingDays:
    """The send window of this installation on the days of that country."""
    return SendingDays(
        is_holiday=work.catalog.working_days(country).is_public_holiday, window=send_window(work.settings)
    )


def send_window(settings: Settings) -> SendWindow:
    """Nine to seven, Monday to Saturday, no public holiday; at all hours only where a demonstration asks for it."""
    if settings.send_at_all_hours:
        return ANY_TIME
    return SendWindow(opens=settings.send_window_opens, closes=settings.send_window_closes)
