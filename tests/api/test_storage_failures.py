"""Storage failure is never success, and says nothing about anybody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import URL, Engine, create_engine, event, select, text
from sqlalchemy.exc import OperationalError

from monitor.edge.db import db
from monitor.edge.house import at_work
from monitor.store.site import SiteRow
from tests.cast import Cast
from tests.client import Client

PATIENTS = "/api/v1/patients"


def form(cast: Cast) -> dict[str, str]:
    return {
        "site_id": str(cast.north),
        "family_name": "Secretum",
        "given_name": "Ines",
        "birth_date": "1990-04-01",
        "sex": "female",
        "language": "fr",
    }


@contextmanager
def failing(engine: Engine, when: str, error: Exception) -> Iterator[None]:
    """The engine raises this at this moment of every transaction."""

    def fail(*_: object) -> None:
        raise error

    event.listen(engine, when, fail)
    yield
    event.remove(engine, when, fail)


@pytest.mark.parametrize("when", ("begin", "commit"))
def test_it_answers_503_and_stores_nothing_where_the_database_fails(
    app: Flask, client: Client, cast: Cast, when: str, caplog: pytest.LogCaptureFixture
) -> None:
    with app.app_context():
        engine = db.engine
    gone = OperationalError("INSERT INTO patient … Secretum", {"name": "Secretum"}, Exception("server closed"))

    with failing(engine, when, gone):
        answer = client.post(PATIENTS, json=form(cast), headers=cast.nora.headers)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "Secretum" not in answer.text + caplog.text
    listed = client.get(PATIENTS, headers=cast.nora.headers).json["items"]
    assert "Secretum" not in {each["family_name"] for each in listed}


def test_it_answers_503_while_the_database_is_gone_and_recovers(
    app: Flask, client: Client, cast: Cast, engine: Engine
) -> None:
    engine.dispose()
    with app.app_context():
        db.engine.dispose()

    with gone(engine.url):
        answer = client.get(PATIENTS, headers=cast.nora.headers)
        ready = client.get("/health/ready")

    assert answer.status_code == 503
    assert ready.status_code == 503
    assert [check["is_ok"] for check in ready.json["checks"] if check["name"] == "database"] == [False]
    assert client.get(PATIENTS, headers=cast.nora.headers).status_code == 200


@contextmanager
def gone(url: URL) -> Iterator[None]:
    """The database cannot be reached: the file has made way for a folder, the server lets nobody in."""
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        path.rename(path.with_suffix(".away"))
        path.mkdir()
        yield
        path.rmdir()
        path.with_suffix(".away").rename(path)
        return
    administrator = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    name = url.database
    with administrator.connect() as connection:
        connection.exec_driver_sql(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"), {"name": name}
        )
        yield
        connection.exec_driver_sql(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    administrator.dispose()


def test_it_logs_a_bug_by_its_name_only(
    app: Flask, client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(**_: object) -> None:
        raise KeyError("Berger, Ada, +33639980001")

    monkeypatch.setitem(app.view_functions, "patients.list", broken)

    answer = client.get(PATIENTS, headers=cast.nora.headers)

    assert answer.status_code == 500
    assert "KeyError" in caplog.text
    assert "patients.list" in caplog.text
    assert "Berger" not in answer.text + caplog.text


def test_it_calls_a_lost_race_a_conflict_and_stores_nothing_of_it(
    app: Flask, client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def loses_the_race(**_: object) -> None:
        """What happens where somebody else wrote the same unique key between our look and our write."""
        with at_work() as work:
            work.note("add_site")
            work.session.add(SiteRow(name="New", country="FR", timezone="Europe/Paris", created_at=work.at))
            work.session.add(SiteRow(name="Neurology North", country="FR", timezone="Europe/Paris", created_at=work.at))

    monkeypatch.setitem(app.view_functions, "patients.list", loses_the_race)

    answer = client.get(PATIENTS, headers=cast.nora.headers)

    assert answer.status_code == 409
    assert "Neurology North" not in answer.text
    with app.app_context():
        assert set(db.session.scalars(select(SiteRow.name))) == {"Neurology North", "Neurology South"}


@pytest.mark.parametrize("database_url", ("sqlite",), indirect=True)
def test_it_acknowledges_nothing_once_the_file_is_gone(client: Client, cast: Cast, engine: Engine) -> None:
    """A deleted file takes writes as long as somebody holds it open, and loses them at the end of the process."""
    sqlite_file = Path(engine.url.database or "")
    assert client.get(PATIENTS, headers=cast.nora.headers).status_code == 200
    for path in sqlite_file.parent.glob("monitor.db*"):
        path.unlink()

    answers = [client.post(PATIENTS, json=form(cast), headers=cast.nora.headers).status_code for _ in range(3)]

    assert answers == [503, 503, 503]
    assert client.get("/health/ready").status_code == 503
    assert not sqlite_file.exists()
