"""What every test may ask for: databases, the real configuration, settings of a test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.not_run import not_run, report_not_run

if TYPE_CHECKING:  # pure tests must not pay for machinery
    from monitor.catalog import Catalog
    from monitor.settings import Settings

pytest_plugins = ["tests.databases"]

ROOT = Path(__file__).resolve().parent.parent

hypothesis_settings.register_profile("shared", deadline=None, print_blob=True)  # machines are slow at odd moments
hypothesis_settings.load_profile("shared")


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session on the empty database; whatever it did not commit is rolled back."""
    with Session(engine, expire_on_commit=False) as session:
        yield session
        session.rollback()


@pytest.fixture(scope="session")
def config_dir() -> Path:
    return ROOT / "config"


@pytest.fixture(scope="session")
def catalog(config_dir: Path) -> Catalog:
    """The protocols, analytes and texts of the release, not examples of them."""
    from monitor.catalog import load_catalog

    return load_catalog(config_dir)


@pytest.fixture
def settings(database_url: str, config_dir: Path) -> Settings:
    """The defaults of the service, in the environment `test`, on the database of this test."""
    from monitor.settings import Environment, Settings

    return Settings(environment=Environment.TEST, database_url=database_url, config_dir=config_dir)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Debian's browser; a test that needs one is marked `browser`."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        not_run("no Chromium: apt-get install chromium")
    return Path(found)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    report_not_run(terminalreporter)
