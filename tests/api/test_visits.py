"""Visits, samples under way, calls, later courses and hand-overs over the API."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.cast import TODAY, Cast, Staff
from tests.client import Answer, Client

API = "/api/v1"
DAY = dt.timedelta(days=1)
STARTS_ON = TODAY + 380 * DAY


@pytest.fixture
def treatment(client: Client, cast: Cast) -> str:
    """Ada's, who has had the first infusion 45 days ago: the samples of her first month are late."""
    body = {"treatment_id": str(cast.ada_treatment), "on": str(TODAY - 45 * DAY), "course": 1, "day": 1}
    body["reason_override"] = "the papers are in the letter"
    assert client.post(f"{API}/administrations", json=body, headers=cast.noor.headers).status_code == 201
    return str(cast.ada_treatment)


def post(client: Client, who: Staff, path: str, **body: Any) -> Answer:
    return client.post(f"{API}/{path}", json=body, headers=who.headers)


def item(client: Client, cast: Cast, path: str, key: str) -> dict[str, Any]:
    told = client.get(f"{API}/{path}", headers=cast.nora.headers)
    found: dict[str, Any] = next(one for one in told.json["items"] if one["key"] == key)
    return found


def test_it_shows_a_visit_with_its_hour_and_place_in_agenda_and_calendar(
    client: Client, cast: Cast, treatment: str
) -> None:
    visit = {"treatment_id": treatment, "keys": ["cbc/1.1"], "on": str(TODAY + DAY), "time": "09:30", "place": "Ward 3"}
    made = post(client, cast.nora, "appointments", **visit)
    assert made.status_code == 201
    for path in (f"agenda?patient_id={cast.ada}&limit=100", f"treatments/{treatment}/calendar"):
        shown = item(client, cast, path, "cbc/1.1")
        assert (shown["due_on"], shown["time"], shown["place"]) == (str(TODAY + DAY), "09:30", "Ward 3")

    later = {"on": str(TODAY + 2 * DAY), "reason": "she is away"}
    moved = post(client, cast.nora, f"appointments/{made.json['id']}/move", **later)
    again = post(client, cast.nora, f"appointments/{made.json['id']}/move", **later)
    gone = post(client, cast.nora, f"appointments/{moved.json['id']}/cancel", reason="she is ill")
    assert [one.status_code for one in (moved, again, gone)] == [201, 409, 201]
    listed = client.get(f"{API}/appointments?treatment_id={treatment}", headers=cast.farah.headers).json["items"]
    assert sorted((one["time"], one["is_retraction"]) for one in listed if one["time"]) == [("09:30", False)]
    assert len(listed) == 3


@pytest.mark.parametrize("time", ("9:30", "24:00", "09:30:00", "0930", "", 930, "٠٩:٣٠"))
def test_it_takes_an_hour_only_as_a_clock_shows_it(client: Client, cast: Cast, treatment: str, time: object) -> None:
    body = {"treatment_id": treatment, "keys": ["cbc/1.1"], "on": str(TODAY + DAY), "time": time}
    answer = post(client, cast.nora, "appointments", **body)
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "time")


def test_it_shows_that_a_result_is_awaited(client: Client, cast: Cast, treatment: str) -> None:
    noted = post(client, cast.lab, "samples", treatment_id=treatment, keys=["cbc/1.1"], taken_on=str(TODAY - 4 * DAY))
    assert noted.status_code == 201
    agenda = f"agenda?patient_id={cast.ada}&limit=100"
    assert item(client, cast, agenda, "cbc/1.1")["waiting_since"] == str(TODAY - 4 * DAY)
    assert item(client, cast, agenda, "call_laboratory/cbc/1.1")["state"] == "late"
    assert item(client, cast, f"treatments/{treatment}/calendar", "cbc/1.1")["waiting_since"] == str(TODAY - 4 * DAY)
    listed = client.get(f"{API}/samples?treatment_id={treatment}", headers=cast.nora.headers).json["items"]
    assert [one["keys"] for one in listed] == [["cbc/1.1"]]


@pytest.mark.parametrize(
    ("called_at", "status"),
    (
        ("2026-06-15T11:00:00+02:00", 201),
        ("2026-06-15T09:00Z", 201),
        ("2026-06-15T09:00:00", 422),  # whose clock?
        ("2026-06-15T12:00:00Z", 422),  # to come
        ("2026-06-15", 422),
        ("0001-01-01T00:00:00+14:00", 422),
    ),
)
def test_it_takes_the_moment_of_a_call_only_with_its_offset(
    client: Client, cast: Cast, treatment: str, called_at: str, status: int
) -> None:
    call = {"treatment_id": treatment, "callee": "patient", "outcome": "reached", "called_at": called_at}
    assert post(client, cast.nora, "calls", **call).status_code == status


def test_it_plans_a_course_on_the_version_that_was_read_and_no_other(
    client: Client, cast: Cast, treatment: str
) -> None:
    path = f"{API}/treatments/{treatment}"
    body = {"course": 2, "starts_on": str(STARTS_ON), "weekday": f"{STARTS_ON:%A}".lower(), "is_confirmed": True}
    seen = client.get(path, headers=cast.noor.headers).headers["ETag"]
    with_version = {**cast.noor.headers, "If-Match": seen}

    blind = client.post(f"{path}/plan-course", json=body, headers=cast.noor.headers)
    planned = client.post(f"{path}/plan-course", json=body, headers=with_version)
    stale = client.post(f"{path}/plan-course", json=body, headers=with_version)
    assert [one.status_code for one in (blind, planned, stale)] == [428, 200, 412]

    newer = {**cast.noor.headers, "If-Match": planned.headers["ETag"]}
    wrong_day = client.post(f"{path}/plan-course", json={**body, "weekday": "sunday"}, headers=newer)
    assert (wrong_day.status_code, wrong_day.json["errors"][0]["field"]) == (422, "weekday")
    assert str(STARTS_ON) not in wrong_day.text
    gone = client.post(f"{path}/cancel-course", json={"course": 2, "reason": "she hesitates"}, headers=newer)
    listed = client.get(f"{API}/planned-courses?treatment_id={treatment}", headers=cast.farah.headers).json["items"]
    assert (gone.status_code, sorted(one["is_retraction"] for one in listed)) == (200, [False, True])


def test_it_hands_a_patient_over_and_the_old_side_keeps_nothing_but_the_hand_over(
    client: Client, cast: Cast, treatment: str
) -> None:
    south = next(
        site["id"]
        for site in client.get(f"{API}/sites", headers=cast.nora.headers).json["items"]
        if site["name"] == "Neurology South"
    )
    prepared = post(client, cast.nora, "transfers", patient_id=str(cast.ada), to_site_id=south, reason="she moves")
    path = f"{API}/transfers/{prepared.json['id']}"

    def step(who: Staff, name: str, version: int) -> Answer:
        return client.post(f"{path}/{name}", headers={**who.headers, "If-Match": f'"{version}"'})

    assert client.get(path, headers=cast.selma.headers).status_code == 404
    offered = step(cast.noor, "offer", 1)
    assert (offered.status_code, offered.headers["ETag"]) == (200, '"2"')
    waiting = client.get(f"{API}/transfers?side=to&state=offered", headers=cast.selma.headers).json["items"]
    assert [(one["family_name"], one["protocols"]) for one in waiting] == [("Berger", ["alemtuzumab.v1"])]
    assert [step(cast.selma, "accept", version).status_code for version in (1, 2, 3)] == [412, 200, 409]

    ada = f"{API}/patients/{cast.ada}"
    assert client.get(ada, headers=cast.nora.headers).status_code == 404
    assert client.get(f"{API}/treatments/{treatment}", headers=cast.nora.headers).status_code == 404
    assert client.get(ada, headers=cast.selma.headers).status_code == 200
    assert client.get(path, headers=cast.nora.headers).json["state"] == "accepted"
