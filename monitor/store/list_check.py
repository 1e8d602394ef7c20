"""Whether the provider's list showed a message that is known to exist: without that, not finding one proves nothing."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base


class ListCheckRow(Base):
    """One look for a message that the provider has (H61); the newest counts. `checked_at`: the database's clock."""

    __tablename__ = "list_check"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    message_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("message.id"))
    checked_at: Mapped[dt.datetime] = mapped_column(index=True)
    is_shown: Mapped[bool]
