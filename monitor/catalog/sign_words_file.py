"""Open this to change how `config/wording/signs/` is read: one file a language, refused with the path inside it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec

from monitor.notices.sign_words import BadSignWords, SignTexts, SignWords, numbers_in, sign_words_of
from monitor.notices.wording import Wording
from monitor.terms import Unacceptable


class BadSignWordsFile(Unacceptable):
    """A file of sign words cannot be used; `field` is `fr.toml:advice.same_day`."""


def read_sign_words(folder: Path) -> SignWords:
    """All languages of the folder (`fr.toml` holds `language = "fr"`).

    Raises `BadSignWordsFile` for the first file that is not TOML, has an unknown or missing key or an empty sentence.
    """
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise BadSignWordsFile("holds no words for signs", field=folder.name)
    return sign_words_of(tuple(_read_one(path) for path in paths))


def check_beside(words: SignWords, wording: Wording) -> None:
    """Whoever can be written to can read signs, and is told the same numbers. Raises `BadSignWordsFile`."""
    for language, texts in sorted(wording.texts.items()):
        file = f"signs/{language}.toml"
        if language not in words.texts:
            raise BadSignWordsFile("is missing, and patients may have this language", field=file)
        for country, text in sorted(texts.emergency.items()):
            told = words.texts[language].emergency.get(country)
            if told is None or numbers_in(told) != numbers_in(text):
                raise BadSignWordsFile("names other numbers than the text by SMS", field=f"{file}:emergency.{country}")


def _read_one(path: Path) -> SignTexts:
    try:
        texts = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), SignTexts)
        sign_words_of((texts,))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadSignWordsFile(f"not TOML: {fault}", field=path.name) from fault
    except msgspec.ValidationError as fault:
        reason, _, place = str(fault).partition(" - at ")
        inside = place.strip("`").removeprefix("$").lstrip(".") or "top"
        raise BadSignWordsFile(reason, field=f"{path.name}:{inside}") from fault
    except BadSignWords as fault:
        raise BadSignWordsFile(fault.reason, field=f"{path.name}:{fault.field}") from fault
    if texts.language != path.stem:
        raise BadSignWordsFile("differs from the name of the file", field=f"{path.name}:language")
    return texts
