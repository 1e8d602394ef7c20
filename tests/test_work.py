"""A Work commits whole, leaves an entry whose digest can be checked, and never writes in silence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from monitor.catalog import Catalog
from monitor.settings import Settings
from monitor.store.audit import AuditEntryRow, digest_of
from monitor.store.beat import BeatRow
from monitor.store.engine import make_sessions
from monitor.terms import Actor, Role
from monitor.work import UnnotedChange, Work, working
from tests.cast import NOW, Stage

NORA = Actor(id=UUID(int=7), role=Role.NURSE, site_ids=frozenset())


@pytest.fixture
def stage(engine: Engine, catalog: Catalog, settings: Settings) -> Stage:
    return Stage(make_sessions(engine), catalog, settings)


_INTO_BEAT = "INSERT INTO beat (kind, instance, is_over, at)"


def _beats(stage: Stage) -> int:
    with stage.sessions() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(BeatRow)) or 0


def _by_the_orm(session: Session) -> None:
    session.add(BeatRow(kind="orm", instance="1-one", at=NOW))


def _in_bulk(session: Session) -> None:
    session.execute(sa.insert(BeatRow), [{"kind": kind, "instance": "1-one", "at": NOW} for kind in ("a", "b")])


def _bare(session: Session) -> None:
    session.connection().exec_driver_sql(f"{_INTO_BEAT} VALUES ('bare', '1-one', false, '2026-01-01 00:00:00+00')")


def _by_text(session: Session) -> None:
    session.execute(
        sa.text(f"WITH x AS (SELECT 1) {_INTO_BEAT} SELECT 'text', '1-one', false, '2026-01-01 00:00:00+00'")
        if session.get_bind().dialect.name == "sqlite"
        else sa.text(f"{_INTO_BEAT} VALUES ('text', '1-one', false, '2026-01-01 00:00:00+00')")
    )


@pytest.mark.parametrize("write", (_by_the_orm, _in_bulk, _bare, _by_text))
def test_it_refuses_rows_written_without_a_note(stage: Stage, write: Callable[[Session], None]) -> None:
    with pytest.raises(UnnotedChange), stage.work() as work:
        write(work.session)
    assert _beats(stage) == 0


def test_it_keeps_rows_and_entry_together(stage: Stage) -> None:
    patient, site = uuid4(), uuid4()
    with stage.work(by=NORA) as work:
        work.session.add(BeatRow(kind="scheduler", instance="1-one", at=NOW))
        work.note(
            "beat", patient_id=patient, site_id=site, subject="beat scheduler", why="to be seen", content={"n": site}
        )
    assert _beats(stage) == 1
    with stage.sessions() as session:
        entry = session.scalars(sa.select(AuditEntryRow)).one()
    assert (entry.at, entry.actor_id, entry.role, entry.patient_id) == (NOW, NORA.id, "nurse", patient)
    assert entry.content == f'{{"n":"{site}"}}'
    assert entry.digest == digest_of(entry)


@pytest.mark.parametrize(
    ("column", "value"),
    (
        ("action", "other"),
        ("why", "other"),
        ("content", "{}"),
        ("role", "admin"),
        ("at", NOW + dt.timedelta(microseconds=1)),
        ("actor_id", UUID(int=8)),
    ),
)
def test_it_shows_when_an_entry_was_changed_afterwards(stage: Stage, column: str, value: object) -> None:
    with stage.work(by=NORA) as work:
        work.note("look", why="to be seen", content={"n": 1})
    with stage.sessions() as session, session.begin():
        session.execute(sa.update(AuditEntryRow).values({column: value}))
    with stage.sessions() as session:
        entry = session.scalars(sa.select(AuditEntryRow)).one()
    assert entry.digest != digest_of(entry)


def test_it_undoes_everything_when_something_fails_in_the_middle(stage: Stage) -> None:
    with pytest.raises(ZeroDivisionError):
        _fail_in_the_middle(stage)
    assert _beats(stage) == 0
    with stage.sessions() as session:
        assert session.scalars(sa.select(AuditEntryRow)).all() == []


def _fail_in_the_middle(stage: Stage) -> None:
    with stage.work() as work:
        work.session.add(BeatRow(kind="scheduler", instance="1-one", at=NOW))
        work.note("beat")
        work.session.flush()
        raise ZeroDivisionError


def test_a_reader_cannot_write(stage: Stage, catalog: Catalog, settings: Settings) -> None:
    reading = working(stage.sessions, catalog=catalog, by=NORA, at=NOW, settings=settings, only_reads=True)
    with pytest.raises(UnnotedChange), reading as work:
        _by_the_orm(work.session)
    assert _beats(stage) == 0


def test_a_reader_does_not_wait_for_a_writer(stage: Stage, catalog: Catalog, settings: Settings) -> None:
    with stage.work() as writer:
        writer.session.add(BeatRow(kind="scheduler", instance="1-one", at=NOW))
        writer.session.flush()
        writer.note("beat")
        with working(stage.sessions, catalog=catalog, by=NORA, at=NOW, settings=settings, only_reads=True) as reader:
            assert reader.session.scalars(sa.select(BeatRow)).all() == []


def test_it_will_not_commit_what_another_began(session: Session, catalog: Catalog, settings: Settings) -> None:
    session.add(BeatRow(kind="scheduler", instance="1-one", at=NOW))
    session.flush()
    with (
        pytest.raises(RuntimeError, match="inside a transaction"),
        working(session, catalog=catalog, by=NORA, at=NOW, settings=settings),
    ):
        pass


def test_a_session_that_is_used_again_sees_what_others_committed(
    stage: Stage, session: Session, catalog: Catalog, settings: Settings
) -> None:
    with working(session, catalog=catalog, by=NORA, at=NOW, settings=settings) as work:
        mine = BeatRow(kind="scheduler", instance="1-one", at=NOW)
        work.session.add(mine)
        work.note("beat")
    later = NOW + dt.timedelta(minutes=1)
    with stage.work() as work:
        work.session.get_one(BeatRow, ("scheduler", "1-one")).at = later
        work.note("beat")
    with working(session, catalog=catalog, by=NORA, at=NOW, settings=settings) as work:
        assert work.session.get_one(BeatRow, ("scheduler", "1-one")).at == later


def test_it_refuses_a_moment_without_a_zone(session: Session, catalog: Catalog, settings: Settings) -> None:
    naive = NOW.replace(tzinfo=None)
    with (
        pytest.raises(ValueError, match="naive"),
        working(session, catalog=catalog, by=NORA, at=naive, settings=settings),
    ):
        pass


@pytest.mark.parametrize(
    ("zone", "date"), (("Europe/Paris", dt.date(2026, 6, 16)), ("America/New_York", dt.date(2026, 6, 15)))
)
def test_today_is_the_date_on_the_wall_of_the_site(
    session: Session, catalog: Catalog, settings: Settings, zone: str, date: dt.date
) -> None:
    at = dt.datetime(2026, 6, 15, 22, 30, tzinfo=dt.UTC)
    work = Work(session=session, catalog=catalog, by=NORA, at=at, settings=settings)
    assert work.today(zone) == date


@pytest.mark.parametrize("statement", (sa.update(BeatRow).values(at=NOW), sa.delete(BeatRow)))
@pytest.mark.parametrize("is_asked_for_rows", (False, True))
def test_whoever_finds_no_row_to_change_has_nothing_to_note(
    stage: Stage, statement: sa.Update | sa.Delete, *, is_asked_for_rows: bool
) -> None:
    """Another was first: that is no bug, and must not end the pass of a worker."""
    found = statement.where(BeatRow.kind == "gone").execution_options(synchronize_session=False)
    with stage.work() as work:
        work.session.execute(found.returning(BeatRow.kind) if is_asked_for_rows else found)


@pytest.mark.parametrize("statement", (sa.update(BeatRow).values(at=NOW), sa.delete(BeatRow)))
@pytest.mark.parametrize("is_asked_for_rows", (False, True))
def test_whoever_changes_a_row_must_note_it(
    stage: Stage, statement: sa.Update | sa.Delete, *, is_asked_for_rows: bool
) -> None:
    with stage.sessions() as session, session.begin():
        _in_bulk(session)
    changes = statement.execution_options(synchronize_session=False)
    with pytest.raises(UnnotedChange), stage.work() as work:
        work.session.execute(changes.returning(BeatRow.kind) if is_asked_for_rows else changes).close()
    assert _beats(stage) == 2
