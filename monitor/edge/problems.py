"""The body of every refusal: RFC 9457 problem details that name the field and the reason, never the value."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Response

MEDIA_TYPE = "application/problem+json"
_LONGEST_NAME = 64  # an unknown field is named by whoever sent it: enough to recognise it, not enough for a letter


def problem(
    status: int, *, detail: str | None = None, errors: Sequence[Mapping[str, str]] = (), headers: Mapping[str, str] = {}
) -> Response:
    """An answer in the one form of every refusal."""
    body = body_of(status, detail=detail, errors=errors)
    return Response(json.dumps(body), status=status, content_type=MEDIA_TYPE, headers=dict(headers))


def body_of(status: int, *, detail: str | None = None, errors: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
    """The members of a refusal; what there is nothing to say about is absent."""
    body: dict[str, Any] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": int(status)}
    if detail:
        body["detail"] = detail
    if errors:
        body["errors"] = list(errors)
    return body


def field_errors(messages: object) -> list[dict[str, str]]:
    """Flat `{field, reason}` pairs out of marshmallow's nested messages; `values[2].unit` is a field like any other."""
    return [{"field": path, "reason": reason} for path, reason in _walk(messages, "")]


def _walk(messages: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from _walk(inner, _join(path, key))
    elif isinstance(messages, (list, tuple)):
        for inner in messages:
            yield from _walk(inner, path)
    else:
        yield path or "body", str(messages)


def _join(path: str, key: object) -> str:
    if isinstance(key, int):
        return f"{path}[{key}]"
    name = str(key)[:_LONGEST_NAME].encode("ascii", "replace").decode()
    if name == "_schema" or (not path and name in ("json", "query")):
        return path
    return f"{path}.{name}" if path else name
