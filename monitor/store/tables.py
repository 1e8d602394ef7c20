"""Every table in one import: for the migrations, and for whoever needs the whole metadata."""

from __future__ import annotations

from sqlalchemy import MetaData

from monitor.store import (  # noqa: F401 - each adds its tables to the metadata when it is imported
    absence,
    administration,
    agenda,
    alert,
    appointment,
    asked_letter,
    assessment,
    audit,
    beat,
    call,
    caregiver,
    declaration,
    dossier,
    event,
    follow_up_form,
    former_contact,
    idempotency,
    inbound_message,
    lease,
    letter,
    list_check,
    mail,
    message,
    notification,
    number_check,
    patient,
    planned_course,
    postal_address,
    recipient,
    reminder,
    result,
    rota,
    sample_taken,
    sending_line,
    sending_pause,
    sign_report,
    site,
    staff,
    sweep_failure,
    transfer,
    treatment,
)
from monitor.store.base import Base

METADATA: MetaData = Base.metadata
