"""A provider that misbehaves as planned, and writes down in its ledger every copy that it will hand over."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from werkzeug.exceptions import ClientDisconnected
from werkzeug.wrappers import Request, Response

from monitor.clock import now, ticks
from tests.delivery.stand_in import ACCOUNT, answer, message, page, refused, reset
from tests.provider.description import Description
from tests.provider.faults import ACCEPTS, Fate, Fault, ListFault, Plan
from tests.provider.ledger import Accepted, Ledger, Listed

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse

TOKEN = "secret"
MESSAGES = f"/2010-04-01/Accounts/{ACCOUNT}/Messages"
_REFUSED_NUMBERS = (21211, 21614, 21408)
_REFUSED_ACCOUNT = ((401, 20003), (402, 20006), (403, 20005))
_ENDS = {Fate.DELIVERED: "delivered", Fate.UNDELIVERED: "undelivered", Fate.SILENT: "sent"}


class Provider:
    """Answers as `plan` says. `wrong`: what in an exchange its own description forbids."""

    def __init__(self, plan: Plan, ledger: Ledger, *, on_accepted: Callable[[Accepted], None] = lambda _: None) -> None:
        self.plan = plan
        self.ledger = ledger
        self.wrong: list[str] = []
        self.address = ""
        self._description = Description() if plan.is_checked else None
        self._on_accepted = on_accepted
        self._began = ticks()
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._ends = threading.Event()

    def close(self) -> None:
        """Whoever hangs is let go."""
        self._ends.set()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        try:
            response = self._answer(request)
        except ClientDisconnected:  # killed before the whole request had left
            return page(400)(request)(environ, start_response)
        if self._description is not None and (fault := self._description.fault_in(request, response)) is not None:
            self.wrong.append(fault)
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        given = request.authorization
        if given is None or (given.username, given.password) != (ACCOUNT, TOKEN):
            return refused(401, 20003)(request)
        if request.path == f"{MESSAGES}.json":
            return self._create(request) if request.method == "POST" else self._list(request)
        entry = self.ledger.find(request.path.removeprefix(f"{MESSAGES}/").removesuffix(".json"))
        if request.method != "GET" or entry is None:
            return refused(404, 20404)(request)
        return page(503)(request) if self._is_out() else answer(200, self._written(entry))

    def _create(self, request: Request) -> Response:
        to = request.form["To"]
        nth = self._count(f"call {to}")
        fault = Fault.OUTAGE if self._is_out() else self.plan.fault(to, nth)
        if fault is not None:
            self.ledger.meet(fault, to=to)
        entry = self._accept(request, nth, is_late=fault is Fault.LATE) if fault in ACCEPTS else None
        self._ends.wait(self.plan.pause(to, nth))
        if fault is not None:
            return self._misbehave(fault, request, nth)
        return answer(201, self._written(entry, status="queued")) if entry else refused(500, 20500)(request)

    def _accept(self, request: Request, nth: int, *, is_late: bool) -> Accepted:
        form, at = request.form, now()
        number = self.plan.dice("sid", form["To"], nth).getrandbits(128)
        callback = form.get("StatusCallback", "")
        entry = Accepted(
            sid=f"SM{number:032x}",
            to=form["To"],
            body=form["Body"],
            sender=form.get("From") or form.get("MessagingServiceSid", ""),
            token=callback.rpartition("/")[2],
            callback=callback,
            at=at,
            shown_from=at + dt.timedelta(seconds=self.plan.hidden_for if is_late else 0),
        )
        self.ledger.write(entry)
        self._on_accepted(entry)
        return entry

    def _misbehave(self, fault: Fault, request: Request, nth: int) -> Response:
        dice = self.plan.dice("code", request.form["To"], nth)
        answers: dict[Fault, Callable[[], Response]] = {
            Fault.TOO_MANY: lambda: refused(429, 20429)(request),
            Fault.TOO_MANY_FOR_A_WHILE: lambda: refused(429, 20429, **{"Retry-After": "1"})(request),
            Fault.NUMBER_REFUSED: lambda: refused(400, dice.choice(_REFUSED_NUMBERS))(request),
            Fault.OPTED_OUT: lambda: refused(400, 21610)(request),
            Fault.ACCOUNT_REFUSED: lambda: refused(*dice.choice(_REFUSED_ACCOUNT))(request),
            Fault.REFUSED_STRANGELY: lambda: refused(400, 29999)(request),
            Fault.RESET_BEFORE: lambda: reset(request),
            Fault.RESET_AFTER: lambda: reset(request),
            Fault.TIME_OUT_BEFORE: lambda: self._hang(request),
            Fault.TIME_OUT_AFTER: lambda: self._hang(request),
            Fault.UNREADABLE: lambda: Response(b'{"sid": "SM\xff', 201, mimetype="text/plain"),
            Fault.OUTAGE: lambda: page(503)(request),
        }
        return answers.get(fault, lambda: refused(500, 20500)(request))()

    def _list(self, request: Request) -> Response:
        to = request.args.get("To", "")
        is_first = "PageToken" not in request.args
        fault = self.plan.list_fault(to, self._count(f"list {to}")) if is_first else None
        if self._is_out():
            fault = ListFault.OUTAGE
        if fault is not None:
            self.ledger.meet(fault, to=to)
            return self._misbehave_at_a_look(fault, request)
        is_blind = self.plan.is_blind(self._age())
        shown = [] if is_blind else [entry for entry in self.ledger.to(to) if entry.shown_from <= now()][::-1]
        size, number = int(request.args.get("PageSize", "50")), int(request.args.get("Page", "0"))
        is_last = (number + 1) * size >= len(shown)
        if is_last:
            sids = tuple(entry.sid for entry in shown)
            self.ledger.write(Listed(to=to, at=now(), shown=sids, is_blind=is_blind))
        path = f"{MESSAGES}.json?To={quote(to)}&PageSize={size}"
        body = {
            "messages": [self._written(entry) for entry in shown[number * size : (number + 1) * size]],
            "page": number, "page_size": size, "start": number * size,
            "end": max(min((number + 1) * size, len(shown)) - 1, 0), "uri": f"{path}&Page={number}",
            "first_page_uri": f"{path}&Page=0", "previous_page_uri": None,
            "next_page_uri": None if is_last else f"{path}&Page={number + 1}&PageToken=PA{number + 1}",
        }  # fmt: skip
        return answer(200, body)

    def _misbehave_at_a_look(self, fault: ListFault, request: Request) -> Response:
        answers: dict[ListFault, Callable[[], Response]] = {
            ListFault.TOO_MANY: lambda: refused(429, 20429)(request),
            ListFault.RESET: lambda: reset(request),
            ListFault.TIME_OUT: lambda: self._hang(request),
            ListFault.OUTAGE: lambda: page(503)(request),
        }
        return answers.get(fault, lambda: refused(500, 20500)(request))()

    def _hang(self, request: Request) -> Response:
        self._ends.wait(self.plan.hangs_for)
        return page(504)(request)

    def _written(self, entry: Accepted, *, status: str | None = None) -> dict[str, object]:
        """The message as it stands now, in the provider's form."""
        came = self._came(entry) if status is None else status
        has_service = entry.sender.startswith("MG")
        return message(
            entry.body,
            entry.to,
            sid=entry.sid,
            status=came,
            date_created=format_datetime(entry.at),
            date_updated=format_datetime(entry.at),
            error_code=30003 if came == "undelivered" else None,
            messaging_service_sid=entry.sender if has_service else None,
            **{"from": None if has_service else entry.sender},
        )

    def _came(self, entry: Accepted) -> str:
        if now() - entry.at < dt.timedelta(seconds=self.plan.arrives_after):
            return "queued"
        return _ENDS[self.plan.fate(entry.sid)]

    def _count(self, what: str) -> int:
        with self._lock:
            self._counts[what] += 1
            return self._counts[what]

    def _age(self) -> float:
        return ticks() - self._began

    def _is_out(self) -> bool:
        return self.plan.is_out(self._age())
