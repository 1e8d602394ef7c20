"""What every change of something with a version answers: it names the version seen, and shows what it made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar
from uuid import UUID

from monitor.edge.house import at_work
from monitor.edge.preconditions import etag, seen_version


class _Versioned(Protocol):
    @property
    def version(self) -> int: ...


T = TypeVar("T", bound=_Versioned)


def changed(
    act: Callable[..., object], show: Callable[..., T], *, given: Mapping[str, object], **which: UUID
) -> tuple[T, dict[str, str]]:
    """Do it to `which`, with what was `given`, if it still is what the caller saw; then show it as it is now."""
    version = seen_version()
    with at_work() as work:
        act(work, **which, **given, expected_version=version)
        found = show(work, **which)
    return found, etag(found.version)
