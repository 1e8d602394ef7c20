"""The application refuses to start on what it could not be trusted with, and says where and what to do."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.app import create_app
from monitor.catalog import Catalog
from monitor.settings import Environment, Settings
from monitor.store.engine import NotDurable
from monitor.store.schema import NotMigrated
from monitor.terms import Unacceptable


def test_it_refuses_a_database_without_tables_and_names_the_command(tmp_path: Path, catalog: Catalog) -> None:
    settings = Settings(environment=Environment.TEST, database_url=f"sqlite:///{tmp_path}/empty.db")

    with pytest.raises(NotMigrated, match="monitor migrate"):
        create_app(settings, catalog=catalog)


@pytest.mark.parametrize(
    "name", ("protocols/tofersen.v1.toml", "protocols/alemtuzumab.v1.toml", "analytes.toml", "wording/fr.toml")
)
def test_it_refuses_a_wrong_file_and_says_which(settings: Settings, tmp_path: Path, name: str) -> None:
    config = tmp_path / "config"
    shutil.copytree(settings.config_dir, config)
    with (config / name).open("a") as file:
        file.write('\n[surprise]\nkey = "nobody knows"\n')

    with pytest.raises(Unacceptable, match=Path(name).name):
        create_app(replace(settings, config_dir=config))


def test_it_refuses_in_production_a_database_that_may_lose_what_it_acknowledged(
    settings: Settings, catalog: Catalog
) -> None:
    production = replace(settings, environment=Environment.PRODUCTION)
    if settings.database_url.startswith("sqlite"):  # always flushed: our own engine sees to it
        create_app(production, catalog=catalog)
        return

    with pytest.raises(NotDurable, match="fsync"):  # the server of the tests is told not to flush
        create_app(production, catalog=catalog)
