"""What STOP takes and START gives back: the consent of whoever has that telephone, and never the surveillance."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import exists, select

from monitor.delivery.codes import OPTED_OUT
from monitor.delivery.consent import REPORTED_BY_PROVIDER, note_caregiver_consent, note_consent
from monitor.delivery.tasks import local_day
from monitor.delivery.telephone_owners import Owner, owner_of
from monitor.store.caregiver import CaregiverConsentRow, newest_caregiver_consent
from monitor.store.inbound_message import was_taken_by_text
from monitor.store.message import MessageRow
from monitor.store.patient import SmsConsentRow, newest_consent
from monitor.store.treatment import call_for_attention, find_treatments
from monitor.work import Work

_A_TEXT = "a text from the number"


def withdraw_by_text(work: Work, owner: Owner, *, reason: str = _A_TEXT) -> uuid.UUID | None:
    """Take back the consent of one owner (H35); the entry that says so, None where there was none to take."""
    newest = _newest(work, owner)
    if newest is None or not newest.is_given:
        return None
    return _note(work, owner, is_given=False, reason=reason)


def give_back_by_text(work: Work, owner: Owner, *, sender: str) -> uuid.UUID | None:
    """Give back what a text of this number, or the provider for it, took; never what a person wrote down."""
    newest = _newest(work, owner)
    if newest is None or newest.is_given:
        return None
    is_of_text = was_taken_by_text(work.session, consent_id=newest.id, sender=sender)
    is_of_provider = newest.reason == REPORTED_BY_PROVIDER and _was_refused(work, owner, sender)
    if not (is_of_text or is_of_provider):
        return None
    return _note(work, owner, is_given=True, reason=_A_TEXT)


def call_back(work: Work, owner: Owner) -> None:
    """Let the next sweep follow the treatments of that patient up: whom texts reach has changed."""
    for treatment in find_treatments(work.session, site_ids=None, patient_id=owner.patient_id):
        call_for_attention(work.session, treatment=treatment, on=local_day(work, treatment.timezone))


def _newest(work: Work, owner: Owner) -> SmsConsentRow | CaregiverConsentRow | None:
    if owner.caregiver_id is not None:
        return newest_caregiver_consent(work.session, caregiver_id=owner.caregiver_id)
    return newest_consent(work.session, patient_id=owner.patient_id)


def _note(work: Work, owner: Owner, *, is_given: bool, reason: str) -> uuid.UUID:
    said: dict[str, Any] = {"patient_id": owner.patient_id, "site_id": owner.site_id}
    heard: dict[str, Any] = {"is_given": is_given, "reason": reason}
    verb = "give" if is_given else "withdraw"
    if owner.caregiver_id is not None:
        entry = note_caregiver_consent(
            work, caregiver_id=owner.caregiver_id, **said, **heard, action=f"{verb}_caregiver_consent"
        )
    else:
        entry = note_consent(work, **said, **heard, action=f"{verb}_sms_consent")
    call_back(work, owner)
    return entry


def withdraw_as_reported(work: Work, message_id: uuid.UUID) -> None:
    """An opt-out that the provider reports is the same fact as one that we were told, by whoever got the text (H35).

    A number that no longer stands in the record is nobody's: whoever got another one meanwhile has said nothing. The
    caller holds the patient.
    """
    owner = owner_of(work.session, message_id=message_id)
    if owner is not None:
        withdraw_by_text(work, owner, reason=REPORTED_BY_PROVIDER)


def _was_refused(work: Work, owner: Owner, sender: str) -> bool:
    refused = exists().where(
        MessageRow.patient_id == owner.patient_id,
        MessageRow.recipient == owner.recipient,
        MessageRow.phone == sender,
        MessageRow.error_code == OPTED_OUT,
    )
    return bool(work.session.scalar(select(refused)))
