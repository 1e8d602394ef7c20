"""A full disk sends nothing that it cannot remember, and forgets nothing that left (H58, G14, G3)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import OperationalError

from monitor.store.message import MessageRow
from tests.delivery.scene import CREATED, WEDNESDAY, Provider, Scene, due

_REFUSAL = """
    CREATE FUNCTION refuse_all() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$
"""


@contextmanager
def full(scene: Scene) -> Iterator[None]:
    """As the database itself says it: not one page more (SQLite), or its own error 53100 at every note (PostgreSQL)."""
    if scene.engine.dialect.name == "sqlite":
        with _no_page_more(scene):
            yield
        return
    with scene.engine.begin() as connection:
        connection.execute(text(_REFUSAL))
        connection.execute(text("CREATE TRIGGER full_disk BEFORE INSERT ON audit_entry EXECUTE FUNCTION refuse_all()"))
    try:
        yield
    finally:
        with scene.engine.begin() as connection:
            connection.execute(text("DROP TRIGGER full_disk ON audit_entry"))
            connection.execute(text("DROP FUNCTION refuse_all"))


@contextmanager
def _no_page_more(scene: Scene) -> Iterator[None]:
    """Each connection is told how many pages there may be: fewer than a note of this size needs."""

    def pad(connection: Connection, _cursor: Any, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO audit_entry"):
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            connection.exec_driver_sql("CREATE TABLE overflow AS SELECT zeroblob(1000000) AS much")

    event.listen(scene.engine, "before_cursor_execute", pad)
    try:
        yield
    finally:
        event.remove(scene.engine, "before_cursor_execute", pad)
        scene.engine.dispose()


@pytest.fixture
def queued(scene: Scene) -> Scene:
    scene.queue(due(WEDNESDAY))
    return scene


def test_nothing_leaves_where_the_claim_cannot_be_kept_h58_g14(queued: Scene) -> None:
    provider = Provider()

    with full(queued), pytest.raises(OperationalError):
        queued.deliver(provider)

    assert provider.received == []
    assert (queued.message.state, queued.message.attempts, queued.attempts) == ("pending", 0, [])
    assert queued.deliver(provider).counts == {"accepted": 1}


def test_what_left_and_could_not_be_written_down_is_looked_for_and_never_sent_blindly_h58_g3(queued: Scene) -> None:
    """The disk is full from the moment of the call on."""
    became_full = full(queued)
    provider = Provider(meanwhile=became_full.__enter__)
    with pytest.raises(OperationalError):
        queued.deliver(provider)
    became_full.__exit__(None, None, None)
    assert queued.message.state == "sending"

    queued.change(MessageRow, lease_until=CREATED)
    provider.meanwhile = lambda: None
    queued.deliver(provider)
    assert queued.message.state == "uncertain"
    queued.let_looks_fall_due()
    queued.deliver(provider)

    assert (queued.message.state, len(provider.received)) == ("accepted", 1)
