"""Alerts over the API: what they show, whose they are, what may be done to them, and how their rules fared."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, update

from monitor.actions.acknowledge_alert import acknowledge_alert
from monitor.actions.close_alert import close_alert
from monitor.actions.escalate import escalate
from monitor.store.alert import AlertRow
from monitor.store.notification import NotificationRow
from monitor.terms import Audience, Level
from tests.actions.acting import DAY, act
from tests.actions.values_of_ada import BELOW_50, BELOW_100, on_values, platelets, put_right
from tests.api.test_work_lists import all_pages
from tests.cast import NOW, TODAY, Cast, Staff, Stage
from tests.client import Answer, Client
from tests.factories.alerts import open_alert

API = "/api/v1"
ALERTS = f"{API}/alerts"
HOUR = dt.timedelta(hours=1)
LEDGER = f"{ALERTS}/ledger"
WHY = "on the telephone with the laboratory"


def do(client: Client, who: Staff, alert: object, verb: str, *, version: int = 1, **body: Any) -> Answer:
    headers = {**who.headers, "If-Match": f'"{version}"'}
    return client.post(f"{ALERTS}/{alert}/{verb}", json=body, headers=headers)


def listed(client: Client, who: Staff, query: str = "") -> set[str]:
    return {each["topic"] for each in client.get(f"{ALERTS}?limit=200&{query}", headers=who.headers).json["items"]}


@pytest.fixture
def low(stage: Stage, cast: Cast) -> UUID:
    """The critical alert about a platelet count of today, among no others; its id."""
    with stage.sessions.begin() as session:
        session.execute(delete(NotificationRow))
        session.execute(delete(AlertRow))
    platelets(stage, cast, "45", at=NOW)
    (alert,) = on_values(stage, cast, topic=BELOW_50)
    return alert.id


def test_it_shows_what_was_found_until_when_it_must_be_seen_and_by_whom(client: Client, cast: Cast, low: UUID) -> None:
    shown = client.get(f"{ALERTS}/{low}", headers=cast.noor.headers).json
    assert shown.pop("patient")["id"] == str(cast.ada)

    assert (shown["analyte"], shown["level"], shown["holds"], shown["step"]) == ("platelets", "critical", True, 0)
    assert "45" in shown["numbers"].values()
    assert shown["action"]
    assert shown["clears"]
    assert shown["evidence"]
    assert shown["acknowledge_by"] == (NOW + HOUR).isoformat()
    assert shown["addressed_to"] == [{"id": str(cast.noor.actor.id), "name": "Noor"}]
    assert client.get(f"{ALERTS}?level=critical", headers=cast.noor.headers).json["items"] == [shown]


def test_h07_it_says_that_it_is_no_longer_true_and_why(client: Client, stage: Stage, cast: Cast) -> None:
    put_right(stage, cast, platelets(stage, cast, "45", at=NOW), "245", at=NOW)
    (alert,) = on_values(stage, cast, topic=BELOW_50)
    shown = client.get(f"{ALERTS}/{alert.id}", headers=cast.noor.headers).json
    assert shown["holds"] is False
    assert shown["eased_because"]

    nurse = do(client, cast.nora, alert.id, "acknowledge", version=shown["version"])
    assert nurse.json["closed_at"] is None
    seen = do(client, cast.noor, alert.id, "acknowledge", version=nurse.json["version"])
    assert (seen.json["closing_action"], seen.json["addressed_to"]) == ("not_true", [])


def test_mine_are_those_that_are_addressed_to_me_now(client: Client, stage: Stage, cast: Cast, low: UUID) -> None:
    with stage.sessions.begin() as session:
        task = open_alert(session, cast, topic="message:failed", level=Level.SOON, audience=Audience.NURSE)
        session.execute(update(AlertRow).where(AlertRow.id == task).values(escalate_at=NOW))
    assert BELOW_50 in listed(client, cast.noor, "mine=true")
    assert "message:failed" not in listed(client, cast.noor, "mine=true")
    assert "message:failed" in listed(client, cast.nora, "mine=true")
    assert BELOW_50 not in listed(client, cast.nora, "mine=true")
    assert listed(client, cast.farah, "mine=true") == set()
    assert listed(client, cast.selma, "mine=true") == set()

    escalate(stage.sessions, catalog=stage.catalog, settings=stage.settings, at=NOW)

    assert "message:failed" in listed(client, cast.noor, "mine=true")
    assert all_pages(client, f"{ALERTS}?mine=true", cast.noor.headers)


def test_what_is_put_off_is_out_of_sight_until_its_time_is_up(
    client: Client, stage: Stage, cast: Cast, low: UUID
) -> None:
    too_long = (NOW + HOUR + dt.timedelta(seconds=1)).isoformat()
    refused = do(client, cast.nora, low, "snooze", until=too_long, reason=WHY)
    put_off = do(client, cast.nora, low, "snooze", until=(NOW + HOUR).isoformat(), reason=WHY)

    assert (refused.status_code, put_off.status_code) == (422, 200)
    assert refused.json["errors"][0]["field"] == "until"
    assert (put_off.json["snoozed_by"], put_off.json["snooze_reason"]) == (str(cast.nora.actor.id), WHY)
    assert BELOW_50 not in listed(client, cast.noor)
    assert listed(client, cast.noor, "state=snoozed") == {BELOW_50}
    with stage.sessions.begin() as session:
        session.execute(update(AlertRow).where(AlertRow.id == low).values(snoozed_until=NOW))
    assert BELOW_50 in listed(client, cast.noor)
    assert listed(client, cast.noor, "state=snoozed") == set()


def test_h45_a_close_is_taken_back(client: Client, cast: Cast, low: UUID) -> None:
    given: dict[str, Any] = {"action": "patient_called", "reason": "the wrong line"}
    refused = do(client, cast.nora, low, "close", **given)
    closed = do(client, cast.noor, low, "close", **given)
    undone = do(client, cast.noor, low, "undo", version=2)

    assert (refused.status_code, closed.status_code, undone.status_code) == (403, 200, 200)
    assert closed.json["closing_action"] == "patient_called"
    assert (undone.json["closed_at"], undone.json["closing_action"], undone.json["version"]) == (None, None, 3)


@pytest.mark.parametrize("body", ({"reason": WHY}, {"action": "forgotten", "reason": WHY}, {"action": "handled"}))
def test_h45_a_close_says_what_was_done_and_why(client: Client, cast: Cast, low: UUID, body: dict[str, Any]) -> None:
    assert do(client, cast.noor, low, "close", **body).status_code == 422


@pytest.mark.parametrize(("verb", "body"), (("snooze", {"until": f"{NOW + HOUR:%FT%TZ}", "reason": WHY}), ("undo", {})))
def test_h48_nobody_changes_what_they_did_not_see(
    client: Client, cast: Cast, low: UUID, verb: str, body: dict[str, Any]
) -> None:
    assert do(client, cast.noor, low, verb, version=7, **body).status_code == 412
    assert client.post(f"{ALERTS}/{low}/{verb}", json=body, headers=cast.noor.headers).status_code == 428


def test_the_rota_decides_who_is_told_first(client: Client, stage: Stage, cast: Cast) -> None:
    people = client.get(f"{API}/rota/colleagues?site_id={cast.north}", headers=cast.adam.headers).json["items"]
    nora = next(one for one in people if one["name"] == "Nora")
    turn = {
        "site_id": str(cast.north), "audience": nora["audience"], "staff_id": nora["id"], "place": 1,
        "starts_on": TODAY.isoformat(), "ends_on": (TODAY + DAY).isoformat(),
    }  # fmt: skip
    refused = client.post(f"{API}/rota", json=turn, headers=cast.nora.headers)
    made = client.post(f"{API}/rota", json=turn, headers=cast.adam.headers)
    today = client.get(f"{API}/rota?on={TODAY}", headers=cast.nora.headers).json["items"]
    tomorrow = client.get(f"{API}/rota?on={TODAY + DAY}", headers=cast.nora.headers).json["items"]
    taken = client.post(f"{API}/rota/{made.json['id']}/withdraw", headers=cast.noor.headers)
    again = client.post(f"{API}/rota/{made.json['id']}/withdraw", headers=cast.noor.headers)

    assert [one["name"] for one in people] == ["Noor", "Nora"]
    assert (refused.status_code, made.status_code, taken.status_code, again.status_code) == (403, 201, 200, 409)
    assert ([one["name"] for one in today], tomorrow) == (["Nora"], [])
    assert taken.json["withdrawn_by"] == str(cast.noor.actor.id)


def test_an_absence_is_seen_by_the_own_site_and_by_nobody_else(client: Client, cast: Cast) -> None:
    away = {"staff_id": str(cast.noor.actor.id), "starts_on": TODAY.isoformat(), "ends_on": (TODAY + DAY).isoformat()}
    made = client.post(f"{API}/absences", json=away, headers=cast.noor.headers)
    here = client.get(f"{API}/absences?on={TODAY}", headers=cast.nora.headers).json["items"]
    there = client.get(f"{API}/absences?on={TODAY}", headers=cast.selma.headers).json["items"]

    assert (made.status_code, [one["name"] for one in here], there) == (201, ["Noor"], [])
    assert client.post(f"{API}/absences/{made.json['id']}/withdraw", headers=cast.adam.headers).status_code == 200


def test_the_ledger_tells_of_each_rule_how_it_fared(client: Client, stage: Stage, cast: Cast) -> None:
    """Seen after 10, 20 and 90 minutes; closed with an act, dismissed, and still open."""
    with stage.sessions.begin() as session:
        session.execute(delete(NotificationRow))
        session.execute(delete(AlertRow))
        three = [open_alert(session, cast, topic=f"sign:{number}", level=Level.SOON) for number in range(3)]
        session.execute(update(AlertRow).values(topic="sign:bruising", treatment_id=None))
    for alert, minutes in zip(three, (10, 20, 90), strict=True):
        act(stage, acknowledge_alert, cast.nora.actor, at=NOW + dt.timedelta(minutes=minutes), alert_id=alert)
    for alert, action in zip(three, ("patient_seen", "already_known"), strict=False):
        act(stage, close_alert, cast.noor.actor, at=NOW + 3 * HOUR, alert_id=alert, action=action, reason=WHY)
    platelets(stage, cast, "80", days_ago=1, at=NOW)
    platelets(stage, cast, "45", at=NOW)

    query = f"site_id={cast.north}&from={TODAY}&until={TODAY + DAY}"
    rules = client.get(f"{LEDGER}?{query}", headers=cast.farah.headers).json["rules"]
    by_topic = {one.pop("topic"): one for one in rules}

    assert by_topic["sign:bruising"] == {
        "fired": 3, "acted_on": 1, "dismissed": 1, "superseded": 0, "settled": 0, "open": 1, "seen": 3,
        "mean_to_see": 2400, "median_to_see": 1200, "longest_to_see": 5400,
    }  # fmt: skip
    assert by_topic[BELOW_100]["superseded"] == 1
    assert by_topic[BELOW_50] == {
        "fired": 1, "acted_on": 0, "dismissed": 0, "superseded": 0, "settled": 0, "open": 1, "seen": 0,
        "mean_to_see": None, "median_to_see": None, "longest_to_see": None,
    }  # fmt: skip


def test_the_ledger_counts_from_its_first_day_to_the_day_before_its_last(
    client: Client, stage: Stage, cast: Cast, low: UUID
) -> None:
    """It opened on the 15th at 09:30 in UTC; a site counts its own midnights."""
    with stage.sessions.begin() as session:
        late = dt.datetime(2026, 6, 15, 22, 30, tzinfo=dt.UTC)  # the 16th in Paris
        session.execute(update(AlertRow).where(AlertRow.id == low).values(opened_at=late))

    def fired(first: dt.date, until: dt.date) -> bool:
        asked = client.get(f"{LEDGER}?site_id={cast.north}&from={first}&until={until}", headers=cast.noor.headers)
        return BELOW_50 in {one["topic"] for one in asked.json["rules"]}

    assert not fired(TODAY, TODAY + DAY)
    assert fired(TODAY + DAY, TODAY + 2 * DAY)
    wrong = f"{LEDGER}?site_id={cast.north}&from={TODAY}&until={TODAY}"
    assert client.get(wrong, headers=cast.noor.headers).status_code == 422


def test_the_middle_of_two_is_between_them(client: Client, stage: Stage, cast: Cast) -> None:
    with stage.sessions.begin() as session:
        session.execute(delete(NotificationRow))
        session.execute(delete(AlertRow))
        two = [open_alert(session, cast, topic=f"sign:{number}", level=Level.SOON) for number in range(2)]
        session.execute(update(AlertRow).values(topic="sign:bruising", treatment_id=None))
    for alert, minutes in zip(two, (10, 20), strict=True):
        act(stage, acknowledge_alert, cast.nora.actor, at=NOW + dt.timedelta(minutes=minutes), alert_id=alert)

    query = f"site_id={cast.north}&from={TODAY}&until={TODAY + DAY}"
    (rule,) = client.get(f"{LEDGER}?{query}", headers=cast.noor.headers).json["rules"]
    assert (rule["median_to_see"], rule["mean_to_see"], rule["longest_to_see"]) == (900, 900, 1200)
