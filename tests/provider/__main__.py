"""`python -m tests.provider`: the provider as a process, for hours of chaos or to try the service by hand."""

from __future__ import annotations

import argparse
import dataclasses
import threading
from collections.abc import Callable
from pathlib import Path

from tests.provider.faults import Fault, Plan
from tests.provider.running import LISTENS, provider, read_plan


def faults(text: str) -> tuple[Fault, ...]:
    return tuple(Fault(word) for word in text.split(",") if word)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.provider", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--ledger", type=Path, required=True, help="file to which every accepted copy is appended")
    for field in dataclasses.fields(Plan):
        parser.add_argument(f"--{field.name}", type=_reader(field.default), default=field.default)
    arguments = parser.parse_args()
    with provider(read_plan(arguments), path=arguments.ledger, port=arguments.port) as running:
        print(f"{LISTENS}{running.address}", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print("stopped")


def _reader(default: object) -> Callable[[str], object]:
    if isinstance(default, bool):
        return lambda text: text == "True"
    return faults if isinstance(default, tuple) else type(default)


if __name__ == "__main__":
    main()
