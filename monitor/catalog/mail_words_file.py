"""Open this to change how `config/wording/mail/` is read: one file a language, refused with the path inside it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec

from monitor.notices.mail_words import BadMailWords, MailTexts, MailWords, mail_words_of
from monitor.terms import Unacceptable


class BadMailWordsFile(Unacceptable):
    """A file of mail words cannot be used; `field` is `fr.toml:subject`."""


def read_mail_words(folder: Path) -> MailWords:
    """All languages of the folder (`fr.toml` holds `language = "fr"`).

    Raises `BadMailWordsFile` for the first file that is not TOML, has an unknown or missing key, or says too much.
    """
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise BadMailWordsFile("holds no words for mail", field=folder.name)
    return mail_words_of(tuple(_read_one(path) for path in paths))


def _read_one(path: Path) -> MailTexts:
    try:
        texts = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), MailTexts)
        mail_words_of((texts,))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadMailWordsFile(f"not TOML: {fault}", field=path.name) from fault
    except msgspec.ValidationError as fault:
        reason, _, _ = str(fault).partition(" - at ")
        raise BadMailWordsFile(reason, field=path.name) from fault
    except BadMailWords as fault:
        raise BadMailWordsFile(fault.reason, field=f"{path.name}:{fault.field}") from fault
    if texts.language != path.stem:
        raise BadMailWordsFile("differs from the name of the file", field=f"{path.name}:language")
    return texts
