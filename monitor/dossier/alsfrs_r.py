"""The ALSFRS-R item by item: twelve scores in a fixed order, their sum, and the four parts of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.terms import Unacceptable

SCALE = "alsfrs_r"
BEST = 4
_FIFTH = 4  # the place of cutting food, which is scored otherwise with a gastrostomy

ITEMS = (
    "speech", "salivation", "swallowing", "handwriting", "cutting_food", "dressing", "turning_in_bed", "walking",
    "climbing_stairs", "dyspnoea", "orthopnoea", "respiratory_insufficiency",
)  # fmt: skip
"""What is scored, in order; the fifth is 5a without and 5b with a gastrostomy."""

_PARTS = {"bulbar": slice(0, 3), "fine_motor": slice(3, 6), "gross_motor": slice(6, 9), "respiratory": slice(9, 12)}


@dataclass(frozen=True, slots=True)
class SubScores:
    """The four parts of a complete score, each 0 (worst) to 12."""

    bulbar: int
    fine_motor: int
    gross_motor: int
    respiratory: int


@dataclass(frozen=True, slots=True)
class AlsfrsR:
    """A complete score: twelve items, each 0 (no ability) to 4 (normal)."""

    items: tuple[int, ...]
    has_gastrostomy: bool

    def __post_init__(self) -> None:
        if len(self.items) != len(ITEMS):
            raise Unacceptable(f"needs {len(ITEMS)} scores", field="items")
        for place, score in enumerate(self.items):
            if type(score) is not int or not 0 <= score <= BEST:
                raise Unacceptable(f"must be a whole number from 0 to {BEST}", field=f"items[{place}]")

    @property
    def total(self) -> int:
        """0 to 48."""
        return sum(self.items)

    @property
    def sub_scores(self) -> SubScores:
        return SubScores(**{name: sum(self.items[part]) for name, part in _PARTS.items()})


def as_words(score: AlsfrsR) -> tuple[str, ...]:
    """How the items are kept: `1:4 2:4 3:4 4:3 5a:3 …`, so that a row says by itself which fifth item it holds."""
    return tuple(f"{_number(place, score.has_gastrostomy)}:{one}" for place, one in enumerate(score.items))


def from_words(words: Sequence[str]) -> AlsfrsR:
    """The score that `as_words` wrote."""
    pairs = [word.partition(":") for word in words]
    return AlsfrsR(items=tuple(int(one) for _, _, one in pairs), has_gastrostomy=pairs[_FIFTH][0] == "5b")


def _number(place: int, has_gastrostomy: bool) -> str:  # noqa: FBT001 - the one thing it depends on
    if place != _FIFTH:
        return str(place + 1)
    return "5b" if has_gastrostomy else "5a"
