"""The ground of every section and form: how an entry is read, and on which days a fact about somebody can lie."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, TypeVar

import msgspec

from monitor.dossier.complaint import refusal_of
from monitor.terms import Unacceptable, is_one_line_of_text

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
Note = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
Count = Annotated[int, msgspec.Meta(ge=0, le=999)]
Age = Annotated[int, msgspec.Meta(ge=0, le=120)]


@dataclass(frozen=True, slots=True)
class Lifetime:
    """The days of somebody's life as known today, at the site; a fact lies within them."""

    born_on: dt.date
    died_on: dt.date | None
    today: dt.date

    def age_on(self, day: dt.date) -> int:
        """Whole years lived by that day."""
        return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One statement, as it is sent and stored. `ahead` names the days that may lie in the future."""

    ahead: ClassVar[frozenset[str]] = frozenset()

    def check(self, life: Lifetime) -> None:
        """What must be true beside the form of the fields. Raises Unacceptable, its field named without a path."""


Kind = TypeVar("Kind", bound=Entry)


def read_entry(kind: type[Kind], given: Mapping[str, object], *, within: str, life: Lifetime) -> Kind:
    """The entry that `given` (a JSON object) states, its texts without the space around them.

    `within` is the field that holds the object: a refusal names `content.expires_on`, never a value. Raises
    Unacceptable.
    """
    try:
        entry = _trimmed(msgspec.convert(given, kind))
    except msgspec.ValidationError as complaint:
        raise refusal_of(str(complaint), kind=kind, within=within) from None
    except UnicodeEncodeError:  # half a character where a word or a day belongs; the reader does not say where
        raise Unacceptable("holds a character that is not text", field=within) from None
    try:
        _check_days(entry, life)
        entry.check(life)
    except Unacceptable as refusal:
        path = within if refusal.field is None else f"{within}.{refusal.field}"
        raise Unacceptable(refusal.reason, field=path) from None
    return entry


def write_entry(entry: Entry) -> str:
    """The JSON text that is stored; what was not said is left out."""
    return msgspec.json.encode(entry).decode()


def _trimmed(entry: Kind) -> Kind:
    """The texts trimmed; one that is empty then, or holds what no text may hold, is a wrong form like any other."""
    changed: dict[str, str] = {}
    for name in entry.__struct_fields__:
        value = getattr(entry, name)
        # A word of a list is a text too, and is as it should be.
        if type(value) is not str:
            continue
        kept = value.strip()
        if not kept or not is_one_line_of_text(kept):
            raise msgspec.ValidationError(f"Expected `text` - at `$.{name}`")
        changed[name] = kept
    return msgspec.structs.replace(entry, **changed)


def _check_days(entry: Entry, life: Lifetime) -> None:
    for name in entry.__struct_fields__:
        day = getattr(entry, name)
        if isinstance(day, dt.date):
            check_day(day, field=name, life=life, may_be_ahead=name in entry.ahead)


def check_day(day: dt.date, *, field: str, life: Lifetime, may_be_ahead: bool = False) -> None:
    """A day from the birth to today, or to the death; one `may_be_ahead` of both. Raises Unacceptable."""
    if day < life.born_on:
        raise Unacceptable("lies before the birth of the patient", field=field)
    if may_be_ahead:
        return
    if day > life.today:
        raise Unacceptable("lies in the future", field=field)
    if life.died_on is not None and day > life.died_on:
        raise Unacceptable("lies after the death of the patient", field=field)


def in_order(earlier: dt.date | None, later: dt.date | None, *, field: str, because: str) -> None:
    """Two days one of which cannot lie before the other; `field` is the later one. Raises Unacceptable."""
    if earlier is not None and later is not None and later < earlier:
        raise Unacceptable(because, field=field)


def needed(value: object, *, field: str, because: str) -> None:
    """What must be said in this case. Raises Unacceptable."""
    if value is None:
        raise Unacceptable(because, field=field)


def unwanted(value: object, *, field: str, because: str) -> None:
    """What cannot be said in this case. Raises Unacceptable."""
    if value is not None:
        raise Unacceptable(because, field=field)
