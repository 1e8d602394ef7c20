"""Two people at once: the second one decides on what the first one did, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from monitor.actions.correct_administration import correct_administration
from monitor.actions.correct_result import correct_result
from monitor.actions.follow_up import follow_up
from monitor.actions.record_administration import record_administration
from monitor.actions.retract_administration import retract_administration
from monitor.actions.sweep import Swept, sweep
from monitor.store.administration import AdministrationRow
from monitor.terms import Conflict, Refusal
from tests.actions.acting import CBC, DAY, act, be_late, blood_count, moment, together, treatment_of
from tests.cast import TODAY, Cast, Stage


def test_the_same_dose_from_two_desks_is_recorded_once(stage: Stage, cast: Cast) -> None:
    def give() -> object:
        return act(stage, record_administration, cast.nora.actor, treatment_id=cast.theo_treatment, on=TODAY)

    found = together(give, give, give, give)
    assert sum(isinstance(one, Refusal) for one in found) == 3
    with stage.sessions() as session:
        assert len(session.scalars(select(AdministrationRow)).all()) == 1


def test_two_doses_too_close_are_not_both_taken(stage: Stage, cast: Cast) -> None:
    """Each alone would be in time: only together are they too close."""

    def give(days: int) -> Callable[[], object]:
        return lambda: act(
            stage, record_administration, cast.nora.actor, treatment_id=cast.theo_treatment, on=TODAY - days * DAY
        )

    found = together(give(0), give(5))
    assert sum(isinstance(one, Refusal) for one in found) == 1


def test_of_two_corrections_one_is_told_to_look_again(stage: Stage, cast: Cast) -> None:
    dose = act(stage, record_administration, cast.nora.actor, treatment_id=cast.theo_treatment, on=TODAY - DAY)
    found = together(
        lambda: act(
            stage, correct_administration, cast.nora.actor, administration_id=dose, on=TODAY, reason="the day after"
        ),
        lambda: act(stage, retract_administration, cast.noor.actor, administration_id=dose, reason="not given"),
    )
    assert sum(isinstance(one, Refusal) for one in found) == 1


def test_no_version_is_counted_twice(stage: Stage, cast: Cast) -> None:
    def vaccinate() -> object:
        from monitor.actions.record_vaccination import record_vaccination

        given: dict[str, Any] = {"treatment_id": cast.ada_treatment, "on": TODAY, "vaccine": "influenza", "live": False}
        return act(stage, record_vaccination, cast.nora.actor, **given)

    before = treatment_of(stage, cast.ada_treatment).version
    together(*[vaccinate] * 6)
    assert treatment_of(stage, cast.ada_treatment).version == before + 6


def test_a_sheet_and_a_sweep_do_not_block_each_other(stage: Stage, cast: Cast) -> None:
    from monitor.actions.record_panel import record_panel

    def enter() -> object:
        return act(stage, record_panel, cast.nora.actor, patient_id=cast.ada, collected_on=TODAY, values=CBC)

    def look() -> object:
        with stage.work() as work:
            return follow_up(work, treatment_id=cast.ada_treatment)

    found = together(enter, look, enter, look)
    assert not [one for one in found if one is None or isinstance(one, Refusal)]


def test_of_two_corrections_of_a_result_one_is_told_to_look_again(stage: Stage, cast: Cast) -> None:
    platelets = blood_count(stage, cast, on=TODAY)[0]

    def correct(value: str) -> Callable[[], object]:
        return lambda: act(
            stage, correct_result, cast.noor.actor, result_id=platelets, value=value, reason="a misprint"
        )

    found = together(correct("211"), correct("210"), correct("209"))
    assert sum(isinstance(one, Conflict) for one in found) == 2


def test_two_sweeps_share_the_work(stage: Stage, cast: Cast) -> None:
    be_late(stage, cast)

    def look() -> Swept:
        return sweep(stage.sessions, catalog=stage.catalog, settings=stage.settings, at=moment(TODAY + 3 * DAY))

    found = together(look, look)
    assert sum(one.done for one in found if isinstance(one, Swept)) == 3
