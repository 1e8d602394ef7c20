"""Alerts about what was not done in time: they open, rise and close with the calendar, and no person closes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import Uuid, bindparam, select
from sqlalchemy.orm import Session

from monitor.notices.alert_life import Patience
from monitor.schedules.calendar import Alert
from monitor.schedules.topics import OVERDUE
from monitor.store.agenda import Reconciled
from monitor.store.alert import BY_ITSELF, AlertRow, close, open_alert
from monitor.store.alert_revision import revise
from monitor.store.treatment import TreatmentRecord

_OPEN = select(AlertRow).where(
    AlertRow.treatment_id == bindparam("of_treatment", type_=Uuid()),
    AlertRow.closed_at.is_(None),
    AlertRow.topic.startswith(OVERDUE, autoescape=True),
)


def reconcile_overdue(
    session: Session,
    *,
    treatment: TreatmentRecord,
    wanted: Iterable[Alert],
    at: dt.datetime,
    on: dt.date,
    patience: Patience,
) -> Reconciled:
    """Make the open `overdue:` alerts of the treatment those that the calendar wants, writing only what differs.

    One that is no longer wanted closes by itself and says so; one that grew more pressing is to be seen anew.
    """
    asked = {alert.topic: alert for alert in wanted if alert.topic.startswith(OVERDUE)}
    stored = {row.topic: row for row in session.scalars(_OPEN, {"of_treatment": treatment.id})}
    if not asked and not stored:
        return Reconciled()
    for topic in asked.keys() - stored.keys():
        open_alert(
            session,
            treatment_id=treatment.id,
            patient_id=treatment.patient_id,
            site_id=treatment.site_id,
            wanted=asked[topic],
            at=at,
            patience=patience,
        )
    for topic in stored.keys() - asked.keys():
        close(stored[topic], at=at, by=BY_ITSELF, reason=f"settled: nothing of it is overdue on {on}")
    kept = asked.keys() & stored.keys()
    changed = [revise(stored[topic], asked[topic], at=at, patience=patience) for topic in kept]
    session.flush()
    return Reconciled(
        added=len(asked.keys() - stored.keys()), changed=sum(changed), removed=len(stored.keys() - asked.keys())
    )
