"""Lets every alert that nobody acknowledged in time go on to the next who must know, one transaction for each (H47)."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session, sessionmaker

from monitor.catalog import Catalog
from monitor.delivery.patience import patience_of
from monitor.delivery.tell_staff import tell_staff
from monitor.notices.recipients import recipients
from monitor.settings import Settings
from monitor.store.escalation import Unseen, find_unseen, go_on, unseen_alerts
from monitor.store.locks import lock_patient
from monitor.store.site import known_zone
from monitor.store.team import read_teams
from monitor.work import SYSTEM, Work, working

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Escalated:
    """How many alerts went on, could not, or were found seen, or taken by another process, meanwhile."""

    done: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Escalated) -> Escalated:
        return Escalated(self.done + other.done, self.failed + other.failed, self.skipped + other.skipped)


def escalate(
    sessions: sessionmaker[Session],
    *,
    catalog: Catalog,
    settings: Settings,
    at: dt.datetime,
    goes_on: Callable[[], bool] = lambda: True,
) -> Escalated:
    """Let each alert whose time is up go one step further; a second process, or a second time, finds none of them.

    After a downtime each goes one step, not as many as were missed: its time begins anew. `goes_on` is asked before
    each. Raises only if the database fails.
    """
    with sessions() as session:
        found = unseen_alerts(session, at=at)
    escalated = Escalated()
    for alert_id, patient_id in found:
        if not goes_on():
            break
        escalated += _take(sessions, catalog, settings, at=at, alert_id=alert_id, patient_id=patient_id)
    return escalated


def _take(
    sessions: sessionmaker[Session],
    catalog: Catalog,
    settings: Settings,
    *,
    at: dt.datetime,
    alert_id: UUID,
    patient_id: UUID,
) -> Escalated:
    try:
        with working(sessions, catalog=catalog, by=SYSTEM, at=at, settings=settings) as work:
            lock_patient(work.session, patient_id=patient_id)
            alert = find_unseen(work.session, alert_id=alert_id, at=at)
            is_taken = alert is not None and _go_on(work, alert)
        return Escalated(done=1) if is_taken else Escalated(skipped=1)
    except Exception as failure:  # noqa: BLE001 - one bad record must not stop the rest, whatever is wrong with it (H28)
        _log.error("alert %s could not go on: %s", alert_id, type(failure).__name__)
        return Escalated(failed=1)


def _go_on(work: Work, alert: Unseen) -> bool:
    patience = patience_of(work, timezone=alert.timezone, country=alert.country)
    if not go_on(work.session, alert, at=work.at, again_at=patience.acknowledge_by(alert.level, at=work.at)):
        return False
    today = work.today(known_zone(alert.timezone))
    team = read_teams(work.session, days={alert.site_id: today})[alert.site_id].team
    tell_staff(work, patient_id=alert.patient_id)
    told = recipients(team, audience=alert.audience, step=alert.step + 1, on=today)
    work.note(
        "escalate",
        patient_id=alert.patient_id,
        site_id=alert.site_id,
        subject=f"alert {alert.id}",
        content={"topic": alert.topic, "step": alert.step + 1, "to": list(told)},
    )
    return True
