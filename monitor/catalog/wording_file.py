"""Open this to change how `config/wording/` is read: one file a language, refused with the path inside the file."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec

from monitor.notices.wording import Texts, Wording
from monitor.notices.wording_checks import BadWording, wording_of
from monitor.terms import Unacceptable


class BadWordingFile(Unacceptable):
    """A wording file cannot be used; `field` is `fr.toml:reminder.today`."""


def read_wording(folder: Path) -> Wording:
    """All languages of the folder (`fr.toml` holds `language = "fr"`).

    Raises `BadWordingFile` for the first file that is not TOML, has an unknown or missing key or a wrong type, or holds
    a sentence that could not be sent: too long for one SMS, outside GSM-7, or telling something about health.
    """
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise BadWordingFile("holds no wording file", field=folder.name)
    return wording_of(tuple(_read_one(path) for path in paths))


def _read_one(path: Path) -> Texts:
    try:
        texts = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Texts)
        wording_of((texts,))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadWordingFile(f"not TOML: {fault}", field=path.name) from fault
    except msgspec.ValidationError as fault:
        reason, _, place = str(fault).partition(" - at ")
        inside = place.strip("`").removeprefix("$").lstrip(".") or "top"
        raise BadWordingFile(reason, field=f"{path.name}:{inside}") from fault
    except BadWording as fault:
        raise BadWordingFile(fault.reason, field=f"{path.name}:{fault.field}") from fault
    if texts.language != path.stem:
        raise BadWordingFile("differs from the name of the file", field=f"{path.name}:language")
    return texts
