"""The people and machines that sign in: their role, their sites, and the digests of their tokens."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, and_, exists, or_
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, Personal, at_most, one_of
from monitor.terms import Role

_SIGNING_IN = tuple(role.value for role in Role if role not in (Role.SYSTEM, Role.PATIENT))


class StaffRow(Base):
    """A person, or a laboratory system; never deleted, only switched off.

    `email`: where they are told that something waits for them; `email_refused_at`: when a mail server last said that
    there is no such mailbox.
    """

    __tablename__ = "staff"
    __table_args__ = (
        at_most("name", 120),
        at_most("email", 254),
        at_most("language", 8),
        one_of("role", *_SIGNING_IN),
        CheckConstraint("email IS NOT NULL OR email_refused_at IS NULL", name="refusal_of_an_address"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    email: Mapped[str | None] = mapped_column(Personal)
    email_refused_at: Mapped[dt.datetime | None]
    language: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[dt.datetime]
    version: Mapped[int] = mapped_column(default=1)


class StaffSiteRow(Base):
    """Where somebody may look."""

    __tablename__ = "staff_site"

    staff_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"), primary_key=True)


class StaffTokenRow(Base):
    """Only the digest is kept: whoever reads the table cannot sign in with what it holds."""

    __tablename__ = "staff_token"
    __table_args__ = (
        CheckConstraint("length(token_hash) = 64", name="token_hash_length"),
        CheckConstraint("expires_at > created_at", name="expires_later"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    staff_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]


def takes_mail(*, doubted_since: dt.datetime) -> ColumnElement[bool]:
    """Whether a colleague has an address that no mail server has refused since then: it may have been wrong, or us."""
    return and_(
        StaffRow.is_active,
        StaffRow.email.is_not(None),
        or_(StaffRow.email_refused_at.is_(None), StaffRow.email_refused_at <= doubted_since),
    )


def is_within(sites: Collection[uuid.UUID]) -> ColumnElement[bool]:
    """Whose account has a site, and none beyond these: whoever looks after these sites looks after it."""
    of_staff = StaffSiteRow.staff_id == StaffRow.id
    return and_(
        exists().where(of_staff, StaffSiteRow.site_id.in_(sites)),
        ~exists().where(of_staff, StaffSiteRow.site_id.not_in(sites)),
    )
