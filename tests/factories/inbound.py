"""Texts to us that are simply there, for tests about showing them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from monitor.store.inbound_message import InboundMessageRow, InboundPatientRow
from tests.cast import NOW

SENDER = "+33639980055"
WRITTEN = "je dois venir a quelle heure ?"


def add_inbound(session: Session, patients: Collection[UUID], *, days_ago: int = 0) -> UUID:
    """A text from a number of these patients, for a nurse to read; its id."""
    inbound_id = uuid4()
    session.add(
        InboundMessageRow(
            id=inbound_id, provider_sid=f"SM{inbound_id.hex}", sender=SENDER, text=WRITTEN, media=0,
            received_at=NOW - dt.timedelta(days=days_ago), read_as="other", provider_says=None, answer="emergency",
        )
    )  # fmt: skip
    session.flush()
    for patient_id in patients:
        session.add(InboundPatientRow(inbound_id=inbound_id, patient_id=patient_id, recipient="self"))
    session.flush()
    return inbound_id
