"""How things stand for one message at the moment of its claim, asked of the database in one question."""

from __future__ import annotations

from sqlalchemy import Date, Text, Uuid, bindparam, exists, or_, select

from monitor.delivery.reach import Contact
from monitor.delivery.verdict import Standing
from monitor.store.agenda import IS_HELD, AgendaRow
from monitor.store.message import MessageRow
from monitor.store.reminder import ReminderOutcome, ReminderRow
from monitor.work import Work

_MESSAGE = bindparam("message", type_=Uuid())
_IS_TODAY_TAKEN = exists().where(
    MessageRow.patient_id == bindparam("patient", type_=Uuid()),
    MessageRow.recipient.in_(bindparam("recipients", expanding=True)),
    MessageRow.purpose == bindparam("purpose", type_=Text()),
    MessageRow.local_day == bindparam("today", type_=Date()),
    MessageRow.id != _MESSAGE,
)
_CONTRADICTED = exists().where(
    AgendaRow.treatment_id == ReminderRow.treatment_id,
    AgendaRow.key == ReminderRow.item_key,
    or_(AgendaRow.due_on != ReminderRow.due_on, IS_HELD, AgendaRow.waiting_since.is_not(None)),
)
_IS_TRUE = exists().where(
    ReminderRow.message_id == _MESSAGE, ReminderRow.outcome == ReminderOutcome.QUEUED.value, ~_CONTRADICTED
)
_ASKED = select(_IS_TODAY_TAKEN, _IS_TRUE)  # built once: building it anew took longer than asking


def read_standing(work: Work, message: MessageRow, contact: Contact) -> Standing:
    """What the verdict about this message depends on; its row is held by this transaction."""
    told = {
        "message": message.id,
        "patient": message.patient_id,
        "recipients": contact.beside(message.recipient),
        "purpose": message.purpose,
        "today": work.today(contact.zone.key),
    }
    taken, true = work.session.execute(_ASKED, told).one()
    reach = contact.reach_of(message.recipient)
    return Standing(
        died_on=contact.died_on,
        is_addressed=reach in contact.addressed,
        lacks=reach.lacks,
        is_true=bool(true),
        local_day=message.local_day,
        is_today_free=not taken,
        deadline_at=message.deadline_at,
    )
