"""The signs of a protocol in the words of a patient, for whoever shows them to be ticked: emergencies first."""

from __future__ import annotations

import msgspec

from monitor.notices.sign_words import ANYWHERE
from monitor.notices.signs import Urgency
from monitor.terms import Missing, Unacceptable
from monitor.work import Work


class SignLine(msgspec.Struct, frozen=True):
    """One sign; `holds_dose`: the next dose waits for a neurologist. `in_pregnancy`: its urgency for the pregnant."""

    sign: str
    words: str
    holds_dose: bool
    in_pregnancy: str | None


class SignsByUrgency(msgspec.Struct, frozen=True):
    """The signs of one urgency, in the order of the protocol, and what whoever notices one is told."""

    urgency: str
    advice: str
    signs: tuple[SignLine, ...]


class NumbersOfCountry(msgspec.Struct, frozen=True):
    """Whom to call now in a country; `anywhere` where its numbers are not known."""

    country: str
    words: str


class SignList(msgspec.Struct, frozen=True):
    """All that a client shows: the numbers first, then the signs by urgency, the most pressing first."""

    protocol: str
    language: str
    emergency: tuple[NumbersOfCountry, ...]
    groups: tuple[SignsByUrgency, ...]


def protocol_signs(work: Work, *, name: str, language: str) -> SignList:
    """Of the protocol called `tofersen` (its newest version) or `tofersen.v1`. Raises Missing, Unacceptable."""
    try:
        protocol = work.catalog.protocol(name)
    except Unacceptable as unknown:
        raise Missing(unknown.reason, field="name") from None
    texts = work.catalog.sign_words.texts_in(language)
    lines: dict[Urgency, list[SignLine]] = {urgency: [] for urgency in Urgency}
    for sign in protocol.signs:
        lines[sign.urgency].append(SignLine(sign.id, texts.signs[sign.id], sign.holds_dose, sign.in_pregnancy))
    return SignList(
        protocol=protocol.name,
        language=texts.language,
        emergency=tuple(
            NumbersOfCountry(country, texts.emergency[country])
            for country in sorted(texts.emergency, key=lambda one: (one == ANYWHERE, one))
        ),
        groups=tuple(
            SignsByUrgency(urgency, texts.advice[urgency], tuple(found)) for urgency, found in lines.items() if found
        ),
    )
