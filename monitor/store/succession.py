"""Nothing is overwritten: which rows of an append-only table still stand, and which was replaced."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import aliased


@cache
def stands(row: Any) -> ColumnElement[bool]:
    """The row has no successor; a retraction stands too, and says that nothing does."""
    successor = aliased(row)
    return ~exists(select(successor.id).where(successor.replaces_id == row.id))


@cache
def counts(row: Any) -> ColumnElement[bool]:
    """The row has no successor and takes nothing back."""
    return and_(stands(row), ~row.is_retraction)
