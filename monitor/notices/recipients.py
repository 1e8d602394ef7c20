"""Who must know of an alert now: the rota of its function in turns, without the absent, then everybody of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from monitor.terms import Audience


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody is on duty for a function, from `starts_on` to the day before `ends_on`; `place` 1 is told first."""

    staff_id: UUID
    audience: Audience
    place: int
    starts_on: dt.date
    ends_on: dt.date


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody is absent, from `starts_on` to the day before `ends_on`."""

    staff_id: UUID
    starts_on: dt.date
    ends_on: dt.date


@dataclass(frozen=True, slots=True)
class Team:
    """The people of one site who may be told, each with the function of their role, their turns and their absences.

    Only accounts that are active stand in `members`; a turn of anybody else is passed over.
    """

    members: Mapping[UUID, Audience]
    turns: Sequence[Turn] = field(default=())
    absences: Sequence[Away] = field(default=())


def recipients(team: Team, *, audience: Audience, step: int, on: dt.date) -> tuple[UUID, ...]:
    """Who must know of an alert that went on `step` times without being acknowledged, on that day at the site (H47).

    Step 0 is the first place of the rota, each later step adds the next place, then everybody of the function, and of
    a nurse's alert then the neurologists in the same way. Where the rota is empty, everybody of the function at once.
    Who is absent is asked only where nobody else is there. In the order in which they are told; empty only where the
    site has nobody at all. Raises nothing.
    """
    return tuple(found for wave in waves(team, audience=audience, on=on)[: step + 1] for found in wave)


def waves(team: Team, *, audience: Audience, on: dt.date) -> list[tuple[UUID, ...]]:
    """Who is told at each step, nobody twice; at least one wave while there is anybody."""
    absent = {one.staff_id for one in team.absences if one.starts_on <= on < one.ends_on}
    functions = (audience,) if audience is Audience.NEUROLOGIST else (audience, Audience.NEUROLOGIST)
    others = tuple(one for one in Audience if one not in functions)
    there = [wave for one in functions for wave in _of_function(team, one, on=on, absent=absent)]
    if not any(there):
        there = [wave for one in others for wave in _of_function(team, one, on=on, absent=absent)]
        there += [wave for one in (*functions, *others) for wave in _of_function(team, one, on=on, absent=set())]
    told: set[UUID] = set()
    found: list[tuple[UUID, ...]] = []
    for wave in there:
        new = tuple(one for one in wave if one not in told)
        told.update(new)
        if new:
            found.append(new)
    return found


def first_step_of(team: Team, staff_id: UUID, *, audience: Audience, on: dt.date) -> int | None:
    """From which step on somebody must know of such an alert; None: at no step."""
    return next((step for step, wave in enumerate(waves(team, audience=audience, on=on)) if staff_id in wave), None)


def _of_function(team: Team, audience: Audience, *, on: dt.date, absent: set[UUID]) -> Iterator[tuple[UUID, ...]]:
    """Those of one function who are there: by the places of the rota, then all."""
    there = [one for one, function in team.members.items() if function is audience and one not in absent]
    by_place: dict[int, list[UUID]] = {}
    for turn in team.turns:
        if turn.audience is audience and turn.starts_on <= on < turn.ends_on and turn.staff_id in there:
            by_place.setdefault(turn.place, []).append(turn.staff_id)
    for place in sorted(by_place):
        yield tuple(sorted(set(by_place[place])))
    yield tuple(sorted(there))
