"""What nobody saw in time goes on to the next: over absences, empty rotas, week-ends, and with two clocks at once."""

from __future__ import annotations

import datetime as dt
import json
import logging
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from monitor.actions.acknowledge_alert import acknowledge_alert
from monitor.actions.add_absence import add_absence
from monitor.actions.add_turn import add_turn
from monitor.actions.close_alert import close_alert
from monitor.actions.escalate import Escalated, escalate
from monitor.actions.follow_up import follow_up
from monitor.actions.withdraw_absence import withdraw_absence
from monitor.actions.withdraw_turn import withdraw_turn
from monitor.overviews.alerts import Alert, alert
from monitor.store.alert import AlertRow
from monitor.store.audit import AuditEntryRow
from monitor.store.escalation import find_unseen, go_on
from monitor.store.site import SiteRow
from monitor.terms import Audience, Conflict, Missing, Role, Unacceptable
from tests.actions.acting import DAY, act, infuse_first_course, moment, open_alerts, together
from tests.actions.values_of_ada import BELOW_50, BELOW_100, MORNING, on_values, open_on_values, platelets
from tests.cast import NOW, TODAY, Cast, Staff, Stage, hire

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def neva(stage: Stage, cast: Cast) -> Staff:
    """Another neurologist of the north."""
    with stage.work() as work:
        return hire(work, "Neva", Role.NEUROLOGIST, cast.north)


def on_duty(stage: Stage, cast: Cast, who: Staff, *, place: int = 1, days: int = 30) -> UUID:
    given: dict[str, Any] = {
        "site_id": cast.north, "audience": Audience(who.actor.role.value), "staff_id": who.actor.id, "place": place,
        "starts_on": TODAY - DAY, "ends_on": TODAY + days * DAY,
    }  # fmt: skip
    return act(stage, add_turn, cast.noor.actor, **given)


def is_away(stage: Stage, cast: Cast, who: Staff) -> UUID:
    given: dict[str, Any] = {"staff_id": who.actor.id, "starts_on": TODAY, "ends_on": TODAY + 14 * DAY}
    return act(stage, add_absence, cast.adam.actor, **given)


def at_the_clock(stage: Stage, at: dt.datetime) -> Escalated:
    return escalate(stage.sessions, catalog=stage.catalog, settings=stage.settings, at=at)


def shown(stage: Stage, cast: Cast, topic: str, *, at: dt.datetime) -> Alert:
    found = open_on_values(stage, cast) | open_alerts(stage, cast.ada_treatment)
    with stage.work(by=cast.noor.actor, at=at) as work:
        return alert(work, alert_id=found[topic].id)


def step(stage: Stage, cast: Cast) -> int:
    return open_on_values(stage, cast)[BELOW_50].step


def told(stage: Stage, cast: Cast, topic: str, *, at: dt.datetime) -> set[str]:
    return {one.name for one in shown(stage, cast, topic, at=at).addressed_to}


def test_h47_a_critical_one_goes_on_every_hour_until_somebody_saw_it(stage: Stage, cast: Cast, neva: Staff) -> None:
    on_duty(stage, cast, cast.noor)
    on_duty(stage, cast, neva, place=2)
    platelets(stage, cast, "45")
    assert told(stage, cast, BELOW_50, at=MORNING) == {"Noor"}
    at_the_clock(stage, MORNING + HOUR - dt.timedelta(seconds=1))
    assert step(stage, cast) == 0
    at_the_clock(stage, MORNING + HOUR)

    next_one = shown(stage, cast, BELOW_50, at=MORNING + HOUR)
    assert [one.name for one in next_one.addressed_to] == ["Noor", "Neva"]
    assert (next_one.step, next_one.escalated_at, next_one.acknowledge_by) == (1, MORNING + HOUR, MORNING + HOUR)
    assert at_the_clock(stage, MORNING + HOUR) == Escalated()
    at_the_clock(stage, MORNING + 2 * HOUR)
    assert step(stage, cast) == 2
    act(stage, acknowledge_alert, neva.actor, at=MORNING + 2 * HOUR, alert_id=next_one.id)
    at_the_clock(stage, MORNING + 30 * HOUR)
    assert step(stage, cast) == 2


def test_h47_the_audit_tells_to_whom_it_went(stage: Stage, cast: Cast, neva: Staff) -> None:
    on_duty(stage, cast, cast.noor)
    platelets(stage, cast, "45")
    at_the_clock(stage, MORNING + HOUR)

    with stage.sessions() as session:
        entry = session.scalars(select(AuditEntryRow).where(AuditEntryRow.action == "escalate")).one()
    content = json.loads(entry.content)
    assert (content["step"], content["topic"]) == (1, BELOW_50)
    assert set(content["to"]) == {str(cast.noor.actor.id), str(neva.actor.id)}


def test_h47_it_goes_past_whoever_is_away_and_an_absence_counts_while_it_stands(
    stage: Stage, cast: Cast, neva: Staff
) -> None:
    on_duty(stage, cast, cast.noor)
    on_duty(stage, cast, neva, place=2)
    absence = is_away(stage, cast, cast.noor)
    platelets(stage, cast, "45")
    assert told(stage, cast, BELOW_50, at=MORNING) == {"Neva"}

    act(stage, withdraw_absence, cast.noor.actor, absence_id=absence)
    assert told(stage, cast, BELOW_50, at=MORNING) == {"Noor"}


def test_h47_with_an_empty_rota_everybody_of_the_function_is_told_at_once(
    stage: Stage, cast: Cast, neva: Staff
) -> None:
    turn = on_duty(stage, cast, neva)
    act(stage, withdraw_turn, cast.noor.actor, turn_id=turn)
    platelets(stage, cast, "45")

    assert told(stage, cast, BELOW_50, at=MORNING) == {"Noor", "Neva"}


def test_h47_an_overdue_sample_goes_on_from_the_nurse_to_the_neurologist_over_a_week_end(
    stage: Stage, cast: Cast
) -> None:
    """It opens on a Friday; the third working day after it is Wednesday."""
    friday, wednesday = dt.date(2026, 6, 19), dt.date(2026, 6, 24)
    infuse_first_course(stage, cast, last_on=friday - 36 * DAY)
    with stage.work(at=moment(friday)) as work:
        follow_up(work, treatment_id=cast.ada_treatment)
    assert told(stage, cast, "overdue:cbc", at=moment(friday)) == {"Nora"}
    midnight = moment(wednesday, hour=22)
    at_the_clock(stage, midnight - dt.timedelta(seconds=1))
    assert told(stage, cast, "overdue:cbc", at=moment(wednesday)) == {"Nora"}
    at_the_clock(stage, midnight)

    assert told(stage, cast, "overdue:cbc", at=midnight) == {"Nora", "Noor"}
    again_at = open_alerts(stage, cast.ada_treatment)["overdue:cbc"].escalate_at
    assert again_at == moment(dt.date(2026, 6, 30), hour=22)  # from Thursday 00:00 on: Friday, Monday, Tuesday


def test_h20_h47_an_urgent_one_waits_for_the_end_of_the_day_at_its_site(stage: Stage, cast: Cast) -> None:
    """The last Sunday of October has 25 hours: its midnight is 23:00 in UTC, the one before at 22:00."""
    saturday, sunday = dt.date(2026, 10, 24), dt.date(2026, 10, 25)
    noon = moment(saturday, hour=12)
    platelets(stage, cast, "80", days_ago=(TODAY - saturday).days, at=noon)

    for number, (day, hour) in enumerate(((saturday, 22), (sunday, 23))):
        end = moment(day, hour=hour)
        assert shown(stage, cast, BELOW_100, at=noon).step == number
        assert open_on_values(stage, cast)[BELOW_100].escalate_at == end
        assert at_the_clock(stage, end - dt.timedelta(seconds=1)).failed == 0
        at_the_clock(stage, end)


def test_two_clocks_let_it_go_on_once(stage: Stage, cast: Cast) -> None:
    platelets(stage, cast, "45")
    found = together(*[lambda: at_the_clock(stage, MORNING + HOUR)] * 3)

    assert sum(one.done for one in found if isinstance(one, Escalated)) == 1
    assert open_on_values(stage, cast)[BELOW_50].step == 1


def test_what_two_clocks_found_at_the_same_moment_one_of_them_takes(stage: Stage, cast: Cast) -> None:
    platelets(stage, cast, "45")
    alert_id, then = open_on_values(stage, cast)[BELOW_50].id, MORNING + HOUR
    with stage.work(at=then) as work:
        found = [find_unseen(work.session, alert_id=alert_id, at=then) for _ in range(2)]
        taken = [one is not None and go_on(work.session, one, at=then, again_at=then + HOUR) for one in found]
        later = find_unseen(work.session, alert_id=alert_id, at=then)
        work.note("test")

    assert (taken, later) == ([True, False], None)


def test_after_a_downtime_it_goes_one_step(stage: Stage, cast: Cast) -> None:
    platelets(stage, cast, "45")
    at_the_clock(stage, MORNING + 30 * HOUR)
    alert_now = open_on_values(stage, cast)[BELOW_50]

    assert (alert_now.step, alert_now.escalate_at) == (1, MORNING + 31 * HOUR)


def test_what_was_closed_goes_on_to_nobody(stage: Stage, cast: Cast) -> None:
    platelets(stage, cast, "45")
    given = {"alert_id": open_on_values(stage, cast)[BELOW_50].id, "action": "patient_seen", "reason": "at the ward"}
    act(stage, close_alert, cast.noor.actor, at=MORNING, **given)
    at_the_clock(stage, MORNING + 30 * HOUR)

    assert [row.step for row in on_values(stage, cast)] == [0]


def test_h28_one_that_cannot_go_on_stops_none_of_the_others(
    stage: Stage, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    """The south has no country any more whose working days are known."""
    platelets(stage, cast, "45")
    with stage.sessions.begin() as session:
        spoilt = AlertRow(
            treatment_id=cast.sofia_treatment, patient_id=cast.sofia, site_id=cast.south, topic="sign:a",
            audience="nurse", level="soon", rank=2, since=TODAY, because="a test says so", source="policy",
            opened_at=NOW, escalate_at=MORNING,
        )  # fmt: skip
        session.add(spoilt)
        session.execute(update(SiteRow).where(SiteRow.id == cast.south).values(country="ZZ"))
    with caplog.at_level(logging.ERROR):
        found = at_the_clock(stage, MORNING + HOUR)

    assert (found.done, found.failed) == (1, 1)
    assert "a test says so" not in caplog.text
    assert open_on_values(stage, cast)[BELOW_50].step == 1


def test_it_refuses_a_rota_that_could_tell_nobody(stage: Stage, cast: Cast) -> None:
    right: dict[str, Any] = {
        "site_id": cast.north, "audience": Audience.NURSE, "staff_id": cast.nora.actor.id, "place": 1,
        "starts_on": TODAY, "ends_on": TODAY + DAY,
    }  # fmt: skip
    for wrong, refusal, field in (
        ({"ends_on": TODAY}, Unacceptable, "ends_on"),
        ({"ends_on": TODAY + 367 * DAY}, Unacceptable, "ends_on"),
        ({"place": 10}, Unacceptable, "place"),
        ({"audience": Audience.NEUROLOGIST}, Unacceptable, "staff_id"),
        ({"staff_id": cast.sven.actor.id}, Missing, "staff_id"),
        ({"site_id": cast.south}, Missing, "site_id"),
    ):
        with pytest.raises(refusal) as refused:
            act(stage, add_turn, cast.noor.actor, **{**right, **wrong})
        assert refused.value.field == field
    act(stage, add_turn, cast.adam.actor, **right)


def test_a_turn_and_an_absence_are_withdrawn_once_and_by_their_own_site(stage: Stage, cast: Cast) -> None:
    turn, absence = on_duty(stage, cast, cast.nora), is_away(stage, cast, cast.nora)
    with pytest.raises(Missing):
        act(stage, withdraw_turn, cast.selma.actor, turn_id=turn)
    with pytest.raises(Missing):
        act(stage, withdraw_absence, cast.selma.actor, absence_id=absence)
    act(stage, withdraw_turn, cast.adam.actor, turn_id=turn)
    act(stage, withdraw_absence, cast.noor.actor, absence_id=absence)

    with pytest.raises(Conflict):
        act(stage, withdraw_turn, cast.adam.actor, turn_id=turn)
    with pytest.raises(Conflict):
        act(stage, withdraw_absence, cast.noor.actor, absence_id=absence)
    with pytest.raises(Missing):
        act(stage, add_absence, cast.noor.actor, staff_id=cast.sven.actor.id, starts_on=TODAY, ends_on=TODAY + DAY)
