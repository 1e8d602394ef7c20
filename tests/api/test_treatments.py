"""Treatments: started, suspended, resumed, stopped, and their calendar."""

from __future__ import annotations

import datetime as dt

from tests.cast import TODAY, Cast
from tests.client import Client

TREATMENTS = "/api/v1/treatments"


def test_it_starts_a_treatment_on_the_newest_version_and_says_where(client: Client, cast: Cast) -> None:
    body = {"patient_id": str(cast.theo), "protocol": "alemtuzumab", "started_on": TODAY.isoformat()}

    answer = client.post(TREATMENTS, json=body, headers=cast.noor.headers)

    assert answer.status_code == 201
    shown = client.get(answer.headers["Location"], headers=cast.noor.headers).json
    assert shown["protocol"] == "alemtuzumab.v1"
    assert shown["profile"] == "eu"


def test_it_refuses_a_protocol_that_nobody_released(client: Client, cast: Cast) -> None:
    body = {"patient_id": str(cast.ada), "protocol": "snakeoil", "started_on": TODAY.isoformat()}

    answer = client.post(TREATMENTS, json=body, headers=cast.noor.headers)

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "protocol"
    assert "snakeoil" not in answer.text


def test_it_lists_the_treatments_of_one_patient(client: Client, cast: Cast) -> None:
    answer = client.get(f"{TREATMENTS}?patient_id={cast.ada}", headers=cast.nora.headers)

    assert [each["id"] for each in answer.json["items"]] == [str(cast.ada_treatment)]


def test_it_shows_pharmacovigilance_a_treatment_without_a_name(client: Client, cast: Cast) -> None:
    shown = client.get(f"{TREATMENTS}/{cast.ada_treatment}", headers=cast.farah.headers)
    calendar = client.get(f"{TREATMENTS}/{cast.ada_treatment}/calendar", headers=cast.farah.headers)

    assert (shown.status_code, calendar.status_code) == (200, 200)
    for hidden in ("Berger", "Ada", "1980-02-29", "+33"):
        assert hidden not in shown.text + calendar.text


def test_it_suspends_resumes_and_stops(client: Client, cast: Cast) -> None:
    path = f"{TREATMENTS}/{cast.theo_treatment}"
    steps = (
        ("suspend", {"on": (TODAY - dt.timedelta(days=2)).isoformat(), "reason": "infection"}),
        ("resume", {"on": (TODAY - dt.timedelta(days=1)).isoformat()}),
        ("stop", {"on": TODAY.isoformat(), "reason": "wish of the patient"}),
    )
    etag = client.get(path, headers=cast.noor.headers).headers["ETag"]
    for verb, body in steps:
        answer = client.post(f"{path}/{verb}", json=body, headers={**cast.noor.headers, "If-Match": etag})
        assert answer.status_code == 200, verb
        etag = answer.headers["ETag"]

    events = client.get(f"/api/v1/events?treatment_id={cast.theo_treatment}", headers=cast.nora.headers)

    assert [each["kind"] for each in events.json["items"]] == ["stopped", "resumed", "suspended"]


def test_it_computes_the_calendar_with_the_names_of_simulate(client: Client, cast: Cast) -> None:
    answer = client.get(f"{TREATMENTS}/{cast.ada_treatment}/calendar", headers=cast.nora.headers)

    assert answer.status_code == 200
    assert answer.json["on"] == TODAY.isoformat()
    first = next(item for item in answer.json["items"] if item["key"] == "infusion/1.1")
    assert first["state"] == "overdue"
    assert first["due_on"] == (TODAY - dt.timedelta(days=70)).isoformat()
    assert first["because"]
    assert first["source"]
    assert answer.json["next"]["dose"] == first["due_on"]
    assert {"overdue:infusion"} <= {alert["topic"] for alert in answer.json["alerts"]}


def test_it_plans_as_far_as_it_is_asked_and_no_further_than_five_years(client: Client, cast: Cast) -> None:
    path = f"{TREATMENTS}/{cast.theo_treatment}/calendar"

    near = client.get(f"{path}?until=2026-07-01", headers=cast.nora.headers).json["items"]
    far = client.get(f"{path}?until=2030-07-01", headers=cast.nora.headers).json["items"]
    beyond = client.get(f"{path}?until=2199-12-31", headers=cast.nora.headers)

    assert max(item["due_on"] for item in near) <= "2026-07-01"
    assert len(far) > 10 * len(near)
    assert (beyond.status_code, beyond.json["errors"][0]["field"]) == (422, "until")
