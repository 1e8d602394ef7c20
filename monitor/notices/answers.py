"""Open this to change which automatic answers a text to us can get, and what each of their sentences may name."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from monitor.notices.inbound_words import Reading


class Answer(StrEnum):
    """What is answered by itself; `emergency` to whatever nobody has read, which must say who does read (H41)."""

    EMERGENCY = "emergency"
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    DONE = "done"
    MOVE = "move"


ANSWER_PLACES: Mapping[Answer, frozenset[str]] = {
    Answer.OPT_OUT: frozenset({"telephone"}),
    Answer.OPT_IN: frozenset({"telephone"}),
    Answer.DONE: frozenset({"telephone", "link"}),
    Answer.MOVE: frozenset({"telephone"}),
}
"""The sentences of `[answers]`, each with the places that it must hold; those of `[emergency]` go by country."""


def answer_to(reading: Reading, *, has_taken_effect: bool, is_known: bool) -> Answer | None:
    """What is answered; `has_taken_effect`: whether it changed to whom we write. None: nothing, it was said before.

    Whoever has the telephone of somebody else still has to learn whom to call: that answer helps everybody. `is_known`:
    whether the number is that of somebody whom a nurse can call; nobody else is promised a call (H41).
    """
    if reading is Reading.OPT_OUT:
        return Answer.OPT_OUT if has_taken_effect else None
    if reading is Reading.OPT_IN:
        return Answer.OPT_IN if has_taken_effect else Answer.EMERGENCY
    if reading is Reading.MOVE:
        return Answer.MOVE if is_known else Answer.EMERGENCY
    return Answer.DONE if reading is Reading.DONE else Answer.EMERGENCY
