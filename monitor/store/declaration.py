"""The patient says that something was done: shown to the nurse, and counted for nothing; append-only."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import BindParameter, ForeignKey, Uuid, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.store.base import Base, at_most, successor_rules
from monitor.store.succession import counts


class DeclarationRow(Base):
    """`key` is the item of the calendar, `declared_on` the day on which it is said to have been done."""

    __tablename__ = "declaration"
    __table_args__ = (
        *successor_rules(),
        at_most("key", 64),
        at_most("reason", 500),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    treatment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("treatment.id"), index=True)
    key: Mapped[str]
    declared_on: Mapped[dt.date]
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("declaration.id"), unique=True)
    is_retraction: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None]
    recorded_by: Mapped[uuid.UUID]
    recorded_at: Mapped[dt.datetime]


# Typed by hand: the type of the column is that of what it refers to, which need not be known yet.
_IDS: BindParameter[uuid.UUID] = bindparam("ids", type_=Uuid(), expanding=True)
_STANDING = select(DeclarationRow.treatment_id, DeclarationRow.key, DeclarationRow.declared_on).where(
    DeclarationRow.treatment_id.in_(_IDS), counts(DeclarationRow)
)


def declared(session: Session, *, treatment_ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, Mapping[str, dt.date]]:
    """By treatment and item, the newest day on which it is said to have been done; to be shown, never counted (H49)."""
    found: dict[uuid.UUID, dict[str, dt.date]] = defaultdict(dict)
    for treatment_id, key, declared_on in session.execute(_STANDING, {"ids": treatment_ids}):
        of_treatment = found[treatment_id]
        of_treatment[key] = max(declared_on, of_treatment.get(key, declared_on))
    return found
