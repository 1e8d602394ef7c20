"""A sample was taken: the item waits for its result, the patient is left in peace, and lateness goes on (H49)."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from monitor.actions.follow_up import follow_up
from monitor.actions.note_sample_taken import note_sample_taken
from monitor.actions.record_panel import record_panel
from monitor.actions.retract_sample_taken import retract_sample_taken
from monitor.actions.sweep import sweep
from monitor.actions.waive_item import waive_item
from monitor.overviews.calendar import calendar
from monitor.terms import Actor, Conflict, Missing, NotAllowed, Refusal, Unacceptable
from tests.actions.acting import (
    CBC,
    DAY,
    act,
    agenda,
    blood_count,
    infuse_first_course,
    moment,
    open_alerts,
    together,
    treatment_of,
)
from tests.actions.sheets import enter
from tests.cast import TODAY, Cast, Stage

WHY: dict[str, Any] = {"reason": "the tube broke"}
CALL = "call_laboratory/cbc/1.2"


@pytest.fixture
def cast(cast: Cast, stage: Stage) -> Cast:
    """Ada's second month is six days overdue, and can be done until the window of the third opens."""
    infuse_first_course(stage, cast)
    return cast


def _note(stage: Stage, cast: Cast, *keys: str, by: Actor | None = None, on: dt.date = TODAY, **more: Any) -> UUID:
    given: dict[str, Any] = {"treatment_id": cast.ada_treatment, "keys": keys or ("cbc/1.2",), "taken_on": on, **more}
    return act(stage, note_sample_taken, by or cast.nora.actor, **given)


def _sweep(stage: Stage, day: dt.date) -> None:
    done = sweep(stage.sessions, catalog=stage.catalog, settings=stage.settings, at=moment(day))
    assert done.failed == 0


def _waiting(stage: Stage, cast: Cast) -> set[str]:
    return {key for key, row in agenda(stage, cast.ada_treatment).items() if row.waiting_since is not None}


def test_the_item_shows_that_its_result_is_awaited_and_is_as_late_as_before(stage: Stage, cast: Cast) -> None:
    before = agenda(stage, cast.ada_treatment)["cbc/1.2"]
    _note(stage, cast, "cbc/1.2", "creatinine/1.2", laboratory="City laboratory")
    after = agenda(stage, cast.ada_treatment)["cbc/1.2"]
    assert after.waiting_since == TODAY
    assert (after.due_on, after.late_on, after.overdue_on) == (before.due_on, before.late_on, before.overdue_on)
    assert "overdue:cbc" in open_alerts(stage, cast.ada_treatment)
    assert _waiting(stage, cast) == {"cbc/1.2", "creatinine/1.2"}
    with stage.work(by=cast.nora.actor) as work:
        shown = {item.key: item for item in calendar(work, treatment_id=cast.ada_treatment).items}
    assert (shown["cbc/1.2"].waiting_since, shown["liver/1.2"].waiting_since) == (TODAY, None)


def test_after_three_days_somebody_has_to_call_the_laboratory(stage: Stage, cast: Cast) -> None:
    _note(stage, cast)
    _sweep(stage, TODAY + 2 * DAY)
    assert CALL not in agenda(stage, cast.ada_treatment)
    assert treatment_of(stage, cast.ada_treatment).attention_on == TODAY + 3 * DAY
    _sweep(stage, TODAY + 3 * DAY)
    call = agenda(stage, cast.ada_treatment)[CALL]
    assert (call.kind, call.due_on, call.late_on) == ("task", TODAY + 3 * DAY, TODAY + 4 * DAY)


def test_it_credits_nothing_and_ends_with_the_result(stage: Stage, cast: Cast) -> None:
    _note(stage, cast, on=TODAY - 4 * DAY)
    assert CALL in agenda(stage, cast.ada_treatment)
    assert "overdue:cbc" in open_alerts(stage, cast.ada_treatment)
    enter(stage, cast, *CBC, by=cast.lab, collected_on=TODAY - 4 * DAY)
    assert not {CALL, "cbc/1.2"} & agenda(stage, cast.ada_treatment).keys()
    assert "overdue:cbc" not in open_alerts(stage, cast.ada_treatment)


def test_half_a_result_ends_nothing(stage: Stage, cast: Cast) -> None:
    """H11: the blood count came without its platelets."""
    _note(stage, cast, on=TODAY - 4 * DAY)
    enter(stage, cast, *CBC[1:], by=cast.lab, collected_on=TODAY - 4 * DAY)
    assert CALL in agenda(stage, cast.ada_treatment)


@pytest.mark.parametrize("end", (retract_sample_taken, waive_item))
def test_it_ends_with_a_retraction_or_when_nobody_wants_the_item(stage: Stage, cast: Cast, end: Any) -> None:
    sample = _note(stage, cast, on=TODAY - 4 * DAY)
    given = (
        {"sample_id": sample} if end is retract_sample_taken else {"treatment_id": cast.ada_treatment, "key": "cbc/1.2"}
    )
    act(stage, end, cast.noor.actor, **given, reason="the tube broke")
    assert CALL not in agenda(stage, cast.ada_treatment)
    assert _waiting(stage, cast) == set()


def test_a_lost_tube_is_looked_for_after_its_month_has_closed(stage: Stage, cast: Cast) -> None:
    _note(stage, cast, on=TODAY - DAY)
    closes_on = agenda(stage, cast.ada_treatment)["cbc/1.2"].closes_on
    assert closes_on is not None
    _sweep(stage, closes_on + DAY)
    assert "cbc/1.2" not in agenda(stage, cast.ada_treatment)
    assert CALL in agenda(stage, cast.ada_treatment)
    act(
        stage, record_panel, cast.nora.actor, at=moment(closes_on + DAY), patient_id=cast.ada,
        collected_on=closes_on + DAY, values=CBC,
    )  # fmt: skip
    assert CALL not in agenda(stage, cast.ada_treatment)


def test_following_up_twice_changes_nothing(stage: Stage, cast: Cast) -> None:
    _note(stage, cast, on=TODAY - 4 * DAY)
    with stage.work() as work:
        assert not follow_up(work, treatment_id=cast.ada_treatment).is_changed


def test_a_second_sample_does_not_silence_the_call_about_the_first(stage: Stage, cast: Cast) -> None:
    first = _note(stage, cast, on=TODAY - 4 * DAY)
    with pytest.raises(Conflict):
        _note(stage, cast, on=TODAY - 4 * DAY)
    _note(stage, cast, on=TODAY, by=cast.lab.actor)
    assert agenda(stage, cast.ada_treatment)["cbc/1.2"].waiting_since == TODAY - 4 * DAY
    assert CALL in agenda(stage, cast.ada_treatment)
    act(stage, retract_sample_taken, cast.noor.actor, sample_id=first, **WHY)
    assert agenda(stage, cast.ada_treatment)["cbc/1.2"].waiting_since == TODAY
    assert CALL not in agenda(stage, cast.ada_treatment)


def test_it_refuses_what_could_not_count(stage: Stage, cast: Cast) -> None:
    wrong: tuple[tuple[str, dt.date, str], ...] = (
        ("cbc/7.77", TODAY, "keys[0]"),
        ("skin/1.1", TODAY, "keys[0]"),  # examined, not drawn
        ("antiherpetic_stop/1", TODAY, "keys[0]"),
        (CALL, TODAY, "keys[0]"),
        ("cbc/1.2", TODAY + DAY, "taken_on"),
        ("cbc/1.2", TODAY - 60 * DAY, "taken_on"),  # before its window
        ("tsh/1.1", TODAY - 20 * DAY, "taken_on"),
    )
    for key, on, field in wrong:
        with pytest.raises(Unacceptable) as refusal:
            _note(stage, cast, key, on=on)
        assert (key, refusal.value.field) == (key, field)
    assert _waiting(stage, cast) == set()


def test_it_refuses_an_item_that_is_over(stage: Stage, cast: Cast) -> None:
    blood_count(stage, cast, on=TODAY)
    with pytest.raises(Conflict):
        _note(stage, cast)


def test_a_laboratory_notes_samples_and_takes_back_its_own_only(stage: Stage, cast: Cast) -> None:
    of_the_nurse, of_the_laboratory = _note(stage, cast), _note(stage, cast, "liver/1.2", by=cast.lab.actor)
    with pytest.raises(NotAllowed):
        act(stage, retract_sample_taken, cast.lab.actor, sample_id=of_the_nurse, **WHY)
    act(stage, retract_sample_taken, cast.lab.actor, sample_id=of_the_laboratory, **WHY)
    assert _waiting(stage, cast) == {"cbc/1.2"}
    with pytest.raises(Conflict):
        act(stage, retract_sample_taken, cast.noor.actor, sample_id=of_the_laboratory, **WHY)


def test_it_hides_the_samples_of_another_site(stage: Stage, cast: Cast) -> None:
    sample = _note(stage, cast)
    with pytest.raises(Missing):
        act(stage, retract_sample_taken, cast.selma.actor, sample_id=sample, **WHY)
    with pytest.raises(Missing):
        _note(stage, cast, "liver/1.2", by=cast.selma.actor)


def test_of_two_desks_that_note_a_sample_one_is_told_of_the_other(stage: Stage, cast: Cast) -> None:
    found = together(*[lambda: _note(stage, cast)] * 3)
    assert sum(isinstance(one, Refusal) for one in found) == 2
