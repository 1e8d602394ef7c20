"""Which refusals there are, which of them a route can give, and which headers it reads: derived, none forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from marshmallow import Schema, fields

from monitor.edge.once import HEADER, KEY_PATTERN
from monitor.edge.roles import ROLES, STAFF
from monitor.schemas.fields import Id
from monitor.work import NAMES_PATIENT


@dataclass(frozen=True, slots=True)
class Refusal:
    """When it is given, and what it then says; `field` where it names one; `headers` that go with it."""

    when: str
    detail: str
    field: str | None = None
    headers: Mapping[str, str] | None = None


_TRY_AGAIN = {"Retry-After": "after so many seconds it is worth trying again; always with 503, with 409 while it runs"}
REFUSALS: Mapping[HTTPStatus, Refusal] = {
    HTTPStatus.BAD_REQUEST: Refusal("not JSON, or a header that is missing or malformed", "the body is not valid JSON"),
    HTTPStatus.UNAUTHORIZED: Refusal(
        "no token, or one that opens nothing (any more)",
        "sign in with a valid token",
        headers={"WWW-Authenticate": "how to sign in"},
    ),
    HTTPStatus.FORBIDDEN: Refusal("your role does not permit it", "your role does not permit it"),
    HTTPStatus.NOT_FOUND: Refusal(
        "there is no such thing, or it is of a site that is not yours: the two look the same",
        "no such treatment",
        field="treatment_id",
    ),
    HTTPStatus.CONFLICT: Refusal(
        "it contradicts what is recorded, or somebody else was first; or a request with this key still runs; or it is "
        "about another patient than `Patient-Id` names",
        "a dose is recorded on that day already",
        field="on",
        headers=_TRY_AGAIN,
    ),
    HTTPStatus.PRECONDITION_FAILED: Refusal(
        "it was changed since you read it", "it was changed meanwhile; read it again"
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Refusal(
        "more than 5 MiB", "The data value transmitted exceeds the capacity limit."
    ),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: Refusal("not application/json", "the body must be application/json"),
    HTTPStatus.UNPROCESSABLE_ENTITY: Refusal(
        "read, but not acceptable: each field that is to blame is named, its value never",
        "the request has fields that do not fit",
        field="on",
    ),
    HTTPStatus.PRECONDITION_REQUIRED: Refusal(
        "If-Match is missing", "send If-Match with the ETag of the version that you read"
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: Refusal("a mistake of ours", "this is our mistake; nothing was stored"),
    HTTPStatus.SERVICE_UNAVAILABLE: Refusal(
        "the database cannot be used: nothing was stored",
        "the database cannot be used at the moment; nothing was stored",
        headers=_TRY_AGAIN,
    ),
}

_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "the ETag of the version that was read: 428 without it, 412 where it is not the newest",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
    "example": '"3"',
}
_KEY = {
    "name": HEADER,
    "in": "header",
    "description": (
        "a new value for each new request, such as a UUID, and the same one if you send it again: it acts once and is "
        "given the first answer, for a day unless the installation keeps it otherwise; 422 where another request had "
        "this key, 409 while the first one runs"
    ),
    "schema": {"type": "string", "pattern": f'^({KEY_PATTERN}|"{KEY_PATTERN}")$'},
    "example": "4c1f3a2e-5b0d-4e0e-9a51-6f2f0a6f7d11",
}
_FOR_PATIENT = {
    "name": NAMES_PATIENT,
    "in": "header",
    "required": False,
    "description": (
        "the patient whom the caller has before their eyes: 409 where the request is about another one, and nothing is "
        "read or written; a list shows nobody else's"
    ),
    "schema": {"type": "string", "format": "uuid"},  # without an example: a page that fills it in would ask for nobody
}
_ABOUT_NOBODY = frozenset({"users", "sites", "rota", "absences", "protocols", "me"})  # nouns
_ABOUT_NOBODY_YET = frozenset({"patients.register", "patients.list", "alerts.ledger"})
_ALWAYS = (HTTPStatus.UNAUTHORIZED, HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE)
_OF_A_BODY = (HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
_OF_A_CHANGE = (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)
_OF_A_VERSION = (HTTPStatus.BAD_REQUEST, HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED)
_OF_A_KEY = (HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)


def describe(doc: dict[str, Any], info: dict[str, Any], *, method: str, **_: Any) -> dict[str, Any]:
    """Complete the description of one operation; the framework calls it after it has described bodies and answers."""
    doc["operationId"] = info["endpoint"].replace(".", "_").replace("-", "_")
    if info.get("manual_doc", {}).get("security") == []:
        doc.setdefault("responses", {})[500] = HTTPStatus.INTERNAL_SERVER_ERROR.name
        return doc
    doc["x-roles"] = sorted(ROLES.get(info["endpoint"], ()))
    responses = doc.setdefault("responses", {})
    responses.pop(422, None)  # the framework describes it as it would answer; ours follows
    for status in sorted(set(_refusals(doc, info, is_change=method not in ("get", "head")))):
        responses.setdefault(int(status), status.name)
    if _may_name_patient(info["endpoint"]):
        doc.setdefault("parameters", []).append(_FOR_PATIENT)
    if "version" in info:
        doc.setdefault("parameters", []).append(_IF_MATCH)
    if "key" in info:
        doc.setdefault("parameters", []).append({**_KEY, "required": info["key"] == "required"})
    return doc


def _refusals(doc: Mapping[str, Any], info: Mapping[str, Any], *, is_change: bool) -> Iterator[HTTPStatus]:
    yield from _ALWAYS
    if ROLES.get(info["endpoint"]) != STAFF:
        yield HTTPStatus.FORBIDDEN
    if info["is_about_one"] or any(_names_something(schema, is_change=is_change) for schema in _forms(doc)):
        yield HTTPStatus.NOT_FOUND
    if doc.get("parameters"):
        yield HTTPStatus.UNPROCESSABLE_ENTITY
    if is_change:
        yield from _OF_A_CHANGE
    if _may_name_patient(info["endpoint"]):
        yield HTTPStatus.CONFLICT
    if "requestBody" in doc:
        yield from _OF_A_BODY
    if "version" in info:
        yield from _OF_A_VERSION
    if "key" in info:
        yield from _OF_A_KEY


def _may_name_patient(endpoint: str) -> bool:
    """Whether it matters to the route whom the caller has before their eyes."""
    return endpoint.partition(".")[0] not in _ABOUT_NOBODY and endpoint not in _ABOUT_NOBODY_YET


def _forms(doc: Mapping[str, Any]) -> Iterator[Schema]:
    """The schemas of the query and of the body, before the framework turns them into references."""
    found = [parameter.get("schema") for parameter in doc.get("parameters", ())]
    found += [content.get("schema") for content in doc.get("requestBody", {}).get("content", {}).values()]
    for schema in found:
        if isinstance(schema, type) and issubclass(schema, Schema):
            yield schema()
        elif isinstance(schema, Schema):
            yield schema


def _names_something(schema: Schema, *, is_change: bool) -> bool:
    """Whether what it names must exist: an id that only narrows a list need not."""
    return any(_is_id(field) and (is_change or field.required) for field in schema.fields.values())


def _is_id(field: fields.Field[Any]) -> bool:
    return isinstance(field.inner if isinstance(field, fields.List) else field, Id)
