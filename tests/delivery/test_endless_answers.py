"""No answer of the provider holds delivery up for longer than the call may take, nor fills the memory (G2, H30)."""

from __future__ import annotations

import datetime as dt
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

import pytest

from monitor.clock import ticks
from monitor.delivery.bounded_call import LARGEST_ANSWER
from monitor.delivery.transport import NotSent, Outcome, Unknown
from tests.delivery.test_twilio import TEXT, transport

Say = Callable[[Callable[[bytes], None], Event], None]


@contextmanager
def saying(say: Say) -> Iterator[str]:
    """A server that reads one request and then says what it likes, for as long as it likes."""
    is_over = Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection, suppress(OSError):
                connection.recv(65536)
                say(connection.sendall, is_over)
                is_over.wait(10)

        serving = Thread(target=serve)
        serving.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        is_over.set()
        serving.join()


def drip(start: bytes, drop: bytes) -> Say:
    def say(send: Callable[[bytes], None], is_over: Event) -> None:
        send(start)
        while not is_over.wait(0.1):
            send(drop)

    return say


def flood(send: Callable[[bytes], None], _is_over: Event) -> None:
    send(b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n\r\n" + b" " * (2 * LARGEST_ANSWER))


def cut_refusal(retry_after: bytes) -> Say:
    head = b"HTTP/1.1 429 Too Many Requests\r\nDate: Wed, 15 Apr 2026 08:00:00 GMT\r\nContent-Length: 5000\r\n"
    return lambda send, _: send(head + b"Retry-After: " + retry_after + b"\r\n\r\n{")


def ask(say: Say) -> tuple[Outcome, float]:
    with saying(say) as address:
        started = ticks()
        half = dt.timedelta(seconds=0.5)
        return transport(address, connect_timeout=half, read_timeout=half).send(TEXT), ticks() - started


@pytest.mark.parametrize(
    "say",
    [
        drip(b"HTTP/1.1 201 Created\r\n", b"X: y\r\n"),
        drip(b"HTTP/1.1 201 Crea", b"a"),
        drip(b"HTTP/1.1 201 Created\r\nContent-Length: 9999\r\n\r\n", b" "),
        drip(b"HTTP/1.1 500 Oh\r\n\r\n", b" "),
    ],
    ids=["headers", "status", "body", "error"],
)
def test_it_gives_up_a_call_that_drips_for_ever_h30(say: Say) -> None:
    outcome, took = ask(say)

    assert outcome == Unknown("out_of_time")
    assert took < 3


def test_it_reads_no_answer_larger_than_any_it_knows_h31() -> None:
    assert ask(flood)[0] == Unknown("TooLarge")


@pytest.mark.parametrize(
    ("asked", "waits"),
    [
        (b"17", dt.timedelta(seconds=17)),
        (b"Wed, 15 Apr 2026 08:01:30 GMT", dt.timedelta(seconds=90)),
        (b"Wed, 15 Apr 2026 07:59:00 GMT", dt.timedelta(0)),
        (b"Fri, 31 Dec 9999 23:59:59 GMT", dt.timedelta(days=1)),
        (b"Wed, 99 Foo 2026", None),
    ],
)
def test_it_knows_that_nothing_was_sent_though_the_refusal_is_cut_h32(asked: bytes, waits: dt.timedelta | None) -> None:
    assert ask(cut_refusal(asked))[0] == NotSent("too_many_requests", waits)
