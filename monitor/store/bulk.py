"""Many new rows of one table at once, quicker than one by one; every constraint holds as it always does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session

from monitor.store.base import Base

Row = tuple[Any, ...]


def add_rows(session: Session, row: type[Base], *, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert the rows, given as tuples of these columns: COPY on PostgreSQL, one prepared statement on SQLite.

    Columns that are not named stay empty; defaults that only Python knows do not apply. In the session's transaction.
    """
    if not rows:
        return
    session.flush()
    connection = session.connection()
    table = row.__table__
    assert isinstance(table, Table)  # noqa: S101 - every row class of ours is one table
    quote = connection.dialect.identifier_preparer.quote
    names = ", ".join(quote(name) for name in columns)
    plain = _plain(table, columns, rows, dialect=connection.dialect)
    cursor: Any = connection.connection.cursor()
    try:
        if connection.dialect.name == "postgresql":
            _copy(cursor, f"COPY {quote(table.name)} ({names}) FROM STDIN", plain)
        else:
            marks = ", ".join("?" for _ in columns)
            cursor.executemany(f"INSERT INTO {quote(table.name)} ({names}) VALUES ({marks})", plain)  # noqa: S608 - names of ours
    finally:
        cursor.close()


def _copy(cursor: Any, statement: str, rows: Iterable[Row]) -> None:
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _plain(table: Table, columns: Sequence[str], rows: Sequence[Row], *, dialect: Any) -> Iterable[Row]:
    """The rows with every value in the form that the driver takes, as a statement of SQLAlchemy would pass it on."""
    turned: list[Sequence[Any]] = []
    for place, name in enumerate(columns):
        values = [row[place] for row in rows]
        process: Callable[[Any], Any] | None = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
        turned.append(values if process is None else [process(value) for value in values])
    return zip(*turned, strict=True)
