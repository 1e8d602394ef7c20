"""`monitor …` as processes of their own: started, frozen, killed and stopped as an operator or the system does it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from monitor.clock import ticks

IS_LONG = os.environ.get("CHAOS") == "long"
"""Whether everything is tried at length and with a crowd: see `make crowds`."""
PATIENCE = 600.0 if IS_LONG else 60.0
SOON = 15.0
"""In so many seconds ends what does not wait: less than a slow call (20) or the farewell (25) takes on any machine."""


def until(true: Callable[[], bool], *, patience: float = PATIENCE) -> bool:
    """Whether it became true while anybody would still wait."""
    pause, ends_at = threading.Event(), ticks() + patience
    while not (is_true := true()) and ticks() < ends_at:
        pause.wait(0.05)
    return is_true


@dataclass
class Running:
    """One process, and what it has said so far."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def output(self) -> str:
        return self.log.read_text(encoding="utf-8")

    @property
    def instance(self) -> str:
        """The name that it gives itself, or nothing so far."""
        found = re.search(r"this process is (\S+),", self.output)
        return found.group(1) if found else ""

    @property
    def fences(self) -> list[int]:
        """Those under which it says that it led."""
        return [int(number) for number in re.findall(r" leads with fence (\d+)", self.output)]

    def says(self, words: str) -> bool:
        return until(lambda: words in self.output or self.process.poll() is not None) and words in self.output

    def send(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """Ask it to stop: its exit status, and how many seconds that took."""
        asked_at = ticks()
        self.send(number)
        return self.process.wait(timeout=60), ticks() - asked_at


@dataclass
class House:
    """Where processes run beside each other on one database; whatever is left at the end is killed."""

    folder: Path
    environment: Mapping[str, str]
    running: list[Running] = field(default_factory=list)

    def start(self, *arguments: str, **changes: str) -> Running:
        """`monitor …` with the settings of the house, some changed."""
        return self.start_module("monitor", *arguments, **changes)

    def start_module(self, module: str, *arguments: str, **changes: str) -> Running:
        """The same for another program of Python."""
        log = self.folder / f"{arguments[0]}-{len(self.running)}.log"
        clean = {name: value for name, value in os.environ.items() if not name.startswith("MONITOR_")}
        with log.open("wb") as said:
            process = subprocess.Popen(
                [sys.executable, "-u", "-m", module, *arguments],
                stdout=said,
                stderr=subprocess.STDOUT,
                env={**clean, **self.environment, **changes},
                start_new_session=True,
            )
        self.running.append(Running(process, log))
        return self.running[-1]


@contextmanager
def house(folder: Path, environment: Mapping[str, str]) -> Iterator[House]:
    """An empty house."""
    made = House(folder, environment)
    try:
        yield made
    finally:
        for one in made.running:
            if one.process.poll() is None:
                one.process.kill()
            one.process.wait()
