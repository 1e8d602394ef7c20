"""The outbox: every text that was decided, where it stands, and each attempt to hand it to the provider."""

from __future__ import annotations

import datetime as dt
import uuid
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, Personal, at_most, one_of


class MessageState(StrEnum):
    """Where a message stands. `accepted` is not `delivered`; `uncertain` may or may not have left."""

    PENDING = "pending"
    SENDING = "sending"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    NEEDS_HUMAN = "needs_human"
    CANCELLED = "cancelled"  # somebody or something ended it: a death
    SUPPRESSED = "suppressed"  # it was no longer true, or no longer wanted, when its turn came


class AttemptOutcome(StrEnum):
    """What is known of one attempt; none while it runs."""

    ACCEPTED = "accepted"
    NOT_SENT = "not_sent"
    GIVEN_BACK = "given_back"
    NUMBER_REFUSED = "number_refused"
    ACCOUNT_REFUSED = "account_refused"
    UNKNOWN = "unknown"


IS_PENDING = text("state = 'pending'")
IS_UNSETTLED = text("state IN ('sending', 'uncertain')")
IS_TO_BE_LOOKED_AT = text("look_at IS NOT NULL")
HAS_LEFT = text("provider_sid IS NOT NULL")


class MessageRow(Base):
    """One text for one person on one local day; `because` says why it was ended or whom it waits for.

    `lease_until` is of the database's clock; `attempt_token` names the only attempt that may write an outcome.
    `look_at`, of that clock too: when the provider is asked next, of what is uncertain whether its list shows it, of
    what is accepted whether it arrived. `empty_looks` in a row did not show it; `resends`: 1 once it was sent again.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("patient_id", "recipient", "local_day", "purpose"),
        one_of("recipient", "self", "caregiver"),
        one_of("purpose", "reminder"),
        one_of("state", MessageState),
        at_most("language", 8),
        at_most("reference", 8),
        at_most("error_code", 32),
        at_most("because", 200),
        CheckConstraint("attempts >= 0", name="attempts_count"),
        CheckConstraint("empty_looks >= 0 AND resends BETWEEN 0 AND 1", name="looks_and_resends"),
        CheckConstraint(
            "(state <> 'uncertain' OR look_at IS NOT NULL) AND (look_at IS NULL OR state IN ('uncertain', 'accepted'))",
            name="look_while_open",
        ),
        CheckConstraint("not_before_at <= deadline_at", name="window_of_time"),
        CheckConstraint(
            "(state = 'sending') = (lease_until IS NOT NULL) AND (state <> 'sending' OR attempt_token IS NOT NULL)",
            name="lease_while_sending",
        ),
        CheckConstraint(
            "state NOT IN ('accepted', 'delivered', 'undelivered') OR provider_sid IS NOT NULL",
            name="sid_when_accepted",
        ),
        CheckConstraint(
            "attempts > 0 OR state NOT IN ('sending', 'accepted', 'delivered', 'undelivered', 'uncertain')",
            name="attempted",
        ),
        CheckConstraint(
            "(settled_at IS NULL) = (state IN ('pending', 'sending', 'uncertain'))", name="settled_when_over"
        ),
        Index("ix_message_due", "not_before_at", "id", sqlite_where=IS_PENDING, postgresql_where=IS_PENDING),
        Index("ix_message_unsettled", "state", sqlite_where=IS_UNSETTLED, postgresql_where=IS_UNSETTLED),
        Index("ix_message_look", "look_at", sqlite_where=IS_TO_BE_LOOKED_AT, postgresql_where=IS_TO_BE_LOOKED_AT),
        Index(None, "site_id", "local_day"),
        Index(None, "site_id", "created_at", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"))
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"))
    recipient: Mapped[str]
    phone: Mapped[str] = mapped_column(Personal)
    local_day: Mapped[dt.date]
    purpose: Mapped[str]
    language: Mapped[str]
    text: Mapped[str] = mapped_column(Personal)
    reference: Mapped[str]
    state: Mapped[str]
    not_before_at: Mapped[dt.datetime]
    deadline_at: Mapped[dt.datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    attempt_token: Mapped[str | None]
    lease_until: Mapped[dt.datetime | None]
    look_at: Mapped[dt.datetime | None]
    empty_looks: Mapped[int] = mapped_column(default=0)
    resends: Mapped[int] = mapped_column(default=0)
    provider_sid: Mapped[str | None] = mapped_column(index=True)  # not unique: a provider may repeat itself
    error_code: Mapped[str | None]
    because: Mapped[str | None]
    created_at: Mapped[dt.datetime]
    settled_at: Mapped[dt.datetime | None]


class MessageAttemptRow(Base):
    """One call to the provider; its token is unguessable, and only who holds it may write the outcome.

    `callback_token` stands in the address to which the provider reports about this attempt; nobody else knows it.
    """

    __tablename__ = "message_attempt"
    __table_args__ = (
        one_of("outcome", AttemptOutcome),
        at_most("error_code", 32),
        CheckConstraint("(ended_at IS NULL) = (outcome IS NULL)", name="ended_with_outcome"),
        CheckConstraint("length(token) >= 32", name="token_unguessable"),
        CheckConstraint("length(callback_token) >= 32", name="callback_token_unguessable"),
        Index("ix_message_attempt_left", "started_at", sqlite_where=HAS_LEFT, postgresql_where=HAS_LEFT),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    message_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("message.id"), index=True)
    token: Mapped[str] = mapped_column(unique=True)
    callback_token: Mapped[str | None] = mapped_column(unique=True)
    started_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    outcome: Mapped[str | None]
    provider_sid: Mapped[str | None]
    error_code: Mapped[str | None]
