"""The gate before every route: who is it, and does the table of roles let them through?"""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response, g, request

from monitor.edge.db import db
from monitor.edge.house import house
from monitor.edge.problems import problem
from monitor.edge.roles import OPEN, SIGNED, may
from monitor.overviews.signed_in import signed_in
from monitor.terms import Actor

SignIn = Callable[[], Actor | None]
"""One way of signing in: who the current request belongs to, or None where it carries nothing of this kind."""

_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="monitor"'}


def by_bearer_token() -> Actor | None:
    """The holder of the opaque token in `Authorization: Bearer …`."""
    sent = request.authorization
    if sent is None or sent.type != "bearer" or not sent.token:
        return None
    return signed_in(db.session(), token=sent.token, at=house().clock())


def guard(app: Flask, *, ways: tuple[SignIn, ...] = (by_bearer_token,)) -> None:
    """Deny every route to everybody, but for what the table grants."""

    def check() -> Response | None:
        if request.endpoint is None or request.endpoint in OPEN | SIGNED:
            return None  # no such path (answered with 404 or 405), or nothing to protect
        who = next((found for way in ways if (found := way()) is not None), None)
        if who is None:
            return problem(401, detail="sign in with a valid token", headers=_CHALLENGE)
        if not may(who.role, endpoint=request.endpoint):
            return problem(403, detail="your role does not permit it")
        g.actor = who
        return None

    app.before_request(check)
