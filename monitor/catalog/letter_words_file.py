"""Open this to change how `config/wording/letters/` is read: one file a language, and the layout they share."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec

from monitor.notices.letter_texts import BadLetterWords, LetterTexts, check_texts
from monitor.notices.letter_words import OTHERWISE, LetterWords, letter_words_of
from monitor.terms import Unacceptable

_LAYOUT = "letter.typ"


class BadLetterWordsFile(Unacceptable):
    """A file of letter words cannot be used; `field` is `letters/fr.toml:patient.line`."""


def read_letter_words(folder: Path) -> LetterWords:
    """All languages of the folder (`fr.toml` holds `language = "fr"`), and the layout.

    Raises `BadLetterWordsFile` for the first file that is not TOML, has an unknown or missing key, or a sentence that
    cannot be said.
    """
    texts = tuple(_read_one(path) for path in sorted(folder.glob("*.toml")))
    if OTHERWISE not in [one.language for one in texts]:
        raise BadLetterWordsFile(
            "is missing: the language of whoever reads no other", field=f"letters/{OTHERWISE}.toml"
        )
    try:
        layout = (folder / _LAYOUT).read_bytes()
    except OSError as fault:
        raise BadLetterWordsFile("is missing", field=f"letters/{_LAYOUT}") from fault
    return letter_words_of(texts, layout=layout)


def _read_one(path: Path) -> LetterTexts:
    name = f"letters/{path.name}"
    try:
        texts = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), LetterTexts)
        check_texts(texts)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadLetterWordsFile(f"not TOML: {fault}", field=name) from fault
    except msgspec.ValidationError as fault:
        reason, _, place = str(fault).partition(" - at ")
        inside = place.strip("`").removeprefix("$").lstrip(".") or "top"
        raise BadLetterWordsFile(reason, field=f"{name}:{inside}") from fault
    except BadLetterWords as fault:
        raise BadLetterWordsFile(fault.reason, field=f"{name}:{fault.field}") from fault
    if texts.language != path.stem:
        raise BadLetterWordsFile("differs from the name of the file", field=f"{name}:language")
    return texts
