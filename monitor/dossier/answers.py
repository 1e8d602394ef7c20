"""What a dossier answers to the questions before a dose: the newest statement about each, by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import msgspec

from monitor.dossier.dose_check import DoseCheck
from monitor.dossier.entry import Entry
from monitor.dossier.safeguards import CheckItem, Commitment, HandedOver, Paper, PretreatmentCheck

SIGNED, HANDED_OVER = "signed", "handed_over"
QUESTIONS = frozenset(
    {
        *(f"pretreatment_check:{item.value}" for item in CheckItem),
        *(f"handed_over:{paper.value}" for paper in Paper),
        "commitment",
        "dose_check:anticoagulant",
        "dose_check:infection",
        "dose_check:raised_pressure",
    }
)
"""Every question that a gate may ask of a dossier."""
SECTIONS_ASKED = ("pretreatment_check", "commitment", "handed_over", "dose_check")


class DossierAnswer(msgspec.Struct, frozen=True):
    """What was stated, and of which day."""

    outcome: str
    on: dt.date


def answers_of(entries: Iterable[Entry], *, on: dt.date) -> dict[str, DossierAnswer]:
    """By question, the newest statement of a day up to `on` (then in the order given). Raises nothing."""
    found: dict[str, DossierAnswer] = {}
    for entry in entries:
        for about, said in _said(entry):
            known = found.get(about)
            if said.on <= on and (known is None or said.on >= known.on):
                found[about] = said
    return found


def _said(entry: Entry) -> Iterator[tuple[str, DossierAnswer]]:
    match entry:
        case PretreatmentCheck():
            yield f"pretreatment_check:{entry.item.value}", DossierAnswer(entry.outcome.value, entry.done_on)
        case Commitment():
            yield "commitment", DossierAnswer(SIGNED, entry.signed_on)
        case HandedOver():
            yield f"handed_over:{entry.paper.value}", DossierAnswer(HANDED_OVER, entry.handed_on)
        case DoseCheck():
            yield "dose_check:anticoagulant", DossierAnswer(entry.anticoagulant.value, entry.asked_on)
            yield "dose_check:infection", DossierAnswer(entry.infection.value, entry.asked_on)
            yield "dose_check:raised_pressure", DossierAnswer(entry.raised_pressure.value, entry.asked_on)
        case _:
            return
