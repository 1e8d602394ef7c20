"""Signs that a patient noticed and reported; append-only, corrected by a successor."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, Personal, at_most, successor_rules


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
