"""A letter about some items that somebody printed and posted; append-only. It credits nothing."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import BindParameter, ForeignKey, Uuid, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.notices.letters import SentLetter
from monitor.schedules.letters import Addressee
from monitor.store.base import Base, at_most, one_of, successor_rules
from monitor.store.succession import counts


class LetterRow(Base):
    """`keys` are the items it was about; `sent_on` is a date at the site. Where it went stands nowhere here."""

    __tablename__ = "letter"
    __table_args__ = (
        one_of("addressee", Addressee),
        *successor_rules(),
        at_most("keys", 2000),
        at_most("reason", 500),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    treatment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("treatment.id"), index=True)
    addressee: Mapped[str]
    keys: Mapped[tuple[str, ...]]
    sent_on: Mapped[dt.date]
    is_registered: Mapped[bool]
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("letter.id"), unique=True)
    is_retraction: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None]
    recorded_by: Mapped[uuid.UUID]
    recorded_at: Mapped[dt.datetime]


# Typed by hand: the type of the column is that of what it refers to, which need not be known yet.
_IDS: BindParameter[uuid.UUID] = bindparam("ids", type_=Uuid(), expanding=True)
_SENT = select(
    LetterRow.treatment_id, LetterRow.addressee, LetterRow.keys, LetterRow.sent_on, LetterRow.is_registered
).where(LetterRow.treatment_id.in_(_IDS), counts(LetterRow))


def letters_sent(session: Session, *, treatment_ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, tuple[SentLetter, ...]]:
    """By treatment, the letters that were posted and not taken back."""
    found: dict[uuid.UUID, list[SentLetter]] = defaultdict(list)
    for treatment_id, addressee, keys, sent_on, is_registered in session.execute(_SENT, {"ids": treatment_ids}):
        found[treatment_id].append(SentLetter(Addressee(addressee), keys, sent_on, is_registered))
    return {key: tuple(letters) for key, letters in found.items()}
