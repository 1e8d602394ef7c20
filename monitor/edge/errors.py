"""Turns every exception into an answer: a refusal says why, a bug says nothing and is logged by its name only."""

from __future__ import annotations

import logging

import sqlalchemy.exc
import sqlalchemy.orm.exc
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from monitor.actions.open_record import StaleVersion
from monitor.actions.sheet_line import RefusedValues
from monitor.edge.problems import field_errors, problem
from monitor.terms import Conflict, Missing, NotAllowed, Refusal, Unacceptable

_log = logging.getLogger(__name__)

_STATUS: tuple[tuple[type[Refusal], int], ...] = (
    (StaleVersion, 412), (Missing, 404), (NotAllowed, 403), (Conflict, 409), (Unacceptable, 422)
)  # fmt: skip
_CHANGED_MEANWHILE = "somebody else changed this at the same moment; read it again"
_KEPT = ("allow", "retry-after", "www-authenticate", "location")


def from_refusal(error: Refusal) -> Response:
    """404, 403, 409, 412 or 422, with the field where there is one."""
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 422)
    told = error.refusals if isinstance(error, RefusedValues) else (error,)
    errors = [_told(one) for one in told if one.field is not None]
    return problem(status, detail=error.reason, errors=errors)


def _told(refusal: Refusal) -> dict[str, str]:
    """One field with its reason and, where there is one, what may have been meant."""
    told = {"field": refusal.field or "", "reason": refusal.reason}
    suggestion = refusal.suggestion if isinstance(refusal, Unacceptable) else None
    return told if suggestion is None else {**told, "suggestion": suggestion}


def from_http(error: HTTPException) -> Response:
    """What the framework refused by itself: no such path, wrong method, too large, not JSON, fields that do not fit."""
    if error.code is None or error.code < 400:
        return _as_flask(error)
    data = getattr(error, "data", None) or {}
    errors = field_errors(data["messages"]) if data.get("messages") else []
    headers = {name: value for name, value in error.get_headers() if name.lower() in _KEPT}
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        headers["Allow"] = ", ".join(sorted(error.valid_methods))
    detail = "the request has fields that do not fit" if errors else error.description
    return problem(error.code, detail=detail, errors=errors, headers=headers)


def _as_flask(error: HTTPException) -> Response:
    """A redirect, or an answer somebody raised: not a refusal, passed on as it is."""
    answer = error.get_response()
    return Response(answer.get_data(), status=answer.status_code, headers=answer.headers)


def from_storage(error: Exception) -> Response:
    """503 where the database cannot do its work: nothing was acknowledged, so the caller may simply try again."""
    _log.error("storage failed at %s: %s", request.endpoint, type(error).__name__)
    detail = "the database cannot be used at the moment; nothing was stored"
    return problem(503, detail=detail, headers={"Retry-After": "10"})


def from_database(error: sqlalchemy.exc.DBAPIError) -> Response:
    """A lost race is a conflict, a lost connection is 503, the rest is a bug."""
    if isinstance(error, sqlalchemy.exc.IntegrityError) and _is_duplicate(error):
        return problem(409, detail=_CHANGED_MEANWHILE)
    if error.connection_invalidated or _is_read_only(error):
        return from_storage(error)
    return from_bug(error)


def from_lost_race(_error: Exception) -> Response:
    """Another writer was first."""
    return problem(409, detail=_CHANGED_MEANWHILE)


def from_bug(error: Exception) -> Response:
    """500. Only the name of the class is logged: the text of an error may quote a patient's data."""
    _log.error("unexpected %s at %s", type(error).__name__, request.endpoint)
    return problem(500, detail="this is our mistake; nothing was stored")


def _is_duplicate(error: sqlalchemy.exc.IntegrityError) -> bool:
    """Whether a UNIQUE or a primary key said no, by the name either driver gives it."""
    cause = error.orig
    name = getattr(cause, "sqlite_errorname", "") or type(cause).__name__
    return name in ("UniqueViolation", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY")


def _is_read_only(error: sqlalchemy.exc.DBAPIError) -> bool:
    return type(error.orig).__name__ == "ReadOnlySqlTransaction"


def answer_errors(app: Flask) -> None:
    """Register one answer for each kind of exception; nothing else in the project turns an exception into HTTP."""
    app.register_error_handler(Refusal, from_refusal)
    app.register_error_handler(HTTPException, from_http)
    app.register_error_handler(sqlalchemy.exc.OperationalError, from_storage)
    app.register_error_handler(sqlalchemy.exc.InterfaceError, from_storage)
    app.register_error_handler(sqlalchemy.exc.TimeoutError, from_storage)
    app.register_error_handler(sqlalchemy.orm.exc.StaleDataError, from_lost_race)
    app.register_error_handler(sqlalchemy.exc.DBAPIError, from_database)
    app.register_error_handler(Exception, from_bug)
