"""One request that ends in time and stays small, whatever the other side does: it may drip a byte a minute for ever."""

from __future__ import annotations

import datetime as dt
import socket
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from threading import Lock, Thread, local

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

LARGEST_ANSWER = 64 * 1024  # bytes: what the provider says about one message is a fiftieth of it
_PIECE = 4096


class OutOfTime(Exception):
    """The call was given up; `has_left` is False only if not one byte of the request can have left."""

    def __init__(self, *, has_left: bool) -> None:
        super().__init__("the call took too long")
        self.has_left = has_left


class TooLarge(Exception):
    """The answer is larger than any that we know how to read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(slots=True)
class _Call:
    """The connection of one call, so that who waits for it can close it, or keep it from being used."""

    end_at: float  # by a stopwatch that goes on while this process is frozen
    lock: Lock = field(default_factory=Lock)
    connection: socket.socket | None = None
    is_over: bool = False

    def admit(self, connection: socket.socket) -> None:
        """Called when the connection stands and nothing has been written into it; too late where we were frozen."""
        with self.lock:
            if self.is_over or time.perf_counter() > self.end_at:
                raise OutOfTime(has_left=False)
            self.connection = connection

    def give_up(self) -> bool:
        """End it; True if the connection stood already."""
        with self.lock:
            self.is_over = True
            if self.connection is None:
                return False
            with suppress(OSError):  # it is closed already
                self.connection.shutdown(socket.SHUT_RDWR)
            return True


class _Current(local):
    """The call that this thread makes: each call has a thread of its own."""

    call: _Call | None = None


_CURRENT = _Current()


class _Plain(HTTPConnection):
    def connect(self) -> None:
        super().connect()
        _admit(self.sock)


class _Secure(HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        _admit(self.sock)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class _Watched(HTTPAdapter):
    """Connections that report to the call that they are made for, and are never used for a second."""

    def __init__(self) -> None:
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: object, **options: object) -> None:
        super().init_poolmanager(*args, **options)  # type: ignore[arg-type]
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}


def _admit(connection: socket.socket) -> None:
    if _CURRENT.call is not None:
        _CURRENT.call.admit(connection)


def ask(request: requests.Request, *, connect: dt.timedelta, read: dt.timedelta) -> Answer:
    """The answer, or within `connect` and `read` together an exception: OutOfTime, TooLarge, or one of `requests`.

    A new connection each time: one that stood idle may be closed at the moment in which we write into it, and nobody
    would know whether the request arrived. No redirects, no retries, nothing from the environment.
    """
    call = _Call(time.perf_counter() + (connect + read).total_seconds())
    answers: list[Answer] = []
    failures: list[BaseException] = []

    def run() -> None:
        try:
            _CURRENT.call = call
            answers.append(_ask(request, time_outs=(connect.total_seconds(), read.total_seconds())))
        except BaseException as failure:  # noqa: BLE001 - it is raised where somebody waits for the answer
            failures.append(failure)

    # A thread that no end of the process waits for: a name server, too, may take as long as it likes.
    asking = Thread(target=run, name="provider call", daemon=True)
    asking.start()
    asking.join((connect + read).total_seconds())
    if answers:
        return answers[0]
    if failures:
        raise failures[0]
    raise OutOfTime(has_left=call.give_up())


def _ask(request: requests.Request, *, time_outs: tuple[float, float]) -> Answer:
    with (
        closing(_Watched()) as adapter,  # no session: it would look for proxies and passwords that nobody configured
        adapter.send(request.prepare(), timeout=time_outs, stream=True) as response,
    ):
        return Answer(response.status_code, response.headers, _text(response))


def _text(response: requests.Response) -> str:
    """The body; of "not now" nobody needs it, and it must not spoil that answer."""
    if response.status_code == requests.codes.too_many_requests:
        return ""
    body = b""
    for piece in response.iter_content(_PIECE):
        body += piece
        if len(body) > LARGEST_ANSWER:
            raise TooLarge
    return body.decode(errors="replace")
