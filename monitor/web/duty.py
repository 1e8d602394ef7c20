"""Who of the staff is who, and who on the rota is away: what a card says beside the people who must know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import UUID

from monitor.overviews.absences import Absence
from monitor.overviews.rota import Member, RotaTurn
from monitor.web.spoken import Spoken

_DAY = dt.timedelta(days=1)


class Duty:
    """The rota and the absences of some sites, each on the day of its own wall."""

    def __init__(
        self,
        *,
        members: Iterable[Member],
        turns: Iterable[RotaTurn],
        absences: Iterable[Absence],
        days: Mapping[UUID, dt.date],
        spoken: Spoken,
    ) -> None:
        known = tuple(members)
        self._names = {one.id: one.name for one in known}
        self._functions = {one.id: one.audience for one in known}
        self._turns = [one for one in turns if one.withdrawn_at is None]
        self._absences = [one for one in absences if one.withdrawn_at is None]
        self._days, self._spoken = days, spoken

    def name(self, staff_id: UUID | None) -> str:
        """What somebody of the staff is called."""
        return "somebody" if staff_id is None else self._names.get(staff_id, "somebody who works here no longer")

    def not_by(self, audience: str, staff_id: UUID | None) -> str:
        """What to add where somebody of another function has seen it, and nobody for whom it is."""
        function = None if staff_id is None else self._functions.get(staff_id)
        return "" if function in {None, audience} else f" ({function}; no {audience} has seen it yet)"

    def away(self, *, site_id: UUID, audience: str) -> tuple[str, ...]:
        """Who would be told of such an alert today and is away, each with their last day."""
        on = self._days.get(site_id)
        if on is None:
            return ()
        expected = {
            one.staff_id
            for one in self._turns
            if one.site_id == site_id and one.audience == audience and one.starts_on <= on < one.ends_on
        }
        return tuple(
            f"{one.name} is away until {self._spoken.day(one.ends_on - _DAY)}"
            for one in self._absences
            if one.staff_id in expected and one.starts_on <= on < one.ends_on
        )
