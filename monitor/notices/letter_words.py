"""Open this to change how the sentences of letters become one sheet for one reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from monitor.notices.letter_texts import LetterTexts, check_texts
from monitor.notices.letters import WantedLetter
from monitor.notices.wording import UnknownLanguage
from monitor.schedules.letters import AskedLetter

OTHERWISE = "en"
"""The language of a reader of whom we know none that has words."""
_TO_WRITE_ON = "_" * 24  # by hand: a letter that asks for a call and names no number helps nobody


class Reader(msgspec.Struct, frozen=True):
    """What the sheet says of people and places: nothing of it is in the words."""

    address: tuple[str, ...]
    site: str
    telephone: str | None
    name: str
    born_on: dt.date
    sex: str


class Sheet(msgspec.Struct, frozen=True):
    """One letter, ready to be set; a part is a paragraph, or the lines of a list."""

    language: str
    sender: tuple[str, ...]
    address: tuple[str, ...]
    date: str
    mention: str | None
    subject: str
    parts: tuple[str | tuple[str, ...], ...]
    ending: tuple[str, ...]


class LetterWords(msgspec.Struct, frozen=True):
    """The words of every language, and the layout that all letters share."""

    texts: Mapping[str, LetterTexts]
    layout: bytes

    def language_of(self, asked: str | None, *, reader: str | None, country: str) -> str:
        """The language asked for; else the reader's, that of the country, or English: nobody goes without a letter.

        Raises UnknownLanguage where one is asked for that has no words.
        """
        if asked is not None and asked not in self.texts:
            raise UnknownLanguage("no letters in this language", field="language")
        wanted = asked or reader
        if wanted in self.texts:
            return str(wanted)
        return next((name for name, one in sorted(self.texts.items()) if country in one.countries), OTHERWISE)

    def to_patient(self, letter: WantedLetter, reader: Reader, *, language: str, on: dt.date, has_order: bool) -> Sheet:
        """What the patient reads: what we wait for, since when, whom to call; no disease, drug or hospital (H43).

        `has_order`: whether their standing order is known to be valid. What is done at one go is named once, with the
        oldest of its dates: two months that were missed are one sample to be taken.
        """
        texts = self.texts[language]
        said = texts.patient
        oldest: dict[str, AskedLetter] = {}
        for one in letter.about:
            oldest.setdefault(texts.items[one.stream].patient, one)
        lines = tuple(_line(said.line, item, one, texts) for item, one in oldest.items())
        parts: list[str | tuple[str, ...]] = [said.greeting, *said.before, lines, *said.after]
        parts += [said.order_valid if has_order else said.order_unknown]
        parts.append(said.reach.format(telephone=reader.telephone or _TO_WRITE_ON))
        return Sheet(
            language=language,
            sender=(said.sender, *([reader.telephone] if reader.telephone else [])),
            address=_with_name(reader),
            date=texts.day(on),
            mention=texts.registered if letter.is_registered else None,
            subject=said.subject,
            parts=tuple(parts),
            ending=(said.ending, said.sender),
        )

    def to_doctor(
        self,
        letter: WantedLetter,
        reader: Reader,
        *,
        language: str,
        on: dt.date,
        drug: str,
        taken: Mapping[str, dt.date],
        limits: Sequence[str],
        was_reminded: bool,
    ) -> Sheet:
        """What the family doctor reads: what is missing, since when, what is worth a call, and where to call.

        `taken`: by stream, the day of a sample without a result; `limits`: the numbers of the protocol, in words.
        `was_reminded`: whether the patient was sent a text about each thing that is missing.
        """
        texts = self.texts[language]
        said = texts.family_doctor
        lines = tuple(_doctor_line(one, texts, taken) for one in letter.about)
        worries = [words for one in letter.about for words in texts.items[one.stream].worries]
        parts: list[str | tuple[str, ...]] = [said.greeting]
        parts += [texts.about(words, reader.sex).format(drug=texts.drugs[drug]) for words in said.before]
        parts += [said.missing_in_spite if was_reminded else said.missing]
        parts += [
            lines,
            *(texts.about(words, reader.sex) for words in said.after),
            said.worries,
            (*limits, *dict.fromkeys(worries)),
        ]
        parts.append(said.reach.format(telephone=reader.telephone or _TO_WRITE_ON))
        return Sheet(
            language=language,
            sender=(reader.site, *([reader.telephone] if reader.telephone else [])),
            address=reader.address,
            date=texts.day(on),
            mention=texts.registered if letter.is_registered else None,
            subject=texts.about(said.subject, reader.sex).format(name=reader.name, birth=texts.day(reader.born_on)),
            parts=tuple(parts),
            ending=(said.ending, reader.site),
        )


def letter_words_of(texts: Sequence[LetterTexts], *, layout: bytes) -> LetterWords:
    """All languages together; `BadLetterWords` names the first thing that is missing or betrays something."""
    for one in texts:
        check_texts(one)
    return LetterWords(texts={one.language: one for one in texts}, layout=layout)


def missing_letter_words(protocol: str, streams: Sequence[str], words: LetterWords) -> Iterator[tuple[str, str]]:
    """What a letter about these streams of a protocol could not say, with the language in which it could not."""
    for language, texts in sorted(words.texts.items()):
        yield from ((stream, language) for stream in streams if stream not in texts.items)
        if streams and protocol not in texts.drugs:
            yield protocol, language


def _with_name(reader: Reader) -> tuple[str, ...]:
    """The address of a patient, under their name unless one of its lines says it."""
    named = set(reader.name.casefold().split())
    is_named = any(named <= set(line.casefold().split()) for line in reader.address)
    return reader.address if is_named else (reader.name, *reader.address)


def _line(template: str, item: str, asked: AskedLetter, texts: LetterTexts) -> str:
    return template.format(item=item, date=texts.day(asked.due_on))


def _doctor_line(asked: AskedLetter, texts: LetterTexts, taken: Mapping[str, dt.date]) -> str:
    item, day = texts.items[asked.stream].family_doctor, taken.get(asked.stream)
    if day is None:
        return _line(texts.family_doctor.line, item, asked, texts)
    return texts.family_doctor.taken.format(item=item, date=texts.day(asked.due_on), taken=texts.day(day))
