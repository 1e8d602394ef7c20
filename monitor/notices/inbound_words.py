"""Open this to change how a text that somebody sends us is read: whole words of the wording files, and nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum

import msgspec

from monitor.terms import Unacceptable


class Reading(StrEnum):
    """What a text that somebody sent us was read as."""

    OPT_OUT = "opt_out"  # no more texts
    OPT_IN = "opt_in"  # texts again
    DONE = "done"  # shown, and counted for nothing (H49)
    MOVE = "move"  # another day is wanted
    WRONG_NUMBER = "wrong_number"  # it is somebody else's telephone (H34)
    OTHER = "other"  # for a person to read (H41)


class InboundWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of one language. A text is one of them as a whole, but for `polite` ones and `texts` beside it.

    `wrong_number` holds phrases that count wherever they stand in a text. `texts`: what our messages are called:
    whoever cancels those wants no other day, and perhaps none of them any more, which a nurse has to read.
    """

    opt_out: tuple[str, ...]
    opt_in: tuple[str, ...]
    done: tuple[str, ...]
    move: tuple[str, ...]
    wrong_number: tuple[str, ...]
    polite: tuple[str, ...]
    texts: tuple[str, ...]


class AmbiguousWord(Unacceptable):
    """A word would mean two things; `field` is where it stands the second time."""


_REFERENCE = re.compile(r"\bref\W{0,3}([0-9a-z]{4})\b")
_WORD = re.compile(r"[^\W_]+")
_LONGEST_READ = 2000
_WHOLE = (Reading.OPT_OUT, Reading.OPT_IN, Reading.DONE, Reading.MOVE)


class Vocabulary(msgspec.Struct, frozen=True):
    """The words of all languages together: people write in the one they like."""

    whole: Mapping[str, Reading]
    phrases: frozenset[str]
    polite: frozenset[str]
    texts: frozenset[str]

    def read(self, text: str) -> Reading:
        """What a text was meant as. Case, accents, signs between letters and our reference make no difference."""
        words = _WORD.findall(_REFERENCE.sub(" ", _plain(text[:_LONGEST_READ])))
        said = f" {' '.join(words)} "
        if any(f" {phrase} " in said for phrase in self.phrases):
            return Reading.WRONG_NUMBER
        whole = self.whole.get(_one_word(words))
        if whole is not None:
            return whole
        meant = [word for word in words if word not in self.polite | self.texts]
        if len(set(meant)) == 1:  # somebody insists: STOP STOP
            meant = meant[:1]
        reading = self.whole.get(_one_word(meant), Reading.OTHER)
        return Reading.OTHER if reading is Reading.MOVE and not self.texts.isdisjoint(words) else reading


def vocabulary_of(languages: Iterable[InboundWords]) -> Vocabulary:
    """All languages together. Raises AmbiguousWord: what means two things means neither."""
    whole: dict[str, Reading] = {}
    phrases: set[str] = set()
    polite: set[str] = set()
    texts: set[str] = set()
    for words in languages:
        for reading in _WHOLE:
            for word in getattr(words, reading.value):
                forms = {_joined(word, field=reading), " ".join(_words(word, field=reading))}
                if any(whole.setdefault(form, reading) is not reading for form in forms):
                    raise AmbiguousWord("holds a word that means something else too", field=f"inbound.{reading}")
        phrases |= {" ".join(_words(phrase, field="wrong_number")) for phrase in words.wrong_number}
        polite |= {_joined(word, field="polite") for word in words.polite}
        texts |= {_joined(word, field="texts") for word in words.texts}
    for field, beside in (("polite", polite), ("texts", texts)):
        if beside & whole.keys():
            raise AmbiguousWord("holds a word that means something", field=f"inbound.{field}")
    return Vocabulary(whole=whole, phrases=frozenset(phrases), polite=frozenset(polite), texts=frozenset(texts))


def reference_in(text: str) -> str | None:
    """The reference of one of our texts, where somebody quotes it after `Ref`; in capitals."""
    found = _REFERENCE.search(_plain(text[:_LONGEST_READ]))
    return None if found is None else found[1].upper()


def _plain(text: str) -> str:
    """Lower case without accents: `Arrêt` becomes `arret`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _words(phrase: str, *, field: str) -> list[str]:
    words = _WORD.findall(_plain(phrase))
    if not words:
        raise AmbiguousWord("holds a word without a letter", field=f"inbound.{field}")
    return words


def _one_word(words: list[str]) -> str:
    """S.T.O.P is a word, and "un stop" is two."""
    return ("" if all(len(word) == 1 for word in words) else " ").join(words)


def _joined(word: str, *, field: str) -> str:
    return "".join(_words(word, field=field))
