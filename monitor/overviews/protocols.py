"""The protocols of this release: the list, and one of them rule by rule with its sources."""

from __future__ import annotations

import msgspec

from monitor.overviews.pages import Page, make_page, read_cursor
from monitor.protocols.description import describe
from monitor.protocols.protocol import Protocol
from monitor.protocols.statements import Section
from monitor.terms import Missing, Unacceptable
from monitor.work import Work


class ProtocolLine(msgspec.Struct, frozen=True):
    """One version of one protocol; `digest` is that of its file, so that two installations can be compared."""

    name: str
    id: str
    version: int
    title: str
    profiles: tuple[str, ...]
    digest: str


class DescribedProtocol(msgspec.Struct, frozen=True):
    """The same with everything it says, in the order of its file."""

    name: str
    id: str
    version: int
    title: str
    profiles: tuple[str, ...]
    digest: str
    sections: tuple[Section, ...]


def protocols(work: Work, *, cursor: str | None, limit: int) -> Page[ProtocolLine]:
    """By id, the oldest version of each first."""
    place = read_cursor(cursor, kinds=(str, int))
    later = [one for one in work.catalog.protocols if place is None or (one.id, one.version) > place]
    found = [ProtocolLine(*_line(one)) for one in later[: limit + 1]]
    return make_page(found, limit=limit, place=lambda one: (one.id, one.version))


def protocol(work: Work, *, name: str) -> DescribedProtocol:
    """The one called `tofersen` (its newest version) or `tofersen.v1`; `Missing` where there is none."""
    try:
        found = work.catalog.protocol(name)
    except Unacceptable as unknown:
        raise Missing(unknown.reason, field="name") from None
    return DescribedProtocol(*_line(found), describe(found, work.catalog.dictionary))


def _line(one: Protocol) -> tuple[str, str, int, str, tuple[str, ...], str]:
    return one.name, one.id, one.version, one.title, one.profiles, one.digest
