"""What is of another site and what does not exist look the same, on every route."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

import pytest
from flask import Flask

from monitor.terms import Role
from tests.api.every_route import TABLE, fields_of, ids_in, request_of
from tests.api.one_of_each import MAKERS, one_of_each
from tests.cast import Cast, Staff, Stage, hire
from tests.client import Answer, Client

API = "/api/v1"
FILTERS = frozenset({"GET /api/v1/patients", "GET /api/v1/treatments", "GET /api/v1/agenda", "GET /api/v1/alerts",
                     "GET /api/v1/messages", "GET /api/v1/rota", "GET /api/v1/absences",
                     "GET /api/v1/letters/asked", "GET /api/v1/inbound-messages"})  # fmt: skip
"""Lists that a foreign id only narrows: to nothing."""
EMPTY: dict[str, object] = {"items": [], "next": None, "patient": None}
OF_EVERY_SITE = frozenset({"GET /api/v1/protocols/<name>", "GET /api/v1/protocols/<name>/signs",
                           "POST /api/v1/sending/resume"})  # fmt: skip
ABOUT_SOMETHING = tuple(row for row in TABLE if ids_in(row) and row not in OF_EVERY_SITE)
People = Mapping[str, tuple[Staff, Staff]]


@pytest.fixture
def people(cast: Cast, stage: Stage) -> People:
    """By role, somebody of the north and somebody of the south."""
    with stage.work() as work:
        astrid = hire(work, "Astrid", Role.ADMIN, cast.south)
    return {"neurologist": (cast.noor, cast.selma), "nurse": (cast.nora, cast.sven), "admin": (cast.adam, astrid)}


def of_site(people: People, row: str, *, south: bool) -> Staff:
    """Somebody whose role this route is open to."""
    return next(people[role][south] for role in people if role in TABLE[row].roles.split())


def ask(client: Client, row: str, who: Staff, ids: dict[str, object]) -> Answer:
    request = request_of(row, ids)
    headers = {**who.headers, "If-Match": '"1"'}
    return client.open(request.path, method=request.method, json=request.json, headers=headers)


def told(answer: Answer) -> tuple[object, ...]:
    """All that a caller can tell an answer by."""
    return answer.status_code, answer.data, sorted(answer.headers)


def test_it_knows_how_to_make_whatever_a_route_is_about() -> None:
    assert set().union(*(ids_in(row) for row in TABLE)) <= set(MAKERS)


def test_it_answers_for_another_site_as_for_nothing_at_all(
    client: Client, cast: Cast, stage: Stage, people: People
) -> None:
    ids: dict[str, object] = {**one_of_each(stage, cast)}
    nobody: dict[str, object] = {name: uuid4() for name in ids}
    differing, odd = {}, {}

    for row in ABOUT_SOMETHING:
        who = of_site(people, row, south=True)
        foreign, missing = ask(client, row, who, ids), ask(client, row, who, nobody)
        if told(foreign) != told(missing):
            differing[row] = (foreign.text, missing.text)
        if row in FILTERS:
            is_empty = foreign.status_code == 200 and {**foreign.json, "patient": None} == EMPTY
        else:
            is_empty = foreign.status_code == 404
        if not is_empty or foreign.json.get("patient") is not None:
            odd[row] = foreign.text

    assert (differing, odd) == ({}, {})


def test_it_names_what_is_missing_as_the_request_did(client: Client, cast: Cast, stage: Stage, people: People) -> None:
    """Else whoever sent it looks for a field that is nowhere."""
    nobody: dict[str, object] = {name: uuid4() for name in one_of_each(stage, cast)}
    odd = {}

    for row in ABOUT_SOMETHING:
        answer = ask(client, row, of_site(people, row, south=True), nobody)
        named = {error.get("field") for error in answer.json.get("errors", ())}
        if answer.status_code == 404 and not (named and named <= fields_of(row)):
            odd[row] = answer.text

    assert odd == {}


def test_it_finds_what_is_the_callers_own(client: Client, cast: Cast, stage: Stage, people: People) -> None:
    """Else the test above would hold for a table whose requests fit nothing."""
    ids: dict[str, object] = {**one_of_each(stage, cast)}
    answers = {row: ask(client, row, of_site(people, row, south=False), ids) for row in ABOUT_SOMETHING}

    found = {200, 201, 409, 412}  # the table asks for one change after the other: some come too late
    assert {row: answer.text for row, answer in answers.items() if answer.status_code not in found} == {}


@pytest.mark.parametrize("noun", ("patients", "agenda", "alerts"))
def test_it_lists_nothing_to_whoever_asks_for_the_list_of_another_site(client: Client, cast: Cast, noun: str) -> None:
    mine = client.get(f"{API}/{noun}?site_id={cast.north}", headers=cast.nora.headers).json["items"]
    theirs = client.get(f"{API}/{noun}?site_id={cast.south}", headers=cast.nora.headers).json["items"]

    assert (bool(mine), theirs) == (True, [])


def test_it_changes_nothing_of_another_site(app: Flask, client: Client, cast: Cast) -> None:
    alert = client.get(f"{API}/alerts", headers=cast.nora.headers).json["items"][0]["id"]

    selma = {**cast.selma.headers, "If-Match": '"1"'}
    seen = client.post(f"{API}/alerts/{alert}/acknowledge", headers=selma)

    assert seen.status_code == 404
    assert client.get(f"{API}/alerts/{alert}", headers=cast.nora.headers).json["acknowledged_at"] is None
