"""Who is told of an alert, and who next: by the rota, past the absent, and in the end everybody (H47)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from monitor.notices.recipients import Away, Team, Turn, first_step_of, recipients
from monitor.terms import Audience

ON = dt.date(2026, 6, 15)
DAY = dt.timedelta(days=1)
NORA, NILS, NUR, NOOR, NEVA = (UUID(int=number) for number in range(1, 6))
MEMBERS = {
    NORA: Audience.NURSE,
    NILS: Audience.NURSE,
    NUR: Audience.NURSE,
    NOOR: Audience.NEUROLOGIST,
    NEVA: Audience.NEUROLOGIST,
}


def turn(staff_id: UUID, place: int = 1, *, begins: dt.date = ON, days: int = 1, of: Audience | None = None) -> Turn:
    return Turn(staff_id, of or MEMBERS[staff_id], place, begins, begins + days * DAY)


def away(staff_id: UUID, *, begins: dt.date = ON, days: int = 1) -> Away:
    return Away(staff_id, begins, begins + days * DAY)


def told(team: Team, step: int, *, audience: Audience = Audience.NURSE, on: dt.date = ON) -> set[UUID]:
    return set(recipients(team, audience=audience, step=step, on=on))


def test_h47_it_goes_up_the_places_then_to_all_then_to_the_neurologists() -> None:
    team = Team(MEMBERS, (turn(NILS), turn(NORA, 2), turn(NEVA)))

    steps = [told(team, step) for step in range(6)]

    assert steps == [{NILS}, {NILS, NORA}, {NILS, NORA, NUR}, {NILS, NORA, NUR, NEVA}, set(MEMBERS), set(MEMBERS)]


def test_h47_without_a_rota_everybody_of_the_function_is_told_at_once() -> None:
    team = Team(MEMBERS)

    assert told(team, 0) == {NORA, NILS, NUR}
    assert told(team, 1) == set(MEMBERS)
    assert told(team, 0, audience=Audience.NEUROLOGIST) == {NOOR, NEVA}
    assert told(team, 9, audience=Audience.NEUROLOGIST) == {NOOR, NEVA}


def test_h47_it_goes_past_whoever_is_away() -> None:
    team = Team(MEMBERS, (turn(NILS), turn(NORA, 2)), (away(NILS),))

    assert told(team, 0) == {NORA}
    assert told(team, 1) == {NORA, NUR}
    assert NILS not in told(team, 9)


def test_a_turn_and_an_absence_begin_on_their_first_day_and_end_before_their_last() -> None:
    team = Team(MEMBERS, (turn(NILS, days=2),), (away(NORA, days=2),))

    assert [told(team, 0, on=ON + days * DAY) for days in (-1, 0, 1, 2)] == [
        {NORA, NILS, NUR}, {NILS}, {NILS}, {NORA, NILS, NUR},
    ]  # fmt: skip
    assert [NORA in told(team, 1, on=ON + days * DAY) for days in (-1, 0, 1, 2)] == [True, False, False, True]


def test_a_turn_of_somebody_who_left_or_has_another_role_counts_for_nothing() -> None:
    team = Team(MEMBERS, (turn(NOOR, of=Audience.NURSE), Turn(UUID(int=99), Audience.NURSE, 1, ON, ON + DAY)))

    assert told(team, 0) == {NORA, NILS, NUR}


def test_h47_where_all_nurses_are_away_the_neurologists_are_told_at_once() -> None:
    team = Team(MEMBERS, (turn(NEVA),), tuple(away(one) for one in (NORA, NILS, NUR)))

    assert told(team, 0) == {NEVA}


def test_h47_where_everybody_is_away_they_are_told_all_the_same() -> None:
    team = Team(MEMBERS, (), tuple(away(one) for one in MEMBERS))

    assert told(team, 0) == {NORA, NILS, NUR}
    assert told(team, 1) == set(MEMBERS)


STAFF = st.sampled_from(sorted(MEMBERS))
SPANS = st.tuples(st.integers(-3, 3), st.integers(1, 4))
TEAMS = st.builds(
    lambda members, turns, absences: Team(
        {one: MEMBERS[one] for one in members},
        tuple(turn(one, place, begins=ON + span[0] * DAY, days=span[1]) for one, place, span in turns),
        tuple(away(one, begins=ON + span[0] * DAY, days=span[1]) for one, span in absences),
    ),
    st.sets(STAFF, min_size=1),
    st.lists(st.tuples(STAFF, st.integers(1, 3), SPANS), max_size=5),
    st.lists(st.tuples(STAFF, SPANS), max_size=5),
)


@given(team=TEAMS, audience=st.sampled_from(Audience), step=st.integers(0, 12))
def test_h47_somebody_is_always_told_and_never_fewer_at_a_later_step(team: Team, audience: Audience, step: int) -> None:
    now, later = told(team, step, audience=audience), told(team, step + 1, audience=audience)

    assert now
    assert now <= later <= set(team.members)


@given(team=TEAMS, audience=st.sampled_from(Audience))
def test_h47_the_absent_are_never_first_while_anybody_is_there(team: Team, audience: Audience) -> None:
    absent = {one.staff_id for one in team.absences if one.starts_on <= ON < one.ends_on}
    first = told(team, 0, audience=audience)

    assert not first & absent or set(team.members) <= absent


@given(team=TEAMS, audience=st.sampled_from(Audience), who=STAFF)
def test_it_knows_from_which_step_on_somebody_is_told(team: Team, audience: Audience, who: UUID) -> None:
    first = first_step_of(team, who, audience=audience, on=ON)

    steps = {step for step in range(15) if who in told(team, step, audience=audience)}
    assert steps == (set() if first is None else set(range(first, 15)))
