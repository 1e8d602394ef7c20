"""One patient on one pinned protocol version, with what the sweep must know of it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Table,
    UniqueConstraint,
    and_,
    bindparam,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.store.base import Base, at_most, one_of
from monitor.store.patient import PatientRow
from monitor.store.site import SiteRow


class TreatmentRow(Base):
    """`attention_on`, `surveillance_ends_on` and `followed_up_on` are projections; the rest is fact.

    `attention_on` is the first day on which anything changes by time alone; None: never.
    """

    __tablename__ = "treatment"
    __table_args__ = (
        UniqueConstraint("patient_id", "protocol", "started_on"),
        Index(None, "site_id", "attention_on"),
        Index(None, "site_id", "created_at", "id"),
        at_most("protocol", 64),
        one_of("profile", "eu", "us"),
        CheckConstraint("version >= 1", name="version_counts"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"))
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"))
    protocol: Mapped[str]
    profile: Mapped[str]
    started_on: Mapped[dt.date]
    version: Mapped[int] = mapped_column(default=1)
    attention_on: Mapped[dt.date | None]
    surveillance_ends_on: Mapped[dt.date | None]
    followed_up_on: Mapped[dt.date | None]
    created_at: Mapped[dt.datetime]


@dataclass(frozen=True, slots=True)
class TreatmentRecord:
    """A treatment with what every change of it must know of its site."""

    id: uuid.UUID
    patient_id: uuid.UUID
    site_id: uuid.UUID
    protocol: str
    profile: str
    started_on: dt.date
    version: int
    attention_on: dt.date | None
    surveillance_ends_on: dt.date | None
    followed_up_on: dt.date | None
    created_at: dt.datetime
    patient_version: int
    timezone: str
    country: str

    @property
    def versions(self) -> tuple[int, int]:
        """Of the treatment and of its patient: every fact that the calendar hangs on changes one of them."""
        return self.version, self.patient_version

    def calls_for_attention(self, *, on: dt.date, today: dt.date) -> bool:
        """Whether a sweep as of `on` must look at it: the rule of `waiting_for_attention`, for one that is at hand."""
        looked_on = self.followed_up_on
        if looked_on is not None and looked_on > on:
            return on >= today
        return self.attention_on is not None and self.attention_on <= on


_RECORDS = (
    select(
        TreatmentRow.id,
        TreatmentRow.patient_id,
        TreatmentRow.site_id,
        TreatmentRow.protocol,
        TreatmentRow.profile,
        TreatmentRow.started_on,
        TreatmentRow.version,
        TreatmentRow.attention_on,
        TreatmentRow.surveillance_ends_on,
        TreatmentRow.followed_up_on,
        TreatmentRow.created_at,
        PatientRow.version.label("patient_version"),
        SiteRow.timezone,
        SiteRow.country,
    )
    .join(SiteRow, SiteRow.id == TreatmentRow.site_id)
    .join(PatientRow, PatientRow.id == TreatmentRow.patient_id)
    .order_by(TreatmentRow.id)
)


def find_treatments(
    session: Session,
    *,
    site_ids: frozenset[uuid.UUID] | None,
    treatment_ids: Sequence[uuid.UUID] | None = None,
    patient_id: uuid.UUID | None = None,
) -> tuple[TreatmentRecord, ...]:
    """Treatments of these sites (None: of every site) by id, by patient, or both; in the order of their ids."""
    query = _RECORDS
    if site_ids is not None:
        query = query.where(TreatmentRow.site_id.in_(site_ids))
    if treatment_ids is not None:
        query = query.where(TreatmentRow.id.in_(treatment_ids))
    if patient_id is not None:
        query = query.where(TreatmentRow.patient_id == patient_id)
    return tuple(TreatmentRecord(**row) for row in session.execute(query).mappings())


def count_change(session: Session, *, treatment_id: uuid.UUID) -> None:
    """One more version of the treatment, for whoever holds an older one."""
    session.execute(
        update(TreatmentRow).where(TreatmentRow.id == treatment_id).values(version=TreatmentRow.version + 1)
    )


_TABLE = TreatmentRow.__table__
assert isinstance(_TABLE, Table)  # noqa: S101 - it is one
_RESCHEDULE = update(_TABLE).where(_TABLE.c.id == bindparam("of_treatment"))


def write_projection(
    session: Session,
    *,
    treatment: TreatmentRecord,
    attention_on: dt.date | None,
    surveillance_ends_on: dt.date | None,
    followed_up_on: dt.date,
) -> bool:
    """Store what the sweep must know, if it differs from what is stored; whether it did."""
    wanted = (attention_on, surveillance_ends_on, followed_up_on)
    if wanted == (treatment.attention_on, treatment.surveillance_ends_on, treatment.followed_up_on):
        return False
    values = dict(zip(("attention_on", "surveillance_ends_on", "followed_up_on"), wanted, strict=True))
    session.connection().execute(_RESCHEDULE, {"of_treatment": treatment.id, **values})
    return True


def call_for_attention(session: Session, *, treatment: TreatmentRecord, on: dt.date) -> None:
    """Let the next sweep look at the treatment: something changed of which the one who writes it cannot follow up."""
    if treatment.attention_on is None or treatment.attention_on > on:
        session.execute(update(TreatmentRow).where(TreatmentRow.id == treatment.id).values(attention_on=on))


def waiting_for_attention(
    session: Session,
    *,
    on: dt.date,
    today: dt.date,
    site_id: uuid.UUID | None = None,
) -> tuple[uuid.UUID, ...]:
    """The treatments (of a site) that a sweep as of `on` must look at, the longest waiting first.

    Something changes by time alone by that day, and nobody looked since as of a later one. Or the last look was as of
    a day that is still to come (`today` is the date now): then what it expects next says nothing.
    """
    looked_on = TreatmentRow.followed_up_on
    is_due = and_(TreatmentRow.attention_on <= on, or_(looked_on.is_(None), looked_on <= on))
    query = select(TreatmentRow.id).where(is_due if on < today else or_(is_due, looked_on > on))
    if site_id is not None:
        query = query.where(TreatmentRow.site_id == site_id)
    return tuple(session.scalars(query.order_by(TreatmentRow.attention_on, TreatmentRow.id)))


def drop_projections(session: Session, *, treatment_ids: Sequence[uuid.UUID]) -> None:
    """Forget what was derived of these treatments: it is about to be written again."""
    session.execute(
        update(TreatmentRow)
        .where(TreatmentRow.id.in_(treatment_ids))
        .values(attention_on=None, surveillance_ends_on=None, followed_up_on=None)
    )
