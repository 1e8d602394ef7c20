"""Whether the line to the provider is open: stopped by a refused account or a ceiling, never in silence (H44)."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, at_most, one_of


class SendingLineRow(Base):
    """`stopped_at` None, or no row: the line is open. `probe_at`: when one message may try again; None: not by itself.

    `opened_at`: when a person last opened it, by the database's clock: since then a site may send a day's worth more.
    `sms` is the line of texts, `mail` that to the mail server; `clock` stops the first where the time is in doubt.
    """

    __tablename__ = "sending_line"
    __table_args__ = (
        one_of("name", "sms", "mail", "clock"),
        at_most("reason", 200),
        CheckConstraint("stopped_at IS NOT NULL OR (reason IS NULL AND probe_at IS NULL)", name="reason_when_stopped"),
    )

    name: Mapped[str] = mapped_column(primary_key=True)
    stopped_at: Mapped[dt.datetime | None]
    reason: Mapped[str | None]
    probe_at: Mapped[dt.datetime | None]
    opened_at: Mapped[dt.datetime | None]
