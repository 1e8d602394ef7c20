"""Letters are asked for by the ladder, posted by a nurse, and change nothing of what is owed."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from monitor.actions.accept_transfer import accept_transfer
from monitor.actions.note_sample_taken import note_sample_taken
from monitor.actions.offer_transfer import offer_transfer
from monitor.actions.prepare_transfer import prepare_transfer
from monitor.actions.rebuild import rebuild
from monitor.actions.record_death import record_death
from monitor.actions.record_letter import record_letter
from monitor.actions.retract_letter import retract_letter
from monitor.actions.sweep import sweep
from monitor.overviews.alerts import alerts
from monitor.overviews.asked_letters import SENT, TO_SEND, AskedLetter, asked_letters
from monitor.overviews.letters import letters
from monitor.store.asked_letter import AskedLetterRow
from monitor.terms import Actor, Conflict, Missing, Unacceptable
from tests.actions.acting import DAY, act, agenda, blood_count, infuse_first_course, moment, noted, open_alerts
from tests.cast import NOW, TODAY, Cast, Stage

LATE_BY = dt.timedelta(days=7)  # the first monthly samples: a letter to each addressee
MONTHLY = {"cbc/1.1", "creatinine/1.1", "urinalysis/1.1", "liver/1.1"}


def _be_late(stage: Stage, cast: Cast, *, by: dt.timedelta = LATE_BY) -> None:
    """Month 1 of Ada's first course was due so many days ago, on 15 May at the latest, a month after the infusion."""
    due = TODAY - by
    infuse_first_course(stage, cast, last_on=due.replace(month=due.month - 1))


def _asked(
    stage: Stage, cast: Cast, *, state: str = TO_SEND, by: Actor | None = None, at: dt.datetime = NOW
) -> dict[str, AskedLetter]:
    with stage.work(by=by or cast.nora.actor, at=at) as work:
        found = asked_letters(work, cursor=None, limit=10, state=state)
    return {one.to: one for one in found.items}


def _post(stage: Stage, cast: Cast, *, to: str = "patient", at: dt.datetime = NOW, **more: Any) -> UUID:
    """All that is asked for of them by now, unless the keys say what stood in it."""
    if "keys" not in more:
        asked = _asked(stage, cast, at=at)
        more["keys"] = asked[to].keys if to in asked else ()
    given = {"treatment_id": cast.ada_treatment, "to": to, **more}
    return act(stage, record_letter, cast.nora.actor, at=at, **given)


def _stored(stage: Stage) -> list[tuple[object, ...]]:
    """The projection, column by column."""
    columns = AskedLetterRow.__table__.columns
    with stage.sessions() as session:
        return sorted(tuple(row) for row in session.execute(select(*columns)))


def test_the_ladder_asks_for_one_letter_an_addressee_about_all_that_is_missing(stage: Stage, cast: Cast) -> None:
    _be_late(stage, cast)
    asked = _asked(stage, cast)
    assert {to: (set(one.keys), one.since, one.sent_on) for to, one in asked.items()} == {
        "patient": (MONTHLY, TODAY, None),
        "family_doctor": (MONTHLY, TODAY, None),
    }
    assert (asked["patient"].family_name, asked["patient"].is_registered) == ("Berger", False)


def test_nothing_is_asked_for_a_day_too_early(stage: Stage, cast: Cast) -> None:
    _be_late(stage, cast, by=LATE_BY - DAY)
    assert _asked(stage, cast) == {}


def test_the_sweep_asks_when_the_day_has_come(stage: Stage, cast: Cast) -> None:
    _be_late(stage, cast, by=LATE_BY - DAY)
    tomorrow = NOW + DAY
    sweep(stage.sessions, catalog=stage.catalog, settings=stage.settings, at=tomorrow)
    assert set(_asked(stage, cast, at=tomorrow)) == {"patient", "family_doctor"}


def test_an_alert_says_which_letters_are_asked_for_and_which_were_posted(stage: Stage, cast: Cast) -> None:
    _be_late(stage, cast)
    _post(stage, cast)
    with stage.work(by=cast.nora.actor) as work:
        found = {one.topic: one for one in alerts(work, cursor=None, limit=50).items}
    told = {one.to: (one.since, one.sent_on) for one in found["overdue:cbc"].letters}
    assert told == {"patient": (TODAY, TODAY), "family_doctor": (TODAY, None)}


def test_a_letter_that_was_posted_leaves_the_list_and_nothing_else_changes_h49(stage: Stage, cast: Cast) -> None:
    _be_late(stage, cast)
    before = {key: (row.due_on, row.overdue_on) for key, row in agenda(stage, cast.ada_treatment).items()}
    topics = open_alerts(stage, cast.ada_treatment).keys()
    _post(stage, cast)
    assert set(_asked(stage, cast)) == {"family_doctor"}
    assert _asked(stage, cast, state=SENT)["patient"].sent_on == TODAY
    assert {key: (row.due_on, row.overdue_on) for key, row in agenda(stage, cast.ada_treatment).items()} == before
    assert open_alerts(stage, cast.ada_treatment).keys() == topics
    assert "record_letter" in noted(stage)


def test_a_letter_about_a_part_leaves_the_rest_asked_for(stage: Stage, cast: Cast) -> None:
    _be_late(stage, cast)
    _post(stage, cast, keys=["cbc/1.1", "liver/1.1"])
    assert _asked(stage, cast)["patient"].sent_on is None


def test_what_was_not_in_it_yet_when_it_was_printed_stays_asked_for(stage: Stage, cast: Cast) -> None:
    """Printed on Monday, recorded on the Tuesday on which another sample joined it: no record without its keys."""
    _be_late(stage, cast)
    printed = ["cbc/1.1", "liver/1.1"]
    _post(stage, cast, keys=printed)
    asked = _asked(stage, cast)["patient"]
    assert (asked.sent_on, set(asked.keys) > set(printed)) == (None, True)
    with pytest.raises(Unacceptable) as refusal:
        _post(stage, cast, keys=())
    assert refusal.value.field == "keys"
    assert _asked(stage, cast)["patient"].sent_on is None


def test_a_registered_letter_is_asked_for_in_its_turn_and_a_plain_one_does_not_do(stage: Stage, cast: Cast) -> None:
    _be_late(stage, cast, by=2 * LATE_BY)
    week_ago = TODAY - LATE_BY
    _post(stage, cast, sent_on=week_ago, is_registered=False)
    assert _asked(stage, cast)["patient"].is_registered
    _post(stage, cast, is_registered=False)
    assert "patient" in _asked(stage, cast)
    _post(stage, cast, is_registered=True)
    assert "patient" not in _asked(stage, cast)


def test_whether_it_was_registered_is_not_guessed_where_it_has_to_be(stage: Stage, cast: Cast) -> None:
    _be_late(stage, cast, by=2 * LATE_BY)
    with pytest.raises(Unacceptable) as refusal:
        _post(stage, cast)
    assert (refusal.value.field, refusal.value.reason) == (
        "is_registered", "must be said: a registered letter is asked for about this"
    )  # fmt: skip
    _post(stage, cast, to="family_doctor")
    assert set(_asked(stage, cast)) == {"patient"}


def test_a_letter_taken_back_is_asked_for_again_and_stays_readable(stage: Stage, cast: Cast) -> None:
    _be_late(stage, cast)
    letter = _post(stage, cast)
    act(stage, retract_letter, cast.nora.actor, letter_id=letter, reason="it lies in the tray still")
    assert "patient" in _asked(stage, cast)
    with pytest.raises(Conflict):
        act(stage, retract_letter, cast.noor.actor, letter_id=letter, reason="once more")
    with stage.work(by=cast.nora.actor) as work:
        rows = letters(work, treatment_id=cast.ada_treatment, cursor=None, limit=10).items
    assert sorted((one.is_retraction, one.replaces_id) for one in rows) == [(False, None), (True, letter)]


def test_a_sample_credited_ends_its_part_of_the_letter(stage: Stage, cast: Cast) -> None:
    _be_late(stage, cast)
    blood_count(stage, cast, on=TODAY)
    assert set(_asked(stage, cast)["patient"].keys) == MONTHLY - {"cbc/1.1"}


def test_a_patient_whose_sample_was_taken_is_not_written_to(stage: Stage, cast: Cast) -> None:
    """The laboratory is called; the family doctor may have the result."""
    _be_late(stage, cast)
    act(
        stage, note_sample_taken, cast.nora.actor,
        treatment_id=cast.ada_treatment, keys=sorted(MONTHLY), taken_on=TODAY - DAY,
    )  # fmt: skip
    assert set(_asked(stage, cast)) == {"family_doctor"}


def test_a_death_ends_every_letter_h36(stage: Stage, cast: Cast) -> None:
    _be_late(stage, cast)
    act(stage, record_death, cast.noor.actor, patient_id=cast.ada, on=TODAY)
    assert _asked(stage, cast) == {}


def test_a_rebuild_writes_what_is_stored(stage: Stage, cast: Cast) -> None:
    _be_late(stage, cast)
    _post(stage, cast)
    before = _stored(stage)
    rebuild(stage.sessions, catalog=stage.catalog, settings=stage.settings, at=NOW)
    assert _stored(stage) == before != []


def test_it_refuses_what_can_be_no_letter(stage: Stage, cast: Cast) -> None:
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({}, "keys"),  # none is asked for
        ({"to": "the neighbour"}, "to"),
        ({"keys": ["cbc/7.77"]}, "keys[0]"),
        ({"keys": ["infusion/1.1"], "sent_on": TODAY + DAY}, "sent_on"),
        ({"keys": ["infusion/1.1"], "sent_on": TODAY - 32 * DAY}, "sent_on"),
    )
    for given, field in wrong:
        with pytest.raises(Unacceptable) as refusal:
            _post(stage, cast, **given)
        assert refusal.value.field == field
    with stage.work(by=cast.nora.actor) as work:
        assert letters(work, treatment_id=cast.ada_treatment, cursor=None, limit=10).items == ()


def test_it_hides_the_letters_of_another_site(stage: Stage, cast: Cast) -> None:
    _be_late(stage, cast)
    letter = _post(stage, cast)
    assert _asked(stage, cast, by=cast.sven.actor) == {}
    with pytest.raises(Missing):
        act(stage, retract_letter, cast.selma.actor, letter_id=letter, reason="no")
    with pytest.raises(Missing):
        act(stage, record_letter, cast.selma.actor, treatment_id=cast.ada_treatment, to="patient", keys=["cbc/1.1"])


def test_pages_follow_each_other(stage: Stage, cast: Cast) -> None:
    _be_late(stage, cast)
    with stage.work(by=cast.nora.actor, at=moment(TODAY)) as work:
        first = asked_letters(work, cursor=None, limit=1)
        second = asked_letters(work, cursor=first.next, limit=1)
    assert [one.to for one in (*first.items, *second.items)] == ["family_doctor", "patient"]
    assert second.next is None


def test_they_go_along_with_a_patient_who_is_handed_over_h50(stage: Stage, cast: Cast) -> None:
    _be_late(stage, cast)
    to_the_south: dict[str, Any] = {"patient_id": cast.ada, "to_site_id": cast.south, "reason": "she moves house"}
    prepared = act(stage, prepare_transfer, cast.nora.actor, **to_the_south)
    offered = act(stage, offer_transfer, cast.noor.actor, transfer_id=prepared)
    assert (len(_asked(stage, cast)), _asked(stage, cast, by=cast.sven.actor)) == (2, {})
    act(stage, accept_transfer, cast.selma.actor, transfer_id=offered)
    assert (_asked(stage, cast), len(_asked(stage, cast, by=cast.sven.actor))) == ({}, 2)
