"""Which refusals a route can give and which headers it reads, derived from what the route takes: none is forgotten."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from monitor.edge.once import HEADER, KEY_PATTERN

_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "the ETag of the version that was read: 428 without it, 412 where it is not the newest",
    "schema": {"type": "string"},
}
_KEY = {
    "name": HEADER,
    "in": "header",
    "description": (
        "a new value for each new request, such as a UUID, and the same one if you send it again: it acts once and is "
        "given the first answer for a day; 422 where another request had this key, 409 while the first one runs"
    ),
    "schema": {"type": "string", "pattern": f'^({KEY_PATTERN}|"{KEY_PATTERN}")$'},
    "example": "4c1f3a2e-5b0d-4e0e-9a51-6f2f0a6f7d11",
}
_ALWAYS = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.SERVICE_UNAVAILABLE)
_OF_A_BODY = (HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
_OF_A_CHANGE = (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.NOT_FOUND)
_OF_A_VERSION = (HTTPStatus.BAD_REQUEST, HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED)
_OF_A_KEY = (HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)


def describe(doc: dict[str, Any], info: dict[str, Any], *, method: str, **_: Any) -> dict[str, Any]:
    """Complete the description of one operation; the framework calls it after it has described bodies and answers."""
    if info.get("manual_doc", {}).get("security") == []:
        return doc
    statuses = list(_ALWAYS)
    parameters = doc.setdefault("parameters", [])
    if "version" in info:
        parameters.append(_IF_MATCH)
        statuses += _OF_A_VERSION
    if "key" in info:
        parameters.append({**_KEY, "required": info["key"] == "required"})
        statuses += _OF_A_KEY
    if "requestBody" in doc:
        statuses += _OF_A_BODY
    if method in ("get", "head"):
        statuses += [HTTPStatus.NOT_FOUND]
        statuses += [HTTPStatus.UNPROCESSABLE_ENTITY] if parameters else []
    else:
        statuses += _OF_A_CHANGE
    responses = doc.setdefault("responses", {})
    for status in statuses:
        responses.setdefault(int(status), status.name)
    return doc
