"""Open this when a protocol is refused because of its letters: each that it asks for can be written."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.notices.letter_words import LetterWords, missing_letter_words
from monitor.protocols.faults import Fault
from monitor.protocols.protocol import Protocol
from monitor.schedules.plan import CourseDoses, Rungs


def letter_faults(protocol: Protocol, words: LetterWords) -> Iterator[Fault]:
    """Each stream whose ladder asks for a letter, and the drug, where a language has no words for it."""
    for name, language in missing_letter_words(protocol.id, streams_with_letters(protocol), words):
        yield Fault(f"letters[{name}]", f"has no words in config/wording/letters/{language}.toml")


def streams_with_letters(protocol: Protocol) -> tuple[str, ...]:
    """The streams, doses among them, of which some ladder asks for a letter."""
    doses = protocol.rules.doses
    visits = (
        (doses.first_day, doses.default_first_day, doses.later_day)
        if isinstance(doses, CourseDoses)
        else tuple(phase.visit for phase in doses.phases)
    )
    asking = [doses.stream] if any(visit.rungs.letters for visit in visits) else []
    for stream in protocol.rules.streams:
        ladders: list[Rungs] = [stream.rungs, *(tighter.rungs for tighter in stream.tighter)]
        if any(rungs.letters for rungs in ladders):
            asking.append(stream.id)
    return tuple(dict.fromkeys(asking))
