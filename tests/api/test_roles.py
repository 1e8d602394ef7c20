"""Every route opens to the roles that the table says, and to nobody else."""

from __future__ import annotations

from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.routing import Rule

from monitor.edge.roles import OPEN, ROLES
from monitor.terms import Role
from tests.api.every_route import ANYBODY, STAFF, TABLE, ids_in, request_of
from tests.cast import Cast
from tests.client import Answer, Client

UNSIGNED: dict[str, str] = {}


def spelled(rule: Rule) -> set[str]:
    path = "/".join(f"<{part[1:-1].split(':')[-1]}>" if part[:1] == "<" else part for part in rule.rule.split("/"))
    return {f"{method} {path}" for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}


def ask(client: Client, row: str, headers: dict[str, str]) -> Answer:
    """The request of this row, about things that do not exist."""
    request = request_of(row, {name: uuid4() for name in ids_in(row)})
    return client.open(request.path, method=request.method, json=request.json, headers=headers)


def test_it_lists_every_route_and_no_other(app: Flask) -> None:
    served = set().union(*(spelled(rule) for rule in app.url_map.iter_rules()))

    assert served == set(TABLE)


def test_it_has_no_row_for_a_route_that_is_gone(app: Flask) -> None:
    assert set(ROLES) | OPEN <= set(app.view_functions)


@pytest.mark.parametrize("role", STAFF, ids=str)
def test_it_opens_to_a_role_what_the_table_says_and_nothing_else(client: Client, cast: Cast, role: Role) -> None:
    who = cast.of(role)
    wrong = {}
    for row, route in TABLE.items():
        answer = ask(client, row, who.headers)
        is_open = answer.status_code not in (401, 403)
        if is_open != (route.roles == ANYBODY or role.value in route.roles.split()):
            wrong[row] = answer.status_code

    assert wrong == {}


@pytest.mark.parametrize(
    "headers",
    (
        UNSIGNED,
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer 0000000000000000000000000000000000000000000"},
        {"Authorization": "Bearer é\x00"},
        {"Authorization": "Basic bm9yYTpub3Jh"},
    ),
    ids=("nothing", "no-token", "unknown-token", "odd-token", "password"),
)
def test_it_opens_nothing_to_whoever_does_not_sign_in(client: Client, headers: dict[str, str]) -> None:
    answers = {row: ask(client, row, headers) for row, route in TABLE.items() if route.roles != ANYBODY}

    assert {row: answer.status_code for row, answer in answers.items()} == dict.fromkeys(answers, 401)
    assert all(answer.headers["WWW-Authenticate"].startswith("Bearer") for answer in answers.values())


def test_it_denies_a_route_that_nobody_listed(app: Flask, cast: Cast) -> None:
    app.add_url_rule("/api/v1/forgotten", "forgotten", lambda: "secret")

    assert Client(app).get("/api/v1/forgotten", headers=cast.noor.headers).status_code == 403
