"""The description of the API is whole: every route, every refusal, every field with its bounds and an example."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4

import pytest
from openapi_core import Config, OpenAPI
from openapi_core.testing import MockRequest, MockResponse

from monitor.api.meanings import MEANINGS
from monitor.edge.problems import MEDIA_TYPE
from monitor.labs.gates import GateAnswer
from monitor.labs.ranges import Range
from monitor.labs.values import NotDone
from monitor.notices.signs import Urgency
from monitor.overviews.agenda import Bucket
from monitor.schedules.calendar import Kind, State
from monitor.schedules.facts import Status
from monitor.store.message import MessageState
from monitor.terms import Level, Role
from tests.api.every_route import ANYBODY, TABLE, ids_in, is_described, request_of
from tests.client import Client

WORDS = (State, Bucket, Kind, Level, Status, Role, MessageState, GateAnswer, NotDone, Range, Urgency)
DESCRIPTION = "/api/v1/openapi.json"
PICTURE = "image/svg+xml"
SHEET = "application/pdf"


@pytest.fixture
def database_url(sqlite_template: Path) -> str:
    """One kind of database will do: no word of the description is stored anywhere."""
    return f"sqlite:///{sqlite_template}"


@pytest.fixture
def described(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get(DESCRIPTION).json
    return found


def operations(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each operation under its row of the table of routes."""
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            if method != "parameters":
                yield f"{method.upper()} {path.replace('{', '<').replace('}', '>')}", operation


def resolved(described: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    for step in part["$ref"].split("/")[1:] if "$ref" in part else ():
        described = described[step]
    return described if "$ref" in part else part


def test_it_describes_every_route_and_no_other(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    assert {row for row, _ in operations(described)} == {row for row in TABLE if is_described(row)}


def test_it_gives_each_operation_a_name_of_its_own_and_a_sentence(described: dict[str, Any]) -> None:
    names = Counter(operation["operationId"] for _, operation in operations(described))

    assert [name for name, count in names.items() if count > 1 or not name.isidentifier()] == []
    assert [row for row, operation in operations(described) if not operation["summary"].endswith(".")] == []


def test_it_says_who_may_and_how_to_sign_in(described: dict[str, Any]) -> None:
    assert described["security"] == [{"bearer": []}]
    assert described["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    for row, operation in operations(described):
        is_open = TABLE[row].roles == ANYBODY
        assert operation.get("security") == ([] if is_open else None), row
        assert operation.get("x-roles", []) == ([] if is_open else sorted(TABLE[row].roles.split())), row


def test_it_describes_every_refusal_as_a_problem(described: dict[str, Any]) -> None:
    for row, operation in operations(described):
        for status, response in operation["responses"].items():
            if int(status) >= 400 and not row.startswith("GET /health"):
                assert list(resolved(described, response)["content"]) == [MEDIA_TYPE], row
        if TABLE[row].roles != ANYBODY:
            assert {"401", "500", "503"} <= set(operation["responses"]), row
    responses = described["components"]["responses"]
    assert "WWW-Authenticate" in responses["UNAUTHORIZED"]["headers"]
    assert "Retry-After" in responses["SERVICE_UNAVAILABLE"]["headers"]
    assert "Retry-After" in responses["CONFLICT"]["headers"]


def test_it_describes_the_headers_that_are_read_and_given(described: dict[str, Any]) -> None:
    read = {
        row: {one["name"]: one["required"] for one in operation.get("parameters", ()) if one["in"] == "header"}
        for row, operation in operations(described)
    }
    given = {
        row: set(response.get("headers", {}))
        for row, operation in operations(described)
        for status, response in operation["responses"].items()
        if int(status) < 400
    }

    assert read["POST /api/v1/administrations"] == {"Idempotency-Key": True, "Patient-Id": False}
    assert read["POST /api/v1/results"] == {"Idempotency-Key": True, "Patient-Id": False}
    assert read["POST /api/v1/patients"] == {"Idempotency-Key": False}
    assert read["PATCH /api/v1/patients/<patient_id>"] == {"If-Match": True, "Patient-Id": False}
    assert read["GET /api/v1/users"] == {}
    for row, operation in operations(described):
        if "If-Match" in read[row]:
            assert {"412", "428"} <= set(operation["responses"]), row
    assert given["GET /api/v1/patients/<patient_id>"] == {"ETag"}
    assert given["POST /api/v1/patients"] == {"Location"}
    assert given["GET /api/v1/patients"] == {"Link"}


def test_it_shows_an_example_of_every_body_and_every_answer_that_fits(described: dict[str, Any]) -> None:
    readers: dict[str, Callable[[bytes], Any]] = {MEDIA_TYPE: json.loads, PICTURE: bytes.decode}
    contract = OpenAPI.from_dict(described, config=Config(extra_media_type_deserializers=readers))
    count = 0
    for row, operation in operations(described):
        for content in operation.get("requestBody", {}).get("content", {}).values():
            contract.validate_request(asked(row, content["example"]))  # raises
            count += 1
        for status, response in operation["responses"].items():
            for kind, content in resolved(described, response).get("content", {}).items():
                example = content["example"] if kind in (PICTURE, SHEET) else json.dumps(content["example"])
                told = MockResponse(example.encode(), int(status), {}, kind)
                contract.validate_response(asked(row, None), told)
                count += 1
    assert count > 5 * len(TABLE)


def asked(row: str, body: object) -> MockRequest:
    """A request of this row with this body, and with every header that some route wants."""
    request = request_of(row, {name: uuid4() for name in ids_in(row)})
    path, _, query = request.path.partition("?")
    headers = {"Authorization": "Bearer token", "Idempotency-Key": str(uuid4()), "If-Match": '"1"'}
    data = None if body is None else json.dumps(body).encode()
    return MockRequest(
        "http://localhost", request.method.lower(), path, args=dict(parse_qsl(query)), headers=headers, data=data
    )


def test_it_describes_what_it_refuses(described: dict[str, Any]) -> None:
    """The bounds of the fields are those that are enforced; what is sent beyond them is tried out elsewhere."""
    schemas = described["components"]["schemas"]
    register = schemas["RegisterPatient"]

    assert register["additionalProperties"] is False
    assert register["properties"]["family_name"] == {"type": "string", "minLength": 1, "maxLength": 120}
    assert register["properties"]["birth_date"]["format"] == "date"
    assert register["properties"]["sex"]["enum"] == ["female", "male", "other"]
    assert schemas["Contact"]["properties"]["phone"]["type"] == ["string", "null"]
    assert schemas["Contact"]["properties"]["language"]["type"] == "string"
    assert [name for name, schema in schemas.items() if schema.get("additionalProperties") is not False] == []


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words.__name__)
def test_it_says_what_the_words_mean(words: type[StrEnum]) -> None:
    """Each of them, and none that is gone."""
    assert {word.value for word in words} in [set(meanings) for meanings in MEANINGS]


def test_it_says_so_beside_the_words(described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"]

    assert "`overdue`: so late" in schemas["CalendarItem"]["properties"]["state"]["description"]
    assert "any nurse" in schemas["Alert"]["properties"]["audience"]["description"]
    assert "`accepted`: " in schemas["Message"]["properties"]["state"]["description"]


def test_it_writes_a_query_as_it_is_sent(described: dict[str, Any]) -> None:
    """There is no null in an address."""
    queries = [one for _, each in operations(described) for one in each.get("parameters", ()) if one["in"] == "query"]

    assert queries
    assert [one["name"] for one in queries if not isinstance(one["schema"]["type"], str)] == []


def test_it_lists_the_methods_that_there_are(client: Client) -> None:
    for path in {row.split(" ")[1] for row in TABLE if "<" not in row}:
        there = {row.split(" ")[0] for row in TABLE if row.split(" ")[1] == path}
        answer = client.open(path, method="TRACE")
        assert answer.status_code == 405
        listed = there | {"OPTIONS"} | ({"HEAD"} if "GET" in there else set())
        assert set(answer.headers["Allow"].split(", ")) == listed, path


def test_it_answers_head_as_get_without_the_body(client: Client, described: dict[str, Any]) -> None:
    whole, head = (client.open("/health/live", method=method) for method in ("GET", "HEAD"))

    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]
