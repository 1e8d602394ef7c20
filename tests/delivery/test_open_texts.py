"""What is open is found by its index: who counts it for each page reads nothing of what ended in all the years."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, event

from monitor.actions.pause_sending import pause_sending
from monitor.delivery.reconcile import reconcile
from monitor.delivery.worker import Worker
from monitor.overviews.sending import sending
from monitor.store.sending_pause import PauseCause
from tests.delivery.scene import MORNING, Provider, Scene

OF_WHAT_IS_OPEN = {"ix_message_due", "ix_message_unsettled", "ix_message_look"}


def plans(scene: Scene, ask: Callable[[], object]) -> list[str]:
    """How the database goes about each question for texts in a state."""
    asked: list[tuple[str, object]] = []

    def keep(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        if statement.startswith("SELECT message.") and "message_attempt" not in statement:
            asked.append((statement, values))

    event.listen(scene.engine, "before_cursor_execute", keep)
    ask()
    event.remove(scene.engine, "before_cursor_execute", keep)
    with scene.engine.connect() as connection:
        return [explain(connection, statement, values) for statement, values in asked]


def explain(connection: Connection, statement: str, values: object) -> str:
    if connection.dialect.name == "sqlite":
        return str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all())  # type: ignore[arg-type]
    connection.exec_driver_sql("SET enable_seqscan = off")  # so few rows are read quicker without any index
    return str(connection.exec_driver_sql(f"EXPLAIN {statement}", values).all())  # type: ignore[arg-type]


def test_counting_and_reconciling_read_only_what_is_open(scene: Scene) -> None:
    with scene.work() as work:
        pause_sending(work, reason="restored", cause=PauseCause.RESTORED)

    def count() -> None:
        with scene.work(only_reads=True) as work:
            sending(work)

    worker = Worker(scene.sessions, scene.catalog, scene.settings, lambda: MORNING)
    found = [*plans(scene, count), *plans(scene, lambda: reconcile(worker, Provider()))]

    assert len(found) >= 4
    for plan in found:
        assert any(index in plan for index in OF_WHAT_IS_OPEN), plan
