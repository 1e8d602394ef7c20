"""What nobody had seen when alerts got a time to be seen by goes on to the next at once, and nothing else does."""

from __future__ import annotations

import uuid

from sqlalchemy.orm import Session

from monitor.store.alert import AlertRow
from monitor.store.engine import make_engine
from monitor.store.escalation import unseen_alerts
from monitor.store.schema import upgrade
from tests.store.old_release import NOW, insert, write_a_treatment


def test_h47_open_alerts_of_the_release_before_are_not_forgotten(old_database_url: str) -> None:
    upgrade(old_database_url, to="0002")
    engine = make_engine(old_database_url)
    unseen, seen, closed, to_know = (uuid.uuid4() for _ in range(4))
    with engine.begin() as connection:
        site, patient, treatment = write_a_treatment(connection)
        for number, (alert, level, rank, more) in enumerate(
            (
                (unseen, "soon", 2, {}),
                (seen, "urgent", 1, {"acknowledged_at": NOW, "acknowledged_by": patient}),
                (closed, "urgent", 1, {"closed_at": NOW, "closed_by": patient, "closing_reason": "done"}),
                (to_know, "info", 3, {}),
            )
        ):
            insert(
                connection, "alert", id=alert, treatment_id=treatment, patient_id=patient, site_id=site, level=level,
                topic=f"overdue:{number}", audience="nurse", rank=rank, since=NOW.date(), because="late",
                source="policy", opened_at=NOW, version=1, **more,
            )  # fmt: skip

    upgrade(old_database_url)

    with Session(engine) as session:
        assert unseen_alerts(session, at=NOW) == ((unseen, patient),)
        rows = session.query(AlertRow).all()
        assert {(row.holds, row.step) for row in rows} == {(True, 0)}
    engine.dispose()
