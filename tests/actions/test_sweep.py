"""The sweep: only whose day has come, each on its own, and one that fails stops nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import count
from typing import cast as cast_type
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from monitor.actions.make_appointment import make_appointment
from monitor.actions.sweep import Swept, sweep
from monitor.store.site import SiteRow
from monitor.store.sweep_failure import SweepFailureRow
from monitor.store.treatment import TreatmentRow
from tests.actions.acting import DAY, act, agenda, be_late, blood_count, moment, open_alerts, treatment_of
from tests.cast import NOW, TODAY, Cast, Stage


def _sweep(stage: Stage, *, at: dt.datetime = NOW, on: dt.date | None = None) -> Swept:
    return sweep(stage.sessions, catalog=stage.catalog, settings=stage.settings, at=at, on=on)


def _corrupt(stage: Stage, treatment_id: UUID) -> None:
    """A protocol that this release does not have."""
    with stage.sessions() as session, session.begin():
        session.execute(update(TreatmentRow).where(TreatmentRow.id == treatment_id).values(protocol="lost.v1"))


def _failures(stage: Stage) -> list[SweepFailureRow]:
    with stage.sessions() as session:
        return list(session.scalars(select(SweepFailureRow)))


def test_it_finds_nothing_to_do_on_the_day_of_the_action(stage: Stage, cast: Cast) -> None:
    assert _sweep(stage) == Swept()


def test_it_raises_what_time_alone_made_late(stage: Stage, cast: Cast) -> None:
    be_late(stage, cast)
    swept = _sweep(stage, at=moment(TODAY + 3 * DAY))
    assert (swept.done, swept.failed) == (3, 0)
    assert open_alerts(stage, cast.ada_treatment)["overdue:cbc"].level == "urgent"


def test_the_second_sweep_of_a_day_does_nothing(stage: Stage, cast: Cast) -> None:
    _sweep(stage, at=moment(TODAY + 3 * DAY))
    assert _sweep(stage, at=moment(TODAY + 3 * DAY, hour=15)) == Swept()


def test_it_sweeps_as_of_a_day_that_is_given(stage: Stage, cast: Cast) -> None:
    be_late(stage, cast)
    _sweep(stage, on=TODAY + 3 * DAY)
    assert treatment_of(stage, cast.ada_treatment).followed_up_on == TODAY + 3 * DAY


def test_absence_is_caught_up_in_one_go(stage: Stage, cast: Cast) -> None:
    be_late(stage, cast)
    _sweep(stage, at=moment(TODAY + 60 * DAY))
    assert open_alerts(stage, cast.ada_treatment)["overdue:cbc"].level == "critical"


def test_one_that_fails_is_written_down_and_stops_nobody(stage: Stage, cast: Cast) -> None:
    be_late(stage, cast)
    _corrupt(stage, cast.theo_treatment)
    swept = _sweep(stage, at=moment(TODAY + 3 * DAY))
    assert (swept.done, swept.failed) == (2, 1)
    (failure,) = _failures(stage)
    assert (failure.treatment_id, failure.error, failure.on) == (cast.theo_treatment, "Unacceptable", TODAY + 3 * DAY)
    assert open_alerts(stage, cast.ada_treatment)["overdue:cbc"].level == "urgent"


def test_one_that_fails_is_tried_again_and_written_down_once_a_day(stage: Stage, cast: Cast) -> None:
    _corrupt(stage, cast.theo_treatment)
    for hour in (9, 10):
        assert _sweep(stage, at=moment(TODAY + 3 * DAY, hour=hour)).failed == 1
    assert len(_failures(stage)) == 1


def test_each_site_has_its_own_today(stage: Stage, cast: Cast) -> None:
    """At 23:30 in Paris on the 17th it is still the 17th; at 22:30 UTC it is already the 18th there."""
    _sweep(stage, at=dt.datetime(2026, 6, 17, 22, 30, tzinfo=dt.UTC))
    assert treatment_of(stage, cast.ada_treatment).followed_up_on == dt.date(2026, 6, 18)


def test_it_tells_how_far_it_is(stage: Stage, cast: Cast) -> None:
    steps: list[tuple[int, int]] = []
    sweep(
        stage.sessions, catalog=stage.catalog, settings=stage.settings, at=moment(TODAY + 3 * DAY),
        progress=lambda done, of: steps.append((done, of)),
    )  # fmt: skip
    assert steps in ([(0, 3), (1, 3), (3, 3)], [(0, 3), (2, 3), (3, 3)])  # a few of one site at a time


def test_a_visit_in_a_far_month_keeps_no_result_out(stage: Stage, cast: Cast) -> None:
    """Her laboratory order is a month overdue and the visit for it half a year away: it stays on the list, overdue."""
    be_late(stage, cast)
    act(
        stage, make_appointment, cast.nora.actor,
        treatment_id=cast.ada_treatment, keys=["prescription/1.1"], on=TODAY + 180 * DAY,
    )  # fmt: skip

    blood_count(stage, cast, on=TODAY)
    swept = _sweep(stage, at=moment(TODAY + 3 * DAY))

    assert (swept.done, swept.failed) == (3, 0)
    shown = agenda(stage, cast.ada_treatment)["prescription/1.1"]
    assert (shown.due_on, shown.overdue_on) == (TODAY + 180 * DAY, TODAY - 21 * DAY)


def test_it_overlooks_nothing_that_is_recorded_while_it_sweeps(stage: Stage, cast: Cast) -> None:
    """The blood count comes after the facts were read ahead and before Ada's turn, from a clock that is behind."""
    be_late(stage, cast)
    opened = count()

    def sessions() -> Session:
        if next(opened) == 2:  # the list, what is read ahead, and now the first turn
            blood_count(stage, cast, on=TODAY - DAY)
        return stage.sessions()

    swept = sweep(cast_to_maker(sessions), catalog=stage.catalog, settings=stage.settings, at=moment(TODAY + 3 * DAY))

    assert swept.failed == 0
    assert "overdue:cbc" not in open_alerts(stage, cast.ada_treatment)
    assert "cbc/1.1" not in agenda(stage, cast.ada_treatment)


def cast_to_maker(sessions: Callable[[], Session]) -> sessionmaker[Session]:
    """What a sweep asks of a maker of sessions is that it can be called."""
    return cast_type("sessionmaker[Session]", sessions)


def test_a_sweep_of_a_day_to_come_does_not_silence_the_real_ones(stage: Stage, cast: Cast) -> None:
    """What it raised too early goes again, and what time makes late is raised on its day."""
    be_late(stage, cast)
    _sweep(stage, on=dt.date(2062, 1, 1))
    assert _sweep(stage).done == 3
    assert open_alerts(stage, cast.ada_treatment)["overdue:cbc"].level == "soon"
    assert _sweep(stage) == Swept()
    _sweep(stage, at=moment(TODAY + 3 * DAY))
    assert open_alerts(stage, cast.ada_treatment)["overdue:cbc"].level == "urgent"


def test_a_sweep_of_a_day_to_come_finds_nothing_the_second_time(stage: Stage, cast: Cast) -> None:
    _sweep(stage, on=TODAY + 60 * DAY)
    assert _sweep(stage, on=TODAY + 60 * DAY) == Swept()


def test_a_sweep_of_a_past_day_leaves_alone_what_was_looked_at_since(stage: Stage, cast: Cast) -> None:
    be_late(stage, cast)
    with stage.sessions() as session, session.begin():
        session.execute(update(TreatmentRow).values(attention_on=TODAY - 9 * DAY))
    assert _sweep(stage, on=TODAY - 5 * DAY) == Swept()
    assert treatment_of(stage, cast.ada_treatment).followed_up_on == TODAY
    assert _sweep(stage).done == 3
    _sweep(stage, on=TODAY + 90 * DAY)
    assert _sweep(stage, on=TODAY - 5 * DAY) == Swept()


@pytest.mark.parametrize("zone", ("Mars/Phobos", "../etc", "Europe"))
def test_a_site_without_a_known_zone_stops_no_other_and_is_written_down(stage: Stage, cast: Cast, zone: str) -> None:
    be_late(stage, cast)
    with stage.sessions() as session, session.begin():
        session.execute(update(SiteRow).where(SiteRow.id == cast.south).values(timezone=zone))
    swept = _sweep(stage, at=moment(TODAY + 3 * DAY))
    assert (swept.done, swept.failed) == (2, 1)
    assert open_alerts(stage, cast.ada_treatment)["overdue:cbc"].level == "urgent"
    assert [failure.treatment_id for failure in _failures(stage)] == [cast.sofia_treatment]
