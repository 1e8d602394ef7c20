"""How the people around one patient can be reached now: read when a reminder is queued, and again at its claim."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from monitor.delivery.reach import NOBODY, Contact, Reach
from monitor.notices.quiet_hours import ANY_TIME, SendingDays, SendWindow
from monitor.settings import Settings
from monitor.store.caregiver import CaregiverConsentRow, CaregiverRow
from monitor.store.number_check import NumberCheckRow
from monitor.store.patient import PatientRow, SmsConsentRow
from monitor.store.recipient import Chosen, Recipient, RecipientChoiceRow
from monitor.store.site import SiteRow
from monitor.work import Work

_CHECK, _CAREGIVER_CHECK = aliased(NumberCheckRow), aliased(NumberCheckRow)
_CONSENT = (
    select(SmsConsentRow.is_given)
    .where(SmsConsentRow.patient_id == PatientRow.id)
    .order_by(SmsConsentRow.number.desc())
    .limit(1)
    .scalar_subquery()
)
_CHOICE = (
    select(RecipientChoiceRow.recipients)
    .where(RecipientChoiceRow.patient_id == PatientRow.id)
    .order_by(RecipientChoiceRow.number.desc())
    .limit(1)
    .scalar_subquery()
)
_NEWEST = (
    select(func.max(NumberCheckRow.number))
    .where(
        NumberCheckRow.patient_id == PatientRow.id,
        NumberCheckRow.caregiver_id.is_(None),
        NumberCheckRow.phone == PatientRow.phone,
    )
    .scalar_subquery()
)
_PATIENT = (
    select(
        PatientRow.language,
        PatientRow.timezone,
        PatientRow.died_on,
        _CHOICE,
        PatientRow.phone,
        _CONSENT,
        _CHECK.phone,
        _CHECK.is_right,
        _CHECK.at,
    )
    .outerjoin(_CHECK, and_(_CHECK.patient_id == PatientRow.id, _CHECK.number == _NEWEST))
    .where(PatientRow.id == bindparam("patient"))
)
_CAREGIVER_CONSENT = (
    select(CaregiverConsentRow.is_given)
    .where(CaregiverConsentRow.caregiver_id == CaregiverRow.id)
    .order_by(CaregiverConsentRow.number.desc())
    .limit(1)
    .scalar_subquery()
)
_NEWEST_OF_CAREGIVER = (
    select(func.max(NumberCheckRow.number))
    .where(NumberCheckRow.caregiver_id == CaregiverRow.id, NumberCheckRow.phone == CaregiverRow.phone)
    .scalar_subquery()
)
_CAREGIVER = (
    select(
        CaregiverRow.language,
        CaregiverRow.phone,
        _CAREGIVER_CONSENT,
        _CAREGIVER_CHECK.phone,
        _CAREGIVER_CHECK.is_right,
        _CAREGIVER_CHECK.at,
    )
    .outerjoin(
        _CAREGIVER_CHECK,
        and_(_CAREGIVER_CHECK.caregiver_id == CaregiverRow.id, _CAREGIVER_CHECK.number == _NEWEST_OF_CAREGIVER),
    )
    .where(CaregiverRow.patient_id == bindparam("patient"), CaregiverRow.ended_at.is_(None))
)
_SITE = select(SiteRow.country, SiteRow.timezone, SiteRow.telephone).where(SiteRow.id == bindparam("site"))


def read_contact(session: Session, *, patient_id: uuid.UUID, site_id: uuid.UUID, settings: Settings) -> Contact:
    """How the patient can be reached now; the newest consent counts, and no row is no consent.

    The caregiver is read only where texts go to one.
    """
    language, timezone, died_on, choice, *reach = session.execute(_PATIENT, {"patient": patient_id}).one()
    chosen = Chosen(choice or Chosen.SELF)
    caregiver = NOBODY if chosen is Chosen.SELF else read_caregiver(session, patient_id=patient_id)
    country, site_timezone, telephone = session.execute(_SITE, {"site": site_id}).one()
    return Contact(
        zone=ZoneInfo(timezone or site_timezone),
        country=country,
        telephone=telephone or settings.public_telephone,
        died_on=died_on,
        chosen=chosen,
        patient=_reach(Recipient.SELF, language, reach),
        caregiver=caregiver,
    )


def read_caregiver(session: Session, *, patient_id: uuid.UUID) -> Reach:
    """How the caregiver can be reached now, whoever gets the texts; `NOBODY` where there is none."""
    found = session.execute(_CAREGIVER, {"patient": patient_id}).one_or_none()
    return NOBODY if found is None else _reach(Recipient.CAREGIVER, found[0], found[1:])


def _reach(recipient: Recipient, language: str, found: Sequence[Any]) -> Reach:
    """A check says something about the number that it was made of, and about no other."""
    phone, has_consent, checked, is_right, at = found
    is_checked = phone is not None and checked == phone
    return Reach(
        recipient,
        phone=phone,
        language=language,
        has_consent=bool(has_consent),
        confirmed_at=at if is_checked and is_right else None,
        is_somebody_elses=is_checked and not is_right,
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
