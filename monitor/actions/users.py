"""Accounts of people and machines that sign in, and their tokens: made, shown once, revoked at once.

An administrator reaches the accounts of their own sites, an operator at the command line all of them.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, select, update

from monitor.actions.acceptable import read_text
from monitor.actions.mail_address import read_email, read_mail_language
from monitor.actions.open_record import check_version
from monitor.actions.permitted import permitted
from monitor.store.site import SiteRow
from monitor.store.staff import StaffRow, StaffSiteRow, StaffTokenRow, is_within
from monitor.store.token import digest
from monitor.terms import Conflict, Missing, Role, Unacceptable
from monitor.work import Work

LONGEST_NAME = 120
LONGEST_LIFE = dt.timedelta(days=366)
_SIGNS_IN = frozenset(Role) - {Role.PATIENT, Role.SYSTEM}


@permitted
def add_user(
    work: Work,
    *,
    name: str,
    role: Role,
    site_ids: Iterable[UUID],
    email: str | None = None,
    language: str | None = None,
) -> UUID:
    """A new account with one role, for these sites. Raises Missing (a site), Conflict (the name), Unacceptable.

    An administrator names at least one site, and only their own. `email`: where they are told that something waits for
    them, in `language`; neither is needed.
    """
    kept = read_text(name, field="name", longest=LONGEST_NAME)
    address, spoken = read_email(email), read_mail_language(work, language)
    if role not in _SIGNS_IN:
        raise Unacceptable("nobody signs in with this role", field="role")
    sites = frozenset(site_ids)
    known = set(work.session.scalars(select(SiteRow.id).where(SiteRow.id.in_(sites))))
    if known != sites or (work.by.role is Role.ADMIN and not sites <= work.by.site_ids):
        raise Missing("no such site", field="site_ids")
    if work.by.role is Role.ADMIN and not sites:
        raise Unacceptable("name at least one of your sites", field="site_ids")
    if work.session.scalar(select(StaffRow.id).where(StaffRow.name == kept)) is not None:
        raise Conflict("there is an account of this name", field="name")
    staff_id = uuid4()
    work.session.add(
        StaffRow(id=staff_id, name=kept, role=role.value, email=address, language=spoken, created_at=work.at)
    )
    work.session.flush()
    work.session.add_all(StaffSiteRow(staff_id=staff_id, site_id=site_id) for site_id in sites)
    work.note("add_user", subject=f"staff {staff_id}", content={"role": role.value, "sites": sorted(map(str, sites))})
    return staff_id


@permitted
def change_mail_address(
    work: Work, *, staff_id: UUID, email: str | None, language: str | None, expected_version: int | None = None
) -> None:
    """Where and in which language a colleague is told that something waits for them; None: in the list of alerts only.

    An address that was refused counts as new, also where it is the same. What waits for the next mail goes to it.
    Raises Missing (none, or none of yours), StaleVersion, Unacceptable.
    """
    address, spoken = read_email(email), read_mail_language(work, language)
    row = _find(work, StaffRow.id == staff_id)
    check_version(row.version, expected_version)
    row.email, row.language, row.email_refused_at = address, spoken, None
    row.version += 1
    work.note("change_mail_address", subject=f"staff {staff_id}", content={"has_address": address is not None})


@permitted
def issue_token(work: Work, *, staff_id: UUID, life: dt.timedelta) -> str:
    """A new token of this account: 256 random bits, returned this once and kept only as a digest.

    Raises Missing (none, none of yours, or it was revoked), Unacceptable.
    """
    if not dt.timedelta(0) < life <= LONGEST_LIFE:
        raise Unacceptable(f"must be 1 to {LONGEST_LIFE.days} days", field="days")
    _find(work, StaffRow.id == staff_id, StaffRow.is_active.is_(True))
    token, token_id = secrets.token_urlsafe(32), uuid4()
    work.session.add(
        StaffTokenRow(
            id=token_id, staff_id=staff_id, token_hash=digest(token), created_at=work.at, expires_at=work.at + life
        )
    )
    work.note("issue_token", subject=f"staff {staff_id}", content={"token": token_id})
    return token


@permitted
def revoke_user(work: Work, *, staff_id: UUID, expected_version: int | None = None) -> int:
    """Close the account: its tokens open nothing from the next request on. How many they were.

    Raises Missing (none, or none of yours), StaleVersion, Conflict (one's own).
    """
    row = _find(work, StaffRow.id == staff_id)
    check_version(row.version, expected_version)
    if staff_id == work.by.id:
        raise Conflict("this is your own account; let another administrator close it", field="user_id")
    if row.is_active:
        row.is_active = False
        row.version += 1
    live = StaffTokenRow.staff_id == staff_id, StaffTokenRow.revoked_at.is_(None)
    tokens = list(work.session.scalars(select(StaffTokenRow.id).where(*live)))
    work.session.execute(update(StaffTokenRow).where(*live).values(revoked_at=work.at))
    work.note("revoke_user", subject=f"staff {staff_id}", content={"tokens": tokens})
    return len(tokens)


def _find(work: Work, *who: ColumnElement[bool]) -> StaffRow:
    """The account, held. Raises Missing where there is none, or none that is only of the administrator's own sites."""
    query = select(StaffRow).where(*who).with_for_update()
    if work.by.role is Role.ADMIN:
        query = query.where(is_within(work.by.site_ids))
    found = work.session.scalar(query, execution_options={"populate_existing": True})
    if found is None:
        raise Missing("no such account", field="user_id")
    return found
