"""Each route gives every answer that its description declares, and each answer looks as described."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask import Request as Asked
from openapi_core import Config, OpenAPI
from openapi_core.contrib.flask import FlaskOpenAPIRequest, FlaskOpenAPIResponse
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.test import TestResponse

from monitor.app import create_app
from monitor.catalog import Catalog
from monitor.edge.db import db
from monitor.edge.problems import MEDIA_TYPE
from monitor.settings import Settings
from monitor.terms import Role
from tests.api.every_route import ANYBODY, STAFF, TABLE, Request, ids_in, request_of
from tests.api.one_of_each import one_of_each
from tests.cast import NOW, Cast, Staff, Stage
from tests.client import Answer, Client

ROWS = tuple(row for row, route in TABLE.items() if route.roles != ANYBODY)
ON_SQLITE = pytest.mark.parametrize("database_url", ("sqlite",), indirect=True)  # what is answered, not what is stored
TOO_LONG = b'"' + b"x" * (5 * 1024 * 1024) + b'"'
Ids = Mapping[str, object]


def of(cast: Cast, row: str, *, allowed: bool = True) -> Staff:
    """Somebody of the north to whom the route is open, or is not."""
    order = (Role.NEUROLOGIST, Role.NURSE, *STAFF)
    return cast.of(next(role for role in order if (role.value in TABLE[row].roles.split()) is allowed))


def declared(client: Client) -> dict[str, dict[str, Any]]:
    """The operations of the description, by the rows of the table."""
    paths = client.get("/api/v1/openapi.json").json["paths"]
    return {
        f"{method.upper()} {path.replace('{', '<').replace('}', '>')}": operation
        for path, operations in paths.items()
        for method, operation in operations.items()
        if method != "parameters"
    }


@pytest.fixture
def world(stage: Stage, cast: Cast) -> dict[str, UUID | str]:
    return one_of_each(stage, cast)


@contextmanager
def failing(error: Exception) -> Iterator[None]:
    """Every commit fails like this."""

    def fail(_session: Session) -> None:
        raise error

    event.listen(Session, "before_commit", fail)
    yield
    event.remove(Session, "before_commit", fail)


class Asker:
    """Asks a route in a way that must end in a certain refusal."""

    def __init__(self, client: Client, cast: Cast, row: str, ids: Ids, operation: Mapping[str, Any]) -> None:
        self.client, self.cast, self.row, self.ids, self.operation = client, cast, row, ids, operation
        self.headers = {parameter["name"] for parameter in operation.get("parameters", ())}

    def ask(self, *, ids: Ids | None = None, who: Staff | None = None, query: str = "", **other: Any) -> Answer:
        request = request_of(self.row, self.ids if ids is None else ids)
        told = {**(who or of(self.cast, self.row)).headers, "If-Match": '"1"', **other.pop("headers", {})}
        body = other or {"json": request.json}
        path = request.path + (f"{'&' if '?' in request.path else '?'}{query}" if query else "")
        return self.client.open(path, method=request.method, headers={k: v for k, v in told.items() if v}, **body)

    def refused(self, status: int) -> Answer:
        with_a_body = "requestBody" in self.operation
        ways: dict[int, Callable[[], Answer]] = {
            400: lambda: self._broken() if with_a_body else self.ask(headers={"If-Match": '"1", "2"'}),
            401: lambda: self.ask(headers={"Authorization": ""}),
            403: lambda: self.ask(who=of(self.cast, self.row, allowed=False)),
            404: lambda: self.ask(ids={name: uuid4() for name in self.ids}),
            409: lambda: self._while(StaleDataError("lost the race")),
            412: lambda: self.ask(headers={"If-Match": '"99999999"'}),
            413: lambda: self.ask(data=TOO_LONG, content_type="application/json"),
            415: lambda: self.ask(data="<a/>", content_type="application/xml"),
            422: lambda: self.ask(json={"no_such": 1}) if with_a_body else self.ask(query="no_such=1"),
            428: lambda: self.ask(headers={"If-Match": ""}),
            500: lambda: self._while(KeyError("a mistake of ours")),
            503: lambda: self._while(OperationalError("", {}, Exception())),
        }
        return ways[status]()

    def _broken(self) -> Answer:
        return self.ask(data=b"{", content_type="application/json")

    def _while(self, error: Exception) -> Answer:
        with failing(error):
            return self.ask()


@ON_SQLITE
def test_it_gives_every_refusal_that_it_declares(
    client: Client, cast: Cast, world: dict[str, UUID | str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("CRITICAL")
    wrong = {}
    operations = declared(client)
    for row in ROWS:
        asker = Asker(client, cast, row, {name: world[name] for name in ids_in(row)}, operations[row])
        for status in sorted(int(told) for told in operations[row]["responses"] if int(told) >= 400):
            answer = asker.refused(status)
            is_problem = answer.headers["Content-Type"] == MEDIA_TYPE and answer.json["status"] == answer.status_code
            if answer.status_code != status or not is_problem:
                wrong[row, status] = (answer.status_code, answer.text)

    assert wrong == {}


def copied(settings: Settings, path: Path) -> Path:
    """A copy of the database with all that was committed."""
    with closing(sqlite3.connect(settings.database_url.removeprefix("sqlite:///"))) as source:
        source.execute("VACUUM INTO ?", (str(path),))
    return path


@ON_SQLITE
def test_it_gives_the_answer_that_it_declares(
    client: Client, settings: Settings, catalog: Catalog, cast: Cast, world: dict[str, UUID | str], tmp_path: Path
) -> None:
    """Each route on a record of its own, so that none comes too late."""
    operations, wrong = declared(client), {}
    contract = OpenAPI.from_dict(
        client.get("/api/v1/openapi.json").json, config=Config(extra_media_type_deserializers={MEDIA_TYPE: json.loads})
    )
    for number, row in enumerate(ROWS):
        mine = dataclasses.replace(settings, database_url=f"sqlite:///{copied(settings, tmp_path / str(number))}")
        app = create_app(mine, catalog=catalog, clock=lambda: NOW)
        ids = dict(world)
        for before, changed in TABLE[row].after.items():
            ids[changed] = succeed(app, of(cast, before), request_of(before, ids)).get_json().get("id")
        answer = succeed(app, of(cast, row), request_of(row, ids))
        described = operations[row]["responses"].get(str(answer.status_code), {})
        promised = {name for name in described.get("headers", {}) if name != "Link"}  # only where another page follows
        if answer.status_code >= 400 or not promised <= set(answer.headers.keys()):
            wrong[row] = (answer.status_code, answer.get_data(as_text=True))
        asked = {**answer.request.environ, "wsgi.input": BytesIO(), "CONTENT_LENGTH": "0"}  # its body was read
        contract.validate_response(FlaskOpenAPIRequest(Asked(asked)), FlaskOpenAPIResponse(answer))  # raises
        with app.app_context():
            db.engine.dispose()

    assert wrong == {}


def succeed(app: Flask, who: Staff, request: Request) -> TestResponse:
    """The request, with the version of the patient or the treatment that it is about."""
    client = app.test_client()
    subject = "/".join(request.path.split("?", maxsplit=1)[0].split("/")[:5])
    seen = client.get(subject, headers=who.headers).headers.get("ETag", "")
    headers = {**who.headers, "Idempotency-Key": str(uuid4()), "If-Match": seen}
    given = {} if request.json is None else {"json": request.json}
    return client.open(request.path, method=request.method, headers=headers, **given)
