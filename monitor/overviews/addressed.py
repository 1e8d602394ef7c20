"""Who must know of the alerts of one's sites now: the rota of today, without those who are away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, and_, false, or_

from monitor.notices.recipients import first_step_of, recipients
from monitor.store.alert import AlertRow
from monitor.store.team import read_teams
from monitor.terms import Audience
from monitor.work import Work


class Colleague(msgspec.Struct, frozen=True):
    """Somebody of the staff."""

    id: UUID
    name: str


class Addressed:
    """The teams of some sites on their day; each answer is worked out once, however many alerts ask for it."""

    def __init__(self, work: Work, *, days: Mapping[UUID, dt.date]) -> None:
        self._days = days
        self._teams = read_teams(work.session, days=days)
        self._known: dict[tuple[UUID, str, int], tuple[Colleague, ...]] = {}

    def to(self, *, site_id: UUID, audience: str, step: int) -> tuple[Colleague, ...]:
        """Who must know of such an alert of that site, in the order in which they are told."""
        key = site_id, audience, step
        if key not in self._known:
            site, on = self._teams[site_id], self._days[site_id]
            told = recipients(site.team, audience=Audience(audience), step=step, on=on)
            self._known[key] = tuple(Colleague(one, site.names[one]) for one in told)
        return self._known[key]

    def is_for(self, staff_id: UUID, *, site_id: UUID) -> ColumnElement[bool]:
        """Whether an alert of that site is addressed to this person: from some step on, by the function it is for."""
        team, on = self._teams[site_id].team, self._days[site_id]
        firsts = {audience: first_step_of(team, staff_id, audience=audience, on=on) for audience in Audience}
        of_them = (
            and_(AlertRow.audience == audience.value, AlertRow.step >= first)
            for audience, first in firsts.items()
            if first is not None
        )
        return or_(false(), *of_them)
