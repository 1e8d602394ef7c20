"""Speaks to the application as a program would, and hands back what a test wants to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from flask import Flask
from werkzeug.datastructures import Headers


@dataclass(frozen=True)
class Answer:
    """One answer; `json` is None where it is none."""

    status_code: int
    headers: Headers
    data: bytes
    json: Any

    @property
    def text(self) -> str:
        return self.data.decode()


class Client:
    """No cookies, no memory: each call carries the headers of whoever calls, and each POST a key of its own."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def open(
        self,
        path: str,
        *,
        method: str,
        headers: Mapping[str, str] | None = None,
        json: object = None,
        data: bytes | str | None = None,
        content_type: str | None = None,
        key: str | None = "",
    ) -> Answer:
        sent = dict(headers or {})
        if method == "POST" and key is not None:
            sent.setdefault("Idempotency-Key", key or str(uuid4()))
        body = {"json": json} if json is not None else {"data": data, "content_type": content_type}
        # A client of its own for each call, so that threads may share this one.
        told = self.app.test_client().open(path, method=method, headers=sent, **body)
        answer = Answer(told.status_code, told.headers, told.data, told.get_json(silent=True) if told.data else None)
        told.close()
        return answer

    def get(self, path: str, **asked: Any) -> Answer:
        return self.open(path, method="GET", **asked)

    def post(self, path: str, *, key: str | None = "", **asked: Any) -> Answer:
        """`key`: the Idempotency-Key, a new one where none is given; None sends none."""
        return self.open(path, method="POST", key=key, **asked)

    def put(self, path: str, **asked: Any) -> Answer:
        return self.open(path, method="PUT", **asked)

    def patch(self, path: str, **asked: Any) -> Answer:
        return self.open(path, method="PATCH", **asked)

    def delete(self, path: str, **asked: Any) -> Answer:
        return self.open(path, method="DELETE", **asked)
