"""Migrations make the tables of the models on either database, and never lose a row on the way."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from monitor.store import schema
from monitor.store.beat import Beat, read_beats
from monitor.store.engine import make_engine
from monitor.store.schema import MIGRATIONS, NotMigrated, check_is_current, upgrade
from monitor.store.site import SiteRow
from monitor.store.staff import StaffRow, StaffSiteRow

NOW = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)


def test_a_migrated_database_is_current(engine: Engine) -> None:
    check_is_current(engine)


def test_the_newest_is_named_so_that_two_branches_collide_early() -> None:
    newest = max(path.stem.split("_")[0] for path in (MIGRATIONS / "versions").glob("0*.py"))
    assert (MIGRATIONS / ".current-head").read_text() == newest + "\n"


def test_running_them_twice_changes_nothing(database_url: str) -> None:
    upgrade(database_url)
    upgrade(database_url)
    engine = make_engine(database_url)
    check_is_current(engine)
    engine.dispose()


def test_a_database_without_them_is_refused_with_the_command(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/empty.db")
    with pytest.raises(NotMigrated, match="monitor migrate"):
        check_is_current(engine)


def test_a_database_of_a_later_release_is_not_told_to_migrate(tmp_path: Path) -> None:
    upgrade(f"sqlite:///{tmp_path}/later.db")
    engine = make_engine(f"sqlite:///{tmp_path}/later.db")
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NotMigrated, match="later release"):
        check_is_current(engine)


def test_the_last_signs_of_life_outlive_the_upgrade_that_gives_each_process_its_own_h24(tmp_path: Path) -> None:
    """Without them nobody would notice that the clock went back while the service was down for it."""
    url = f"sqlite:///{tmp_path}/monitor.db"
    upgrade(url, to="0001")
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO beat (name, at) VALUES ('worker', '2026-03-01 09:00:00.000000')"))
    upgrade(url)
    with Session(engine) as session:
        assert read_beats(session) == [Beat("worker", "before", NOW, is_over=True)]
    engine.dispose()


def test_changing_a_parent_table_keeps_the_rows_of_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite a change makes the table anew and drops the old one: with foreign keys on the children would go too."""
    url = f"sqlite:///{tmp_path}/monitor.db"
    upgrade(url)
    _write_a_nurse_of_a_site(url)
    monkeypatch.setattr(schema, "MIGRATIONS", _with_a_change_of_site(tmp_path))
    upgrade(url)
    engine = make_engine(url)
    with engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(StaffSiteRow)) == 1
        assert "ward" in {column["name"] for column in sa.inspect(connection).get_columns("site")}
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_migration_that_would_leave_orphans_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/monitor.db"
    upgrade(url)
    _write_a_nurse_of_a_site(url)
    changed = _with_a_change_of_site(tmp_path, then='op.execute("DELETE FROM site")')
    monkeypatch.setattr(schema, "MIGRATIONS", changed)
    with pytest.raises(NotMigrated, match="nothing was changed"):
        upgrade(url)
    engine = make_engine(url)
    with engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(SiteRow)) == 1
        assert "ward" not in {column["name"] for column in sa.inspect(connection).get_columns("site")}


def _write_a_nurse_of_a_site(url: str) -> None:
    engine = make_engine(url)
    with Session(engine) as session, session.begin():
        site = SiteRow(name="North", country="FR", timezone="Europe/Paris", created_at=NOW)
        nurse = StaffRow(name="Nora", role="nurse", created_at=NOW)
        session.add_all([site, nurse])
        session.flush()
        session.add(StaffSiteRow(staff_id=nurse.id, site_id=site.id))
    engine.dispose()


def _with_a_change_of_site(folder: Path, *, then: str = "pass") -> Path:
    copy = folder / "migrations"
    shutil.copytree(MIGRATIONS, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "versions" / "9000_ward.py").write_text(
        f"""
import sqlalchemy as sa
from alembic import op
revision, down_revision = "9000", "{(MIGRATIONS / ".current-head").read_text().strip()}"
def upgrade():
    with op.batch_alter_table("site", recreate="always") as table:
        table.add_column(sa.Column("ward", sa.Text(), nullable=True))
    {then}
"""
    )
    return copy
