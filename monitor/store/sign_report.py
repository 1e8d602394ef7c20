"""Signs that a patient noticed and reported; append-only, corrected by a successor."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import BindParameter, ForeignKey, Uuid, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.notices.signs import Noticed
from monitor.store.base import Base, Personal, at_most, successor_rules
from monitor.store.succession import counts


class SignReportRow(Base):
    """`signs` are ids of the protocol's list; `noticed_on` is a date at the site; `note` is in the patient's words."""

    __tablename__ = "sign_report"
    __table_args__ = (
        *successor_rules(),
        at_most("signs", 1000),
        at_most("note", 1000),
        at_most("reason", 500),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    treatment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("treatment.id"), index=True)
    signs: Mapped[tuple[str, ...]]
    noticed_on: Mapped[dt.date]
    note: Mapped[str | None] = mapped_column(Personal)
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("sign_report.id"), unique=True)
    is_retraction: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None]
    recorded_by: Mapped[uuid.UUID]
    recorded_at: Mapped[dt.datetime]


# Typed by hand: the type of the column is that of what it refers to, which need not be known yet.
_IDS: BindParameter[uuid.UUID] = bindparam("ids", type_=Uuid(), expanding=True)
_STANDING = select(SignReportRow.treatment_id, SignReportRow.signs, SignReportRow.noticed_on, SignReportRow.id).where(
    SignReportRow.treatment_id.in_(_IDS), counts(SignReportRow)
)
_NOTICED = _STANDING.order_by(SignReportRow.noticed_on, SignReportRow.id)
_REPORTED = _STANDING.order_by(SignReportRow.recorded_at, SignReportRow.id)
_OF_ALL = dict[uuid.UUID, dict[str, tuple[dt.date, ...]]]


def signs_noticed(session: Session, treatment_ids: Sequence[uuid.UUID]) -> _OF_ALL:
    """By treatment and sign, the days on which it was noticed, the oldest first; what was taken back is not there."""
    found: _OF_ALL = defaultdict(dict)
    for treatment_id, signs, noticed_on, _ in session.execute(_NOTICED, {"ids": treatment_ids}):
        of_treatment = found[treatment_id]
        for sign in signs:
            of_treatment[sign] = (*of_treatment.get(sign, ()), noticed_on)
    return found


def last_noticed(session: Session, *, treatment_id: uuid.UUID) -> tuple[Noticed, ...]:
    """Each sign that a report which stands tells of: the last day on which it was noticed, and the last report of it.

    The last report is the one that nobody may have seen, also where it tells of an earlier day.
    """
    found: dict[str, Noticed] = {}
    for _, signs, noticed_on, report_id in session.execute(_REPORTED, {"ids": (treatment_id,)}):
        for sign in signs:
            before = found.get(sign)
            last_on = noticed_on if before is None else max(before.on, noticed_on)
            found[sign] = Noticed(sign, last_on, report_id)
    return tuple(found.values())
