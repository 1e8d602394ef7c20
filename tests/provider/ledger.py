"""What the provider took, and what it showed to whoever looked: the only witness that no process of ours can bribe."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import msgspec

from monitor.clock import now


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """One copy that will reach a handset. `token`: the last piece of the address for its receipts."""

    sid: str
    to: str
    body: str
    sender: str
    token: str
    callback: str
    at: dt.datetime
    shown_from: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One look for a number, read to its end: what it showed; `is_blind`: whatever there was."""

    to: str
    at: dt.datetime
    shown: tuple[str, ...]
    is_blind: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """Something that a call met, or that a receipt was answered."""

    what: str
    to: str
    at: dt.datetime


_KINDS: Mapping[str, type[Accepted | Listed | Met]] = {kind.__name__: kind for kind in (Accepted, Listed, Met)}


class Ledger:
    """Grows only; with a file, each entry is there before the provider answers, so that others may read it."""

    def __init__(self, path: Path | None = None) -> None:
        self._lock = threading.Lock()
        self._file: IO[bytes] | None = None if path is None else path.open("ab")
        self.accepted: list[Accepted] = []
        self.listed: list[Listed] = []
        self.met: list[Met] = []
        self._by_number: dict[str, list[Accepted]] = defaultdict(list)
        self._by_sid: dict[str, Accepted] = {}

    def write(self, entry: Accepted | Listed | Met) -> None:
        with self._lock:
            self._keep(entry)
            if self._file is not None:
                row = {"is": type(entry).__name__, **asdict(entry)}
                self._file.write(msgspec.json.encode(row) + b"\n")
                self._file.flush()

    def _keep(self, entry: Accepted | Listed | Met) -> None:
        if isinstance(entry, Listed):
            self.listed.append(entry)
        elif isinstance(entry, Met):
            self.met.append(entry)
        else:
            self.accepted.append(entry)
            self._by_number[entry.to].append(entry)
            self._by_sid[entry.sid] = entry

    def meet(self, what: str, *, to: str) -> None:
        self.write(Met(what=what, to=to, at=now()))

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def to(self, number: str) -> list[Accepted]:
        """What was accepted for that number, the oldest first."""
        with self._lock:
            return list(self._by_number.get(number, ()))

    def find(self, sid: str) -> Accepted | None:
        with self._lock:
            return self._by_sid.get(sid)

    def copies(self) -> Counter[tuple[str, str]]:
        """How many copies of each text each number was sent."""
        with self._lock:
            return Counter((entry.to, entry.body) for entry in self.accepted)

    def faults(self) -> Counter[str]:
        """How often what was met."""
        with self._lock:
            return Counter(entry.what for entry in self.met)


def read_ledger(path: Path) -> Ledger:
    """What another process wrote so far; a line that is not finished yet is left out."""
    ledger = Ledger()
    with path.open("rb") as file:
        for line in file:
            if line.endswith(b"\n"):
                row = msgspec.json.decode(line)
                ledger.write(msgspec.convert(row, _KINDS[row["is"]]))
    return ledger
