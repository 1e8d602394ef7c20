"""Alerts on signs: one open for each treatment and sign, on the newest report of it; people close them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor.notices.alert_life import Patience
from monitor.schedules.calendar import Alert
from monitor.schedules.topics import SIGN
from monitor.store.agenda import Reconciled
from monitor.store.alert import BY_ITSELF, AlertRow, open_alert
from monitor.store.alert_revision import call_again, revise
from monitor.store.treatment import TreatmentRecord


def reconcile_signs(
    session: Session,
    *,
    treatment: TreatmentRecord,
    wanted: Sequence[tuple[Alert, uuid.UUID]],
    has_died: bool = False,
    at: dt.datetime,
    on: dt.date,
    patience: Patience,
) -> Reconciled:
    """Make the open `sign:` alerts of the treatment those that its reports want, writing only what differs.

    `wanted`: each alert with the report that it stands on. A new report on an open one is to be seen anew; one that a
    person closed opens again only with another report. Of what no report tells any more the alert is eased, and
    waits for a person. After a death nothing opens and nothing calls again; what no report tells any more is eased all
    the same. The caller holds the patient.
    """
    query = select(AlertRow).where(
        AlertRow.treatment_id == treatment.id, AlertRow.topic.startswith(SIGN, autoescape=True)
    )
    rows = session.scalars(query.order_by(AlertRow.opened_at, AlertRow.id)).all()
    still_open = {row.topic: row for row in rows if row.closed_at is None}
    last = {row.topic: row for row in rows if row.closed_at is not None}
    settled = {(row.topic, row.evidence) for row in rows if row.closed_at is not None and row.closed_by != BY_ITSELF}
    asked = {alert.topic: (alert, report) for alert, report in wanted if (alert.topic, report) not in settled}
    added = changed = 0
    for topic, (alert, report) in asked.items():
        if has_died:
            continue
        if topic in still_open:
            changed += _revise(still_open[topic], alert, report, at=at, patience=patience)
        else:
            _open(session, treatment, alert, report, follows=last.get(topic), at=at, patience=patience)
            added += 1
    for topic in still_open.keys() - asked.keys():
        changed += _ease(still_open[topic], at=at, on=on, patience=patience)
    session.flush()
    return Reconciled(added=added, changed=changed)


def open_signs(session: Session, *, treatment_ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, frozenset[str]]:
    """By treatment, the signs whose alert nobody has closed yet."""
    query = select(AlertRow.treatment_id, AlertRow.topic).where(
        AlertRow.treatment_id.in_(treatment_ids),
        AlertRow.closed_at.is_(None),
        AlertRow.topic.startswith(SIGN, autoescape=True),
    )
    found: dict[uuid.UUID, frozenset[str]] = {}
    for treatment_id, topic in session.execute(query):
        if treatment_id is not None:
            found[treatment_id] = found.get(treatment_id, frozenset()) | {topic.removeprefix(SIGN)}
    return found


def _open(
    session: Session,
    treatment: TreatmentRecord,
    alert: Alert,
    report: uuid.UUID,
    *,
    follows: AlertRow | None,
    at: dt.datetime,
    patience: Patience,
) -> None:
    open_alert(
        session,
        treatment_id=treatment.id,
        patient_id=treatment.patient_id,
        site_id=treatment.site_id,
        wanted=alert,
        at=at,
        patience=patience,
        evidence=report,
        follows_id=None if follows is None else follows.id,
    )


def _revise(row: AlertRow, alert: Alert, report: uuid.UUID, *, at: dt.datetime, patience: Patience) -> bool:
    is_new_report = row.evidence != report
    is_changed = revise(row, alert, at=at, patience=patience, about={"evidence": report})
    if is_new_report:
        call_again(row, at=at, patience=patience)  # whoever saw it saw an older report
    return is_changed


def _ease(row: AlertRow, *, at: dt.datetime, on: dt.date, patience: Patience) -> bool:
    """Whoever saw it saw something else: it is to be seen anew, and closes when it is."""
    if not row.holds:
        return False
    call_again(row, at=at, patience=patience)
    row.holds, row.eased_because = False, f"the report was corrected or taken back on {on}"
    row.version += 1
    return True
