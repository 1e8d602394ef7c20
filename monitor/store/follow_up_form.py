"""The follow-up form of one dose, once filled in; append-only. A dose without one has an open form."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, Personal, at_most, successor_rules


class FollowUpFormRow(Base):
    """`answers` is the JSON text of the form; `administration_id` the dose as it stood when the form was filled in."""

    __tablename__ = "follow_up_form"
    __table_args__ = (*successor_rules(), at_most("reason", 500))

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    treatment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("treatment.id"), index=True)
    administration_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("administration.id"), index=True)
    answers: Mapped[str] = mapped_column(Personal)
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("follow_up_form.id"), unique=True)
    is_retraction: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None]
    recorded_by: Mapped[uuid.UUID]
    recorded_at: Mapped[dt.datetime]
