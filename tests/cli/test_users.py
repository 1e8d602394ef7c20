"""Accounts from the command line: a token is printed once, opens the API, and is closed at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from monitor.app import create_app
from monitor.catalog import Catalog
from monitor.cli.users import users
from monitor.edge.db import db
from monitor.settings import Settings
from tests.client import Client


@pytest.fixture
def app(settings: Settings, catalog: Catalog) -> Iterator[Flask]:
    app = create_app(settings, catalog=catalog)
    yield app
    with app.app_context():
        db.engine.dispose()


def run(settings: Settings, *words: str) -> Result:
    environment = {"MONITOR_DATABASE_URL": settings.database_url, "MONITOR_ENVIRONMENT": "test"}
    return CliRunner(env=environment).invoke(users, words)


def test_it_makes_an_account_whose_token_opens_the_api_until_it_is_revoked(settings: Settings, app: Flask) -> None:
    run(settings, "add-site", "Neurology West", "--country", "FR", "--timezone", "Europe/Paris")
    run(settings, "add", "Nina", "--role", "nurse", "--site", "Neurology West")
    token = run(settings, "token", "Nina").output.strip()
    headers = {"Authorization": f"Bearer {token}"}

    before = Client(app).get("/api/v1/me", headers=headers)
    listed = run(settings, "list")
    revoked = run(settings, "revoke", "Nina")
    after = Client(app).get("/api/v1/me", headers=headers)

    assert (before.status_code, after.status_code) == (200, 401)
    assert before.json["sites"][0]["name"] == "Neurology West"
    assert "Nina\tnurse\tactive\tNeurology West\t1 tokens" in listed.output
    assert token not in listed.output
    assert (revoked.exit_code, "1 tokens" in revoked.output) == (0, True)


@pytest.mark.parametrize(
    ("words", "complaint"),
    (
        (("add", "Nina", "--role", "nurse", "--site", "Nowhere"), "no such site"),
        (("add", "Nina", "--role", "patient"), "patient"),
        (("add", " ", "--role", "nurse"), "must not be empty"),
        (("add", "Ni\u200bna", "--role", "nurse"), "no text may hold"),
        (("token", "Nobody"), "no such account"),
        (("token", "Nobody", "--days", "100000"), "--days"),
        (("revoke", "Nobody"), "no such account"),
        (("add-site", "West", "--timezone", "Mars/Olympus"), "not a known time zone"),
        (("add-site", "West", "--telephone", "01 99 00 12 é"), "telephone: not a number of at most 20"),
        (("add-site", "West", "--telephone", "javascript:x"), "telephone: not a telephone number"),
        (("add-site", "West", "--telephone", "+33 1 99 00 00 00 00 00"), "telephone: not a number of at most 20"),
        (("add-site", "West", "--country", "France"), "two capital letters"),
        (("add-site", "West", "--country", "ZZ"), "country: the public holidays of this country are not known"),
    ),
)
def test_it_refuses_with_a_sentence_and_a_failing_exit_code(
    settings: Settings, words: tuple[str, ...], complaint: str
) -> None:
    result = run(settings, *words)

    assert result.exit_code != 0
    assert complaint in result.output
    assert "Traceback" not in result.output
    assert run(settings, "list").output == ""


def test_it_refuses_a_second_account_of_the_same_name(settings: Settings) -> None:
    run(settings, "add", "Nina", "--role", "admin")

    assert "there is an account of this name" in run(settings, "add", "Nina", "--role", "nurse").output


def test_it_names_the_command_that_makes_the_tables(tmp_path: object) -> None:
    result = CliRunner(env={"MONITOR_DATABASE_URL": f"sqlite:///{tmp_path}/empty.db"}).invoke(users, ["list"])

    assert result.exit_code == 1
    assert "monitor migrate" in result.output


def test_it_says_in_a_sentence_that_there_can_be_no_database(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for url in (f"sqlite:///{tmp_path}/file/monitor.db", "sqlite:///:memory:", "postgresql://monitor:hunter2@h:port/x"):
        result = CliRunner(env={"MONITOR_DATABASE_URL": url}).invoke(users, ["list"])

        assert result.exit_code == 1
        assert re.fullmatch(r"Error: .+\n", result.output)
        assert "hunter2" not in result.output
