"""The migrations lead to the tables that the models describe, on both databases."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from tests.house.sources import ROOT, modules


def test_it_migrates_to_what_the_models_say(engine: Engine) -> None:
    from monitor.store.tables import METADATA

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        differences = compare_metadata(context, METADATA)

    assert differences == []


def test_it_has_a_migration_to_start_from() -> None:
    assert list((ROOT / "migrations" / "versions").glob("0001_*.py"))


def test_it_spells_migrations_without_our_code() -> None:
    leaning = [module.path for module in modules("migrations/versions") if "monitor" in module.text.split('"""')[-1]]

    assert leaning == []
