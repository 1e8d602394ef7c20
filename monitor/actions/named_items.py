"""Items that are named in one go, for a visit, a sample or a call: which they are, and whether they are over."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.actions.acceptable import read_text
from monitor.actions.look_ahead import Situation
from monitor.schedules.calendar import OVER, Item
from monitor.terms import Conflict, Unacceptable

MOST_KEYS = 30
LONGEST_KEY = 64


def read_keys(keys: Sequence[str], *, least: int = 1) -> tuple[str, ...]:
    """The keys as they are stored: some, each once, none with a space in it. Raises Unacceptable."""
    if not least <= len(keys) <= MOST_KEYS:
        raise Unacceptable(f"must name {least} to {MOST_KEYS} items", field="keys")
    found: list[str] = []
    for place, key in enumerate(keys):
        field = f"keys[{place}]"
        kept = read_key(key, field=field)
        if kept in found:
            raise Unacceptable("stands twice in the list", field=field)
        found.append(kept)
    return tuple(found)


def read_key(key: str, *, field: str = "key") -> str:
    """One key as it is stored, no space in it. Raises Unacceptable."""
    kept = read_text(key, field=field, longest=LONGEST_KEY)
    if len(kept.split()) != 1:
        raise Unacceptable("the calendar has no such item", field=field)
    return kept


def refuse_ended(situation: Situation, keys: Sequence[str]) -> None:
    """Raises Conflict for the first item that is over; one that is not listed is judged by its warnings."""
    for place, key in enumerate(keys):
        item = situation.item(key)
        if item is not None and item.state in OVER:
            raise Conflict(f"it is {item.state.value}", field=f"keys[{place}]")


def listed_item(situation: Situation, key: str, *, field: str) -> Item:
    """The item of that key on the calendar. Raises Unacceptable where it lists none."""
    item = situation.item(key)
    if item is None:
        raise Unacceptable("the calendar has no such item", field=field)
    return item
