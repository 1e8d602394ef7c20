"""The OpenAPI side of the door: describes every refusal as problem details, and leaves answering them to the edge."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Flask
from flask_smorest import Api

from monitor.edge.problems import MEDIA_TYPE
from monitor.schemas.form import ProblemSchema

PREFIX = "/api/v1"
_BEARER = {"type": "http", "scheme": "bearer", "description": "an opaque token made by `monitor users token`"}


class ProblemApi(Api):  # type: ignore[misc]  # flask-smorest carries no types
    """The framework's own error bodies are not RFC 9457 and lose `Allow`, so it must neither send nor describe them."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """`monitor.edge.errors` answers every exception."""

    def _register_responses(self) -> None:
        content = {MEDIA_TYPE: {"schema": self.ERROR_SCHEMA}}
        for status in HTTPStatus:
            response: dict[str, Any] = {"description": status.phrase}
            if status >= HTTPStatus.BAD_REQUEST:
                response["content"] = content
            self.spec.components.response(status.name, response, lazy=True)
        self.spec.components.response("DEFAULT_ERROR", {"description": "Error", "content": content}, lazy=True)


def open_api(app: Flask, *, version: str) -> ProblemApi:
    """Prepare the description of the API, served at `/api/v1/openapi.json`."""
    app.config.update(
        API_TITLE="monitor",
        API_VERSION=version,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=PREFIX,
        OPENAPI_JSON_PATH="openapi.json",
    )
    api = ProblemApi(app, spec_kwargs={"security": [{"bearer": []}]})
    api.spec.components.security_scheme("bearer", _BEARER)
    return api
