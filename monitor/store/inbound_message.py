"""What somebody wrote to us: kept before anything follows from it, once for each text that the provider names."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.notices.answers import Answer
from monitor.notices.inbound_words import Reading
from monitor.store.base import Base, Personal, at_most, one_of


class InboundMessageRow(Base):
    """One text from one number, and what was answered to it by itself; append-only.

    `media`: how many pictures or sounds came with it, none of which is kept. `provider_says`: what the provider itself
    made of it, which counts beside our reading.
    """

    __tablename__ = "inbound_message"
    __table_args__ = (
        one_of("read_as", Reading),
        one_of("provider_says", "stop", "start", "help"),
        one_of("answer", Answer),
        at_most("provider_sid", 64),
        CheckConstraint("media >= 0", name="media_counts"),
        Index(None, "received_at", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    provider_sid: Mapped[str] = mapped_column(unique=True)
    sender: Mapped[str] = mapped_column(Personal)
    text: Mapped[str] = mapped_column(Personal)
    media: Mapped[int]
    received_at: Mapped[dt.datetime]
    read_as: Mapped[str]
    provider_says: Mapped[str | None]
    answer: Mapped[str | None]


class InboundPatientRow(Base):
    """Whose number a text came from, as that of the patient or of the caregiver; two people may share a telephone.

    `consent_id`: the entry of the consent that the text gave or took back, so that START returns what STOP took and
    nothing else.
    """

    __tablename__ = "inbound_patient"
    __table_args__ = (one_of("recipient", "self", "caregiver"), Index(None, "patient_id"), Index(None, "consent_id"))

    inbound_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inbound_message.id"), primary_key=True)
    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), primary_key=True)
    recipient: Mapped[str] = mapped_column(primary_key=True)
    consent_id: Mapped[uuid.UUID | None]


def inbound_of(session: Session, *, provider_sid: str) -> InboundMessageRow | None:
    """The text that the provider calls so, if it came before."""
    return session.scalars(
        select(InboundMessageRow).where(InboundMessageRow.provider_sid == provider_sid)
    ).one_or_none()


def was_answered(session: Session, *, sender: str, answer: Answer, since: dt.datetime, until: dt.datetime) -> bool:
    """Whether that number got this answer between these moments; what a clock that was ahead wrote is later (H24)."""
    found = exists().where(
        InboundMessageRow.received_at > since,
        InboundMessageRow.received_at <= until,
        InboundMessageRow.sender == sender,
        InboundMessageRow.answer == answer,
    )
    return bool(session.scalar(select(found)))


def was_taken_by_text(session: Session, *, consent_id: uuid.UUID, sender: str) -> bool:
    """Whether it was an opt-out from that number which took this consent back; a wrong number is none."""
    found = exists().where(
        InboundPatientRow.consent_id == consent_id,
        InboundMessageRow.read_as != Reading.WRONG_NUMBER,
        InboundMessageRow.id == InboundPatientRow.inbound_id,
        InboundMessageRow.sender == sender,
    )
    return bool(session.scalar(select(found)))
