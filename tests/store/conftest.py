"""A database of an earlier release, on each kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgresql


@pytest.fixture(params=("sqlite", "postgresql"))
def old_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of each kind, without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/old.db"
        return
    with postgresql.database(request.getfixturevalue("postgresql_server"), name="monitor_of_an_old_release") as url:
        yield url.render_as_string(hide_password=False)
