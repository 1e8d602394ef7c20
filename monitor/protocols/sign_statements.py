"""The signs in plain language, group by group: what a neurologist reads before accepting a protocol."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import msgspec

from monitor.notices.signs import LEVELS, Sign, spelled
from monitor.protocols.phrases import listed_or
from monitor.protocols.statements import Block, Line
from monitor.protocols.stream_statements import us_authority


def sign_blocks(signs: tuple[Sign, ...]) -> Iterator[Block]:
    """Signs of which the same is said stand together, in the order of the file."""
    for shared, group in groupby(signs, key=lambda sign: msgspec.structs.replace(sign, id="")):
        yield _block(shared, tuple(sign.id for sign in group))


def _block(shared: Sign, names: tuple[str, ...]) -> Block:
    return Block(f"{shared.suspects} ({spelled(shared.urgency)})", tuple(_lines(shared, names)))


def _lines(shared: Sign, names: tuple[str, ...]) -> Iterator[Line]:
    yield Line("noticed", listed_or(spelled(name) for name in names), shared.source)
    yield Line("alert", LEVELS[shared.urgency].value, "policy")
    if shared.holds_dose:
        yield Line("dose", "the next one waits until a neurologist has closed the alert", shared.source)
    if shared.seek_elsewhere:
        yield Line("not reached", "whoever cannot reach the team goes elsewhere at once")
    if shared.in_pregnancy is not None:
        yield Line("in pregnancy", spelled(shared.in_pregnancy), "policy")
    yield from us_authority(shared.us_source)
