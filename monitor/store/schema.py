"""Brings a database to the tables of this release, and refuses one that is not there."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL

from monitor.store.engine import make_engine

MIGRATIONS = Path(__file__).resolve().parent.parent.parent / "migrations"


class NotMigrated(Exception):
    """The database has not the tables of this release; the text names the command that makes them."""


def upgrade(url: str | URL, *, to: str = "head") -> None:
    """Apply every migration that is missing; twice changes nothing, and nothing stays half done.

    Raises NotMigrated where, on SQLite, a row would afterwards refer to one that is gone.
    """
    engine = make_engine(url)
    try:
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _without_foreign_keys)
        with engine.begin() as connection:
            command.upgrade(_config(connection), to)
            if engine.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise NotMigrated("the migration would leave rows that refer to nothing; nothing was changed")
    finally:
        engine.dispose()


def check_is_current(engine: Engine) -> None:
    """Raises NotMigrated unless every migration of this release, and no later one, was applied."""
    with engine.connect() as connection:
        applied = set(MigrationContext.configure(connection).get_current_heads())
    known = ScriptDirectory.from_config(_config())
    if applied == set(known.get_heads()):
        return
    if applied <= {script.revision for script in known.walk_revisions()}:
        raise NotMigrated("the database has not the tables of this release; make them with: monitor migrate")
    raise NotMigrated("the database was migrated by a later release of monitor; install that release or a later one")


def write_migration(url: str | URL, *, message: str, number: str) -> None:
    """Write the next migration file from what the models have and an up-to-date database has not."""
    engine = make_engine(url)
    try:
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _without_foreign_keys)
        with engine.begin() as connection:
            command.revision(_config(connection), message, autogenerate=True, rev_id=number)
    finally:
        engine.dispose()


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def _without_foreign_keys(driver: object, _record: object) -> None:
    """Runs after the engine's own listener, and before any transaction: inside one SQLite would ignore it."""
    driver.execute("PRAGMA foreign_keys=OFF")  # type: ignore[attr-defined]
