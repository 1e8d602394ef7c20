"""How we talk to either database so that neither loses an update or an acknowledged commit."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.orm import Session, sessionmaker

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000")

_DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


class NotDurable(Exception):
    """The database may lose what it acknowledged; the text names the setting to change."""


def make_engine(url: str | URL, **options: Any) -> Engine:
    """An engine for SQLite or PostgreSQL; `options` are those of SQLAlchemy's `create_engine`.

    On SQLite every transaction that may write begins IMMEDIATE, so that what it read is still true when it writes; the
    file is made for its owner only. On PostgreSQL the same promise needs row locks (`store.treatment`).
    """
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        return create_engine(address, pool_pre_ping=True, **options)
    if address.get_backend_name() != "sqlite":
        raise ValueError("the database must be SQLite or PostgreSQL")
    _make_private(address)
    engine = create_engine(address, **options)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def reading(engine: Engine) -> Engine:
    """The same engine for work that only reads: on SQLite it does not queue behind the writers."""
    return engine.execution_options(only_reads=True)


def check_is_durable(engine: Engine) -> None:
    """Raises NotDurable where PostgreSQL may acknowledge what a power cut would lose (G1); SQLite is set up above."""
    if engine.dialect.name != "postgresql":
        return
    with engine.connect() as connection:
        for setting in _DURABLE:
            if connection.exec_driver_sql(f"SHOW {setting}").scalar() == "off":
                raise NotDurable(f"PostgreSQL runs with {setting} off: switch it on, or results could be lost")


def make_sessions(engine: Engine) -> sessionmaker[Session]:
    """Sessions that keep what they loaded after a commit: nothing is refetched behind the caller's back."""
    return sessionmaker(engine, expire_on_commit=False)


def _make_private(address: URL) -> None:
    if not address.database or address.database == ":memory:":
        raise ValueError("the database must be a file")
    path = Path(address.database)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _on_connect(driver: Any, _record: object) -> None:
    driver.isolation_level = None  # the driver would begin late, after the first read
    for pragma in _PRAGMAS:
        driver.execute("PRAGMA " + pragma)


def _on_begin(connection: Connection) -> None:
    only_reads = connection.get_execution_options().get("only_reads", False)
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")
