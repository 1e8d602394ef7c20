"""Text messages: who may read what, newest first, page by page."""

from __future__ import annotations

from uuid import uuid4

from monitor.delivery.tasks import Topic
from monitor.store.message import MessageState
from monitor.terms import Audience, Level
from tests.cast import Cast, Stage
from tests.client import Client
from tests.factories.alerts import open_alert
from tests.factories.messages import TEXT, add_attempt, add_message, add_reminder

MESSAGES = "/api/v1/messages"


def test_it_lists_the_newest_first_and_by_state(client: Client, cast: Cast, stage: Stage) -> None:
    with stage.sessions.begin() as session:
        failed = add_message(session, cast, days_ago=2, state=MessageState.FAILED)
        waiting = add_message(session, cast)

    everything = client.get(f"{MESSAGES}?patient_id={cast.ada}", headers=cast.nora.headers).json["items"]
    broken = client.get(f"{MESSAGES}?state=failed", headers=cast.nora.headers).json["items"]

    assert [each["id"] for each in everything] == [str(waiting), str(failed)]
    assert [each["id"] for each in broken] == [str(failed)]
    assert broken[0]["error_code"] == "30003"


def test_it_shows_an_administrator_that_a_message_failed_but_not_what_it_said(
    client: Client, cast: Cast, stage: Stage
) -> None:
    with stage.sessions.begin() as session:
        message = add_message(session, cast, state=MessageState.FAILED)

    for path in (MESSAGES, f"{MESSAGES}/{message}"):
        seen_by_admin = client.get(path, headers=cast.adam.headers)
        seen_by_nurse = client.get(path, headers=cast.nora.headers)

        assert (seen_by_admin.status_code, seen_by_nurse.status_code) == (200, 200)
        assert TEXT in seen_by_nurse.text
        assert TEXT not in seen_by_admin.text
        assert "+33639980001" not in seen_by_admin.text
        assert "failed" in seen_by_admin.text


def test_it_keeps_messages_to_their_site(client: Client, cast: Cast, stage: Stage) -> None:
    with stage.sessions.begin() as session:
        message = add_message(session, cast)

    assert client.get(MESSAGES, headers=cast.sven.headers).json["items"] == []
    assert client.get(f"{MESSAGES}/{message}", headers=cast.sven.headers).status_code == 404


def test_it_pages_through_many(client: Client, cast: Cast, stage: Stage) -> None:
    with stage.sessions.begin() as session:
        expected = [str(add_message(session, cast, days_ago=day)) for day in range(7)]

    found: list[str] = []
    path: str | None = f"{MESSAGES}?limit=3"
    while path is not None and len(found) <= len(expected):
        answer = client.get(path, headers=cast.nora.headers)
        found += [each["id"] for each in answer.json["items"]]
        link = answer.headers.get("Link")
        path = link[1 : link.index(">")] if link else None

    assert found == expected


def test_it_tells_the_life_of_a_message_and_to_an_administrator_nothing_of_what_it_says(
    client: Client, cast: Cast, stage: Stage
) -> None:
    with stage.sessions.begin() as session:
        message = add_message(session, cast, state=MessageState.FAILED)
        add_attempt(session, message)
        add_reminder(session, cast, message)
    client.post(f"{MESSAGES}/{message}/retry", json={"reason": "it is right now"}, headers=cast.nora.headers)

    nurse, admin = (client.get(f"{MESSAGES}/{message}", headers=who.headers).json for who in (cast.nora, cast.adam))

    assert [one["outcome"] for one in nurse["tries"]] == ["number_refused"]
    assert [one["item_key"] for one in nurse["reminders"]] == ["cbc/1.1"]
    assert [(one["action"], one["role"], one["why"]) for one in nurse["notes"]] == [
        ("message.retry", "nurse", "it is right now")
    ]
    assert admin["tries"] == nurse["tries"]
    assert (admin["reminders"], admin["notes"][0]["why"], admin["text"]) == ([], None, None)


def test_a_task_tells_an_administrator_nothing_of_what_is_owed(client: Client, cast: Cast, stage: Stage) -> None:
    with stage.sessions.begin() as session:
        message = add_message(session, cast, state=MessageState.FAILED)
        add_reminder(session, cast, message)
        open_alert(session, cast, topic=Topic.FAILED, level=Level.URGENT, audience=Audience.NURSE)

    nurse, admin = (client.get(f"{MESSAGES}/{message}", headers=who.headers).json for who in (cast.nora, cast.adam))

    assert [(one["topic"], one["because"]) for one in nurse["tasks"]] == [("message:failed", "a test says so")]
    assert [(one["topic"], one["because"]) for one in admin["tasks"]] == [("message:failed", None)]


def test_nobody_goes_on_after_a_text_of_another_site(client: Client, cast: Cast, stage: Stage) -> None:
    with stage.sessions.begin() as session:
        message = add_message(session, cast)
    path = f"{MESSAGES}/reconcile"

    ours = client.post(path, json={"after": str(message)}, headers=cast.nora.headers)
    theirs, none = (
        client.post(path, json={"after": str(one)}, headers=cast.sven.headers) for one in (message, uuid4())
    )

    assert (ours.status_code, ours.json["next"]) == (200, None)
    assert (theirs.status_code, theirs.json) == (404, none.json)


def test_it_sends_again_what_failed_once_and_not_for_another_site(client: Client, cast: Cast, stage: Stage) -> None:
    with stage.sessions.begin() as session:
        message = add_message(session, cast, state=MessageState.FAILED)
        add_reminder(session, cast, message)
    path, why = f"{MESSAGES}/{message}/retry", {"reason": "it is right now"}

    assert client.post(path, json=why, headers=cast.sven.headers).status_code == 404
    assert client.post(path, json=why, headers=cast.adam.headers).status_code == 403
    again = client.post(path, json=why, headers=cast.nora.headers)
    assert (again.status_code, again.json["state"]) == (200, "pending")
    assert client.post(path, json=why, headers=cast.nora.headers).status_code == 409


def test_it_says_why_it_could_not_ask_the_provider(client: Client, cast: Cast) -> None:
    answer = client.post(f"{MESSAGES}/reconcile", json={"after": None}, headers=cast.nora.headers)

    assert (answer.status_code, answer.json["is_done"]) == (200, False)
    assert "clocks" in answer.json["why_not"]
