"""The time of the database itself: leases and claims of many processes are measured by one clock (H24)."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import text
from sqlalchemy.orm import Session


def database_now(session: Session) -> dt.datetime:
    """What the database's clock says at this moment (not at the start of the transaction), aware, in UTC."""
    if session.get_bind().dialect.name == "postgresql":
        moment: dt.datetime = session.execute(text("SELECT clock_timestamp()")).scalar_one()
        return moment.astimezone(dt.UTC)
    written: str = session.execute(text("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")).scalar_one()
    return dt.datetime.fromisoformat(written).replace(tzinfo=dt.UTC)
