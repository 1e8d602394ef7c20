"""The people of each site who may be told of an alert: active accounts, the rota, and who is away."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor.notices.recipients import Away, Team, Turn
from monitor.store.absence import AbsenceRow
from monitor.store.rota import RotaRow
from monitor.store.staff import StaffRow, StaffSiteRow
from monitor.terms import Audience

_FUNCTIONS = tuple(audience.value for audience in Audience)


@dataclass(frozen=True, slots=True)
class SiteTeam:
    """Who may be told at a site, and by what name."""

    team: Team
    names: Mapping[uuid.UUID, str]


def read_teams(session: Session, *, days: Mapping[uuid.UUID, dt.date]) -> dict[uuid.UUID, SiteTeam]:
    """The team of each of these sites as of a day there, in three queries however many they are."""
    names: dict[uuid.UUID, dict[uuid.UUID, str]] = {site_id: {} for site_id in days}
    members: dict[uuid.UUID, dict[uuid.UUID, Audience]] = {site_id: {} for site_id in days}
    if not days:
        return {}
    staff = (
        select(StaffSiteRow.site_id, StaffRow.id, StaffRow.name, StaffRow.role)
        .join(StaffRow, StaffRow.id == StaffSiteRow.staff_id)
        .where(StaffSiteRow.site_id.in_(days), StaffRow.is_active, StaffRow.role.in_(_FUNCTIONS))
    )
    for site_id, staff_id, name, role in session.execute(staff):
        names[site_id][staff_id] = name
        members[site_id][staff_id] = Audience(role)
    turns, absences = _turns(session, days), _absences(session, days)
    return {
        site_id: SiteTeam(Team(of_site, turns.get(site_id, ()), absences), names[site_id])
        for site_id, of_site in members.items()
    }


def _turns(session: Session, days: Mapping[uuid.UUID, dt.date]) -> dict[uuid.UUID, list[Turn]]:
    query = select(
        RotaRow.site_id, RotaRow.staff_id, RotaRow.audience, RotaRow.place, RotaRow.starts_on, RotaRow.ends_on
    ).where(
        RotaRow.site_id.in_(days),
        RotaRow.withdrawn_at.is_(None),
        RotaRow.starts_on <= max(days.values()),
        RotaRow.ends_on > min(days.values()),
    )
    found: dict[uuid.UUID, list[Turn]] = {}
    for site_id, staff_id, audience, place, starts_on, ends_on in session.execute(query):
        found.setdefault(site_id, []).append(Turn(staff_id, Audience(audience), place, starts_on, ends_on))
    return found


def _absences(session: Session, days: Mapping[uuid.UUID, dt.date]) -> list[Away]:
    """Of everybody at these sites; each once for each of their sites, which changes nothing."""
    query = (
        select(AbsenceRow.staff_id, AbsenceRow.starts_on, AbsenceRow.ends_on)
        .join(StaffSiteRow, StaffSiteRow.staff_id == AbsenceRow.staff_id)
        .where(
            StaffSiteRow.site_id.in_(days),
            AbsenceRow.withdrawn_at.is_(None),
            AbsenceRow.starts_on <= max(days.values()),
            AbsenceRow.ends_on > min(days.values()),
        )
    )
    return [Away(*row) for row in session.execute(query)]
