"""Every table in one import: for the migrations, and for whoever needs the whole metadata."""

from __future__ import annotations

from sqlalchemy import MetaData

from monitor.store import (
    administration,
    agenda,
    alert,
    assessment,
    audit,
    beat,
    event,
    former_contact,
    message,
    patient,
    reminder,
    result,
    sending_line,
    site,
    staff,
    sweep_failure,
    treatment,
)
from monitor.store.base import Base

MODULES = (
    administration,
    agenda,
    alert,
    assessment,
    audit,
    beat,
    event,
    former_contact,
    message,
    patient,
    reminder,
    result,
    sending_line,
    site,
    staff,
    sweep_failure,
    treatment,
)
METADATA: MetaData = Base.metadata
