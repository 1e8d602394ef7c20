"""A number that texts do not reach: doubted at once where it cannot exist, else at the second failure (H34)."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from monitor.delivery.codes import OPTED_OUT
from monitor.delivery.inbound_tasks import call_nurse
from monitor.delivery.number_check import note_number
from monitor.delivery.opt_out import call_back
from monitor.delivery.tasks import Topic
from monitor.delivery.telephone_owners import owner_of
from monitor.store.message import MessageRow, MessageState
from monitor.store.number_check import CheckedBy
from monitor.work import Work

# The provider's codes: no such number, a landline, not a mobile, not a number at all.
_REACHES_NOBODY = frozenset({"30005", "30006", "21211", "21217", "21614"})
# Its own queue, our account, a filter on the way: they say nothing about whose telephone it is.
_SAYS_NOTHING = frozenset({OPTED_OUT, "30001", "30002", "30004", "30007", "30010", "30034"})


def reaches_nobody(code: str | None) -> bool:
    """Whether the provider says with this code that no text can ever reach the number."""
    return code in _REACHES_NOBODY


def doubt_number(work: Work, message_id: uuid.UUID, *, code: str | None) -> bool:
    """Doubt the number of a text that did not arrive, if it must be; whether it was. The caller holds the patient.

    No text goes there until a person has confirmed it or put another in its place, and a nurse is called to do so. A
    number that no longer stands in the record is nobody's business.
    """
    message = work.session.get_one(MessageRow, message_id)
    is_impossible = reaches_nobody(code)
    if not is_impossible and not _is_second_in_a_row(work, message, code):
        return False
    why = "the provider says that the number reaches nobody" if is_impossible else "two texts in a row did not arrive"
    owner = owner_of(work.session, message_id=message_id)
    if owner is None:
        return False
    note_number(
        work,
        patient_id=owner.patient_id,
        site_id=owner.site_id,
        caregiver_id=owner.caregiver_id,
        phone=message.phone,
        is_right=False,
        checked_by=CheckedBy.PROVIDER,
        reason=why,
    )
    call_back(work, owner)
    call_nurse(work, Topic.WRONG_NUMBER, owner, evidence=message.id, because=f"{why} ({code or 'no reason given'})")
    return True


def _is_second_in_a_row(work: Work, message: MessageRow, code: str | None) -> bool:
    if code in _SAYS_NOTHING:
        return False
    before = work.session.execute(
        select(MessageRow.state, MessageRow.error_code, MessageRow.phone)
        .where(
            MessageRow.patient_id == message.patient_id,
            MessageRow.recipient == message.recipient,
            MessageRow.local_day < message.local_day,
            MessageRow.state.in_([MessageState.DELIVERED, MessageState.UNDELIVERED]),
        )
        .order_by(MessageRow.local_day.desc())
        .limit(1)
    ).one_or_none()
    if before is None or before.phone != message.phone:
        return False
    return before.state == MessageState.UNDELIVERED and before.error_code not in _SAYS_NOTHING
