"""No body, on any route, is answered with a failure of ours (G15), and no refusal repeats what was sent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

import pytest

from monitor.terms import Role
from tests.api.every_route import TABLE, Request, ids_in, request_of
from tests.api.one_of_each import one_of_each
from tests.cast import Cast, Staff, Stage
from tests.client import Answer, Client

SECRET = "Tiberius-Secretum"
RAW = (
    b"", b"null", b"[]", b'"text"', b"{", b'{"":1}', b"\xff\xfe", b"[" * 20_000, b'{"a":' * 20_000, b"1" * 5_000,
    b'{"on": NaN}', b'{"on": 1e999}', b'{"on": 1, "on": 2}', b'{"\\u0000": 1}', b'{"reason": "\xc3\x28"}',
)  # fmt: skip
ODD: tuple[Any, ...] = (
    None, True, -1, 10**30, 1e308, SECRET * 200, f"{SECRET}\x00", f"{SECRET}\ud800", "9999-12-31", [SECRET], [[[]]],
    {"no_such": SECRET},
)  # fmt: skip
KINDS = ("text/plain", "multipart/form-data")


@pytest.fixture
def requests(cast: Cast, stage: Stage) -> Mapping[str, tuple[Request, Staff]]:
    """What fits, by row of the table, and who may send it."""
    ids = one_of_each(stage, cast)
    order = (Role.NEUROLOGIST, Role.NURSE, Role.ADMIN)
    return {
        row: (request_of(row, {name: ids[name] for name in ids_in(row)}),
              cast.of(next(role for role in order if role.value in route.roles.split())))
        for row, route in TABLE.items()
        if route.body is not None
    }  # fmt: skip


def with_odd_values(value: Any) -> Iterator[Any]:
    """The same with one member after the other replaced by what nobody means."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from ({**value, name: odd} for odd in (*ODD, *with_odd_values(inner)))
    elif isinstance(value, list) and value:
        yield from ([odd] for odd in with_odd_values(value[0]))


def send(client: Client, request: Request, who: Staff, **body: Any) -> Answer:
    return client.open(request.path, method=request.method, headers={**who.headers, "If-Match": '"1"'}, **body)


def is_refused_well(answer: Answer) -> bool:
    return answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR and SECRET not in answer.text


@pytest.mark.parametrize("database_url", ("sqlite",), indirect=True)  # none of it comes near a database
def test_it_refuses_whatever_is_no_form(client: Client, requests: Mapping[str, tuple[Request, Staff]]) -> None:
    wrong: dict[tuple[str, object], int] = {}
    for row, (request, who) in requests.items():
        for raw in RAW:
            answer = send(client, request, who, data=raw, content_type="application/json")
            if answer.status_code not in {400, 412, 422}:
                wrong[row, raw[:20]] = answer.status_code
        for kind in KINDS:
            answer = send(client, request, who, data=json.dumps(request.json), content_type=kind)
            if answer.status_code not in {400, 415}:
                wrong[row, kind] = answer.status_code

    assert wrong == {}


def test_it_survives_any_value_in_any_field_and_repeats_none(
    client: Client, requests: Mapping[str, tuple[Request, Staff]]
) -> None:
    wrong = {}
    for row, (request, who) in requests.items():
        for body in with_odd_values(request.json):
            answer = send(client, request, who, data=json.dumps(body), content_type="application/json")
            if not is_refused_well(answer):
                wrong[row, json.dumps(body)[:200]] = (answer.status_code, answer.text[:200])

    assert wrong == {}
