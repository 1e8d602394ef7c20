"""To whom the texts about a patient go, how each of them is reached, and what keeps a text from them."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec

from monitor.delivery.contact import read_caregiver, read_contact
from monitor.delivery.reach import Reach
from monitor.store.caregiver import present_caregiver
from monitor.store.patient import find_patient
from monitor.store.recipient import Chosen, Recipient
from monitor.terms import Missing
from monitor.work import Work

CHOICES: tuple[str, ...] = tuple(choice.value for choice in Chosen)
RECIPIENTS: tuple[str, ...] = tuple(one.value for one in Recipient)


class Reached(msgspec.Struct, frozen=True):
    """One of the two: `lacks` says what keeps every text from them, null where nothing does."""

    phone: str | None
    language: str
    has_sms_consent: bool
    number_confirmed_at: dt.datetime | None
    is_wrong_number: bool
    lacks: str | None


class Caregiver(Reached, frozen=True):
    """Who looks after the patient."""

    id: UUID
    name: str
    designated_at: dt.datetime


class Recipients(msgspec.Struct, frozen=True):
    """Whom the patient chose, and both of them; `version` is that of the patient."""

    patient_id: UUID
    recipients: str
    self: Reached
    caregiver: Caregiver | None
    version: int


def recipients(work: Work, *, patient_id: UUID) -> Recipients:
    """Of one patient; `Missing` where there is none, or it is of another site."""
    found = find_patient(work.session, patient_id=patient_id, site_ids=work.by.site_ids)
    if found is None:
        raise Missing("no such patient", field="patient_id")
    work.meets(patient_id)
    contact = read_contact(work.session, patient_id=patient_id, site_id=found.site_id, settings=work.settings)
    return Recipients(
        patient_id=patient_id,
        recipients=contact.chosen.value,
        self=Reached(*_told(contact.patient)),
        caregiver=_caregiver(work, patient_id),
        version=found.version,
    )


def _caregiver(work: Work, patient_id: UUID) -> Caregiver | None:
    row = present_caregiver(work.session, patient_id=patient_id)
    if row is None:
        return None
    reach = read_caregiver(work.session, patient_id=patient_id)
    return Caregiver(*_told(reach), id=row.id, name=row.name, designated_at=row.designated_at)


def _told(reach: Reach) -> tuple[str | None, str, bool, dt.datetime | None, bool, str | None]:
    lacks = None if reach.lacks is None else reach.lacks.value
    return (
        reach.phone, reach.language, reach.has_consent, reach.confirmed_at, reach.is_somebody_elses, lacks
    )  # fmt: skip
