"""What an acknowledged commit rests on: the settings of either database, and who may read the file."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from sqlalchemy import Engine

from monitor.store.engine import NotDurable, check_is_durable, make_engine


def test_sqlite_flushes_every_commit_and_keeps_references_true(tmp_path: Path) -> None:
    with make_engine(f"sqlite:///{tmp_path}/new/monitor.db").connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15000}


def test_the_file_belongs_to_its_owner_alone(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/new/monitor.db")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (x)")
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new").iterdir()}
    assert set(modes.values()) == {0o600}
    assert "monitor.db-wal" in modes


@pytest.mark.parametrize("url", ("sqlite://", "sqlite:///:memory:", "mysql://localhost/monitor"))
def test_no_other_place_is_accepted(url: str) -> None:
    with pytest.raises(ValueError, match="must be"):
        make_engine(url)


def test_a_database_that_may_lose_a_commit_is_refused(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        check_is_durable(engine)
        return
    with engine.connect() as connection:  # the one of the tests trades safety for speed, others may not
        is_safe = connection.exec_driver_sql("SHOW fsync").scalar() == "on"
    if is_safe:
        check_is_durable(engine)
    else:
        with pytest.raises(NotDurable, match="fsync"):
            check_is_durable(engine)
