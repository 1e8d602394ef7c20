"""The sentences of letters, as the files of `config/wording/letters/` hold them, and what they may not say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from string import Formatter

import msgspec

from monitor.notices.telltale import illness_word
from monitor.schedules.facts import Sex
from monitor.schedules.letters import Addressee
from monitor.terms import Level, Unacceptable

_LEVELS = (Level.CRITICAL, Level.URGENT)


class BadLetterWords(Unacceptable):
    """A file of letter words cannot be used; `field` is the path inside it."""


class ItemWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one stream is called by each reader; `worries`: what the doctor must call for and no number says."""

    patient: str
    family_doctor: str
    worries: tuple[str, ...] = ()


class _Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    subject: str
    greeting: str
    before: tuple[str, ...]
    line: str
    after: tuple[str, ...]
    reach: str
    ending: str


class PatientTexts(_Said, frozen=True, kw_only=True):
    """The letter that a family may open."""

    sender: str
    order_valid: str
    order_unknown: str


class DoctorTexts(_Said, frozen=True, kw_only=True):
    """The letter to the family doctor; `taken`: the line of what was sampled and has no result.

    `missing_in_spite` stands before the lines where the patient was sent texts about each of them, `missing` elsewhere.
    """

    missing: str
    missing_in_spite: str
    taken: str
    worries: str


class Endings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the words about a patient end in: `written` in the file, and what it becomes where the sex is known."""

    written: str
    female: str
    male: str


class LetterTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that is said in letters in one language; `countries`: where family doctors read it."""

    language: str
    countries: tuple[str, ...]
    date: str
    months: tuple[str, ...]
    registered: str
    patient: PatientTexts
    family_doctor: DoctorTexts
    levels: Mapping[Level, str]
    drugs: Mapping[str, str]
    items: Mapping[str, ItemWords]
    first: str = "1"
    endings: Endings | None = None

    def about(self, text: str, sex: str) -> str:
        """The sentence about a patient of this sex; as it is written for one that has no ending of its own."""
        ending = {Sex.FEMALE: "female", Sex.MALE: "male"}.get(Sex(sex))
        if self.endings is None or ending is None:
            return text
        return text.replace(self.endings.written, getattr(self.endings, ending))

    def day(self, on: dt.date) -> str:
        """The date as it is written in a letter."""
        day = self.first if on.day == 1 else str(on.day)
        return self.date.format(day=day, month=self.months[on.month - 1], year=on.year)


def check_texts(texts: LetterTexts) -> None:
    """Twelve months, every place known, no empty sentence; nothing in the patient's letter that tells of an illness."""
    if len(texts.months) != 12:
        raise BadLetterWords("twelve names", field="months")
    for level in _LEVELS:
        if level not in texts.levels:
            raise BadLetterWords("is missing", field=f"levels.{level}")
    for path, text, places in _every(texts):
        _check_sentence(path, text, places)
        is_for_patient = path.startswith("patient.") or path.endswith(".patient") or path == "registered"
        if is_for_patient and (told := illness_word(text)) is not None:
            raise BadLetterWords(f"a family would read {told!r}", field=path)


def _check_sentence(path: str, text: str, places: frozenset[str]) -> None:
    if not text.strip() or text != text.strip() or not text.isprintable():
        raise BadLetterWords("empty, or with blanks around it, or not one line", field=path)
    try:
        found = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError as fault:
        raise BadLetterWords("braces do not match", field=path) from fault
    if found != places:
        wrong = min(found ^ places)
        raise BadLetterWords(f"place {{{wrong}}} is {'unknown' if wrong in found else 'missing'}", field=path)


_NO_PLACES: frozenset[str] = frozenset()
_PLACES: Mapping[str, frozenset[str]] = {
    "line": frozenset({"item", "date"}),
    "taken": frozenset({"item", "date", "taken"}),
    "reach": frozenset({"telephone"}),
}


def _every(texts: LetterTexts) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Each sentence with its path and the places that it must have."""
    yield "date", texts.date, frozenset({"day", "month", "year"})
    for name in ("registered", "first"):
        yield name, getattr(texts, name), _NO_PLACES
    for whose in Addressee:
        said = getattr(texts, whose.value)
        for name in said.__struct_fields__:
            value = getattr(said, name)
            places = _PLACES.get(name, _NO_PLACES)
            if whose is Addressee.FAMILY_DOCTOR:
                places = {"subject": frozenset({"name", "birth"}), "before": frozenset({"drug"})}.get(name, places)
            for text in (value,) if isinstance(value, str) else value:
                yield f"{whose.value}.{name}", text, places
    for name in ("levels", "drugs"):
        yield from ((f"{name}.{key}", text, _NO_PLACES) for key, text in getattr(texts, name).items())
    for stream, item in texts.items.items():
        for name, text in (("patient", item.patient), ("family_doctor", item.family_doctor)):
            yield f"items.{stream}.{name}", text, _NO_PLACES
        yield from ((f"items.{stream}.worries", text, _NO_PLACES) for text in item.worries)
