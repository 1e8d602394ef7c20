"""A sample was taken for some items and its result is awaited; append-only. It credits nothing."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import BindParameter, ForeignKey, Uuid, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.store.base import Base, at_most, successor_rules
from monitor.store.succession import counts


class SampleTakenRow(Base):
    """`keys` are the items whose result is awaited; `taken_on` is a date at the site."""

    __tablename__ = "sample_taken"
    __table_args__ = (
        *successor_rules(),
        at_most("keys", 2000),
        at_most("laboratory", 120),
        at_most("reason", 500),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    treatment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("treatment.id"), index=True)
    keys: Mapped[tuple[str, ...]]
    taken_on: Mapped[dt.date]
    laboratory: Mapped[str | None]
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("sample_taken.id"), unique=True)
    is_retraction: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None]
    recorded_by: Mapped[uuid.UUID]
    recorded_at: Mapped[dt.datetime]


# Typed by hand: the type of the column is that of what it refers to, which need not be known yet.
_IDS: BindParameter[uuid.UUID] = bindparam("ids", type_=Uuid(), expanding=True)
_STANDING = select(SampleTakenRow.treatment_id, SampleTakenRow.keys, SampleTakenRow.taken_on).where(
    SampleTakenRow.treatment_id.in_(_IDS), counts(SampleTakenRow)
)


def samples_taken(session: Session, *, treatment_ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, Mapping[str, dt.date]]:
    """By treatment and key, the day of the first sample taken for the item, whether its result came or not.

    A second one does not begin the wait anew: whoever knows that the first is lost takes its note back.
    """
    found: dict[uuid.UUID, dict[str, dt.date]] = defaultdict(dict)
    for treatment_id, keys, taken_on in session.execute(_STANDING, {"ids": treatment_ids}):
        of_treatment = found[treatment_id]
        for key in keys:
            of_treatment[key] = min(taken_on, of_treatment.get(key, taken_on))
    return found


def last_samples(session: Session, *, treatment_id: uuid.UUID) -> dict[str, dt.date]:
    """By key, the day of the newest sample taken for the item."""
    found: dict[str, dt.date] = {}
    for _, keys, taken_on in session.execute(_STANDING, {"ids": (treatment_id,)}):
        found |= {key: max(taken_on, found.get(key, taken_on)) for key in keys}
    return found
