"""Alerts that are simply there, for tests about showing and closing them."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from monitor.store.alert import AlertRow
from monitor.terms import Audience, Level
from tests.cast import NOW, TODAY, Cast


def open_alert(
    session: Session,
    cast: Cast,
    *,
    topic: str,
    level: Level,
    audience: Audience = Audience.NEUROLOGIST,
    since: dt.date = TODAY,
) -> UUID:
    """An open alert about Ada; its id."""
    alert_id = uuid4()
    session.add(
        AlertRow(
            id=alert_id,
            treatment_id=cast.ada_treatment,
            patient_id=cast.ada,
            site_id=cast.north,
            topic=topic,
            audience=audience.value,
            level=level.value,
            rank=level.rank,
            since=since,
            because="a test says so",
            source="policy",
            opened_at=NOW,
        )
    )
    session.flush()
    return alert_id
