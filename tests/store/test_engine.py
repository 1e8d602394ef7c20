"""What an acknowledged commit rests on: the settings of either database, and who may read the file."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from monitor.settings import WrongSetting
from monitor.store.engine import NotDurable, check_is_durable, make_engine


def test_sqlite_flushes_every_commit_and_keeps_references_true(tmp_path: Path) -> None:
    with make_engine(f"sqlite:///{tmp_path}/new/monitor.db").connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15000}


def test_another_process_that_leaves_takes_no_commit_along(tmp_path: Path) -> None:
    """Two engines of one process, as in a service; whoever else opens and closes the file must see that it is in use.

    It would otherwise delete the log as the last to leave, and what is committed afterwards would be lost (G1).
    """
    path = tmp_path / "monitor.db"
    first = make_engine(f"sqlite:///{path}")
    with first.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE patient (id INTEGER)")
    second = make_engine(f"sqlite:///{path}")
    assert _counted_by_another_process(path) == "0"

    assert path.with_name("monitor.db-wal").exists()
    with second.begin() as connection:
        connection.exec_driver_sql("INSERT INTO patient VALUES (1)")
    assert _counted_by_another_process(path) == "1"
    first.dispose()
    second.dispose()


def _counted_by_another_process(path: Path) -> str:
    look = "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); print(*db.execute('SELECT count(*) FROM patient'))"
    seen = subprocess.run([sys.executable, "-c", look + "; db.close()", str(path)], capture_output=True, check=True)
    return seen.stdout.decode().strip("(,)\n")


def test_the_file_belongs_to_its_owner_alone(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/new/monitor.db")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (x)")
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new").iterdir()}
    assert set(modes.values()) == {0o600}
    assert "monitor.db-wal" in modes


@pytest.mark.parametrize(
    "url",
    (
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:monitor.db?mode=memory&uri=true",
        "mysql://root:hunter2@localhost/monitor",
        "postgresql://root:hunter2@localhost:port/monitor",
        "postgresql://localhost/monitor?hunter2=hunter2",
        "hunter2",
    ),
)
def test_no_other_place_is_accepted(url: str) -> None:
    with pytest.raises(WrongSetting, match=r"^MONITOR_DATABASE_URL: ") as refusal:
        make_engine(url)
    assert "hunter2" not in str(refusal.value)


def test_the_usual_address_of_postgresql_is_enough(postgresql_url: str) -> None:
    engine = make_engine(postgresql_url.replace("postgresql+psycopg://", "postgresql://"))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
    engine.dispose()


@pytest.mark.parametrize("is_restored", (False, True))
def test_a_file_that_is_taken_away_takes_no_commit(tmp_path: Path, *, is_restored: bool) -> None:
    """What went into it would be lost at the next start: neither the next transaction nor the one that runs may end."""
    path = tmp_path / "monitor.db"
    engine = _with_one_row(path)
    copy = shutil.copyfile(path, tmp_path / "copy.db")
    connection = engine.connect()
    connection.exec_driver_sql("INSERT INTO t VALUES (2)")
    copy.replace(path) if is_restored else path.unlink()
    with pytest.raises(OperationalError):
        connection.commit()
    connection.close()
    if is_restored:
        with engine.begin() as connection:
            assert connection.exec_driver_sql("SELECT x FROM t").scalars().all() == [1]
        return
    for _ in range(2):
        with pytest.raises(OperationalError), engine.begin():
            pass
    assert not path.exists()


def test_a_file_that_was_exchanged_is_noticed_before_the_next_transaction(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    engine = _with_one_row(path)
    shutil.copyfile(path, tmp_path / "copy.db").replace(path)
    with pytest.raises(OperationalError, match="another one"), engine.begin():
        pass
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO t VALUES (2)")
    with make_engine(f"sqlite:///{path}").begin() as connection:
        assert connection.exec_driver_sql("SELECT x FROM t").scalars().all() == [1, 2]


def _with_one_row(path: Path) -> Engine:
    engine = make_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (x)")
        connection.exec_driver_sql("INSERT INTO t VALUES (1)")
    with engine.connect() as connection:
        connection.rollback()
        connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
    return engine


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
