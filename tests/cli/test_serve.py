"""`monitor serve`: refuses what it cannot serve, is ready with its clock running, and stops when asked."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor.store.schema import upgrade
from tests.cli.conftest import Run, Start
from tests.cli.serving import served


def environment(database_url: str) -> dict[str, str]:
    return {
        "MONITOR_ENVIRONMENT": "test",
        "MONITOR_DATABASE_URL": database_url,
        "MONITOR_TRANSPORT": "console",
        "MONITOR_BEAT_EVERY": "1",
    }


def test_it_is_ready_with_its_clock_running_and_ends_well_when_asked(database_url: str, tmp_path: Path) -> None:
    with served("serve", environment=environment(database_url), log=tmp_path / "log") as running:
        is_ready = running.wait_for("/health/ready", '"status":"ready"')
        status = running.stop()

    assert is_ready, running.output
    assert status == 0, running.output
    assert f"http://localhost:{running.port}" in running.output
    assert "Traceback" not in running.output


def test_it_refuses_a_database_that_is_not_migrated_and_names_the_command(start: Start, tmp_path: Path) -> None:
    done = start("serve", **environment(f"sqlite:///{tmp_path / 'new.db'}"))

    assert done.returncode == 1
    assert b"monitor migrate" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["web", "scheduler", "worker"])
def test_no_process_starts_on_a_database_that_is_not_of_this_release(command: str, run: Run, tmp_path: Path) -> None:
    upgrade(f"sqlite:///{tmp_path}/later.db")
    with sa.create_engine(f"sqlite:///{tmp_path}/later.db").begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    for name, words in (("new.db", "monitor migrate"), ("later.db", "later release")):
        done = run(command, **environment(f"sqlite:///{tmp_path / name}"))
        assert done.exit_code == 1
        assert words in done.output


def test_it_serves_what_migrate_has_made(start: Start, tmp_path: Path) -> None:
    settings = environment(f"sqlite:///{tmp_path / 'new.db'}")
    first, second = start("migrate", **settings), start("migrate", **settings)

    assert (first.returncode, second.returncode) == (0, 0)
    with served("serve", environment=settings, log=tmp_path / "log") as running:
        assert running.wait_for("/health/ready", '"status":"ready"'), running.output


@pytest.mark.parametrize("command", ["serve", "web"])
def test_it_listens_where_it_is_told_to(command: str, start: Start, tmp_path: Path) -> None:
    settings = environment(f"sqlite:///{tmp_path / 'new.db'}")
    start("migrate", **settings)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        busy = str(other.getsockname()[1])
        done = start(command, "--port", busy, **settings | {"MONITOR_WEB_HOST": "203.0.113.7"})

    assert done.returncode == 1
    assert b"cannot be used" in done.stderr
    assert b"in use" not in done.stderr  # it was that address that it wanted, which is of no machine


@pytest.mark.parametrize("command", ["serve", "web"])
def test_it_says_that_a_port_is_taken(command: str, start: Start, tmp_path: Path) -> None:
    settings = environment(f"sqlite:///{tmp_path / 'new.db'}")
    start("migrate", **settings)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = start(command, "--port", str(other.getsockname()[1]), **settings)

    assert done.returncode == 1
    assert b"cannot be used" in done.stderr
    assert b"Traceback" not in done.stderr


def test_it_does_not_start_in_production_with_a_carrier_that_reaches_nobody(start: Start, tmp_path: Path) -> None:
    settings = environment(f"sqlite:///{tmp_path / 'new.db'}") | {"MONITOR_ENVIRONMENT": "production"}

    done = start("serve", **settings)

    assert done.returncode == 1
    assert b"MONITOR_TRANSPORT" in done.stderr


def test_it_says_in_one_line_that_the_database_cannot_be_reached(start: Start, tmp_path: Path) -> None:
    """Neither a folder that is a file, nor a server that is not there, ends in a trace; no password is repeated."""
    (tmp_path / "file").write_text("")
    for url in (f"sqlite:///{tmp_path / 'file' / 'monitor.db'}", "postgresql://nobody:secret@127.0.0.1:9/none"):
        for command in ("serve", "migrate", "sweep"):
            done = start(command, **environment(url))
            assert done.returncode == 1
            assert done.stderr.startswith(b"Error: ")
            assert len(done.stderr.splitlines()) == 1
            assert b"secret" not in done.stderr
