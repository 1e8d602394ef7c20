"""How a token is kept: only as a digest, so that whoever reads the table cannot sign in with what it holds."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from monitor.store.base import UtcDateTime
from monitor.store.staff import StaffRow, StaffSiteRow, StaffTokenRow

LONGEST_TOKEN = 128
_BEARER = (
    select(StaffRow.id, StaffRow.role, StaffSiteRow.site_id)
    .join(StaffTokenRow, StaffTokenRow.staff_id == StaffRow.id)
    .outerjoin(StaffSiteRow, StaffSiteRow.staff_id == StaffRow.id)
    .where(
        StaffTokenRow.token_hash == bindparam("token_hash"),
        StaffTokenRow.revoked_at.is_(None),
        StaffTokenRow.expires_at > bindparam("at", type_=UtcDateTime()),
        StaffRow.is_active,
    )
)


def digest(token: str) -> str:
    """SHA-256, unsalted: the token itself is 256 random bits, there is nothing to guess."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_bearer(session: Session, *, token: str, at: dt.datetime) -> Sequence[Row[uuid.UUID, str, uuid.UUID | None]]:
    """Who holds this token: id and role, a row for each site; empty where it is unknown, expired or revoked."""
    return session.execute(_BEARER, {"token_hash": digest(token), "at": at}).all()
