"""A patient goes to another site: prepared, offered, accepted, and only then is anybody else responsible (H50)."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from monitor.actions.accept_transfer import accept_transfer
from monitor.actions.add_site import add_site
from monitor.actions.decline_transfer import decline_transfer
from monitor.actions.follow_up import follow_up
from monitor.actions.give_sms_consent import give_sms_consent
from monitor.actions.make_appointment import make_appointment
from monitor.actions.offer_transfer import offer_transfer
from monitor.actions.open_record import StaleVersion
from monitor.actions.prepare_transfer import prepare_transfer
from monitor.actions.record_death import record_death
from monitor.actions.record_panel import record_panel
from monitor.actions.waive_item import waive_item
from monitor.actions.withdraw_transfer import withdraw_transfer
from monitor.overviews.agenda import agenda as work_list
from monitor.overviews.alerts import alerts as inbox
from monitor.overviews.messages import messages as texts
from monitor.overviews.patients import patient
from monitor.overviews.transfers import Transfer, transfer, transfers
from monitor.store.agenda import AgendaRow
from monitor.store.alert import AlertRow
from monitor.store.message import MessageRow
from monitor.store.transfer import TransferRow
from monitor.store.treatment import TreatmentRow
from monitor.terms import Actor, Conflict, Missing, NotAllowed, Refusal, Unacceptable
from tests.actions.acting import CBC, DAY, act, agenda, infuse_first_course, moment, noted, together
from tests.cast import TODAY, Cast, Stage

WHY: dict[str, Any] = {"reason": "she moves house"}


@pytest.fixture
def cast(cast: Cast, stage: Stage) -> Cast:
    """Ada has had her first course; her second month is overdue."""
    infuse_first_course(stage, cast)
    return cast


def _prepare(stage: Stage, cast: Cast) -> UUID:
    return act(stage, prepare_transfer, cast.nora.actor, patient_id=cast.ada, to_site_id=cast.south, **WHY)


def _offer(stage: Stage, cast: Cast) -> UUID:
    return act(stage, offer_transfer, cast.noor.actor, transfer_id=_prepare(stage, cast))


def _accept(stage: Stage, cast: Cast, transfer_id: UUID, **more: Any) -> UUID:
    return act(stage, accept_transfer, cast.selma.actor, transfer_id=transfer_id, **more)


def _seen_by(stage: Stage, who: Actor, transfer_id: UUID) -> Transfer | None:
    with stage.work(by=who) as work:
        try:
            return transfer(work, transfer_id=transfer_id)
        except Missing:
            return None


def _sites(stage: Stage, cast: Cast) -> dict[str, set[UUID]]:
    """Which sites stand in what is stored of Ada."""
    with stage.sessions() as session:
        return {
            table.__tablename__: set(session.scalars(select(table.site_id).where(table.patient_id == cast.ada)))
            for table in (TreatmentRow, AgendaRow, AlertRow, MessageRow)
        }


def _sees_ada(stage: Stage, cast: Cast, who: Actor) -> list[bool]:
    """Whether somebody sees her, her items, her alerts and her texts."""
    with stage.work(by=who) as work:
        try:
            patient(work, patient_id=cast.ada)
            found = [True]
        except Missing:
            found = [False]
        page: dict[str, Any] = {"cursor": None, "limit": 50, "patient_id": cast.ada}
        lists: tuple[Any, ...] = (work_list, inbox, texts)
        return found + [bool(one(work, **page).items) for one in lists]


def test_nothing_moves_before_the_other_side_accepts(stage: Stage, cast: Cast) -> None:
    offered = _offer(stage, cast)
    assert _sites(stage, cast)["treatment"] == {cast.north}
    assert not any(_sees_ada(stage, cast, cast.selma.actor))
    _accept(stage, cast, offered)
    assert _sites(stage, cast)["treatment"] == {cast.south}


def test_with_the_acceptance_everything_is_of_the_new_site(stage: Stage, cast: Cast) -> None:
    act(stage, give_sms_consent, cast.nora.actor, patient_id=cast.ada)
    act(stage, follow_up, cast.noor.actor, treatment_id=cast.ada_treatment)
    before = set(agenda(stage, cast.ada_treatment))
    assert _sees_ada(stage, cast, cast.nora.actor)[:3] == [True, True, True]
    _accept(stage, cast, _offer(stage, cast))
    assert {site for sites in _sites(stage, cast).values() for site in sites} == {cast.south}
    assert not any(_sees_ada(stage, cast, cast.nora.actor))
    assert _sees_ada(stage, cast, cast.selma.actor)[:3] == [True, True, True]
    assert set(agenda(stage, cast.ada_treatment)) == before
    assert "accept_transfer" in noted(stage)


def test_the_old_side_changes_nothing_any_more_and_the_new_one_can(stage: Stage, cast: Cast) -> None:
    _accept(stage, cast, _offer(stage, cast))
    waiver: dict[str, Any] = {"treatment_id": cast.ada_treatment, "key": "cbc/1.2", "reason": "drawn elsewhere"}
    with pytest.raises(Missing):
        act(stage, waive_item, cast.noor.actor, **waiver)
    with pytest.raises(Missing):
        act(stage, record_panel, cast.lab.actor, patient_id=cast.ada, collected_on=TODAY, values=CBC, decimal="point")
    act(stage, waive_item, cast.selma.actor, **waiver)


def test_it_is_today_by_the_clock_of_the_new_site_and_its_holidays_count(stage: Stage, cast: Cast) -> None:
    """3 July 2026 is the day on which New York keeps its holiday, and an ordinary Friday in Paris."""
    with stage.work() as work:
        site = add_site(work, name="Neurology Overseas", country="US", timezone="America/New_York")
    there = Actor(id=uuid4(), role=cast.selma.actor.role, site_ids=frozenset({site}))
    visit: dict[str, Any] = {"treatment_id": cast.ada_treatment, "keys": ["tsh/1.1"], "on": dt.date(2026, 7, 3)}
    act(stage, make_appointment, cast.nora.actor, **visit)
    assert agenda(stage, cast.ada_treatment)["tsh/1.1"].suggested_on == dt.date(2026, 7, 3)
    prepared = act(stage, prepare_transfer, cast.nora.actor, patient_id=cast.ada, to_site_id=site, **WHY)
    act(stage, offer_transfer, cast.noor.actor, transfer_id=prepared)
    at = moment(TODAY + DAY, hour=2)  # still the day before over there
    act(stage, accept_transfer, there, at=at, transfer_id=prepared)
    assert agenda(stage, cast.ada_treatment)["tsh/1.1"].suggested_on == dt.date(2026, 7, 6)
    with stage.sessions() as session:
        assert session.get_one(TreatmentRow, cast.ada_treatment).followed_up_on == TODAY


@pytest.mark.parametrize("end", (decline_transfer, withdraw_transfer))
def test_a_hand_over_that_ends_otherwise_moves_nothing_and_another_may_follow(
    stage: Stage, cast: Cast, end: Any
) -> None:
    offered = _offer(stage, cast)
    who = cast.selma.actor if end is decline_transfer else cast.noor.actor
    act(stage, end, who, transfer_id=offered, reason="no bed")
    assert _sites(stage, cast)["treatment"] == {cast.north}
    with pytest.raises(Refusal):
        _accept(stage, cast, offered)
    _accept(stage, cast, _offer(stage, cast))
    assert _sites(stage, cast)["treatment"] == {cast.south}


def test_one_is_under_way_at_a_time(stage: Stage, cast: Cast) -> None:
    found = together(*[lambda: _prepare(stage, cast)] * 3)
    assert sum(isinstance(one, Conflict) for one in found) == 2


def test_it_must_be_offered_before_it_is_accepted(stage: Stage, cast: Cast) -> None:
    prepared = _prepare(stage, cast)
    with pytest.raises(Missing):  # the other side knows nothing of it
        _accept(stage, cast, prepared)
    act(stage, offer_transfer, cast.noor.actor, transfer_id=prepared)
    with pytest.raises(Conflict):
        act(stage, offer_transfer, cast.noor.actor, transfer_id=prepared)


def test_each_side_decides_what_is_its_own(stage: Stage, cast: Cast) -> None:
    offered = _offer(stage, cast)
    wrong: tuple[tuple[Any, Actor, dict[str, Any]], ...] = (
        (accept_transfer, cast.noor.actor, {}),
        (decline_transfer, cast.noor.actor, WHY),
        (offer_transfer, cast.selma.actor, {}),
        (withdraw_transfer, cast.selma.actor, WHY),
    )
    for step, who, more in wrong:
        with pytest.raises(Missing):
            act(stage, step, who, transfer_id=offered, **more)


def test_a_nurse_withdraws_what_was_only_prepared(stage: Stage, cast: Cast) -> None:
    act(stage, withdraw_transfer, cast.nora.actor, transfer_id=_prepare(stage, cast), **WHY)
    offered = _offer(stage, cast)
    with pytest.raises(NotAllowed):
        act(stage, withdraw_transfer, cast.nora.actor, transfer_id=offered, **WHY)


def test_it_refuses_a_place_that_is_none(stage: Stage, cast: Cast) -> None:
    for site in (cast.north, uuid4()):
        with pytest.raises(Unacceptable) as refusal:
            act(stage, prepare_transfer, cast.nora.actor, patient_id=cast.ada, to_site_id=site, **WHY)
        assert refusal.value.field == "to_site_id"
    with pytest.raises(Missing):
        act(stage, prepare_transfer, cast.sven.actor, patient_id=cast.ada, to_site_id=cast.south, **WHY)


def test_nobody_takes_over_who_has_died(stage: Stage, cast: Cast) -> None:
    offered = _offer(stage, cast)
    act(stage, record_death, cast.noor.actor, patient_id=cast.ada, on=TODAY)
    with pytest.raises(Conflict):
        _accept(stage, cast, offered)
    made = _seen_by(stage, cast.noor.actor, offered)
    assert made is not None
    assert (made.state, made.decision_reason) == ("withdrawn", "the patient died")
    assert _seen_by(stage, cast.selma.actor, offered) is None


def test_each_side_sees_what_it_needs_to_decide(stage: Stage, cast: Cast) -> None:
    prepared = _prepare(stage, cast)
    assert _seen_by(stage, cast.selma.actor, prepared) is None
    act(stage, offer_transfer, cast.noor.actor, transfer_id=prepared)
    offered = _seen_by(stage, cast.selma.actor, prepared)
    assert offered is not None
    assert (offered.family_name, offered.protocols) == ("Berger", ("alemtuzumab.v1",))
    assert offered.reason == WHY["reason"]
    act(stage, decline_transfer, cast.selma.actor, transfer_id=prepared, reason="no bed")
    declined = _seen_by(stage, cast.selma.actor, prepared)
    assert declined is not None
    assert (declined.state, declined.family_name, declined.birth_date, declined.protocols) == (
        "declined",
        None,
        None,
        (),
    )
    assert (declined.reason, declined.decision_reason) == (None, None)  # what is typed may name her
    made = _seen_by(stage, cast.nora.actor, prepared)
    assert made is not None
    assert (made.family_name, made.reason, made.decision_reason) == ("Berger", WHY["reason"], "no bed")


def test_the_old_side_still_sees_the_hand_over_that_it_made(stage: Stage, cast: Cast) -> None:
    offered = _offer(stage, cast)
    _accept(stage, cast, offered)
    seen = _seen_by(stage, cast.nora.actor, offered)
    assert seen is not None
    assert seen.state == "accepted"
    with stage.work(by=cast.nora.actor) as work:
        assert [one.id for one in transfers(work, cursor=None, limit=5, side="from").items] == [offered]
        assert transfers(work, cursor=None, limit=5, side="to").items == ()


def test_who_decides_on_a_stale_copy_is_told_to_look_again(stage: Stage, cast: Cast) -> None:
    offered = _offer(stage, cast)
    with pytest.raises(StaleVersion):
        _accept(stage, cast, offered, expected_version=1)
    _accept(stage, cast, offered, expected_version=2)


def test_of_two_who_accept_one_does(stage: Stage, cast: Cast) -> None:
    offered = _offer(stage, cast)
    found = together(*[lambda: _accept(stage, cast, offered)] * 3)
    assert sum(isinstance(one, Conflict) for one in found) == 2
    assert noted(stage).count("accept_transfer") == 1


def test_of_one_who_accepts_and_one_who_withdraws_one_wins(stage: Stage, cast: Cast) -> None:
    offered = _offer(stage, cast)
    found = together(
        lambda: _accept(stage, cast, offered),
        lambda: act(stage, withdraw_transfer, cast.noor.actor, transfer_id=offered, **WHY),
    )
    assert sum(isinstance(one, Conflict) for one in found) == 1
    with stage.sessions() as session:
        state = session.get_one(TransferRow, offered).state
    assert (_sites(stage, cast)["treatment"] == {cast.south}) == (state == "accepted")
