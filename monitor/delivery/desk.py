"""Open this to see what is known of one patient while reminders are decided, and what limits their texts."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol as Shape

from sqlalchemy import Date, Uuid, bindparam, select

from monitor.delivery.contact import read_contact, sending_days
from monitor.delivery.reach import Contact, Reach
from monitor.notices.quiet_hours import SendingDays, first_free_day, next_opening
from monitor.notices.reminders import NO_TIMES, Times
from monitor.protocols.protocol import Protocol
from monitor.schedules.calendar import Item, Kind
from monitor.store.appointment import Visit
from monitor.store.message import MessageRow, MessageState
from monitor.store.number_check import written_down_at
from monitor.store.recipient import Recipient
from monitor.work import Work

_TAKEN = select(MessageRow.id, MessageRow.local_day, MessageRow.recipient, MessageRow.phone).where(
    MessageRow.patient_id == bindparam("patient", type_=Uuid()),
    MessageRow.local_day > bindparam("since", type_=Date()),
    (MessageRow.attempts > 0) | MessageRow.state.not_in([MessageState.SUPPRESSED.value, MessageState.CANCELLED.value]),
)


class TreatmentContext(Shape):
    """What must be known of the treatment whose reminders are looked at."""

    @property
    def id(self) -> uuid.UUID: ...

    @property
    def patient_id(self) -> uuid.UUID: ...

    @property
    def site_id(self) -> uuid.UUID: ...

    @property
    def created_at(self) -> dt.datetime: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """One treatment whose reminders are being decided; `visits` are those agreed, by item."""

    work: Work
    treatment: TreatmentContext
    contact: Contact
    days: SendingDays
    protocol: str
    visits: Mapping[str, Visit]


def open_desk(work: Work, treatment: TreatmentContext, protocol: Protocol, visits: Mapping[str, Visit]) -> Desk:
    """Everything about the patient of this treatment, as of now."""
    contact = read_contact(
        work.session, patient_id=treatment.patient_id, site_id=treatment.site_id, settings=work.settings
    )
    return Desk(work, treatment, contact, sending_days(work, contact.country), protocol.name, visits)


def in_company(visits: Mapping[str, Visit], items: Iterable[Item]) -> Mapping[str, Visit]:
    """The visits, by item; one agreed for a dose is also for what else is due that day and has no visit of its own."""
    if not visits:
        return visits
    listed = tuple(items)
    doses = {
        item.due_on: visits[item.key]
        for item in listed
        if item.kind is Kind.DOSE and item.key in visits and visits[item.key].on == item.due_on
    }
    if not doses:
        return visits
    return {item.key: doses[item.due_on] for item in listed if item.due_on in doses} | dict(visits)


def visit_times(visits: Mapping[str, Visit], items: Iterable[Item]) -> Times:
    """The agreed hours, by item; none where the item keeps its own day because the agreed one is outside its window."""
    if not visits:
        return NO_TIMES
    due_on = {item.key: item.due_on for item in items}
    return {key: visit.time for key, visit in visits.items() if visit.time is not None and due_on.get(key) == visit.on}


def known_since(desk: Desk, key: str) -> dt.date:
    """The local day on which the treatment entered our record, or the visit was agreed.

    What had been planned for an earlier day is nobody's debt.
    """
    known_at = desk.treatment.created_at
    if key in desk.visits:
        known_at = max(known_at, desk.visits[key].recorded_at)
    return known_at.astimezone(desk.contact.zone).date()


def why_no_channel(desk: Desk, reach: Reach) -> str | None:
    """Why this person cannot be written to now, or None."""
    contact, settings = desk.contact, desk.work.settings
    if reach.lacks is not None:
        return f"{'the caregiver: ' * (reach.recipient is Recipient.CAREGIVER)}{reach.lacks}"
    reasons = {
        "no wording in the language of whoever is to read it": reach.language
        not in desk.work.catalog.wording.languages,
        "the site has no telephone number to call back": contact.telephone is None,
        "the address of the patient page is not configured": settings.public_page_url is None,
    }
    return next((reason for reason, applies in reasons.items() if applies), None)


def day_for(desk: Desk, reach: Reach, waiting: MessageRow | None) -> dt.date:
    """The local day of the message: the day of the one that waits, else the next that breaks no limit (G4).

    The limits are those of a person and of a telephone: what the same number got for somebody else counts as well.
    """
    opens_at = next_opening(desk.work.at, zone=desk.contact.zone, days=desk.days)
    first = opens_at.astimezone(desk.contact.zone).date()
    if waiting is not None and waiting.local_day >= first:
        return waiting.local_day
    since = first - dt.timedelta(days=7)
    taken = {
        day
        for message_id, day, recipient, phone in desk.work.session.execute(
            _TAKEN, {"patient": desk.treatment.patient_id, "since": since}
        )
        if (recipient == reach.recipient or phone == reach.phone) and (waiting is None or message_id != waiting.id)
    }
    return first_free_day(first, days=desk.days, message_days=taken, per_week=desk.work.settings.messages_per_week)


def is_unconfirmed_for_long(desk: Desk, reach: Reach) -> bool:
    """Whether nobody has made sure of the number for longer than it may be trusted (H34).

    A number is trusted as well from the day on which it was written down, with the patient there.
    """
    if reach.phone is None:
        return False
    sure_at = reach.confirmed_at or written_down_at(
        desk.work.session, patient_id=desk.treatment.patient_id, phone=reach.phone
    )
    return sure_at + desk.work.settings.number_trusted_for <= desk.work.at
