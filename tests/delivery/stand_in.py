"""A stand-in for the provider, on this machine, that holds every exchange against the provider's own description."""

from __future__ import annotations

import json
import os
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from tests.provider.description import Description

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse

ACCOUNT = "AC" + "a" * 32
SID = "SM" + "b" * 32
Answer = Callable[[Request], Response]


class StandIn:
    """Gives `answer` to each request and keeps the forms and paths it saw; `address` is where it listens."""

    def __init__(self) -> None:
        self.description = Description()
        self.answer: Answer = accepted
        self.forms: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.queries: list[dict[str, str]] = []
        self.wrong: list[str] = []
        self.address = ""

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        self.paths.append(request.path)
        self.queries.append(request.args.to_dict())
        if request.method == "POST":
            self.forms.append(request.form.to_dict())
        response = self.answer(request)
        if (fault := self.description.fault_in(request, response)) is not None:
            self.wrong.append(fault)
        return response(environ, start_response)


@contextmanager
def stand_in() -> Iterator[StandIn]:
    """A running stand-in, stopped at the end."""
    provider = StandIn()
    server = make_server("127.0.0.1", 0, provider, threaded=True)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def accepted(request: Request) -> Response:
    """It takes every message; its list is away."""
    if request.method == "GET":
        return refused(503, 20503)(request)
    form = request.form
    service = form.get("MessagingServiceSid")
    return answer(
        201, message(form["Body"], form["To"], **{"from": form.get("From"), "messaging_service_sid": service})
    )


def message(body: str, to: str, **changes: object) -> dict[str, object]:
    """One message as the provider writes it."""
    resource = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{changes.get('sid', SID)}"
    return {
        "account_sid": ACCOUNT, "api_version": "2010-04-01", "body": body, "direction": "outbound-api",
        "date_created": "Wed, 15 Apr 2026 08:00:00 +0000", "date_sent": None, "from": None,
        "date_updated": "Wed, 15 Apr 2026 08:00:00 +0000", "error_code": None, "error_message": None,
        "messaging_service_sid": None, "num_media": "0", "num_segments": "1",
        "price": None, "price_unit": "USD", "sid": SID, "status": "queued", "to": to,
        "subresource_uris": {"media": f"{resource}/Media.json"}, "uri": f"{resource}.json", **changes,
    }  # fmt: skip


def listing(*messages: dict[str, object], a_page: int = 2) -> Answer:
    """The list of the provider, newest first, a few on each page."""

    def give(request: Request) -> Response:
        page = int(request.args.get("Page", "0"))
        path = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json?To={quote(request.args['To'])}"
        is_last = (page + 1) * a_page >= len(messages)
        body = {
            "messages": messages[page * a_page : (page + 1) * a_page], "page": page, "page_size": a_page,
            "start": page * a_page, "end": min((page + 1) * a_page, len(messages)) - 1,
            "uri": f"{path}&Page={page}", "first_page_uri": f"{path}&Page=0",
            "next_page_uri": None if is_last else f"{path}&Page={page + 1}&PageToken=PAx", "previous_page_uri": None,
        }  # fmt: skip
        return answer(200, body)

    return give


def answer(status: int, body: object, **headers: str) -> Response:
    return Response(json.dumps(body), status, headers, mimetype="application/json")


def refused(status: int, code: int, **headers: str) -> Answer:
    """An error in the provider's own form."""
    body = {
        "code": code,
        "message": "refused",
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
        "status": status,
    }
    return lambda _: answer(status, body, **headers)


def page(status: int) -> Answer:
    """What a proxy in front of the provider says."""
    return lambda _: Response("<html><body>Bad Gateway</body></html>", status, mimetype="text/html")


def slow(seconds: float) -> Answer:
    def wait(request: Request) -> Response:
        time.sleep(seconds)
        return accepted(request)

    return wait


def reset(request: Request) -> Response:
    """The connection breaks after the request has arrived."""
    connection: socket.socket = request.environ["werkzeug.socket"]
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    os.close(connection.detach())
    raise ConnectionResetError
