"""Reads request bodies and queries strictly: no odd JSON, no unknown field, no crash whatever comes in."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from flask import Request
from marshmallow import ValidationError
from webargs import core
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member is given twice")
    return members


def _no_constant(_name: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON")


def read_json(body: bytes) -> Any:
    """The value of a JSON text; 400 for anything else: cut short, NaN, a member twice, nested beyond reason."""
    try:
        return json.loads(body.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        # Nothing of the original complaint is passed on, because it quotes the body.
        raise BadRequest("the body is not valid JSON") from None


class StrictParser(FlaskParser):
    """Refuses what the ordinary parser would quietly read past."""

    DEFAULT_UNKNOWN_BY_LOCATION = {"json": None, "query": "raise", "path": "raise"}  # noqa: RUF012 - the base has it so

    def load_querystring(self, req: Request, schema: Any) -> Any:
        """The query; no parameter is a list, so one given twice would have one of its values dropped in silence."""
        twice = [name for name, values in req.args.lists() if len(values) > 1]
        if twice:
            raise ValidationError({name: ["is given more than once"] for name in twice})
        return super().load_querystring(req, schema)

    def load_json(self, req: Request, schema: Any) -> Any:  # noqa: ARG002 - the signature is the parser's
        """The body; an absent one counts as having no field at all."""
        body = req.get_data(cache=True)
        if req.content_length is None and req.max_content_length is not None and len(body) >= req.max_content_length:
            # A body of unknown length is read up to the limit and no further: what came may be a part of it.
            raise RequestEntityTooLarge
        if not body:
            return core.missing
        if not req.is_json:
            raise UnsupportedMediaType("the body must be application/json")
        return read_json(body)
