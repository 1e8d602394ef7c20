"""Whose database is this? A demonstration fills only an empty one, and makes anew only one that is a demonstration."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from enum import StrEnum
from importlib import metadata
from pathlib import Path

from sqlalchemy import Engine, MetaData, inspect, select
from sqlalchemy.orm import Session

from monitor.settings import Settings
from monitor.store.audit import AuditEntryRow
from monitor.store.engine import make_engine
from monitor.store.schema import MIGRATIONS
from monitor.work import Work

BEGUN, MADE = "demonstration.begun", "demonstration.made"
_OURS = Path(__file__).parent.parent  # the lives of the cohort are told beside it


class Found(StrEnum):
    """What lies at the address of the database."""

    NOTHING = "nothing"
    A_DEMONSTRATION_OF_TODAY = "a demonstration of today"
    ANOTHER_DEMONSTRATION = "a demonstration of another day or release, or one that was not finished"
    SOMETHING_ELSE = "something else"


def look_at(settings: Settings, *, today: dt.date) -> Found:
    """What is there, without changing it; a file that is not there yet is made, empty."""
    engine = make_engine(settings.database_url)
    try:
        tables = set(inspect(engine).get_table_names())
        if not tables:
            return Found.NOTHING
        if AuditEntryRow.__tablename__ not in tables:
            return Found.SOMETHING_ELSE
        return _by_its_audit(engine, release_of(settings), today)
    finally:
        engine.dispose()


def empty(settings: Settings) -> None:
    """Drop every table; only for what `look_at` found to be a demonstration."""
    engine = make_engine(settings.database_url)
    try:
        with engine.begin() as connection:
            there = MetaData()
            there.reflect(connection)
            there.drop_all(connection)
    finally:
        engine.dispose()


def mark(work: Work, action: str, *, today: dt.date) -> None:
    """Note that this database is a demonstration: `BEGUN` before anything else, `MADE` when it is complete."""
    work.note(action, content={"on": today, "release": release_of(work.settings)})


def release_of(settings: Settings) -> str:
    """What a demonstration depends on: the version, the tables, the reviewed files and the stories themselves."""
    digest = hashlib.sha256(metadata.version("monitor").encode())
    sources = (*settings.config_dir.rglob("*.toml"), *MIGRATIONS.glob("versions/*.py"), *_OURS.glob("*/*.py"))
    for path in sorted(sources, key=lambda path: path.name):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _by_its_audit(engine: Engine, release: str, today: dt.date) -> Found:
    """The first entry of the audit says whose it is, a later one whether it was completed."""
    with Session(engine) as session:
        query = select(AuditEntryRow.action, AuditEntryRow.content).order_by(AuditEntryRow.id)
        first = session.execute(query.limit(1)).first()
        made = session.execute(query.where(AuditEntryRow.action == MADE).limit(1)).first()
    if first is None:
        return Found.NOTHING if _has_no_rows(engine) else Found.SOMETHING_ELSE
    if first.action != BEGUN:
        return Found.SOMETHING_ELSE
    is_fresh = made is not None and json.loads(made.content) == {"on": today.isoformat(), "release": release}
    return Found.A_DEMONSTRATION_OF_TODAY if is_fresh else Found.ANOTHER_DEMONSTRATION


def _has_no_rows(engine: Engine) -> bool:
    there = MetaData()
    there.reflect(engine)
    with engine.connect() as connection:
        return all(
            connection.execute(select(table).limit(1)).first() is None
            for table in there.sorted_tables
            if table.name != "alembic_version"
        )
