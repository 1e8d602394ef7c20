"""A caregiver beside the patient of the scene, and the choice between them."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from monitor.store.caregiver import CaregiverConsentRow, CaregiverRow
from monitor.store.number_check import NumberCheckRow
from monitor.store.recipient import RecipientChoiceRow
from monitor.store.reminder import ReminderRow
from tests.delivery.scene import CREATED, PHONE, Scene

NURSE = uuid.UUID(int=7)
CAREGIVER_PHONE = "+33639980009"


def add_caregiver(
    scene: Scene, *, phone: str = CAREGIVER_PHONE, agrees: bool = True, is_confirmed: bool = True
) -> uuid.UUID:
    """Somebody who reads English; the id."""
    caregiver_id = uuid.uuid4()
    caregiver = CaregiverRow(
        id=caregiver_id, patient_id=scene.patient_id, name="Paul Exemple", phone=phone, language="en",
        designated_by=NURSE, designated_at=CREATED,
    )  # fmt: skip
    scene.add(caregiver)
    consent(scene, caregiver_id, is_given=agrees)
    if is_confirmed:
        check(scene, phone=phone, caregiver_id=caregiver_id)
    return caregiver_id


def consent(scene: Scene, caregiver_id: uuid.UUID, *, is_given: bool) -> None:
    scene.add(
        CaregiverConsentRow(
            caregiver_id=caregiver_id,
            number=_next(scene, CaregiverConsentRow),
            is_given=is_given,
            at=CREATED,
            recorded_by=NURSE,
        )
    )


def check(
    scene: Scene,
    *,
    phone: str = PHONE,
    caregiver_id: uuid.UUID | None = None,
    is_right: bool = True,
    at: dt.datetime = CREATED,
) -> None:
    """Somebody called the number."""
    scene.add(
        NumberCheckRow(
            patient_id=scene.patient_id,
            caregiver_id=caregiver_id,
            number=_next(scene, NumberCheckRow),
            phone=phone,
            is_right=is_right,
            checked_by="call",
            reason=None if is_right else "a stranger answered",
            at=at,
            recorded_by=NURSE,
        )
    )


def choose(scene: Scene, recipients: str) -> None:
    number = _next(scene, RecipientChoiceRow)
    scene.add(
        RecipientChoiceRow(
            patient_id=scene.patient_id, number=number, recipients=recipients, at=CREATED, recorded_by=NURSE
        )
    )


def told(scene: Scene) -> dict[tuple[str, str], str]:
    """What became of each reminder, by whom it was for and its item."""
    return {(row.recipient, row.item_key): row.outcome for row in scene.rows(ReminderRow)}


def _next(scene: Scene, table: type[CaregiverConsentRow | NumberCheckRow | RecipientChoiceRow]) -> int:
    with Session(scene.engine) as session:
        return (session.scalar(select(func.max(table.number))) or 0) + 1
