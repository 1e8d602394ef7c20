"""The life of one text as lines of a terminal, for whoever looks after the machine: how it went, never what it said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from monitor.overviews.message_life import MessageLife, MessageNote, MessageTask, Try

_NOT_HERE = frozenset({"text", "phone", "tries", "reminders", "notes", "tasks"})


def told(life: MessageLife) -> Iterator[str]:
    """Its columns, then each attempt, note and task, the oldest first."""
    for name, value in msgspec.structs.asdict(life).items():
        if name not in _NOT_HERE:
            yield f"{name:<16}{_spelled(value)}"
    for each in life.tries:
        yield _try(each)
    for note in life.notes:
        yield _note(note)
    for task in life.tasks:
        yield _task(task)


def _try(one: Try) -> str:
    parts = (_spelled(one.started_at), one.outcome or "running", one.provider_sid, one.error_code)
    return _row("attempt", parts)


def _note(one: MessageNote) -> str:
    return _row("note", (_spelled(one.at), one.action, f"by {one.role}"))


def _task(one: MessageTask) -> str:
    state = "open" if one.closed_at is None else f"closed {_spelled(one.closed_at)}"
    return _row("task", (_spelled(one.opened_at), one.topic, one.level, state))


def _row(kind: str, parts: tuple[str | None, ...]) -> str:
    return f"{kind:<16}{'  '.join(part for part in parts if part)}"


def _spelled(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds")
    return "-" if value is None else str(value)
