"""What takes a row back says all that the row said: nobody has to guess what it was."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import inspect

from monitor.store.base import Base
from monitor.store.succession import retraction_of
from monitor.store.tables import METADATA

_MAPPED = sorted((mapper.class_ for mapper in Base.registry.mappers), key=lambda row: str(row.__name__))
TAKEN_BACK = tuple(row for row in _MAPPED if hasattr(row, "is_retraction") and hasattr(row, "replaces_id"))
WHO, WHEN = UUID(int=7), dt.datetime(2026, 6, 15, tzinfo=dt.UTC)


def test_there_are_rows_to_take_back() -> None:
    assert {row.__tablename__ for row in TAKEN_BACK} >= {"administration", "event", "assessment", "appointment", "call"}
    assert {row.__tablename__ for row in TAKEN_BACK} <= set(METADATA.tables)


@pytest.mark.parametrize("kind", TAKEN_BACK, ids=lambda kind: str(kind.__tablename__))
def test_nothing_that_it_said_is_lost(kind: type[Any]) -> None:
    columns = [column.key for column in inspect(kind).column_attrs]
    old = kind(**{name: f"the old {name}" for name in columns})
    new = retraction_of(old, by=WHO, at=WHEN, why="a slip")
    said = {name: getattr(new, name) for name in columns}
    own = {"id": new.id, "replaces_id": "the old id", "is_retraction": True, "reason": "a slip"}
    assert said == {name: f"the old {name}" for name in columns} | own | {"recorded_by": WHO, "recorded_at": WHEN}
    assert isinstance(new.id, UUID)
