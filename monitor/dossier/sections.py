"""The sections of a dossier: the structure of each, whether one entry stands in it or many, and for which protocol."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from monitor.dossier.access import AccessRequest, Prescriber
from monitor.dossier.activity import Mri, Relapse
from monitor.dossier.disease import Als, Ms
from monitor.dossier.dose_check import DoseCheck
from monitor.dossier.drug import Drug
from monitor.dossier.ending import NotStarted, StopReasons
from monitor.dossier.entry import Entry, Lifetime, read_entry
from monitor.dossier.safeguards import Commitment, HandedOver, PretreatmentCheck
from monitor.terms import Unacceptable


@dataclass(frozen=True, slots=True)
class Section:
    """One section; where `is_single` a second statement must correct the first one."""

    name: str
    structure: type[Entry]
    is_single: bool


SECTIONS: Mapping[str, Section] = {
    section.name: section
    for section in (
        Section("access_request", AccessRequest, is_single=False),  # it expires, and is asked for again
        Section("als", Als, is_single=True),
        Section("ms", Ms, is_single=True),
        Section("drug", Drug, is_single=False),
        Section("prescriber", Prescriber, is_single=True),
        Section("not_started", NotStarted, is_single=True),
        Section("stop_reasons", StopReasons, is_single=True),
        Section("relapse", Relapse, is_single=False),
        Section("mri", Mri, is_single=False),
        Section("commitment", Commitment, is_single=True),
        Section("handed_over", HandedOver, is_single=False),
        Section("pretreatment_check", PretreatmentCheck, is_single=False),
        Section("dose_check", DoseCheck, is_single=False),
    )
}
"""By name, in the order in which a dossier is read."""

_OF_ANY = frozenset({"drug", "prescriber", "not_started", "stop_reasons"})
_OF_PROTOCOL: Mapping[str, frozenset[str]] = {
    "tofersen": _OF_ANY | {"access_request", "als", "dose_check"},
    "alemtuzumab": _OF_ANY | {"ms", "relapse", "mri", "commitment", "handed_over", "pretreatment_check"},
}
_WITH_FOLLOW_UP_FORM = frozenset({"tofersen"})


def sections_of(protocol: str) -> tuple[Section, ...]:
    """The sections of a protocol named `tofersen` or `tofersen.v1`; all of them for one that nothing is said of here.

    Source: ANSM, tofersen compassionate access, report 6; SmPC Lemtrada 4.1 to 4.4.
    """
    wanted = _OF_PROTOCOL.get(_therapy(protocol), frozenset(SECTIONS))
    return tuple(section for section in SECTIONS.values() if section.name in wanted)


def find_section(name: str, *, protocol: str) -> Section:
    """The section of that name. Raises Unacceptable where the dossiers of the protocol have none."""
    section = SECTIONS.get(name)
    if section is None:
        raise Unacceptable(f"must be one of: {', '.join(SECTIONS)}", field="section")
    if section not in sections_of(protocol):
        raise Unacceptable("the dossiers of this protocol have no such section", field="section")
    return section


def has_follow_up_form(protocol: str) -> bool:
    """Whether each dose of a protocol named `tofersen` or `tofersen.v1` asks for a form.

    Source: ANSM, tofersen compassionate access, report 6 (as many forms as injections).
    """
    return _therapy(protocol) in _WITH_FOLLOW_UP_FORM


def read_content(section: Section, content: Mapping[str, object], *, life: Lifetime) -> Entry:
    """What a JSON object states in a section; a refusal names `content.` and the field. Raises Unacceptable."""
    return read_entry(section.structure, content, within="content", life=life)


def stored_content(section: Section, text: str) -> Entry:
    """What a stored text states: it was read once and is not judged again."""
    return msgspec.json.decode(text, type=section.structure)


def is_said_already(entry: Entry, standing: Iterable[Entry]) -> bool:
    """Whether one of the standing entries says the very same: sent twice, and to be counted once."""
    return any(entry == other for other in standing)


def _therapy(protocol: str) -> str:
    return protocol.partition(".v")[0]
