"""The kind of blueprint that every noun is written with: strict reading, and a description of every refusal."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import url_for
from flask_smorest import Blueprint

from monitor.api.problem_api import PREFIX
from monitor.edge.parser import StrictParser

_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "the ETag of the version that was read",
    "schema": {"type": "string"},
}
ETAG = {"ETag": {"description": "names this version", "schema": {"type": "string"}}}
LOCATION = {"Location": {"description": "where to read it", "schema": {"type": "string"}}}
LINK = {"Link": {"description": 'the next page (rel="next"), where there is one', "schema": {"type": "string"}}}
_ALWAYS = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.SERVICE_UNAVAILABLE)
_OF_A_BODY = (HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
_OF_A_CHANGE = (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.NOT_FOUND)
_OF_A_VERSION = (HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED)

names_its_version = Blueprint.doc(
    parameters=[_IF_MATCH], responses={int(status): status.name for status in _OF_A_VERSION}
)
"""Describes a change that must name, in `If-Match`, the version it was decided on."""


class Routes(Blueprint):  # type: ignore[misc]  # flask-smorest carries no types
    """A blueprint that reads strictly and describes the refusals that the edge gives on its behalf."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, noun: str, description: str, *, prefix: str = PREFIX) -> None:
        super().__init__(noun, __name__, url_prefix=f"{prefix}/{noun}", description=description)
        self._prepare_doc_cbks.append(_describe_refusals)


def _describe_refusals(doc: dict[str, Any], info: dict[str, Any], *, method: str, **_: Any) -> dict[str, Any]:
    if info.get("manual_doc", {}).get("security") == []:
        return doc
    statuses = list(_ALWAYS)
    if "requestBody" in doc:
        statuses += _OF_A_BODY
    if method in ("get", "head"):
        statuses += [HTTPStatus.NOT_FOUND]
        statuses += [HTTPStatus.UNPROCESSABLE_ENTITY] if doc.get("parameters") else []
    else:
        statuses += _OF_A_CHANGE
    responses = doc.setdefault("responses", {})
    for status in statuses:
        responses.setdefault(int(status), status.name)
    return doc


def at(endpoint: str, **ids: Any) -> dict[str, str]:
    """The header that says where the new thing can be read."""
    return {"Location": url_for(endpoint, **ids)}
