"""No input, however malformed, is stored, echoed, or answered with 5xx."""

from __future__ import annotations

import json
from http import HTTPStatus
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from tests.cast import TODAY, Cast
from tests.client import Client

PATIENTS = "/api/v1/patients"
SECRET = "Tiberius-Secretum"


def form(cast: Cast, **other: object) -> dict[str, Any]:
    return {
        "site_id": str(cast.north),
        "family_name": "Dubois",
        "given_name": "Ines",
        "birth_date": "1990-04-01",
        "sex": "female",
        "language": "fr",
        **other,
    }


@pytest.mark.parametrize(
    ("field", "value"),
    (
        ("site_id", SECRET),
        ("site_id", 12),
        ("family_name", ""),
        ("family_name", "   "),
        ("family_name", SECRET * 50),
        ("family_name", 7),
        ("family_name", None),
        ("family_name", [SECRET]),
        ("family_name", f"{SECRET}\x00"),
        ("family_name", f"{SECRET[:4]}\u200b{SECRET[4:]}"),
        ("given_name", f"{SECRET}\u202e"),
        ("family_name", f"{SECRET}\ud800"),
        ("birth_date", "1990-02-30"),
        ("birth_date", "19900401"),
        ("birth_date", "1990-04-01T00:00:00Z"),
        ("birth_date", "1066-10-14"),
        ("birth_date", "9999-12-31"),
        ("birth_date", 19900401),
        ("sex", SECRET),
        ("language", "tlh"),
        ("phone", f"06 {SECRET}"),
        ("timezone", f"Europe/{SECRET}"),
        ("childbearing_potential", "true"),
        ("childbearing_potential", 1),
        ("no_such_field", SECRET),
    ),
)
def test_it_names_the_field_and_never_repeats_the_value(client: Client, cast: Cast, field: str, value: object) -> None:
    answer = client.post(PATIENTS, json=form(cast, **{field: value}), headers=cast.nora.headers)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert [error["field"] for error in answer.json["errors"]] == [field]
    assert SECRET not in answer.text
    assert len(client.get(PATIENTS, headers=cast.nora.headers).json["items"]) == 2


@pytest.mark.parametrize(
    ("sent", "status"),
    (
        (b"", HTTPStatus.UNPROCESSABLE_ENTITY),
        (b"{", HTTPStatus.BAD_REQUEST),
        (b"\xff\xfe", HTTPStatus.BAD_REQUEST),
        (b'{"sex": NaN}', HTTPStatus.BAD_REQUEST),
        (b'{"sex": "male", "sex": "female"}', HTTPStatus.BAD_REQUEST),
        (b"[" * 100_000, HTTPStatus.BAD_REQUEST),
        (b"9" * 10_000, HTTPStatus.BAD_REQUEST),
        (b'"text"', HTTPStatus.UNPROCESSABLE_ENTITY),
        (b"[]", HTTPStatus.UNPROCESSABLE_ENTITY),
        (b"null", HTTPStatus.UNPROCESSABLE_ENTITY),
    ),
)
def test_it_refuses_a_body_that_is_no_form(client: Client, cast: Cast, sent: bytes, status: HTTPStatus) -> None:
    answer = client.post(PATIENTS, data=sent, content_type="application/json", headers=cast.nora.headers)

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_it_reads_only_json(client: Client, cast: Cast) -> None:
    answer = client.post(PATIENTS, data="<patient/>", content_type="application/xml", headers=cast.nora.headers)

    assert answer.status_code == HTTPStatus.UNSUPPORTED_MEDIA_TYPE


def test_it_refuses_a_body_beyond_five_mebibytes(client: Client, cast: Cast) -> None:
    body = b'"' + b"x" * (5 * 1024 * 1024) + b'"'

    answer = client.post(PATIENTS, data=body, content_type="application/json", headers=cast.nora.headers)

    assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_it_refuses_such_a_body_too_where_its_length_is_not_announced(app: Flask, cast: Cast) -> None:
    body = json.dumps(form(cast)).encode() + b" " * (5 * 1024 * 1024)

    answer = app.test_client().post(
        PATIENTS,
        input_stream=BytesIO(body),
        content_type="application/json",
        headers=cast.nora.headers,
        environ_overrides={"wsgi.input_terminated": True},
    )

    assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


@pytest.mark.parametrize(
    "query",
    (
        "limit=0",
        "limit=201",
        "limit=-1",
        "limit=1e2",
        "limit=٣",
        "cursor=nonsense",
        "cursor=W10",
        "cursor=WyJ4IiwieSJd",
        "cursor=WyIyMDI2LTA2LTE1VDA5OjMwOjAwIiwiMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwIl0",
        "site_id=here",
        "unknown=1",
        "limit=5&limit=6",
        "limit=5&limit=5",
    ),
)
def test_it_refuses_a_query_that_it_does_not_understand(client: Client, cast: Cast, query: str) -> None:
    answer = client.get(f"{PATIENTS}?{query}", headers=cast.nora.headers)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answer.json["errors"][0]["field"] == query.partition("=")[0]


def test_it_refuses_a_panel_of_no_values_and_one_of_too_many(client: Client, cast: Cast) -> None:
    line = {"analyte": "platelets", "value": "200", "unit": "10*9/L"}
    body = {"patient_id": str(cast.ada), "collected_on": TODAY.isoformat()}

    answers = [
        client.post("/api/v1/results", json={**body, "values": values}, headers=cast.nora.headers)
        for values in ([], [line] * 101)
    ]

    assert [(answer.status_code, answer.json["errors"][0]["field"]) for answer in answers] == [(422, "values")] * 2


def test_it_names_the_line_and_the_member_of_a_panel(client: Client, cast: Cast) -> None:
    lines = [
        {"analyte": "platelets", "value": "200", "unit": "10*9/L"},
        {"analyte": "inr", "value": 1.1, "odd": SECRET},
    ]
    body = {"patient_id": str(cast.ada), "collected_on": TODAY.isoformat(), "values": lines}

    answer = client.post("/api/v1/results", json=body, headers=cast.nora.headers)

    assert {error["field"] for error in answer.json["errors"]} == {"values[1].value", "values[1].odd"}
    assert SECRET not in answer.text


def test_it_says_which_methods_a_path_has(client: Client, cast: Cast) -> None:
    answer = client.delete(PATIENTS, headers=cast.nora.headers)

    assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ("/nowhere", "/api/v1/nowhere", f"{PATIENTS}/not-an-id", f"{PATIENTS}/{UUID(int=7)}"))
def test_it_says_that_there_is_no_such_thing(client: Client, cast: Cast, path: str) -> None:
    answer = client.get(path, headers=cast.nora.headers)

    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert answer.json["title"] == "Not Found"
