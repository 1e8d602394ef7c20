"""A provider that runs: in this process for a test, or in one of its own that no kill of ours reaches."""

from __future__ import annotations

import argparse
import dataclasses
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from werkzeug.serving import WSGIRequestHandler, make_server

from tests.provider.callbacks import Caller
from tests.provider.faults import Plan
from tests.provider.ledger import Ledger
from tests.provider.provider import TOKEN, Provider

LISTENS = "listening on "


class _Quiet(WSGIRequestHandler):
    """The ledger says what happened; a line for each request would only slow the provider down."""

    def log_request(self, *_: object) -> None:
        pass

    def handle(self) -> None:
        with suppress(OSError):  # a connection that was reset as planned, or whose other side was killed
            super().handle()


@contextmanager
def provider(plan: Plan, *, path: Path | None = None, port: int = 0) -> Iterator[Provider]:
    """A running provider, stopped at the end; with `path`, its ledger is a file too."""
    ledger = Ledger(path)
    caller = Caller(plan, ledger, token=TOKEN)
    made = Provider(plan, ledger, on_accepted=caller.tell)
    server = make_server("127.0.0.1", port, made, threaded=True, request_handler=_Quiet)
    made.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        made.close()
        caller.close()
        server.shutdown()
        thread.join()
        server.server_close()
        ledger.close()


@contextmanager
def provider_process(plan: Plan, path: Path) -> Iterator[str]:
    """The address of a provider in a process of its own; its ledger grows in the file."""
    options = [f"--{name}={value}" for name, value in told(plan).items()]
    command = [sys.executable, "-m", "tests.provider", f"--ledger={path}", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip().removeprefix(LISTENS)
        finally:
            process.kill()


def told(plan: Plan) -> dict[str, object]:
    """What differs from the default, as the words of a command line."""
    changed = {}
    for field in dataclasses.fields(plan):
        value = getattr(plan, field.name)
        if value != field.default:
            changed[field.name] = ",".join(value) if isinstance(value, tuple) else value
    return changed


def read_plan(arguments: argparse.Namespace) -> Plan:
    """The plan that these words name."""
    return Plan(
        **{field.name: getattr(arguments, field.name) for field in dataclasses.fields(Plan)},
    )
