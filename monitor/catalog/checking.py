"""Is everything reviewed coherent? Walks the protocol files, the dictionary beside them, for the start and `check`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import msgspec

from monitor.catalog.catalog import Catalog
from monitor.catalog.protocol_file import read_protocol
from monitor.labs.analyte import Dictionary
from monitor.protocols.checks import check_protocol
from monitor.protocols.faults import Fault
from monitor.protocols.gate_checks import gate_faults
from monitor.protocols.letter_checks import letter_faults, streams_with_letters
from monitor.protocols.protocol import Protocol
from monitor.protocols.sign_checks import word_faults
from monitor.protocols.threshold_checks import threshold_faults
from monitor.protocols.timer_checks import timer_faults
from monitor.terms import Unacceptable

COUNTRY_OF_PROFILE = {"eu": "FR", "us": "US"}  # whose public holidays a suggested date avoids (contract)


class CheckedFile(msgspec.Struct, frozen=True):
    """One protocol file, the protocol in it where it could be read, and what is wrong with it."""

    name: str
    protocol: Protocol | None
    faults: tuple[Fault, ...]


def check_files(catalog: Catalog) -> Iterator[CheckedFile]:
    """Every protocol file of the catalog, checked one by one: a wrong one does not hide the next.

    Raises Unacceptable where there is no protocol file, or the dictionary itself cannot be read.
    """
    for path in catalog.protocol_paths:
        try:
            protocol = read_protocol(path)
        except Unacceptable as wrong:
            yield CheckedFile(path.name, None, (_as_fault(wrong, path),))
        else:
            yield CheckedFile(path.name, protocol, _faults(protocol, catalog))


@lru_cache(maxsize=4)
def check_catalog(catalog: Catalog) -> tuple[str, ...]:
    """Everything wrong with the protocols of a catalog, as `file: path: reason`; empty when they may be used.

    Raises Unacceptable where a file cannot be read at all.
    """
    return tuple(
        f"{protocol.name}.toml: {fault.path}: {fault.because}"
        for protocol in catalog.protocols
        for fault in _faults(protocol, catalog)
    )


def check_or_refuse(catalog: Catalog) -> None:
    """Reads and checks everything reviewed. Raises Unacceptable: a service with a wrong protocol does not start."""
    catalog.check()
    faults = check_catalog(catalog)
    if faults:
        raise Unacceptable("\n".join(faults))


def _faults(protocol: Protocol, catalog: Catalog) -> tuple[Fault, ...]:
    is_analyte, is_scale = _known_ids(catalog.dictionary)
    working_days = {
        profile: catalog.working_days(COUNTRY_OF_PROFILE[profile])
        for profile in protocol.profiles
        if profile in COUNTRY_OF_PROFILE
    }
    faults = check_protocol(protocol, is_analyte=is_analyte, is_scale=is_scale, working_days=working_days)
    unsaid = word_faults(protocol, catalog.sign_words) if protocol.signs else ()
    return (
        *faults,
        *threshold_faults(protocol, catalog.dictionary),
        *gate_faults(protocol, catalog.dictionary),
        *timer_faults(protocol),
        *unsaid,
        *(letter_faults(protocol, catalog.letter_words) if streams_with_letters(protocol) else ()),
    )


def _known_ids(dictionary: Dictionary) -> tuple[Callable[[str], bool], Callable[[str], bool]]:
    """Files name things by their id alone, which never changes; codes and LOINC are for what comes from outside."""
    analytes = frozenset(analyte.id for analyte in dictionary.analytes)
    scales = frozenset(scale.id for scale in dictionary.scales)
    return analytes.__contains__, scales.__contains__


def _as_fault(wrong: Unacceptable, path: Path) -> Fault:
    inside = (wrong.field or "").removeprefix(path.name).lstrip(": ")
    return Fault(inside or "the file", wrong.reason)
