"""Somebody wrote to us: it is kept, read by whole words alone, answered by itself, and given to a nurse."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID, uuid4

from monitor.actions.permitted import permitted
from monitor.delivery.automatic_answer import may_answer, written_answer
from monitor.delivery.inbound_tasks import call_nurse
from monitor.delivery.number_check import note_number
from monitor.delivery.opt_out import call_back, give_back_by_text, withdraw_by_text
from monitor.delivery.tasks import Topic
from monitor.delivery.telephone_owners import Owner, owners_of, whom_it_is_about
from monitor.notices.answers import Answer, answer_to
from monitor.notices.inbound_words import Reading, reference_in
from monitor.store.inbound_message import InboundMessageRow, InboundPatientRow, inbound_of
from monitor.store.locks import lock_patients
from monitor.store.number_check import CheckedBy
from monitor.store.upsert import insert_into
from monitor.work import Work

LONGEST_TEXT = 2000
LONGEST_SENDER = 32
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_TASKS = {
    Reading.MOVE: (Topic.MOVE, "a text from the number of the patient asks for another day"),
    Reading.OTHER: (Topic.WRITTEN, "a text came from the number of the patient, and nobody has read it"),
    Reading.WRONG_NUMBER: (Topic.WRONG_NUMBER, "a text says that the number is somebody else's"),
}
_NO_CHANNEL = "a text from the number ended the text messages: choose another channel"
_WANTS_TEXTS = "a text from the number asks for text messages, which no text had ended"


@dataclass(frozen=True, slots=True)
class InboundText:
    """A text as the provider handed it over, under the provider's own name for it."""

    sid: str
    sender: str
    text: str
    media: int = 0
    provider_says: str | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """A text that was kept and read: everybody with the number, and whom of them it is about."""

    row_id: UUID
    inbound: InboundText
    sender: str
    reading: Reading
    owners: tuple[Owner, ...]
    about: tuple[Owner, ...]

    @property
    def is_opt_out(self) -> bool:
        return self.reading is Reading.OPT_OUT or self.inbound.provider_says == "stop"

    @property
    def is_opt_in(self) -> bool:
        return not self.is_opt_out and (self.reading is Reading.OPT_IN or self.inbound.provider_says == "start")

    @property
    def concerned(self) -> tuple[Owner, ...]:
        """What ends or begins texts is about the telephone, whoever of its owners wrote it."""
        is_of_number = self.is_opt_out or self.is_opt_in or self.reading is Reading.WRONG_NUMBER
        return self.owners if is_of_number else self.about


@permitted
def receive_text(work: Work, inbound: InboundText) -> str | None:
    """Keep a text and let follow what it asks for; gives the answer to send, or None. Twice changes nothing (H40).

    Nothing that somebody writes is counted as done, closes an alert or moves a visit (H49): it takes consent back,
    gives back what a text took, and calls a nurse.
    """
    sender = _storable(inbound.sender, LONGEST_SENDER)
    known = inbound_of(work.session, provider_sid=inbound.sid)
    if known is not None:
        owners = owners_of(work.session, known.sender)
        return None if known.answer is None else written_answer(work, Answer(known.answer), owners)
    lock_patients(work.session, patient_ids={one.patient_id for one in owners_of(work.session, sender)})
    reading = work.catalog.vocabulary.read(inbound.text)
    row_id = _keep(work, inbound, sender=sender, reading=reading)
    if row_id is None:  # the same text at the same moment: the other request answers it
        work.note("receive_text.repeated", why=reading)
        return None
    owners = owners_of(work.session, sender)
    about = whom_it_is_about(work.session, owners, reference=reference_in(inbound.text))
    read = _Read(row_id, inbound, sender, reading, owners, about)
    consents = _change_consents(work, read)
    _doubt_number(work, read)
    _name_owners(work, read, consents)
    _call_nurses(work, read, consents)
    patients = sorted({str(one.patient_id) for one in read.concerned})
    work.note("receive_text", subject=f"inbound_message {row_id}", why=reading, content={"patients": patients})
    return _answer(work, read, is_changed=bool(consents))


def _keep(work: Work, inbound: InboundText, *, sender: str, reading: Reading) -> UUID | None:
    """The row of the text; None where another request has just stored it."""
    statement = insert_into(work.session, InboundMessageRow).values(
        id=uuid4(),
        provider_sid=inbound.sid,
        sender=sender,
        text=_storable(inbound.text, LONGEST_TEXT),
        media=inbound.media,
        received_at=work.at,
        read_as=reading.value,
        provider_says=inbound.provider_says,
    )
    return work.session.scalars(
        statement.on_conflict_do_nothing(index_elements=["provider_sid"]).returning(InboundMessageRow.id)
    ).one_or_none()


def _storable(text: str, longest: int) -> str:
    return _UNSTORABLE.sub("\ufffd", text)[:longest]


def _change_consents(work: Work, read: _Read) -> dict[Owner, UUID]:
    """The entry that the text made in the consent of each person with that number, where it made one."""
    changed: dict[Owner, UUID | None] = {}
    if read.is_opt_out:
        changed = {one: withdraw_by_text(work, one) for one in read.owners}
    elif read.is_opt_in:
        changed = {one: give_back_by_text(work, one, sender=read.sender) for one in read.owners if one.is_alive}
    return {one: entry for one, entry in changed.items() if entry is not None}


def _doubt_number(work: Work, read: _Read) -> None:
    """What is somebody else's telephone gets no text until a person has made sure whose it is (H34)."""
    if read.reading is not Reading.WRONG_NUMBER:
        return
    for one in read.owners:
        note_number(
            work,
            patient_id=one.patient_id,
            site_id=one.site_id,
            caregiver_id=one.caregiver_id,
            phone=read.sender,
            is_right=False,
            checked_by=CheckedBy.REPLY,
            reason="a text from the number says so",
        )
        call_back(work, one)


def _name_owners(work: Work, read: _Read, consents: dict[Owner, UUID]) -> None:
    for one in read.concerned:
        work.session.add(
            InboundPatientRow(
                inbound_id=read.row_id,
                patient_id=one.patient_id,
                recipient=one.recipient,
                consent_id=consents.get(one),
            )
        )
    work.session.flush()


def _call_nurses(work: Work, read: _Read, consents: dict[Owner, UUID]) -> None:
    """What a text could not settle itself, for a nurse of each patient that it may be about (H34, H35, H41)."""
    calls: list[tuple[Owner, Topic, str]] = []
    if read.is_opt_out:
        calls += [(one, Topic.NO_CHANNEL, _NO_CHANNEL) for one in consents]
    if read.is_opt_in and not consents:
        calls += [(one, Topic.WRITTEN, _WANTS_TEXTS) for one in read.owners if one.is_alive]
    elif read.reading is Reading.MOVE:  # nobody moves a visit of somebody who died: whoever wrote is not promised it
        calls += [(one, *_TASKS[Reading.MOVE if one.is_alive else Reading.OTHER]) for one in read.concerned]
    elif read.reading in _TASKS:
        calls += [(one, *_TASKS[read.reading]) for one in read.concerned]
    for one, topic, because in calls:
        call_nurse(work, topic, one, evidence=read.row_id, because=because)


def _answer(work: Work, read: _Read, *, is_changed: bool) -> str | None:
    """What is answered, noted as such; nothing where the provider answers by itself, or we did not long ago."""
    if read.inbound.provider_says in {"stop", "start"}:
        return None
    is_known = any(one.is_alive for one in read.about)
    answer = answer_to(read.reading, has_taken_effect=is_changed, is_known=is_known)
    if answer is None or not may_answer(work, answer, sender=read.sender):
        return None
    text = written_answer(work, answer, read.owners)
    if text is not None:
        work.session.get_one(InboundMessageRow, read.row_id).answer = answer.value
        work.session.flush()
    return text
