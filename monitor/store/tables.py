"""Every table in one import: for the migrations, and for whoever needs the whole metadata."""

from __future__ import annotations

from sqlalchemy import MetaData

from monitor.store import (  # noqa: F401 - each adds its tables to the metadata when it is imported
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

METADATA: MetaData = Base.metadata
