"""What `monitor simulate` answers to one history, asked of the same functions without starting the command."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from typing import Any

import msgspec

from monitor.catalog import Catalog, load_catalog
from monitor.cli import simulated


@cache
def _catalog() -> Catalog:
    return load_catalog()


def answer(
    history: dict[str, Any], *, on: dt.date | str | None = None, until: dt.date | str | None = None
) -> dict[str, Any]:
    """One history as a decoded JSON object in, the answer as a decoded JSON object out."""
    on = dt.date.fromisoformat(on) if isinstance(on, str) else on
    until = dt.date.fromisoformat(until) if isinstance(until, str) else until
    question = simulated.read_question(json.dumps(history), _catalog(), on=on, until=until)
    found: dict[str, Any] = json.loads(msgspec.json.encode(simulated.answer(question, _catalog())))
    return found
