"""Nothing is overwritten: which rows of an append-only table still stand, and which was replaced."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, exists, inspect, select
from sqlalchemy.orm import aliased

from monitor.store.base import Base

_Row = TypeVar("_Row", bound=Base)


@cache
def stands(row: Any) -> ColumnElement[bool]:
    """The row has no successor; a retraction stands too, and says that nothing does."""
    successor = aliased(row)
    return ~exists(select(successor.id).where(successor.replaces_id == row.id))


@cache
def counts(row: Any) -> ColumnElement[bool]:
    """The row has no successor and takes nothing back."""
    return and_(stands(row), ~row.is_retraction)


def retraction_of(row: _Row, *, by: uuid.UUID, at: dt.datetime, why: str) -> _Row:
    """The successor that takes a row back: all that the row says, so that it can be read what was taken back."""
    mapper = inspect(type(row))
    said = {one.key: getattr(row, one.key) for one in mapper.column_attrs}
    said |= {"id": uuid.uuid4(), "replaces_id": said["id"], "is_retraction": True}
    return type(row)(**said | {"reason": why, "recorded_by": by, "recorded_at": at})
