"""Who did what, when and why: one entry for each change, in the transaction of the change, with its own digest."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Mapping

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, at_most, one_of
from monitor.terms import Role

IS_UNSEALED = text("sealed_at IS NULL")


class AuditEntryRow(Base):
    """No foreign keys: the audit outlives what it speaks of. `content` refers to rows, it holds no personal value."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        one_of("role", Role),
        at_most("action", 64),
        at_most("why", 500),
        CheckConstraint("length(digest) = 64", name="digest_length"),
        Index(None, "patient_id", "id"),
        Index("ix_audit_entry_unsealed", "id", sqlite_where=IS_UNSEALED, postgresql_where=IS_UNSEALED),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
    at: Mapped[dt.datetime]
    actor_id: Mapped[uuid.UUID]
    role: Mapped[str]
    site_id: Mapped[uuid.UUID | None]
    action: Mapped[str]
    patient_id: Mapped[uuid.UUID | None]
    subject: Mapped[str | None]
    why: Mapped[str | None]
    content: Mapped[str]
    digest: Mapped[str]
    sealed_at: Mapped[dt.datetime | None]


def make_entry(
    *,
    at: dt.datetime,
    actor_id: uuid.UUID,
    role: Role,
    site_id: uuid.UUID | None,
    action: str,
    patient_id: uuid.UUID | None,
    subject: str | None,
    why: str | None,
    content: Mapping[str, object],
) -> AuditEntryRow:
    """An entry with its digest; `content` holds ids, keys and counts, whatever else has a text form."""
    entry = AuditEntryRow(
        at=at, actor_id=actor_id, role=role.value, site_id=site_id, action=action, patient_id=patient_id,
        subject=subject, why=why, content=_canonical(dict(content)), digest="",
    )  # fmt: skip
    entry.digest = digest_of(entry)
    return entry


def digest_of(entry: AuditEntryRow) -> str:
    """The SHA-256 of the entry as canonical JSON: what verification computes again from the stored row."""
    whole = {
        "at": entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "actor_id": entry.actor_id,
        "role": entry.role,
        "site_id": entry.site_id,
        "action": entry.action,
        "patient_id": entry.patient_id,
        "subject": entry.subject,
        "why": entry.why,
        "content": entry.content,
    }
    return hashlib.sha256(_canonical(whole).encode()).hexdigest()


def _canonical(value: Mapping[str, object]) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
