"""What people do to an alert: see it, put it off within bounds, take back what was a mistake; two of them at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from monitor.actions.acknowledge_alert import acknowledge_alert
from monitor.actions.close_alert import close_alert
from monitor.actions.open_record import StaleVersion
from monitor.actions.snooze_alert import snooze_alert
from monitor.actions.undo_alert import undo_alert
from monitor.actions.users import add_user
from monitor.notices.alert_life import LONGEST_SNOOZE
from monitor.store.alert import AlertRow
from monitor.terms import Actor, Conflict, Level, Missing, NotAllowed, Role, Unacceptable
from tests.actions.acting import act, noted, together
from tests.actions.values_of_ada import (
    BELOW_50,
    BELOW_100,
    MORNING,
    on_values,
    open_on_values,
    platelets,
    put_right,
)
from tests.cast import Cast, Stage
from tests.factories.alerts import open_alert

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
LATER = MORNING + 10 * MINUTE
WHY = "on the telephone with the laboratory"


def row_of(stage: Stage, alert_id: UUID) -> AlertRow:
    with stage.sessions() as session:
        return session.get_one(AlertRow, alert_id)


def critical(stage: Stage, cast: Cast) -> UUID:
    platelets(stage, cast, "45")
    return open_on_values(stage, cast)[BELOW_50].id


def task(stage: Stage, cast: Cast) -> UUID:
    with stage.sessions.begin() as session:
        return open_alert(session, cast, topic="message:failed", level=Level.URGENT)


def close_it(stage: Stage, by: Actor, alert_id: UUID, *, at: dt.datetime = LATER) -> None:
    act(stage, close_alert, by, at=at, alert_id=alert_id, action="patient_called", reason="by mistake")


def test_h47_what_was_seen_goes_on_to_nobody(stage: Stage, cast: Cast) -> None:
    alert = critical(stage, cast)
    act(stage, acknowledge_alert, cast.nora.actor, at=LATER, alert_id=alert)

    seen = row_of(stage, alert)
    assert (seen.acknowledged_by, seen.acknowledged_at, seen.escalate_at) == (cast.nora.actor.id, LATER, None)
    assert seen.closed_at is None
    assert seen.acknowledge_by == MORNING + HOUR


@pytest.mark.parametrize("expected", (None, 1))
def test_h48_of_two_who_acknowledge_at_once_one_did(stage: Stage, cast: Cast, expected: int | None) -> None:
    alert = critical(stage, cast)

    def see(by: Actor) -> Callable[[], object]:
        return lambda: act(stage, acknowledge_alert, by, at=LATER, alert_id=alert, expected_version=expected)

    found = together(see(cast.nora.actor), see(cast.noor.actor))

    assert sum(isinstance(one, StaleVersion) for one in found) == (0 if expected is None else 1)
    assert noted(stage).count("acknowledge_alert") == 1
    assert row_of(stage, alert).version == 2


def test_h48_of_one_who_closes_and_one_who_puts_it_off_one_is_told_to_look_again(stage: Stage, cast: Cast) -> None:
    alert = critical(stage, cast)
    put_off = {"alert_id": alert, "until": LATER + MINUTE, "reason": WHY, "expected_version": 1}
    close = {"alert_id": alert, "action": "patient_seen", "reason": WHY, "expected_version": 1}
    found = together(
        lambda: act(stage, snooze_alert, cast.nora.actor, at=LATER, **put_off),
        lambda: act(stage, close_alert, cast.noor.actor, at=LATER, **close),
    )

    assert sum(isinstance(one, StaleVersion) for one in found) == 1


def test_a_close_names_what_was_done(stage: Stage, cast: Cast) -> None:
    alert = critical(stage, cast)
    with pytest.raises(Unacceptable) as refused:
        act(stage, close_alert, cast.noor.actor, alert_id=alert, action="forgotten", reason="she is well")
    assert refused.value.field == "action"
    close_it(stage, cast.noor.actor, alert)

    closed = row_of(stage, alert)
    assert (closed.closing_action, closed.closing_reason, closed.escalate_at) == ("patient_called", "by mistake", None)


@pytest.mark.parametrize("level", list(Level))
def test_it_is_put_off_as_long_as_its_level_allows_and_no_longer(stage: Stage, cast: Cast, level: Level) -> None:
    with stage.sessions.begin() as session:
        alert = open_alert(session, cast, topic="sign:bruising", level=level)
    act(stage, acknowledge_alert, cast.nora.actor, at=LATER, alert_id=alert)
    given: dict[str, Any] = {"alert_id": alert, "reason": WHY}
    longest = LATER + LONGEST_SNOOZE[level]
    for wrong in (LATER, LATER - MINUTE, longest + dt.timedelta(microseconds=1)):
        with pytest.raises(Unacceptable):
            act(stage, snooze_alert, cast.nora.actor, at=LATER, until=wrong, **given)
    act(stage, snooze_alert, cast.nora.actor, at=LATER, until=longest, **given)

    assert row_of(stage, alert).snoozed_until == longest


def test_h47_what_is_put_off_unseen_goes_on_when_its_time_is_up(stage: Stage, cast: Cast) -> None:
    """However often: to put off is not to have seen, and takes no time from the next who must know."""
    alert = critical(stage, cast)
    by = MORNING + HOUR
    with pytest.raises(Unacceptable):
        act(stage, snooze_alert, cast.nora.actor, at=LATER, alert_id=alert, until=by + MINUTE, reason=WHY)
    for minutes in (20, 40, 60):
        put_off = {"alert_id": alert, "until": MORNING + minutes * MINUTE, "reason": WHY}
        act(stage, snooze_alert, cast.nora.actor, at=MORNING + (minutes - 5) * MINUTE, **put_off)

    assert row_of(stage, alert).escalate_at == by
    assert row_of(stage, alert).acknowledged_at is None


def test_h45_closed_by_mistake_it_is_opened_again_and_its_time_begins_anew(stage: Stage, cast: Cast) -> None:
    alert = critical(stage, cast)
    close_it(stage, cast.noor.actor, alert)
    act(stage, undo_alert, cast.noor.actor, at=LATER + MINUTE, alert_id=alert)

    again = row_of(stage, alert)
    assert (again.closed_at, again.closed_by, again.closing_action, again.closing_reason) == (None, None, None, None)
    assert again.escalate_at == LATER + MINUTE + HOUR
    assert "undo_alert" in noted(stage)


def test_h45_what_is_opened_again_says_what_the_values_say_now(stage: Stage, cast: Cast) -> None:
    low = platelets(stage, cast, "45")
    alert = open_on_values(stage, cast)[BELOW_50].id
    close_it(stage, cast.noor.actor, alert)
    put_right(stage, cast, low, "245", at=LATER)
    act(stage, undo_alert, cast.noor.actor, at=LATER + MINUTE, alert_id=alert)

    again = row_of(stage, alert)
    assert (again.closed_at, again.holds) == (None, False)


def test_a_nurse_who_saw_an_eased_one_takes_both_back(stage: Stage, cast: Cast) -> None:
    low = platelets(stage, cast, "45")
    alert = open_on_values(stage, cast)[BELOW_50].id
    put_right(stage, cast, low, "245", at=LATER)
    act(stage, acknowledge_alert, cast.nora.actor, at=LATER, alert_id=alert)
    act(stage, undo_alert, cast.nora.actor, at=LATER + MINUTE, alert_id=alert)

    again = row_of(stage, alert)
    assert (again.closed_at, again.acknowledged_at, again.holds) == (None, None, False)
    assert again.escalate_at is not None


def test_h45_a_nurse_alone_does_not_end_what_was_critical(stage: Stage, cast: Cast) -> None:
    """She may have typed the correction herself: that it was one, a neurologist sees."""
    low = platelets(stage, cast, "45")
    alert = open_on_values(stage, cast)[BELOW_50].id
    put_right(stage, cast, low, "245", at=LATER)
    act(stage, acknowledge_alert, cast.nora.actor, at=LATER, alert_id=alert)
    seen = row_of(stage, alert)
    assert (seen.closed_at, seen.acknowledged_by, seen.escalate_at) == (None, cast.nora.actor.id, None)
    act(stage, acknowledge_alert, cast.noor.actor, at=LATER + MINUTE, alert_id=alert)

    closed = row_of(stage, alert)
    assert (closed.closed_by, closed.closing_action) == (cast.noor.actor.id, "not_true")
    assert (closed.acknowledged_by, closed.acknowledged_at) == (cast.nora.actor.id, LATER)


def test_the_last_thing_is_taken_back_first(stage: Stage, cast: Cast) -> None:
    alert = critical(stage, cast)
    act(stage, acknowledge_alert, cast.nora.actor, at=LATER, alert_id=alert)
    put_off = {"alert_id": alert, "until": LATER + HOUR, "reason": WHY}
    act(stage, snooze_alert, cast.nora.actor, at=LATER + MINUTE, **put_off)

    act(stage, undo_alert, cast.nora.actor, at=LATER + 2 * MINUTE, alert_id=alert)
    assert (row_of(stage, alert).snoozed_until, row_of(stage, alert).acknowledged_at) == (None, LATER)
    act(stage, undo_alert, cast.nora.actor, at=LATER + 3 * MINUTE, alert_id=alert)
    assert row_of(stage, alert).acknowledged_at is None
    assert row_of(stage, alert).escalate_at == LATER + 3 * MINUTE + HOUR
    with pytest.raises(Conflict):
        act(stage, undo_alert, cast.nora.actor, at=LATER + 4 * MINUTE, alert_id=alert)


def test_a_nurse_takes_back_her_own_acts_for_a_day_and_a_neurologist_anybodys(stage: Stage, cast: Cast) -> None:
    with stage.work() as work:
        other = add_user(work, name="Nils", role=Role.NURSE, site_ids=[cast.north])
    nils = Actor(id=other, role=Role.NURSE, site_ids=frozenset({cast.north}))
    alert = task(stage, cast)
    close_it(stage, cast.nora.actor, alert)
    a_day = LATER + 24 * HOUR

    for by, at in ((nils, LATER + MINUTE), (cast.nora.actor, a_day + MINUTE)):
        with pytest.raises(NotAllowed):
            act(stage, undo_alert, by, at=at, alert_id=alert)
    act(stage, undo_alert, cast.nora.actor, at=a_day, alert_id=alert)
    close_it(stage, cast.nora.actor, alert, at=a_day)
    act(stage, undo_alert, cast.noor.actor, at=a_day + 48 * HOUR, alert_id=alert)

    assert row_of(stage, alert).closed_at is None


def test_what_closed_by_itself_nobody_takes_back(stage: Stage, cast: Cast) -> None:
    platelets(stage, cast, "80", days_ago=1)
    platelets(stage, cast, "45", at=LATER)
    (mild,) = on_values(stage, cast, topic=BELOW_100)
    with pytest.raises(Conflict):
        act(stage, undo_alert, cast.noor.actor, at=LATER, alert_id=mild.id)


def test_it_is_not_opened_again_beside_another_about_the_same(stage: Stage, cast: Cast) -> None:
    platelets(stage, cast, "45", days_ago=1)
    alert = open_on_values(stage, cast)[BELOW_50].id
    close_it(stage, cast.noor.actor, alert)
    platelets(stage, cast, "40", at=LATER + MINUTE)
    with pytest.raises(Conflict):
        act(stage, undo_alert, cast.noor.actor, at=LATER + HOUR, alert_id=alert)


@pytest.mark.parametrize("verb", (snooze_alert, undo_alert))
def test_they_hide_the_alerts_of_another_site(stage: Stage, cast: Cast, verb: Callable[..., object]) -> None:
    alert = critical(stage, cast)
    given = {"until": LATER + MINUTE, "reason": WHY} if verb is snooze_alert else {}
    with pytest.raises(Missing):
        act(stage, verb, cast.selma.actor, at=LATER, alert_id=alert, **given)
