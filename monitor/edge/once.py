"""A request that carries an `Idempotency-Key` acts once, however often it is sent, and has one and the same answer."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from flask import Response, current_app, g, request
from sqlalchemy.orm import Session
from werkzeug.exceptions import BadRequest

from monitor.edge.db import db
from monitor.edge.errors import from_refusal
from monitor.edge.house import actor, at_work, house
from monitor.edge.parser import read_json
from monitor.edge.problems import problem
from monitor.store.idempotency import (
    Claim,
    KeptAnswer,
    OtherRequest,
    StillRunning,
    give_back,
    keep_answer,
    take_claim,
)
from monitor.terms import Refusal
from monitor.work import NAMES_PATIENT

HEADER = "Idempotency-Key"
KEY_PATTERN = r"[A-Za-z0-9._:~+/=\-]{1,255}"
"""A UUID is best; in quotes, as the draft of the standard has it, or without."""

View = Callable[..., Any]
_KEY = re.compile(rf'{KEY_PATTERN}|"{KEY_PATTERN}"', re.ASCII)
_KEPT = ("Content-Type", "ETag", "Link", "Location")


class ClaimLost(Exception):
    """It took longer than the lease, and another copy of the request acts by now: what this one did is undone."""


def once(view: View, *, is_required: bool) -> View:
    """The view, for requests that must not act twice; where no key is required, a request without one just acts."""

    @wraps(view)
    def run(**arguments: Any) -> Any:
        key = _read_key(is_required=is_required)
        if key is None:
            return view(**arguments)
        lease = house().settings.idempotency_lease
        session = db.session()
        with session.begin():
            claim = take_claim(session, client_id=actor().id, key=key, fingerprint=_fingerprint(), lease=lease)
        return _act(claim, view, arguments) if isinstance(claim, Claim) else _answer_again(claim)

    return run


def _read_key(*, is_required: bool) -> str | None:
    """The key without its quotes; 400 where it is needed and missing, or none that we take."""
    sent = request.headers.get(HEADER)
    if sent is None:
        if is_required:
            raise BadRequest(f"send {HEADER} with a new value for each new request, and the same one if you try again")
        return None
    if not _KEY.fullmatch(sent):
        raise BadRequest(f"{HEADER} must be 1 to 255 letters, digits or . _ : ~ + / = -")
    return sent.strip('"')


def _fingerprint() -> str:
    """What the request asks for, to know it again: route, query, body (however it is spaced), and for whom."""
    body = request.get_data(cache=True)
    with suppress(BadRequest, RecursionError):  # else it will be refused; until then its bytes say what it is
        body = json.dumps(read_json(body), sort_keys=True).encode()
    address = f"{request.method} {request.path}?".encode() + request.query_string
    if (patient := request.headers.get(NAMES_PATIENT)) is not None:
        address += f"\n{patient}".encode()
    return hashlib.sha256(address + b"\n" + body).hexdigest()


def _act(claim: Claim, view: View, arguments: dict[str, Any]) -> Response:
    """Act, and keep the answer in the transaction of the action: a crash between the two leaves neither.

    A refusal is kept too, for whoever was told no must not find it done by a copy that came late; whatever may go
    another way next time (a form that cannot be read, a lost race, a failure of ours) gives the key back.
    """
    answers: list[Response] = []
    try:
        with at_work(at_the_end=lambda session: _keep(session, claim, answers[0])) as g.work:
            answers.append(current_app.make_response(view(**arguments)))
    except Refusal as refusal:
        return _refused(claim, from_refusal(refusal))
    except ClaimLost:
        return _busy(1)
    except Exception:
        with db.session().begin():
            give_back(db.session(), claim)
        raise
    finally:
        g.pop("work", None)
    return answers[0]


def _refused(claim: Claim, answer: Response) -> Response:
    try:
        with db.session().begin():
            _keep(db.session(), claim, answer)
    except ClaimLost:
        return _busy(1)
    return answer


def _keep(session: Session, claim: Claim, answer: Response) -> None:
    headers = json.dumps({name: answer.headers[name] for name in _KEPT if name in answer.headers})
    kept = KeptAnswer(status=answer.status_code, headers=headers, body=answer.get_data(as_text=True))
    if not keep_answer(session, claim, kept, life=house().settings.idempotency_kept):
        raise ClaimLost


def _answer_again(standing: KeptAnswer | StillRunning | OtherRequest) -> Response:
    if isinstance(standing, KeptAnswer):
        return Response(standing.body, status=standing.status, headers=json.loads(standing.headers))
    if isinstance(standing, StillRunning):
        return _busy(math.ceil(standing.free_in.total_seconds()))
    reason = "was sent before with another request; a new request needs a new key"
    return problem(422, detail=f"{HEADER} {reason}", errors=[{"field": HEADER, "reason": reason}])


def _busy(seconds: int) -> Response:
    return problem(
        409,
        detail="the same request is being worked on; ask again for its answer",
        headers={"Retry-After": str(max(seconds, 1))},
    )
