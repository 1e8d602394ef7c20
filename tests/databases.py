"""The databases that tests may use: SQLite and PostgreSQL, migrated once, empty at the start of each test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests import postgresql
from tests.not_run import not_run

BOTH = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file that each test copies: no row of another test can be in it."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    with sa.create_engine(f"sqlite:///{path}").connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")  # the one file then holds everything
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[sa.URL]:
    """The server named by TEST_POSTGRES_URL (as its superuser), else one of our own for this process."""
    if given := os.environ.get("TEST_POSTGRES_URL"):
        yield sa.make_url(given)
        return
    binaries = postgresql.find_binaries()
    if binaries is None:
        not_run("no PostgreSQL: neither the wheel of the test list, nor one of the system, nor TEST_POSTGRES_URL")
    with postgresql.cluster(binaries) as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_url(postgresql_server: sa.URL) -> Iterator[str]:
    """A migrated PostgreSQL database that belongs to this test process alone."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "only")
    with postgresql.database(postgresql_server, name=f"monitor_test_{worker}") as url:
        address = url.render_as_string(hide_password=False)
        migrate(address)
        yield address


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty migrated database; the test runs once on each kind."""
    if request.param == "sqlite":
        path = tmp_path / "monitor.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    address: str = request.getfixturevalue("postgresql_url")
    yield address
    delete_rows(address)


@pytest.fixture
def engine(database_url: str) -> Iterator[sa.Engine]:
    """The engine that the service itself would make for an empty database, on each kind in turn."""
    from monitor.store.engine import make_engine

    engine = make_engine(database_url)
    yield engine
    engine.dispose()


def migrate(address: str) -> None:
    """The newest tables, made as an operator makes them."""
    from monitor.store.schema import upgrade

    upgrade(address)


def delete_rows(address: str) -> None:
    """Empties every PostgreSQL table, the append-only ones too: their triggers sleep in this transaction alone."""
    engine = sa.create_engine(address)
    tables = [name for name in sa.inspect(engine).get_table_names() if name != "alembic_version"]
    with engine.begin() as connection:
        connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        for name in tables:
            connection.execute(sa.text(f'DELETE FROM "{name}"'))
    engine.dispose()
