"""What a dose would change is answered before it is recorded, and asking leaves no trace."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from monitor.store.tables import METADATA
from tests.cast import TODAY, Cast, Stage
from tests.client import Answer, Client

DAY = dt.timedelta(days=1)


def asked(client: Client, cast: Cast, *, of_ada: bool = False, **body: Any) -> Answer:
    treatment = cast.ada_treatment if of_ada else cast.theo_treatment
    return client.post(f"/api/v1/treatments/{treatment}/what-if", json=body, headers=cast.nora.headers)


def infused(client: Client, cast: Cast) -> None:
    """Ada has the first infusion today."""
    given = {"treatment_id": str(cast.ada_treatment), "on": TODAY.isoformat(), "course": 1, "day": 1}
    given["reason_override"] = "the papers are in the letter"
    assert client.post("/api/v1/administrations", json=given, headers=cast.noor.headers).status_code == 201


def stored(stage: Stage) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, the audit included."""
    with stage.sessions() as session:
        return {
            name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for name, table in METADATA.tables.items()
        }


def test_it_lists_every_date_that_would_move(client: Client, cast: Cast) -> None:
    answer = asked(client, cast, on=(TODAY + 3 * DAY).isoformat())

    assert answer.status_code == 200
    assert answer.json["supposed"] == {
        "what": "given", "key": "dose/1", "on": "2026-06-18", "weekday": "thursday", "course": None, "day": None,
        "due_on": "2026-06-05",
    }  # fmt: skip
    assert (answer.json["on"], answer.json["as_of"]) == ("2026-06-15", "2026-06-18")
    changes = answer.json["changes"]
    moved = {move["key"]: (move["from"], move["to"], move["days"]) for move in changes["moved"]}
    assert moved["dose/2"] == ("2026-06-29", "2026-07-02", 3)
    assert moved["csf/1"] == ("2026-06-05", "2026-06-18", 13)
    assert changes["next"]["dose"] == {"before": "2026-06-05", "after": "2026-07-02"}
    assert [alert["topic"] for alert in changes["alerts_end"]] == ["overdue:dose"]


def test_it_stores_nothing_and_notes_nothing(client: Client, cast: Cast, stage: Stage) -> None:
    infused(client, cast)
    before = stored(stage)

    told = [
        asked(client, cast, on=TODAY.isoformat()),
        asked(client, cast, of_ada=True, on=TODAY.isoformat(), course=1, day=2),
        asked(client, cast, of_ada=True, on="2027-08-02", what="agreed", course=2),
        asked(client, cast, on="2026-06-18", course=1, day=1),
    ]

    assert [answer.status_code for answer in told] == [200, 200, 200, 422]
    assert stored(stage) == before


def test_it_means_the_infusion_that_is_pending_where_none_is_named(client: Client, cast: Cast) -> None:
    supposed = asked(client, cast, of_ada=True, on=TODAY.isoformat()).json["supposed"]

    assert (supposed["key"], supposed["course"], supposed["day"]) == ("infusion/1.1", 1, 1)


def test_it_tells_what_agreeing_a_course_would_change(client: Client, cast: Cast) -> None:
    infused(client, cast)

    answer = asked(client, cast, of_ada=True, on="2027-05-31", what="agreed", course=2)

    assert answer.json["supposed"]["weekday"] == "monday"
    assert [warning["code"] for warning in answer.json["changes"]["warnings"]] == ["before_minimum_gap"]
    assert {move["key"] for move in answer.json["changes"]["moved"]} >= {"infusion/2.1", "infusion/2.3"}
    end = answer.json["changes"]["surveillance_ends_on"]
    assert end["before"] == end["after"] == "2030-06-15"


@pytest.mark.parametrize(
    ("of_ada", "body", "field"),
    [
        (False, {}, "on"),
        (False, {"on": "2026-06-18", "course": 1, "day": 1}, "course"),
        (False, {"on": "2031-06-30"}, "on"),
        (False, {"on": "1979-12-31"}, "on"),
        (False, {"on": "2026-06-18", "what": "agreed", "course": 2}, "what"),
        (False, {"on": "2026-06-18", "what": "wished"}, "what"),
        (False, {"on": "2026-06-18", "reason_override": "x"}, "reason_override"),
        (True, {"on": "2026-06-18", "course": 1}, "day"),
        (True, {"on": "2026-06-18", "day": 1}, "course"),
        (True, {"on": "2026-06-18", "course": 1, "day": 6}, "day"),
        (True, {"on": "2026-06-18", "course": None, "day": None}, "course"),
        (True, {"on": "2027-06-18", "what": "agreed"}, "course"),
        (True, {"on": "2027-06-18", "what": "agreed", "course": 1}, "course"),
        (True, {"on": "2027-06-18", "what": "agreed", "course": 2, "day": 1}, "day"),
        (True, {"on": "2027-06-18", "what": "agreed", "course": 2}, "course"),
    ],
)
def test_it_refuses_what_could_never_be_recorded(
    client: Client, cast: Cast, *, of_ada: bool, body: dict[str, Any], field: str
) -> None:
    answer = asked(client, cast, of_ada=of_ada, **body)

    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, field)


@pytest.mark.parametrize(
    ("on", "course", "status", "field"),
    [
        ("2027-06-18", 3, 422, "course"),
        ("2026-06-14", 2, 422, "on"),
        (TODAY.isoformat(), 2, 422, "on"),  # an infusion was given today
        ("2028-06-16", 2, 422, "on"),
        ("2028-06-15", 2, 200, None),
    ],
)
def test_it_agrees_no_course_that_nobody_could_agree(
    client: Client, cast: Cast, *, on: str, course: int, status: int, field: str | None
) -> None:
    infused(client, cast)
    weekday = f"{dt.date.fromisoformat(on):%A}".lower()
    path = f"/api/v1/treatments/{cast.ada_treatment}"
    seen = {**cast.noor.headers, "If-Match": client.get(path, headers=cast.noor.headers).headers["ETag"]}
    body = {"course": course, "starts_on": on, "weekday": weekday, "is_confirmed": True}

    told = asked(client, cast, of_ada=True, on=on, what="agreed", course=course)
    planned = client.post(f"{path}/plan-course", json=body, headers=seen)

    assert (told.status_code, planned.status_code) == (status, status)
    if field is not None:
        named = [answer.json["errors"][0]["field"] for answer in (told, planned)]
        assert named == ([field, "starts_on"] if field == "on" else [field, field])


def test_no_course_is_agreed_after_the_stop(client: Client, cast: Cast) -> None:
    infused(client, cast)
    path = f"/api/v1/treatments/{cast.ada_treatment}"
    seen = {**cast.noor.headers, "If-Match": client.get(path, headers=cast.noor.headers).headers["ETag"]}
    stop = {"on": TODAY.isoformat(), "reason": "a wish"}
    assert client.post(f"{path}/stop", json=stop, headers=seen).status_code == 200

    assert asked(client, cast, of_ada=True, on="2027-06-18", what="agreed", course=2).status_code == 409


def test_it_answers_with_the_warning_for_which_recording_would_refuse(client: Client, cast: Cast) -> None:
    for day in (TODAY - 3 * DAY, TODAY):
        body = {"treatment_id": str(cast.theo_treatment), "on": day.isoformat()}
        answer = asked(client, cast, on=day.isoformat())
        recorded = client.post("/api/v1/administrations", json=body, headers=cast.nora.headers)
        assert [warning["code"] for warning in answer.json["changes"]["warnings"]] == (
            [] if recorded.status_code == 201 else ["too_early"]
        )
    again = asked(client, cast, on=(TODAY - 3 * DAY).isoformat()).json["changes"]

    assert [warning["code"] for warning in again["warnings"]] == ["same_day_doses"]
    assert again["moved"] == again["credited"] == []
