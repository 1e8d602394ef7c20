"""What a text could not do becomes the task of a person: an alert that only a person closes."""

from __future__ import annotations

import datetime as dt
import uuid
from enum import StrEnum

from sqlalchemy import select

from monitor.delivery.patience import patience_of
from monitor.delivery.tell_staff import tell_staff
from monitor.schedules.calendar import Alert
from monitor.schedules.topics import MESSAGE, REMINDER
from monitor.store.alert import IS_OPEN, AlertRow, opening_values
from monitor.store.alert_revision import revise
from monitor.store.patient import PatientRow
from monitor.store.reminder import ReminderOutcome, ReminderRow
from monitor.store.site import SiteRow, known_zone
from monitor.store.treatment import TreatmentRow
from monitor.store.upsert import insert_into
from monitor.terms import Audience, Level
from monitor.work import Work


class Topic(StrEnum):
    """The causes for which the sending of texts calls a nurse."""

    NO_CHANNEL = f"{REMINDER}no_channel"
    TOO_LATE = f"{REMINDER}too_late"
    NUMBER = f"{REMINDER}number"
    FAILED = f"{MESSAGE}failed"
    UNCERTAIN = f"{MESSAGE}uncertain"
    UNDELIVERED = f"{MESSAGE}undelivered"
    WRITTEN = f"{MESSAGE}written"
    MOVE = f"{MESSAGE}move"
    WRONG_NUMBER = f"{MESSAGE}wrong_number"
    UNTOLD = f"{MESSAGE}colleague_untold"


LEVELS = {
    Topic.NO_CHANNEL: Level.URGENT,  # the same day (H35)
    Topic.TOO_LATE: Level.SOON,
    Topic.NUMBER: Level.SOON,  # texts go on meanwhile: they hold nothing that a stranger could use (H34)
    Topic.FAILED: Level.URGENT,
    Topic.UNCERTAIN: Level.SOON,
    Topic.UNDELIVERED: Level.URGENT,  # accepted is not delivered (H33)
    Topic.WRITTEN: Level.URGENT,  # nobody else reads it (H41)
    Topic.MOVE: Level.SOON,
    Topic.WRONG_NUMBER: Level.URGENT,
    Topic.UNTOLD: Level.URGENT,  # whoever was to see an alert was not told of it by mail (H47)
}

_OUTLIVE_THE_PATIENT = frozenset({Topic.WRITTEN, Topic.UNTOLD})


def open_task(
    work: Work,
    topic: Topic,
    *,
    treatment_id: uuid.UUID | None,
    patient_id: uuid.UUID,
    site_id: uuid.UUID,
    because: str,
    evidence: uuid.UUID | None = None,
) -> None:
    """One open alert for each treatment and cause (H46), or for the patient alone, whom the caller then holds.

    While there is one, more of the same changes nothing. `evidence`: what the task is about, the message or the text to
    us: another one lets it say something else, and what is urgent calls again, whoever has seen what it said before.
    Of somebody who died there is no task (H36), but that somebody wrote, or that a colleague was not told.
    """
    died_on = work.session.scalars(select(PatientRow.died_on).where(PatientRow.id == patient_id)).one()
    if died_on is not None and topic not in _OUTLIVE_THE_PATIENT:
        return
    timezone, country = work.session.execute(
        select(SiteRow.timezone, SiteRow.country).where(SiteRow.id == site_id)
    ).one()
    wanted = Alert(
        topic=topic,
        audience=Audience.NURSE,
        level=LEVELS[topic],
        since=local_day(work, timezone),
        because=because,
        source="policy",
    )
    patience = patience_of(work, timezone=timezone, country=country)
    statement = insert_into(work.session, AlertRow).values(
        id=uuid.uuid4(),
        treatment_id=treatment_id,
        patient_id=patient_id,
        site_id=site_id,
        evidence=evidence,
        **opening_values(wanted, at=work.at, patience=patience),
    )
    unless_open = statement.on_conflict_do_nothing(index_elements=["treatment_id", "topic"], index_where=IS_OPEN)
    row = _open(work, topic, patient_id=patient_id, treatment_id=treatment_id)
    if row is None and work.session.scalar(unless_open.returning(AlertRow.id)) is None:  # another was faster
        row = _open(work, topic, patient_id=patient_id, treatment_id=treatment_id)
    if row is not None and evidence not in {None, row.evidence}:
        revise(row, wanted, at=work.at, patience=patience, about={"evidence": evidence})
    tell_staff(work, patient_id=patient_id)


def _open(work: Work, topic: Topic, *, patient_id: uuid.UUID, treatment_id: uuid.UUID | None) -> AlertRow | None:
    return work.session.scalars(
        select(AlertRow)
        .where(
            AlertRow.patient_id == patient_id,
            AlertRow.treatment_id == treatment_id,
            AlertRow.topic == topic,
            AlertRow.closed_at.is_(None),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def local_day(work: Work, timezone: str | None) -> dt.date:
    """Today at that place; the day in UTC where the zone is unknown, for a task must not depend on it."""
    return work.today(known_zone(timezone or "UTC"))


def open_task_for_message(
    work: Work, topic: Topic, *, message_id: uuid.UUID, patient_id: uuid.UUID, because: str
) -> None:
    """The same for every treatment whose reminders the message carries; the message is the evidence.

    At the site where the treatment is now: the patient may have been handed over since the text was decided (H50).
    """
    treatments = (
        select(ReminderRow.treatment_id, TreatmentRow.site_id)
        .join(TreatmentRow, TreatmentRow.id == ReminderRow.treatment_id)
        .where(ReminderRow.message_id == message_id, ReminderRow.outcome == ReminderOutcome.QUEUED)
    )
    for treatment_id, site_id in work.session.execute(treatments.distinct()):
        open_task(
            work,
            topic,
            treatment_id=treatment_id,
            patient_id=patient_id,
            site_id=site_id,
            because=because,
            evidence=message_id,
        )
