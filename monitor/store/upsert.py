"""Inserts that give way to a row that is already there, spelled the same on both databases."""

from __future__ import annotations

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from monitor.store.base import Base

Insert = postgresql.Insert | sqlite.Insert


def insert_into(session: Session, table: type[Base]) -> Insert:
    """An insert with `on_conflict_do_nothing` and `on_conflict_do_update`; defaults of the table apply."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
