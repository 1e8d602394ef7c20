"""When vital signs are taken around a dose and when the patient may leave, over the API."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import TODAY, Cast, Staff
from tests.client import Answer, Client

MORNING = f"{TODAY}T07:30:00Z"  # half past nine in Paris; it is half past eleven there
STAFF = ("nora", "noor", "farah", "adam", "lab", "sven", "selma")
NOON = f"{TODAY}T12:40:00Z"


def asked(
    client: Client, cast: Cast, *, by: Staff | None = None, of_ada: bool = True, began_at: str = "", ended_at: str = ""
) -> Answer:
    treatment = cast.ada_treatment if of_ada else cast.theo_treatment
    query = {"began_at": began_at, "ended_at": ended_at}
    written = "&".join(f"{name}={moment.replace('+', '%2B')}" for name, moment in query.items() if moment)
    return client.get(f"/api/v1/treatments/{treatment}/visit-timers?{written}", headers=(by or cast.nora).headers)


def test_it_lists_every_prompt_in_utc_and_on_the_wall_of_the_site(client: Client, cast: Cast) -> None:
    answer = asked(client, cast, began_at=MORNING, ended_at=NOON)

    assert (answer.status_code, answer.json["patient"]["given_name"]) == (200, "Ada")
    assert answer.json["prompts"][0] == {
        "timer": "vital_signs", "title": "heart rate, blood pressure, clinical status",
        "at": "2026-06-15T07:30:00+00:00", "local_at": "2026-06-15T09:30:00+02:00", "source": "SmPC Lemtrada 4.4",
    }  # fmt: skip
    assert [(one["timer"], one["local_at"][11:16]) for one in answer.json["prompts"]] == [
        ("vital_signs", "09:30"), ("vital_signs", "10:30"), ("vital_signs", "11:30"), ("vital_signs", "12:30"),
        ("vital_signs", "13:30"), ("vital_signs", "14:30"), ("observation", "16:40"),
    ]  # fmt: skip
    assert answer.json["may_close_at"] == "2026-06-15T14:40:00+00:00"
    assert (answer.json["may_close_local_at"], answer.json["waits_for"]) == (
        "2026-06-15T16:40:00+02:00", ["observation"],
    )  # fmt: skip


def test_while_the_dose_runs_nobody_may_leave(client: Client, cast: Cast) -> None:
    answer = asked(client, cast, began_at=f"{TODAY}T04:30:00Z").json

    assert (answer["ended_at"], answer["may_close_at"], answer["may_close_local_at"]) == (None, None, None)
    assert answer["prompts"][-1]["at"] == "2026-06-15T10:30:00+00:00"  # an hour from now, beyond the four hours


@pytest.mark.parametrize(
    ("recorded_on", "is_first", "leaves"),
    [
        (None, True, "09:33"),
        ("2026-06-15", True, "09:33"),
        ("2026-06-14", False, "08:33"),
    ],
)
def test_the_first_dose_is_the_one_before_which_none_is_recorded(
    client: Client, cast: Cast, recorded_on: str | None, leaves: str, *, is_first: bool
) -> None:
    if recorded_on is not None:
        dose = {"treatment_id": str(cast.theo_treatment), "on": recorded_on}
        assert client.post("/api/v1/administrations", json=dose, headers=cast.nora.headers).status_code == 201
    answer = asked(client, cast, of_ada=False, began_at=MORNING, ended_at=f"{TODAY}T07:33:00Z").json

    assert (answer["is_first_dose"], answer["may_close_at"][11:16]) == (is_first, leaves)


def test_a_dose_that_was_taken_back_was_no_first_one(client: Client, cast: Cast) -> None:
    dose = {"treatment_id": str(cast.theo_treatment), "on": "2026-06-14"}
    filed = client.post("/api/v1/administrations", json=dose, headers=cast.nora.headers).json["id"]
    why = {"reason": "of another patient"}
    path = f"/api/v1/administrations/{filed}/retract"
    assert client.post(path, json=why, headers=cast.nora.headers).status_code == 201

    assert asked(client, cast, of_ada=False, began_at=MORNING).json["is_first_dose"] is True


def test_the_day_of_a_dose_is_the_one_on_the_wall_of_the_site(client: Client, cast: Cast) -> None:
    dose = {"treatment_id": str(cast.theo_treatment), "on": "2026-06-15"}
    assert client.post("/api/v1/administrations", json=dose, headers=cast.nora.headers).status_code == 201
    found = [
        asked(client, cast, of_ada=False, began_at=began).json["is_first_dose"]
        for began in ("2026-06-15T21:59:00Z", "2026-06-15T22:00:00Z")
    ]

    assert found == [True, False]


def test_it_names_the_label_that_the_treatment_follows(client: Client, cast: Cast) -> None:
    us = {"patient_id": str(cast.theo), "protocol": "alemtuzumab", "profile": "us", "started_on": str(TODAY)}
    started = client.post("/api/v1/treatments", json=us, headers=cast.noor.headers)
    path = f"/api/v1/treatments/{started.json['id']}/visit-timers?began_at={MORNING}&ended_at={NOON}"
    answer = client.get(path, headers=cast.nora.headers)

    assert {prompt["source"] for prompt in answer.json["prompts"]} == {"PI Lemtrada 2.5"}


@pytest.mark.parametrize(
    ("query", "field", "why"),
    [
        ({"began_at": NOON, "ended_at": MORNING}, "ended_at", "before the beginning"),
        ({"began_at": MORNING, "ended_at": "2026-06-16T07:30:01Z"}, "ended_at", "more than 24 hours"),
        ({"began_at": "2026-06-14T09:29:59Z"}, "ended_at", "say when it ended"),
        ({"began_at": "2026-06-16T09:30:01Z"}, "began_at", "within a day from now"),
        ({"began_at": "2026-06-15T07:30:00"}, "began_at", "with its offset"),
        ({"began_at": "2026-06-15"}, "began_at", "with its offset"),
        ({"ended_at": NOON}, "began_at", "required"),
        ({"began_at": MORNING, "ended_at": "noon"}, "ended_at", "with its offset"),
    ],
)
def test_it_refuses_moments_that_cannot_be(
    client: Client, cast: Cast, query: dict[str, Any], field: str, why: str
) -> None:
    answer = asked(client, cast, **query)

    assert (answer.status_code, [error["field"] for error in answer.json["errors"]]) == (422, [field])
    assert why in answer.text


@pytest.mark.parametrize(
    "query",
    [
        {"began_at": "2026-06-16T09:30:00Z"},
        {"began_at": "2026-06-14T09:30:00Z"},
        {"began_at": MORNING, "ended_at": MORNING},
        {"began_at": MORNING, "ended_at": "2026-06-16T07:30:00Z"},
        {"began_at": "2026-06-15T09:30:00+02:00", "ended_at": "2026-06-15T07:40:00Z"},
        {"began_at": "1900-01-01T00:00:00+14:00", "ended_at": "1900-01-01T00:00:00+13:00"},
    ],
)
def test_it_answers_up_to_the_very_bounds(client: Client, cast: Cast, query: dict[str, Any]) -> None:
    assert asked(client, cast, **query).status_code == 200


def test_h52_it_is_for_care_hidden_from_other_sites_and_never_of_another_patient(client: Client, cast: Cast) -> None:
    seen = {who: asked(client, cast, by=getattr(cast, who), began_at=MORNING).status_code for who in STAFF}
    path = f"/api/v1/treatments/{cast.ada_treatment}/visit-timers?began_at={MORNING}"
    mixed_up = client.get(path, headers={**cast.nora.headers, "Patient-Id": str(cast.theo)})

    assert seen == {"nora": 200, "noor": 200, "farah": 403, "adam": 403, "lab": 403, "sven": 404, "selma": 404}
    assert mixed_up.status_code == 409
