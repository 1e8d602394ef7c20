"""To whom the texts about a patient go: what was chosen, by whom and when; append-only."""

from __future__ import annotations

import datetime as dt
import uuid
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.store.base import Base, one_of


class Recipient(StrEnum):
    """One person to whom a text can go."""

    SELF = "self"
    CAREGIVER = "caregiver"


class Chosen(StrEnum):
    """Whom the patient wants the texts to go to; themselves, where nothing was chosen."""

    SELF = "self"
    CAREGIVER = "caregiver"
    BOTH = "both"

    @property
    def recipients(self) -> tuple[Recipient, ...]:
        """Each of them, the patient first."""
        return (Recipient.SELF, Recipient.CAREGIVER) if self is Chosen.BOTH else (Recipient(self.value),)


class RecipientChoiceRow(Base):
    """One choice; the newest counts, and `number` leaves no doubt which that is."""

    __tablename__ = "recipient_choice"
    __table_args__ = (
        UniqueConstraint("patient_id", "number"),
        one_of("recipients", Chosen),
        CheckConstraint("number >= 1", name="number_counts"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"))
    number: Mapped[int]
    recipients: Mapped[str]
    at: Mapped[dt.datetime]
    recorded_by: Mapped[uuid.UUID]


def newest_choice(session: Session, *, patient_id: uuid.UUID) -> RecipientChoiceRow | None:
    """The choice that counts; None where nobody ever chose."""
    return session.scalars(
        select(RecipientChoiceRow)
        .where(RecipientChoiceRow.patient_id == patient_id)
        .order_by(RecipientChoiceRow.number.desc())
        .limit(1)
    ).one_or_none()
