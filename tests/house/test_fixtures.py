"""The fixtures that every other test leans on: both databases, really empty, really migrated."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session


def test_it_gives_an_empty_database_of_each_kind(engine: sa.Engine) -> None:
    tables = sa.inspect(engine).get_table_names()

    with engine.connect() as connection:
        counts = {name: connection.scalar(sa.text(f'SELECT count(*) FROM "{name}"')) for name in tables}

    counts.pop("alembic_version", None)
    assert counts
    assert set(counts.values()) == {0}


def test_it_talks_to_the_database_in_a_session(session: Session) -> None:
    assert session.scalar(sa.text("SELECT 1")) == 1
