"""The agenda and the alerts inbox: what is in them, in which order, and page by page."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy import delete, update

from monitor.actions.make_appointment import make_appointment
from monitor.actions.record_administration import record_administration
from monitor.actions.suspend_treatment import suspend_treatment
from monitor.store.alert import AlertRow
from monitor.store.notification import NotificationRow
from monitor.store.site import SiteRow
from monitor.store.staff import StaffSiteRow
from monitor.terms import Level
from tests.cast import TODAY, Cast, Stage
from tests.client import Client
from tests.factories.alerts import open_alert

AGENDA, ALERTS = "/api/v1/agenda", "/api/v1/alerts"
NOBODY: dict[str, object] = {"items": [], "next": None, "patient": None}


def infuse(stage: Stage, cast: Cast, *, days_ago: int) -> None:
    """Ada's whole first course, its last day so many days ago."""
    with stage.work(by=cast.noor.actor) as work:
        for number in range(1, 6):
            on = TODAY - dt.timedelta(days=days_ago + 5 - number)
            record_administration(
                work, treatment_id=cast.ada_treatment, on=on, course=1, day=number,
                reason_override="the papers are in the letter",
            )  # fmt: skip


def all_pages(client: Client, path: str, headers: dict[str, str]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = client.get(f"{path}{'&' if '?' in path else '?'}limit=3{cursor}", headers=headers).json
        assert len(page["items"]) <= 3
        assert not [item for item in page["items"] if item in found], "the same page again"
        found += page["items"]
        cursor = None if page["next"] is None else f"&cursor={page['next']}"
    return found


def test_it_puts_every_item_in_exactly_one_part_of_the_list(client: Client, cast: Cast, stage: Stage) -> None:
    infuse(stage, cast, days_ago=45)
    whole = client.get(f"{AGENDA}?limit=200", headers=cast.nora.headers).json["items"]
    parts = {
        state: client.get(f"{AGENDA}?limit=200&state={state}", headers=cast.nora.headers).json["items"]
        for state in ("overdue", "late", "today", "upcoming")
    }

    assert sorted(item["key"] for part in parts.values() for item in part) == sorted(item["key"] for item in whole)
    assert {item["bucket"] for item in parts["late"]} <= {"late"}
    assert any(item["key"] == "cbc/1.1" for item in parts["overdue"])


def test_it_agrees_with_the_calendar_on_every_state(client: Client, cast: Cast, stage: Stage) -> None:
    infuse(stage, cast, days_ago=33)
    with stage.work(by=cast.noor.actor) as work:
        make_appointment(work, treatment_id=cast.ada_treatment, keys=["cbc/1.1"], on=TODAY + dt.timedelta(days=3))
    listed = client.get(f"{AGENDA}?limit=200&patient_id={cast.ada}", headers=cast.nora.headers).json["items"]
    calendar = client.get(f"/api/v1/treatments/{cast.ada_treatment}/calendar", headers=cast.nora.headers).json
    computed = {item["key"]: item for item in calendar["items"] + calendar["upcoming"]}

    assert listed
    for item in listed:
        same = computed[item["key"]]
        assert (item["key"], item["state"], item["due_on"]) == (same["key"], same["state"], same["due_on"])


def test_what_goes_with_an_overdue_dose_is_not_late_itself(client: Client, cast: Cast) -> None:
    """The first dose of Theo is ten days overdue; its fluid and its blood count wait for it, and are open."""
    listed = client.get(f"{AGENDA}?limit=200&patient_id={cast.theo}", headers=cast.nora.headers).json["items"]
    calendar = client.get(f"/api/v1/treatments/{cast.theo_treatment}/calendar", headers=cast.nora.headers).json
    computed = {item["key"]: item["state"] for item in calendar["items"] + calendar["upcoming"]}

    assert {item["key"]: item["state"] for item in listed} == {item["key"]: computed[item["key"]] for item in listed}
    assert {item["state"] for item in listed if item["key"] in {"csf/1", "cbc/1"}} == {"open"}
    assert {item["state"] for item in listed if item["key"] == "dose/1"} == {"overdue"}


def test_it_never_shows_a_suspended_dose_as_late(client: Client, cast: Cast, stage: Stage) -> None:
    with stage.work(by=cast.noor.actor) as work:
        suspend_treatment(work, treatment_id=cast.theo_treatment, on=TODAY - dt.timedelta(days=9), reason="infection")

    items = client.get(f"{AGENDA}?limit=200&patient_id={cast.theo}", headers=cast.nora.headers).json["items"]

    dose = next(item for item in items if item["key"] == "dose/1")
    assert (dose["state"], dose["bucket"], dose["blocked_by"]) == ("planned", "upcoming", ["suspended"])


def test_it_shows_whose_turn_it_is_by_name_and_oldest_first(client: Client, cast: Cast) -> None:
    items = client.get(f"{AGENDA}?limit=200", headers=cast.nora.headers).json["items"]

    assert [item["due_on"] for item in items] == sorted(item["due_on"] for item in items)
    assert {item["family_name"] for item in items} == {"Berger", "Marchand"}


def test_it_gives_the_same_list_page_by_page(client: Client, cast: Cast, stage: Stage) -> None:
    infuse(stage, cast, days_ago=45)
    for path in (AGENDA, ALERTS, f"{ALERTS}?audience=neurologist"):
        joint = "&" if "?" in path else "?"
        whole = client.get(f"{path}{joint}limit=200", headers=cast.nora.headers).json["items"]

        assert all_pages(client, path, cast.nora.headers) == whole
        assert whole


def test_it_skips_and_repeats_nothing_when_something_is_added_between_two_pages(
    client: Client, cast: Cast, stage: Stage
) -> None:
    before = client.get(f"{AGENDA}?limit=200", headers=cast.nora.headers).json["items"]
    first = client.get(f"{AGENDA}?limit=1", headers=cast.nora.headers).json
    infuse(stage, cast, days_ago=45)
    rest = client.get(f"{AGENDA}?limit=200&cursor={first['next']}", headers=cast.nora.headers).json["items"]

    seen = [(item["treatment_id"], item["key"]) for item in first["items"] + rest]
    assert len(seen) == len(set(seen))
    theo = {(item["treatment_id"], item["key"]) for item in before if item["patient_id"] == str(cast.theo)}
    assert theo <= set(seen)


def test_it_links_to_the_next_page(client: Client, cast: Cast) -> None:
    answer = client.get(f"{AGENDA}?limit=1&site_id={cast.north}", headers=cast.nora.headers)

    link = answer.headers["Link"]
    assert link.endswith('>; rel="next"')
    following = client.get(link[1 : link.index(">")], headers=cast.nora.headers)
    assert following.status_code == 200
    assert following.json["items"] != answer.json["items"]


def test_it_puts_the_worst_alert_first(client: Client, cast: Cast, stage: Stage) -> None:
    infuse(stage, cast, days_ago=120)
    items = client.get(f"{ALERTS}?limit=200", headers=cast.noor.headers).json["items"]

    order = [("critical", "urgent", "soon", "info").index(item["level"]) for item in items]
    assert order == sorted(order)
    assert len(set(order)) > 1


def test_it_shows_an_empty_list_to_a_site_without_work(client: Client, cast: Cast) -> None:
    nowhere = UUID(int=1)

    assert client.get(f"{AGENDA}?site_id={nowhere}", headers=cast.nora.headers).json == NOBODY
    assert client.get(f"{ALERTS}?state=closed", headers=cast.nora.headers).json == NOBODY


def test_it_acknowledges_without_closing(client: Client, cast: Cast) -> None:
    alert = client.get(ALERTS, headers=cast.nora.headers).json["items"][0]
    seen = {**cast.nora.headers, "If-Match": f'"{alert["version"]}"'}

    acknowledged = client.post(f"{ALERTS}/{alert['id']}/acknowledge", headers=seen)

    assert acknowledged.status_code == 200
    assert acknowledged.headers["ETag"] == f'"{alert["version"] + 1}"'
    assert acknowledged.json["acknowledged_by"] == str(cast.nora.actor.id)
    assert acknowledged.json["closed_at"] is None


def test_nobody_acknowledges_what_they_did_not_see_g9(client: Client, cast: Cast, stage: Stage) -> None:
    """It was read as urgent and grew critical: whoever read it must look again before it counts as seen."""
    with stage.sessions.begin() as session:
        alert = open_alert(session, cast, topic="result:platelets", level=Level.URGENT)
    read = client.get(f"{ALERTS}/{alert}", headers=cast.noor.headers)
    with stage.sessions.begin() as session:
        row = session.get_one(AlertRow, alert)
        row.level, row.rank, row.version = Level.CRITICAL.value, Level.CRITICAL.rank, row.version + 1

    stale = {**cast.noor.headers, "If-Match": read.headers["ETag"]}
    answers = [
        client.post(f"{ALERTS}/{alert}/{verb}", json=body, headers=headers).status_code
        for verb, body in (("acknowledge", {}), ("close", {"action": "patient_called", "reason": "called the patient"}))
        for headers in (cast.noor.headers, stale)
    ]

    assert answers == [428, 412, 428, 412]
    now = client.get(f"{ALERTS}/{alert}", headers=cast.noor.headers)
    assert (now.json["level"], now.json["acknowledged_at"], now.json["closed_at"]) == ("critical", None, None)
    newest = {**cast.noor.headers, "If-Match": now.headers["ETag"]}
    assert client.post(f"{ALERTS}/{alert}/acknowledge", headers=newest).status_code == 200


def test_it_closes_nothing_that_is_overdue(client: Client, cast: Cast) -> None:
    alert = client.get(ALERTS, headers=cast.noor.headers).json["items"][0]
    seen = {**cast.noor.headers, "If-Match": f'"{alert["version"]}"'}
    answer = client.post(
        f"{ALERTS}/{alert['id']}/close", json={"action": "patient_called", "reason": "called"}, headers=seen
    )

    assert alert["topic"].startswith("overdue:")
    assert answer.status_code == 409


def test_it_lets_a_nurse_close_the_tasks_about_messages_and_nothing_else(
    client: Client, cast: Cast, stage: Stage
) -> None:
    with stage.sessions.begin() as session:
        task = open_alert(session, cast, topic="message:failed", level=Level.SOON)
        finding = open_alert(session, cast, topic="result:platelets", level=Level.CRITICAL)
    body = {"action": "patient_called", "reason": "called the patient"}

    nora, noor = ({**who.headers, "If-Match": '"1"'} for who in (cast.nora, cast.noor))

    handled = client.post(f"{ALERTS}/{task}/close", json=body, headers=nora)
    refused = client.post(f"{ALERTS}/{finding}/close", json=body, headers=nora)
    judged = client.post(f"{ALERTS}/{finding}/close", json=body, headers=noor)

    assert (handled.status_code, refused.status_code, judged.status_code) == (200, 403, 200)
    assert judged.json["closing_reason"] == "called the patient"
    closed = client.get(f"{ALERTS}?state=closed", headers=cast.noor.headers).json["items"]
    assert {each["id"] for each in closed} == {str(task), str(finding)}


def test_it_orders_alerts_by_level_then_by_age(client: Client, cast: Cast, stage: Stage) -> None:
    with stage.sessions.begin() as session:
        session.execute(delete(NotificationRow))
        session.execute(delete(AlertRow))
        young = open_alert(session, cast, topic="result:a", level=Level.URGENT, since=TODAY)
        mild = open_alert(session, cast, topic="result:b", level=Level.INFO, since=dt.date(2020, 1, 1))
        old = open_alert(session, cast, topic="result:c", level=Level.URGENT, since=dt.date(2026, 1, 1))
        worst = open_alert(session, cast, topic="result:d", level=Level.CRITICAL, since=TODAY)

    found = all_pages(client, ALERTS, cast.noor.headers)

    assert [each["id"] for each in found] == [str(each) for each in (worst, old, young, mild)]


def test_a_site_without_a_known_zone_takes_no_list_away_from_another(client: Client, cast: Cast, stage: Stage) -> None:
    """Nora works at both sites; what the spoilt one has is shown by the date of Greenwich rather than not at all."""
    infuse(stage, cast, days_ago=45)
    with stage.sessions() as session, session.begin():
        session.add(StaffSiteRow(staff_id=cast.nora.actor.id, site_id=cast.south))
        session.execute(update(SiteRow).where(SiteRow.id == cast.south).values(timezone="Mars/Phobos"))

    for path in (AGENDA, ALERTS):
        assert client.get(path, headers=cast.nora.headers).status_code == 200
    items = client.get(f"{AGENDA}?limit=200", headers=cast.nora.headers).json["items"]
    assert {item["patient_id"] for item in items} == {str(cast.ada), str(cast.theo), str(cast.sofia)}
