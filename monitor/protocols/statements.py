"""The parts of a description: statements that a reviewer accepts or strikes one by one."""

from __future__ import annotations

import msgspec


class Line(msgspec.Struct, frozen=True):
    """One statement to accept or to strike: what it is about, what it says, on whose authority (None: a mere fact)."""

    label: str
    text: str
    source: str | None = None


class Block(msgspec.Struct, frozen=True):
    """The statements on one thing."""

    heading: str
    lines: tuple[Line, ...]


class Section(msgspec.Struct, frozen=True):
    """Blocks that belong together."""

    heading: str
    blocks: tuple[Block, ...]
