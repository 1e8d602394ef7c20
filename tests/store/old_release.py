"""Rows as an earlier release knew them, for tests of what a migration makes of them."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa

NOW = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
_TYPES: dict[type, Any] = {uuid.UUID: sa.Uuid, dt.datetime: sa.DateTime(timezone=True), dt.date: sa.Date}


def insert(connection: sa.Connection, table: str, /, **values: Any) -> None:
    """A row of a table as the first release knew it: in plain types, without our classes."""
    known = [sa.column(column, _TYPES.get(type(value))) for column, value in values.items()]
    connection.execute(sa.insert(sa.table(table, *known)).values(**values))


def write_a_treatment(connection: sa.Connection) -> tuple[uuid.UUID, uuid.UUID, uuid.UUID]:
    """A patient on alemtuzumab; the ids of the site, the patient and the treatment."""
    site, patient, treatment = (uuid.uuid4() for _ in range(3))
    insert(connection, "site", id=site, name="North", country="FR", timezone="Europe/Paris", created_at=NOW)
    insert(
        connection, "patient", id=patient, site_id=site, family_name="Berger", given_name="Ada",
        birth_date="1980-02-29", sex="female", language="fr", version=1, created_at=NOW,
    )  # fmt: skip
    insert(
        connection, "treatment", id=treatment, patient_id=patient, site_id=site, protocol="alemtuzumab.v1",
        profile="eu", started_on=NOW.date(), version=1, created_at=NOW,
    )  # fmt: skip
    return site, patient, treatment
