"""Runs the migrations on either database: one history, no Flask, on the connection of `monitor.store.schema`."""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.types import TypeDecorator

from monitor.store.tables import METADATA

_LOCK = 7_046_029  # any number, the same in every process that migrates


def plain_type(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """A migration spells our column types as the plain SQL type: it must run when ours have changed or gone."""
    if kind == "type" and isinstance(item, TypeDecorator) and type(item).__module__.startswith("monitor."):
        return "sa.DateTime(timezone=True)" if isinstance(item.impl, sa.DateTime) else "sa.Text()"
    return False


def run(connection: sa.Connection) -> None:
    """Migrate inside the transaction of the caller; on PostgreSQL one process at a time.

    On SQLite a changed table is made anew and the old one dropped, which would delete the rows that refer to it: the
    caller switches foreign keys off, and here they must be.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    elif connection.execute(sa.text("PRAGMA foreign_keys")).scalar():
        raise RuntimeError("migrating SQLite with foreign keys on would delete rows: run `monitor migrate`")
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        compare_type=True,
        render_as_batch=True,
        render_item=plain_type,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
