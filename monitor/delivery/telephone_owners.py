"""Whose telephone a number is: of patients, and of those who look after one; several people may share it."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor.store.caregiver import CaregiverRow
from monitor.store.message import MessageRow
from monitor.store.patient import PatientRow
from monitor.store.recipient import Recipient
from monitor.store.site import SiteRow


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody with that number, the patient or the caregiver of one, and where to turn to.

    `died_on`: of the patient, whoever is reached there now.
    """

    patient_id: uuid.UUID
    site_id: uuid.UUID
    language: str
    country: str
    timezone: str
    telephone: str | None
    died_on: dt.date | None
    caregiver_id: uuid.UUID | None = None

    @property
    def is_alive(self) -> bool:
        """Whether there is still somebody to look after."""
        return self.died_on is None

    @property
    def recipient(self) -> Recipient:
        """As whom texts reach this person."""
        return Recipient.SELF if self.caregiver_id is None else Recipient.CAREGIVER


def owners_of(session: Session, phone: str) -> tuple[Owner, ...]:
    """Everybody who is reached at that number, in the order of the patients and each before their caregiver."""
    if not phone:
        return ()
    about = (SiteRow.country, SiteRow.timezone, SiteRow.telephone, PatientRow.died_on)
    patients = (
        select(PatientRow.id, PatientRow.site_id, PatientRow.language, *about)
        .join(SiteRow, SiteRow.id == PatientRow.site_id)
        .where(PatientRow.phone == phone)
    )
    caregivers = (
        select(PatientRow.id, PatientRow.site_id, CaregiverRow.language, *about, CaregiverRow.id)
        .join(CaregiverRow, CaregiverRow.patient_id == PatientRow.id)
        .join(SiteRow, SiteRow.id == PatientRow.site_id)
        .where(CaregiverRow.phone == phone, CaregiverRow.ended_at.is_(None))
    )
    found = [Owner(*row) for rows in (patients, caregivers) for row in session.execute(rows)]
    return tuple(sorted(found, key=lambda one: (one.patient_id, one.caregiver_id is not None)))


def owner_of(session: Session, *, message_id: uuid.UUID) -> Owner | None:
    """Whoever a message went to, if that number still stands in the record as theirs."""
    phone, patient_id, recipient = session.execute(
        select(MessageRow.phone, MessageRow.patient_id, MessageRow.recipient).where(MessageRow.id == message_id)
    ).one()
    owners = owners_of(session, phone)
    return next((one for one in owners if (one.patient_id, one.recipient) == (patient_id, recipient)), None)


def whom_it_is_about(session: Session, owners: tuple[Owner, ...], *, reference: str | None) -> tuple[Owner, ...]:
    """Those owners alone who got the text that is quoted; all of them where that tells nobody apart."""
    if reference is None or len(owners) < 2:
        return owners
    found = session.execute(
        select(MessageRow.patient_id, MessageRow.recipient).where(
            MessageRow.patient_id.in_([one.patient_id for one in owners]), MessageRow.reference == reference
        )
    )
    told = {(patient_id, recipient) for patient_id, recipient in found}
    quoted = tuple(one for one in owners if (one.patient_id, one.recipient) in told)
    return quoted or owners
