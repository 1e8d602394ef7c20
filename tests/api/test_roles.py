"""The table of roles, written a second time by hand: a route that is not here, or opens to others, fails."""

from __future__ import annotations

from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.routing import Rule

from monitor.edge.roles import ROLES
from monitor.terms import Role
from tests.cast import Cast
from tests.client import Client

CARE = "nurse neurologist"
READ = "nurse neurologist pharmacovigilance"
ENTER = "nurse neurologist lab_system"
EVERYBODY = "nurse neurologist pharmacovigilance admin lab_system"
TABLE = {
    "POST /api/v1/patients": CARE,
    "GET /api/v1/patients": CARE,
    "GET /api/v1/patients/<id>": CARE,
    "PATCH /api/v1/patients/<id>": CARE,
    "PUT /api/v1/patients/<id>/sms-consent": CARE,
    "DELETE /api/v1/patients/<id>/sms-consent": CARE,
    "POST /api/v1/patients/<id>/death": CARE,
    "POST /api/v1/treatments": "neurologist",
    "GET /api/v1/treatments": READ,
    "GET /api/v1/treatments/<id>": READ,
    "GET /api/v1/treatments/<id>/calendar": READ,
    "POST /api/v1/treatments/<id>/suspend": "neurologist",
    "POST /api/v1/treatments/<id>/resume": "neurologist",
    "POST /api/v1/treatments/<id>/stop": "neurologist",
    "POST /api/v1/administrations": CARE,
    "GET /api/v1/administrations": READ,
    "POST /api/v1/administrations/<id>/correct": CARE,
    "POST /api/v1/administrations/<id>/retract": CARE,
    "POST /api/v1/results": ENTER,
    "GET /api/v1/results": READ,
    "POST /api/v1/results/<id>/correct": ENTER,
    "POST /api/v1/results/<id>/retract": ENTER,
    "POST /api/v1/assessments": CARE,
    "GET /api/v1/assessments": READ,
    "POST /api/v1/assessments/<id>/retract": CARE,
    "POST /api/v1/events/waivers": "neurologist",
    "POST /api/v1/events/moves": CARE,
    "POST /api/v1/events/completions": CARE,
    "POST /api/v1/events/vaccinations": CARE,
    "GET /api/v1/events": READ,
    "POST /api/v1/events/<id>/retract": CARE,
    "GET /api/v1/agenda": CARE,
    "GET /api/v1/alerts": READ,
    "GET /api/v1/alerts/<id>": READ,
    "POST /api/v1/alerts/<id>/acknowledge": CARE,
    "POST /api/v1/alerts/<id>/close": CARE,
    "GET /api/v1/messages": "nurse neurologist admin",
    "GET /api/v1/messages/<id>": "nurse neurologist admin",
    "GET /api/v1/me": EVERYBODY,
    "GET /health/live": "anybody",
    "GET /health/ready": "anybody",
    "GET /api/v1/openapi.json": "anybody",
}
STAFF = (Role.NURSE, Role.NEUROLOGIST, Role.PHARMACOVIGILANCE, Role.ADMIN, Role.LAB_SYSTEM)


def spelled(rule: Rule) -> set[str]:
    path = "/".join("<id>" if part.startswith("<") else part for part in rule.rule.split("/"))
    return {f"{method} {path}" for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}


def test_it_lists_every_route_and_no_other(app: Flask) -> None:
    served = set().union(*(spelled(rule) for rule in app.url_map.iter_rules()))

    assert served == set(TABLE)


def test_it_has_no_row_for_a_route_that_is_gone(app: Flask) -> None:
    assert set(ROLES) <= set(app.view_functions)


@pytest.mark.parametrize("role", STAFF, ids=str)
def test_it_opens_to_a_role_what_the_table_says_and_nothing_else(client: Client, cast: Cast, role: Role) -> None:
    who = cast.of(role)
    found = {}
    for row, roles in TABLE.items():
        method, path = row.split(" ")
        answer = client.open(path.replace("<id>", str(uuid4())), method=method, headers=who.headers)
        is_open = answer.status_code not in (401, 403)
        if is_open != (roles == "anybody" or role.value in roles.split()):
            found[row] = answer.status_code

    assert found == {}


def test_it_opens_nothing_to_whoever_does_not_sign_in(client: Client) -> None:
    closed = [row.split(" ") for row, roles in TABLE.items() if roles != "anybody"]

    answers = [client.open(path.replace("<id>", str(uuid4())), method=method) for method, path in closed]

    assert {answer.status_code for answer in answers} == {401}


def test_it_denies_a_route_that_nobody_listed(app: Flask, cast: Cast) -> None:
    app.add_url_rule("/api/v1/forgotten", "forgotten", lambda: "secret")

    assert Client(app).get("/api/v1/forgotten", headers=cast.noor.headers).status_code == 403
