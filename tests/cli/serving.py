"""A `monitor` that serves, as a process of its own, asked over HTTP and stopped as an operator stops it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

_PATIENCE = 180.0


@dataclass
class Served:
    """A running process; `output` is what it has said so far."""

    process: subprocess.Popen[str]
    port: int
    log: Path

    @property
    def output(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def get(self, path: str, *, token: str | None = None) -> tuple[int, str]:
        """Status and body."""
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        answer = requests.get(f"http://localhost:{self.port}{path}", headers=headers, timeout=30)
        return answer.status_code, answer.text

    def wait_for(self, path: str, words: str) -> bool:
        """Whether the page came to hold these words while anybody would still wait, and the process lived."""
        pause = threading.Event()
        for _ in range(int(_PATIENCE / 0.2)):
            if self.process.poll() is not None:
                return False
            try:
                if words in self.get(path)[1]:
                    return True
            except OSError:  # not yet listening
                pass
            pause.wait(0.2)
        return False

    def stop(self) -> int:
        """Asked politely; the exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(*arguments: str, environment: Mapping[str, str], log: Path) -> Iterator[Served]:
    """`monitor …` on a free port; killed at the end if nobody stopped it."""
    port = free_port()
    command = [sys.executable, "-u", "-m", "monitor", *arguments, "--port", str(port)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MONITOR_")}
    with log.open("w", encoding="utf-8") as said:
        process = subprocess.Popen(
            command, stdout=said, stderr=subprocess.STDOUT, text=True, env={**clean, **environment}
        )
    try:
        yield Served(process, port, log)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
