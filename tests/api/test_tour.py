"""The guided tour of the API does what it says: each command is run, and each answer looks as it is printed."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update
from waitress.server import create_server

from monitor.app import create_app
from monitor.catalog import Catalog
from monitor.settings import Settings
from monitor.store.staff import StaffTokenRow
from tests.api.conftest import running
from tests.cast import NOW, Cast, Stage
from tests.not_run import not_run

TOUR = Path(__file__).resolve().parents[2] / "docs" / "api.md"
BLOCK = re.compile(r"^```(sh|json|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = "=== end of step ==="


@pytest.fixture(params=["2026-06-15", "2026-11-25", "2027-01-01", "2028-02-29"])
def today(request: pytest.FixtureRequest) -> str:
    """A Monday in summer, a Wednesday in winter, a holiday after days of the year before, a leap day."""
    return str(request.param)


@pytest.fixture
def app(stage: Stage, cast: Cast, settings: Settings, catalog: Catalog, today: str) -> Iterator[Flask]:
    """The application as on that day, for people whose tokens have not expired meanwhile."""
    moment = dt.datetime.combine(dt.date.fromisoformat(today), NOW.timetz())
    with stage.sessions() as session, session.begin():
        session.execute(update(StaffTokenRow).values(expires_at=moment + dt.timedelta(days=1)))
    yield from running(create_app(settings, catalog=catalog, clock=lambda: moment))


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the application listens, behind the server that serves it in real life."""
    server = create_server(app, host="127.0.0.1", port=0, threads=2)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join()


def steps() -> list[tuple[str, str]]:
    """Each command with the answer printed below it; none is printed below those that say nothing."""
    blocks = BLOCK.findall(TOUR.read_text(encoding="utf-8"))
    told = [*blocks[1:], ("sh", "")]
    return [
        (text, after if kind_after != "sh" else "")
        for (kind, text), (kind_after, after) in zip(blocks, told, strict=True)
        if kind == "sh"
    ]


def looks_like(said: str, printed: str) -> bool:
    """Whether it is what is printed; `…` stands for whatever is there, and spaces at the ends of lines for nothing."""
    lines = [re.escape(line.strip()).replace("…", ".*") for line in printed.strip().splitlines()]
    return re.fullmatch(r"\s*".join(lines), said.replace("\r", "").strip(), re.DOTALL) is not None


@pytest.mark.parametrize("database_url", ("sqlite",), indirect=True)
def test_it_answers_every_command_of_the_tour_as_printed(address: str, cast: Cast, tmp_path: Path, today: str) -> None:
    if shutil.which("curl") is None or shutil.which("bash") is None:
        not_run("no curl or no bash: apt-get install curl bash")
    commands = [command for command, _ in steps()]
    script = "".join(f"{command}\necho; echo '{MARK}'\n" for command in commands)
    known = {"API": f"{address}/api/v1", "NURSE": cast.nora.token, "NEUROLOGIST": cast.noor.token, "TODAY": today}
    environment = {**os.environ, **known}

    done = subprocess.run(
        ["bash", "-u"], input=script, capture_output=True, text=True, cwd=tmp_path, env=environment, timeout=120,
        check=False,
    )  # fmt: skip

    answers = done.stdout.split(MARK)[:-1]
    assert (done.stderr, len(answers)) == ("", len(commands))
    different = {
        command: answer for answer, (command, printed) in zip(answers, steps(), strict=True)
        if not looks_like(answer, printed)
    }  # fmt: skip
    assert different == {}


def test_the_tour_shows_an_answer_to_what_it_asks() -> None:
    """Only the first block, which asks nothing, is without one; else this file would hold nothing to its word."""
    silent = [command for command, printed in steps() if not printed]

    assert len(steps()) > 12
    assert silent == [steps()[0][0]]
    assert not looks_like('{"id":"1"}', '{"id":"…","name":"…"}')
