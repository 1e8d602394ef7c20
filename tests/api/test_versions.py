"""No lost update: whoever changes something says which version they saw."""

from __future__ import annotations

import threading
from http import HTTPStatus

import pytest
from flask import Flask

from tests.cast import TODAY, Cast
from tests.client import Client

STALE = '"99999"'


def changes(cast: Cast) -> dict[str, tuple[str, str, dict[str, str] | None]]:
    patient, treatment = f"/api/v1/patients/{cast.ada}", f"/api/v1/treatments/{cast.ada_treatment}"
    day = TODAY.isoformat()
    return {
        "contact": ("PATCH", patient, {"language": "en"}),
        "consent": ("PUT", f"{patient}/sms-consent", None),
        "withdrawal": ("DELETE", f"{patient}/sms-consent", {"reason": "asked for it"}),
        "death": ("POST", f"{patient}/death", {"on": day}),
        "suspend": ("POST", f"{treatment}/suspend", {"on": day, "reason": "infection"}),
        "resume": ("POST", f"{treatment}/resume", {"on": day}),
        "stop": ("POST", f"{treatment}/stop", {"on": day, "reason": "wish of the patient"}),
    }


@pytest.mark.parametrize(
    ("sent", "status"),
    (
        (None, HTTPStatus.PRECONDITION_REQUIRED),
        ("*", HTTPStatus.PRECONDITION_REQUIRED),
        (STALE, HTTPStatus.PRECONDITION_FAILED),
        ('W/"1"', HTTPStatus.PRECONDITION_FAILED),
        ('"nonsense"', HTTPStatus.PRECONDITION_FAILED),
        ('""', HTTPStatus.PRECONDITION_FAILED),
        ('W/""', HTTPStatus.PRECONDITION_FAILED),
        (",", HTTPStatus.PRECONDITION_FAILED),
        ('"', HTTPStatus.PRECONDITION_FAILED),
        ('"1", "2"', HTTPStatus.BAD_REQUEST),
    ),
)
def test_it_changes_nothing_for_whoever_saw_another_version(
    client: Client, cast: Cast, sent: str | None, status: HTTPStatus
) -> None:
    headers = {**cast.noor.headers, **({"If-Match": sent} if sent else {})}
    before = _read(client, cast)

    answers = {
        name: client.open(path, method=method, json=body, headers=headers).status_code
        for name, (method, path, body) in changes(cast).items()
    }

    assert answers == dict.fromkeys(answers, status)
    assert _read(client, cast) == before


def test_it_lets_only_the_first_of_two_people_change_what_both_saw(app: Flask, cast: Cast) -> None:
    path = f"/api/v1/patients/{cast.ada}"
    seen = Client(app).get(path, headers=cast.nora.headers).headers["ETag"]
    start = threading.Barrier(2)
    answers: list[int] = []

    def change(who: dict[str, str], phone: str) -> None:
        start.wait()
        answer = Client(app).patch(path, json={"phone": phone}, headers={**who, "If-Match": seen})
        answers.append(answer.status_code)

    people = [
        threading.Thread(target=change, args=(cast.nora.headers, "+33639980011")),
        threading.Thread(target=change, args=(cast.noor.headers, "+33639980012")),
    ]
    for one in people:
        one.start()
    for one in people:
        one.join()

    assert sorted(answers) == [200, 412]


def _read(client: Client, cast: Cast) -> tuple[bytes, bytes]:
    patient = client.get(f"/api/v1/patients/{cast.ada}", headers=cast.noor.headers)
    treatment = client.get(f"/api/v1/treatments/{cast.ada_treatment}", headers=cast.noor.headers)
    return patient.data, treatment.data
