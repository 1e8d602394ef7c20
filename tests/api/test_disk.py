"""Readiness tells of a full disk before it keeps a result out."""

from __future__ import annotations

from pathlib import Path

from monitor.edge.disk import free_space
from monitor.settings import Environment, Settings

_MORE_THAN_ANY_DISK = 2**62


def _kept_in(folder: Path) -> Settings:
    return Settings(environment=Environment.TEST, database_url=f"sqlite:///{folder / 'monitor.db'}")


def test_h58_a_disk_with_too_little_room_or_that_cannot_be_asked_is_not_ready(tmp_path: Path) -> None:
    assert free_space(_kept_in(tmp_path), least=1).is_ok
    assert not free_space(_kept_in(tmp_path), least=_MORE_THAN_ANY_DISK).is_ok
    assert not free_space(_kept_in(tmp_path / "unmounted"), least=1).is_ok
