"""Open this when a `[[signs]]` of a protocol is refused: what may be said of a sign, and that it has words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.notices.sign_words import SignWords, missing_words
from monitor.notices.signs import Sign
from monitor.protocols.faults import Fault, authority, said
from monitor.protocols.protocol import Protocol

_ID = re.compile(r"[a-z][a-z0-9_]{0,31}")


def sign_faults(protocol: Protocol) -> Iterator[Fault]:
    """Everything wrong with the signs, and every sign that a threshold asks for and nobody can report."""
    taken: set[str] = set()
    for sign in protocol.signs:
        path = f"signs[{sign.id}]"
        if not _ID.fullmatch(sign.id):
            yield Fault(path, "a sign is named like neck_pain")
        if sign.id in taken:
            yield Fault(path, "stands twice")
        taken.add(sign.id)
        yield from _words(sign, protocol, path=path)
    for place, threshold in enumerate(protocol.thresholds):
        for name in () if threshold.signs is None else threshold.signs.signs:
            if name not in taken:
                yield Fault(f"thresholds[{place}].signs", f"{name!r} is no sign of this protocol")


def word_faults(protocol: Protocol, words: SignWords) -> Iterator[Fault]:
    """Each sign that somebody could not read in their language."""
    for sign, language in missing_words(protocol.signs, words):
        yield Fault(f"signs[{sign}]", f"has no words in config/wording/signs/{language}.toml")


def _words(sign: Sign, protocol: Protocol, *, path: str) -> Iterator[Fault]:
    yield from said([(f"{path}.suspects", sign.suspects), (f"{path}.source", sign.source)])
    yield from authority(sign, path=path, profiles=protocol.profiles)
    if sign.in_pregnancy is not None and sign.in_pregnancy.rank >= sign.urgency.rank:
        yield Fault(f"{path}.in_pregnancy", "no more pressing than without")
