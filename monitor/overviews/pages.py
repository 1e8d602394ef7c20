"""Keyset pages: a list is read from where the last page ended, so that it stays quick and stable as it grows."""

from __future__ import annotations

import base64
import datetime as dt
import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from monitor.terms import Unacceptable
from monitor.work import Work

T = TypeVar("T")
Column = InstrumentedAttribute[Any]
_LARGEST = 2**63 - 1  # that a column can be compared with


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items in order; `next` is the cursor of the page that follows, None on the last one."""

    items: tuple[T, ...]
    next: str | None


def fetch(work: Work, query: Select[*tuple[Any, ...]], **values: object) -> list[tuple[Any, ...]]:
    """The rows of a query with named columns, as plain tuples; `values` are those of its parameters.

    Asked of the connection: columns need none of what the ORM does for objects, but for writing what still waits.
    """
    work.session.flush()
    return [tuple(row) for row in work.session.connection().execute(query, values)]


def make_page(found: Sequence[T], *, limit: int, place: Callable[[T], tuple[object, ...]]) -> Page[T]:
    """A page out of `limit + 1` rows at most: the extra one only proves that there is more."""
    items = tuple(found[:limit])
    return Page(items=items, next=_write_cursor(place(items[-1])) if len(found) > limit else None)


def newest_first(
    work: Work, query: Select[*tuple[Any, ...]], *, order: Sequence[Column], make: Callable[..., T],
    cursor: str | None, limit: int, kind: type = dt.date,
) -> Page[T]:  # fmt: skip
    """A page of rows that are never overwritten, in descending order of a day and then of their ids.

    `make` takes the columns of the query, and what it makes has the two of `order` under their names; `kind` is what
    the first of them holds: a date, or a moment.
    """
    query = query.order_by(*(column.desc() for column in order)).limit(limit + 1)
    if (place := read_cursor(cursor, kinds=(kind, uuid.UUID))) is not None:
        query = query.where(preceding(order, place))
    found = [make(*row) for row in fetch(work, query)]
    return make_page(found, limit=limit, place=lambda one: tuple(getattr(one, column.key) for column in order))


def read_cursor(text: str | None, *, kinds: tuple[type, ...]) -> tuple[Any, ...] | None:
    """The place at which the last page ended, or None for the first page; refuses a cursor that is not one of ours."""
    if text is None:
        return None
    try:
        return _read_place(text, kinds)
    except (ValueError, OverflowError, RecursionError):
        raise Unacceptable("not a cursor of this list", field="cursor") from None


def _read_place(text: str, kinds: tuple[type, ...]) -> tuple[Any, ...]:
    parts = json.loads(base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True))
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise ValueError("not a list of texts")
    return tuple(_READERS[kind](part) for kind, part in zip(kinds, parts, strict=True))


def _read_text(text: str) -> str:
    if "\0" in text:
        raise ValueError("a text that PostgreSQL does not hold")
    text.encode()  # half a character is a ValueError
    return text


def _read_whole(text: str) -> int:
    if abs(number := int(text)) > _LARGEST:
        raise ValueError("a number that no database holds")
    return number


def _read_moment(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without its offset")
    return moment.astimezone(dt.UTC)


_READERS: dict[type, Callable[[str], Any]] = {
    str: _read_text,
    int: _read_whole,
    uuid.UUID: uuid.UUID,
    dt.date: dt.date.fromisoformat,
    dt.datetime: _read_moment,
}


def beyond(columns: Sequence[Column], place: tuple[Any, ...]) -> ColumnElement[bool]:
    """What sorts after the place, column by column, where the list is in ascending order.

    The redundant first comparison lets the database begin at the right spot of the index.
    """
    steps = [and_(*_same(columns[:n], place), columns[n] > place[n]) for n in range(len(columns))]
    return and_(columns[0] >= place[0], or_(*steps))


def preceding(columns: Sequence[Column], place: tuple[Any, ...]) -> ColumnElement[bool]:
    """What sorts after the place where the list is in descending order."""
    steps = [and_(*_same(columns[:n], place), columns[n] < place[n]) for n in range(len(columns))]
    return and_(columns[0] <= place[0], or_(*steps))


def _same(columns: Sequence[Column], place: tuple[Any, ...]) -> list[ColumnElement[bool]]:
    return [column == value for column, value in zip(columns, place, strict=False)]


def _write_cursor(place: tuple[object, ...]) -> str:
    parts = [part.isoformat() if isinstance(part, (dt.date, dt.datetime)) else str(part) for part in place]
    return base64.urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode().rstrip("=")
