"""How we talk to either database so that neither loses an update or an acknowledged commit."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from monitor.settings import WrongSetting

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000")

_ASLEEP_AT_MOST = "30s"  # then PostgreSQL undoes the transaction; our own work between two statements takes a blink

_DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


class NotDurable(Exception):
    """The database may lose what it acknowledged; the text names the setting to change."""


def make_engine(url: str | URL, **options: Any) -> Engine:
    """An engine for SQLite or PostgreSQL; `options` are those of SQLAlchemy's `create_engine`.

    On SQLite every transaction that may write begins IMMEDIATE, so that what it read is still true when it writes; the
    file is made for its owner only, and a file that is taken away or exchanged takes no more commits. On PostgreSQL the
    same promise needs row locks (`store.locks`). Raises WrongSetting for an address that names neither.
    """
    address = _read(url)
    if address.get_backend_name() == "postgresql":
        _check_options(address)
        server = create_engine(address.set(drivername="postgresql+psycopg"), pool_pre_ping=True, **options)
        event.listen(server, "connect", _let_nobody_hold_locks_asleep)
        return server
    if address.get_backend_name() != "sqlite":
        raise WrongSetting("database_url", "the database must be SQLite or PostgreSQL")
    path = _make_private(address)
    engine = create_engine(address, **options)
    event.listen(engine, "do_connect", lambda *_: _refuse_to_make_another(path))
    event.listen(engine, "connect", lambda driver, record: _on_connect(driver, record, path=path))
    event.listen(engine, "begin", lambda connection: _on_begin(connection, path=path))
    event.listen(engine, "commit", lambda connection: _refuse_another_file(connection, path=path))
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


def changes_so_far(connection: Connection) -> int | None:
    """How many rows the connection has changed since it was opened; None where only each statement can tell.

    A cursor of SQLite does not know it before the rows of a `RETURNING` are read.
    """
    return getattr(connection.connection.dbapi_connection, "total_changes", None)


def _read(url: str | URL) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):  # its text may hold a password
        raise WrongSetting("database_url", "cannot be read as an address") from None


def _check_options(address: URL) -> None:
    """The driver would refuse a wrong one at each connection, as if the statement were wrong, and quote it."""
    from psycopg import ProgrammingError, conninfo  # not everybody has a PostgreSQL

    try:
        conninfo.make_conninfo("", **{name: str(value) for name, value in address.query.items()})
    except ProgrammingError:
        raise WrongSetting("database_url", "has an option that PostgreSQL does not know") from None


def _let_nobody_hold_locks_asleep(driver: Any, _record: Any) -> None:
    """A process that is frozen between two statements would keep a patient locked for as long as it is."""
    driver.execute(f"SET idle_in_transaction_session_timeout = '{_ASLEEP_AT_MOST}'")
    driver.commit()


def _make_private(address: URL) -> Path:
    name = address.database or ""
    if name in ("", ":memory:") or name.startswith("file:") or not name.isprintable():
        raise WrongSetting("database_url", "the database must be a file: sqlite:///path/to/monitor.db")
    path = Path(name).absolute()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        # It is not opened: closing any descriptor of the file would drop the locks that another engine of this process
        # holds on it (POSIX), and the next process to leave would delete the log into which we write.
        if not path.is_file() or not os.access(path, os.R_OK | os.W_OK):
            raise PermissionError(errno.EACCES, "no file that can be read and written", str(path)) from None
    return path


def _on_connect(driver: Any, record: Any, *, path: Path) -> None:
    driver.isolation_level = None  # the driver would begin late, after the first read
    for pragma in _PRAGMAS:
        driver.execute("PRAGMA " + pragma)
    record.info["file"] = _identity(path)


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file this is, whatever its name; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _refuse_to_make_another(path: Path) -> None:
    """SQLite would make an empty file in place of the one that is gone."""
    if _identity(path) is None:
        raise sqlite3.OperationalError("the database file is gone")


def _refuse_another_file(connection: Connection, *, path: Path) -> None:
    """What is written into a file that has no name any more is lost at the next start, however well it went."""
    found = _identity(path)
    if found is not None and found == connection.info["file"]:
        return
    connection.invalidate()
    raise OperationalError(None, None, sqlite3.OperationalError("the database file is gone, or another one"))


def _on_begin(connection: Connection, *, path: Path) -> None:
    _refuse_another_file(connection, path=path)
    only_reads = connection.get_execution_options().get("only_reads", False)
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")
