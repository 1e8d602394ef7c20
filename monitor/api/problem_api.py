"""The OpenAPI side of the door: describes every refusal as problem details, and leaves answering them to the edge."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from flask import Flask, Response
from flask_smorest import Api

from monitor.api.description import INTRODUCTION, complete
from monitor.api.refusals import REFUSALS
from monitor.edge.problems import MEDIA_TYPE, body_of
from monitor.schemas.form import ProblemSchema

PREFIX = "/api/v1"
_BEARER = {"type": "http", "scheme": "bearer", "description": "an opaque token made by `monitor users token`"}
_LICENCE = {"name": "Apache-2.0", "identifier": "Apache-2.0"}


class ProblemApi(Api):  # type: ignore[misc]  # flask-smorest carries no types
    """The framework's own error bodies are not RFC 9457 and lose `Allow`, so it must neither send nor describe them."""

    ERROR_SCHEMA = ProblemSchema
    DEFAULT_ERROR_RESPONSE_NAME = None  # each route describes its own refusals, and gives no other

    def _register_error_handlers(self) -> None:
        """`monitor.edge.errors` answers every exception."""

    def _register_responses(self) -> None:
        for status, refusal in REFUSALS.items():
            errors = [{"field": refusal.field, "reason": refusal.detail}] if refusal.field else []
            example = body_of(status, detail=refusal.detail, errors=errors)
            response: dict[str, Any] = {
                "description": refusal.when,
                "content": {MEDIA_TYPE: {"schema": self.ERROR_SCHEMA, "example": example}},
            }
            if refusal.headers:
                response["headers"] = {
                    name: {"description": said, "schema": {"type": "string"}} for name, said in refusal.headers.items()
                }
            self.spec.components.response(status.name, response, lazy=True)

    def _openapi_json(self) -> Response:
        return Response(self.text, mimetype="application/json")

    @cached_property
    def text(self) -> str:
        """The whole description, written when it is first asked for: nothing in it changes while the service runs."""
        return json.dumps(complete(self.spec.to_dict()), indent=2)


def open_api(app: Flask, *, version: str) -> ProblemApi:
    """Prepare the description of the API, served at `/api/v1/openapi.json`."""
    app.config.update(
        API_TITLE="monitor",
        API_VERSION=version,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=PREFIX,
        OPENAPI_JSON_PATH="openapi.json",
    )
    info = {"description": INTRODUCTION, "license": _LICENCE}
    api = ProblemApi(app, spec_kwargs={"security": [{"bearer": []}], "info": info})
    api.spec.components.security_scheme("bearer", _BEARER)
    return api
