"""What a text to us led to: the answer that goes out, the consents, and the tasks."""

from __future__ import annotations

import uuid
from xml.etree.ElementTree import fromstring

from monitor.notices.sms_text import check_sms_text
from monitor.store.alert import AlertRow
from monitor.store.patient import SmsConsentRow
from tests.client import Answer
from tests.delivery.scene import Scene


def said(answer: Answer) -> str | None:
    """What the provider is told to send back."""
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/xml")
    message = fromstring(answer.data).find("Message")  # noqa: S314 - as above
    if message is None:
        return None
    return check_sms_text(message.text or "")


def consents(scene: Scene, patient_id: uuid.UUID | None = None) -> list[bool]:
    rows = [row for row in scene.rows(SmsConsentRow) if row.patient_id == (patient_id or scene.patient_id)]
    return [row.is_given for row in sorted(rows, key=lambda row: row.number)]


def tasks(scene: Scene, patient_id: uuid.UUID | None = None) -> list[str]:
    rows = [row for row in scene.rows(AlertRow) if row.patient_id == (patient_id or scene.patient_id)]
    return sorted(row.topic for row in rows if row.closed_at is None)
