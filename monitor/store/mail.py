"""The outbox of e-mail to colleagues: where each mail stands; what it says is the same for all, and not kept."""

from __future__ import annotations

import datetime as dt
import uuid
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, at_most, one_of


class MailState(StrEnum):
    """Where a mail stands; `uncertain` may or may not have been taken by the mail server."""

    PENDING = "pending"
    SENDING = "sending"
    ACCEPTED = "accepted"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    NEEDS_HUMAN = "needs_human"
    SUPPRESSED = "suppressed"  # nothing that it told of was still waiting when its turn came


_IN_HAND = text("state IN ('pending', 'sending')")
_IS_UNSETTLED = text("state IN ('pending', 'sending', 'uncertain')")


class MailRow(Base):
    """One mail to one colleague about all that waited for them when it was claimed; every moment is the database's.

    `attempt_token` names the only attempt that may write an outcome. `resend_at`: when an uncertain one is sent once
    more, under the same Message-ID, which is made of its id; `resends`: 1 once it was. After `give_up_at` it is told
    otherwise. While one is in hand its colleague gets no second.
    """

    __tablename__ = "mail"
    __table_args__ = (
        one_of("state", MailState),
        at_most("error_code", 32),
        at_most("because", 200),
        CheckConstraint("attempts >= 0", name="attempts_count"),
        CheckConstraint("resends BETWEEN 0 AND 1", name="one_resend"),
        CheckConstraint("state <> 'uncertain' OR resends = 0", name="one_uncertainty"),
        CheckConstraint("(state = 'uncertain') = (resend_at IS NOT NULL)", name="resend_of_uncertain"),
        CheckConstraint(
            "(state = 'sending') = (lease_until IS NOT NULL) AND (state <> 'sending' OR attempt_token IS NOT NULL)",
            name="lease_while_sending",
        ),
        CheckConstraint(
            "(settled_at IS NULL) = (state IN ('pending', 'sending', 'uncertain'))", name="settled_when_over"
        ),
        Index("uq_mail_in_hand", "staff_id", unique=True, sqlite_where=_IN_HAND, postgresql_where=_IN_HAND),
        Index("ix_mail_unsettled", "state", sqlite_where=_IS_UNSETTLED, postgresql_where=_IS_UNSETTLED),
        Index(None, "staff_id", "created_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    staff_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff.id"))
    state: Mapped[str]
    not_before_at: Mapped[dt.datetime]
    give_up_at: Mapped[dt.datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    resends: Mapped[int] = mapped_column(default=0)
    attempt_token: Mapped[str | None]
    lease_until: Mapped[dt.datetime | None]
    resend_at: Mapped[dt.datetime | None]
    error_code: Mapped[str | None]
    because: Mapped[str | None]
    created_at: Mapped[dt.datetime]
    settled_at: Mapped[dt.datetime | None]
