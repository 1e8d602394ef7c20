"""The kind of blueprint that every noun is written with: strict reading, requests that act once, refusals described."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import url_for
from flask_smorest import Blueprint

from monitor.api.problem_api import PREFIX
from monitor.api.refusals import describe
from monitor.edge.house import banner_of_request
from monitor.edge.once import once
from monitor.edge.parser import StrictParser
from monitor.schemas.banner import PatientBannerSchema

ETAG = {"ETag": {"description": "names this version", "schema": {"type": "string"}}}
LOCATION = {"Location": {"description": "where to read it", "schema": {"type": "string"}}}
LINK = {"Link": {"description": 'the next page (rel="next"), where there is one', "schema": {"type": "string"}}}

_BANNER = PatientBannerSchema()
View = TypeVar("View", bound=Callable[..., Any])


class Routes(Blueprint):  # type: ignore[misc]  # flask-smorest carries no types
    """A blueprint that reads strictly, acts once for a key, and describes what the edge answers on its behalf."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, noun: str, description: str, *, prefix: str = PREFIX) -> None:
        super().__init__(noun, __name__, url_prefix=f"{prefix}/{noun}", description=description)
        self._prepare_doc_cbks.append(describe)

    @staticmethod
    def _prepare_response_content(data: Any) -> Any:
        """As the framework does; an answer about one patient says whose it is, out of the same transaction (H52)."""
        if isinstance(data, dict) and "patient" in data:
            data["patient"] = _BANNER.dump(shown) if (shown := banner_of_request()) is not None else None
        return data

    def add_url_rule(self, rule: str, endpoint: str | None = None, view_func: Any = None, **options: Any) -> None:
        """As the framework does; a route that creates something (201) takes an `Idempotency-Key`."""
        told = {**getattr(view_func, "_apidoc", {}), "endpoint": f"{self.name}.{endpoint or view_func.__name__}"}
        told["is_about_one"] = "<" in f"{self.url_prefix}{rule}"
        if 201 in told.get("response", {}).get("responses", {}):
            view_func = once(view_func, is_required=told.setdefault("key", "optional") == "required")
        view_func._apidoc = told  # noqa: SLF001 - where the framework reads it
        super().add_url_rule(rule, endpoint, view_func, **options)


def needs_key(view: View) -> View:
    """Marks a route that refuses to act without an `Idempotency-Key`; stands under `response`."""
    return _mark(view, "key", "required")


def names_its_version(view: View) -> View:
    """Marks a change that must name, in `If-Match`, the version it was decided on; stands under `response`."""
    return _mark(view, "version", "required")


def _mark(view: View, what: str, value: str) -> View:
    view._apidoc = {**getattr(view, "_apidoc", {}), what: value}  # type: ignore[attr-defined]  # noqa: SLF001
    return view


def at(endpoint: str, **ids: Any) -> dict[str, str]:
    """The header that says where the new thing can be read."""
    return {"Location": url_for(endpoint, **ids)}
