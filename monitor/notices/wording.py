"""Open this to change how the sentences of `config/wording/` become the text of one SMS."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from string import Formatter

import msgspec

from monitor.notices.answers import ANSWER_PLACES, Answer
from monitor.notices.inbound_words import AmbiguousWord, InboundWords, Vocabulary, vocabulary_of
from monitor.notices.sms_text import UnsuitableText, check_sms_text
from monitor.terms import Unacceptable

# What a rendering may need at most; a text that fits with these fits with everything shorter.
LONGEST_LINK = "https://longest.example.org/abcdefghijkl"
LONGEST_TELEPHONE = "+33 1 99 00 00 00 00"
LONGEST_REFERENCE = "WMWM"
_LONGEST_TIME = dt.time(22, 22)
_EVERY_MONTH = tuple(dt.date(2028, month, 28) for month in range(1, 13))


class Sentence(StrEnum):
    """The reminder that is said: before the day, with its hour or without, on it, after it, or for several days."""

    BEFORE = "before"
    BEFORE_AT = "before_at"
    TODAY = "today"
    AFTER = "after"
    SEVERAL = "several"


class UnknownLanguage(Unacceptable):
    """There is no wording file for that language."""


class UnknownCountry(Unacceptable):
    """The wording file gives no emergency numbers for that country; somebody else's numbers could kill."""


class BadWording(Unacceptable):
    """A sentence of a wording file cannot be used; `field` is the path inside the file."""


class Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that can be said in one language.

    `date` may hold `{day}`, `{dd}`, `{mm}` and, where twelve `months` are given, `{month}`; `time` may hold `{hour}`,
    `{hh}` and `{minutes}`. `reminder` has one template for each `Sentence`, `emergency` one for each country (ISO 3166,
    two letters). `answers` has one for each other `Answer`; `inbound` holds the words by which a text to us is read.
    """

    language: str
    date: str
    time: str
    reminder: Mapping[str, str]
    emergency: Mapping[str, str]
    answers: Mapping[str, str]
    inbound: InboundWords
    months: tuple[str, ...] = ()

    def day(self, on: dt.date) -> str:
        """The date as the language writes it, in characters that GSM-7 has."""
        month = self.months[on.month - 1] if self.months else ""
        return self.date.format(day=on.day, dd=f"{on.day:02}", mm=f"{on.month:02}", month=month)

    def hour(self, at: dt.time) -> str:
        """The time of day as the language writes it."""
        return self.time.format(hour=at.hour, hh=f"{at.hour:02}", minutes=f"{at.minute:02}")


class Wording(msgspec.Struct, frozen=True):
    """Every text that can be sent, by language; built by `wording_of`, which refuses what could not be sent."""

    texts: Mapping[str, Texts]

    @property
    def languages(self) -> frozenset[str]:
        """The languages that a patient can be written to."""
        return frozenset(self.texts)

    def vocabulary(self) -> Vocabulary:
        """How a text that reaches us is read, in whatever language it is. Raises AmbiguousWord."""
        return vocabulary_of(texts.inbound for _, texts in sorted(self.texts.items()))

    def render(
        self,
        sentence: Sentence,
        *,
        language: str,
        on: dt.date,
        link: str,
        telephone: str,
        reference: str,
        at: dt.time | None = None,
    ) -> str:
        """The reminder as it will be sent; `at` where the sentence names an hour.

        Refused (`UnsuitableText`) if it would not be one harmless GSM-7 segment.
        """
        texts = self._in(language)
        places = {"date": texts.day(on), "link": link, "telephone": telephone, "reference": reference}
        if at is not None:
            places["time"] = texts.hour(at)
        return check_sms_text(texts.reminder[sentence].format(**places))

    def emergency(self, *, language: str, country: str, telephone: str) -> str:
        """The automatic answer to somebody who writes to us: nobody reads this, here is who does (H41)."""
        template = self._in(language).emergency.get(country)
        if template is None:
            raise UnknownCountry("no emergency numbers for this country in the wording file", field="country")
        return check_sms_text(template.format(telephone=telephone))

    def answer(self, answer: Answer, *, language: str, country: str, telephone: str, link: str) -> str:
        """What a text to us is answered by itself; refused as the two above."""
        if answer is Answer.EMERGENCY:
            return self.emergency(language=language, country=country, telephone=telephone)
        return check_sms_text(self._in(language).answers[answer].format(telephone=telephone, link=link))

    def _in(self, language: str) -> Texts:
        texts = self.texts.get(language)
        if texts is None:
            raise UnknownLanguage("no wording in this language", field="language")
        return texts


_REMINDER_NEEDS = {
    Sentence.BEFORE: {"date", "link", "telephone", "reference"},
    Sentence.BEFORE_AT: {"date", "time", "link", "telephone", "reference"},
    Sentence.TODAY: {"date", "link", "telephone", "reference"},
    Sentence.AFTER: {"date", "link", "telephone", "reference"},
    Sentence.SEVERAL: {"link", "telephone", "reference"},
}


def wording_of(texts: tuple[Texts, ...]) -> Wording:
    """All languages together; `BadWording` names the first sentence not sendable in its longest rendering."""
    for one in texts:
        _check(one)
    wording = Wording(texts={one.language: one for one in texts})
    try:
        wording.vocabulary()
    except AmbiguousWord as fault:
        raise BadWording(fault.reason, field=fault.field) from fault
    return wording


def every_rendering(wording: Wording, *, days: Iterable[dt.date]) -> Iterator[tuple[str, str]]:
    """Each sentence of each language on each of these days, in its longest form, after its path (`fr:reminder.today`).

    The pairs are for reviews and for the check at load; a rendering that may not be sent raises `UnsuitableText`.
    """
    every_day = tuple(days)
    for language, texts in sorted(wording.texts.items()):
        for sentence in Sentence:
            for on in every_day:
                yield f"{language}:reminder.{sentence}", _longest(wording, sentence=sentence, language=language, on=on)
        for answer in ANSWER_PLACES:
            yield f"{language}:answers.{answer}", _longest_answer(wording, answer=answer, language=language)
        for country in sorted(texts.emergency):
            text = wording.emergency(language=language, country=country, telephone=LONGEST_TELEPHONE)
            yield f"{language}:emergency.{country}", text


def check_fits(wording: Wording, *, link: str, telephone: str) -> None:
    """Nothing, if every sentence of every language could be sent with this link and this telephone number in it.

    Raises `UnsuitableText`, which names the first sentence that could not.
    """
    for language in sorted(wording.texts):
        for sentence, on in itertools.product(Sentence, _EVERY_MONTH):
            try:
                _longest(wording, sentence=sentence, language=language, on=on, link=link, telephone=telephone)
            except UnsuitableText as fault:
                raise UnsuitableText(f"with it the sentence {language}:reminder.{sentence} {fault.reason}") from fault


def _check(texts: Texts) -> None:
    if texts.months and len(texts.months) != 12:
        raise BadWording("twelve names, or none", field="months")
    _check_places(texts.date, allowed={"day", "dd", "mm"} | ({"month"} if texts.months else set()), field="date")
    _check_places(texts.time, allowed={"hour", "hh", "minutes"}, needed={"minutes"}, field="time")
    unknown = sorted(set(texts.reminder) - set(Sentence))
    if unknown:
        raise BadWording("no such sentence", field=f"reminder.{unknown[0]}")
    for sentence, needs in _REMINDER_NEEDS.items():
        field = f"reminder.{sentence}"
        if sentence not in texts.reminder:
            raise BadWording("is missing", field=field)
        _check_places(texts.reminder[sentence], allowed=needs, needed=needs, field=field)
    _check_answers(texts)
    for country, template in texts.emergency.items():
        _check_places(template, allowed={"telephone"}, field=f"emergency.{country}")
    _check_longest(texts)


def _check_answers(texts: Texts) -> None:
    if unknown := sorted(set(texts.answers) - set(ANSWER_PLACES)):
        raise BadWording("no such answer", field=f"answers.{unknown[0]}")
    for answer, needs in ANSWER_PLACES.items():
        field = f"answers.{answer}"
        if answer not in texts.answers:
            raise BadWording("is missing", field=field)
        _check_places(texts.answers[answer], allowed=set(needs), needed=needs, field=field)


def _check_places(
    template: str, *, allowed: set[str], field: str, needed: frozenset[str] | set[str] = frozenset()
) -> None:
    """Only plain `{name}` places, all of them known, none forgotten."""
    try:
        parts = list(Formatter().parse(template))
    except ValueError as fault:
        raise BadWording("braces do not match", field=field) from fault
    found = {name for _, name, _, _ in parts if name is not None}
    if unknown := sorted(found - allowed):
        raise BadWording(f"unknown place {{{unknown[0]}}}", field=field)
    if any(spec or conversion for _, _, spec, conversion in parts):
        raise BadWording("a place is a bare name in braces", field=field)
    if forgotten := sorted(needed - found):
        raise BadWording(f"place {{{forgotten[0]}}} is missing", field=field)


def _check_longest(texts: Texts) -> None:
    """Render everything once for each month, on a day of two digits."""
    alone = Wording(texts={texts.language: texts})
    for sentence, month in itertools.product(Sentence, _EVERY_MONTH):
        rendered = functools.partial(_longest, alone, sentence=sentence, language=texts.language, on=month)
        _must_be_sendable(rendered, field=f"reminder.{sentence}")
    for answer in ANSWER_PLACES:
        rendered = functools.partial(_longest_answer, alone, answer=answer, language=texts.language)
        _must_be_sendable(rendered, field=f"answers.{answer}")
    for country in texts.emergency:
        rendered = functools.partial(
            alone.emergency, language=texts.language, country=country, telephone=LONGEST_TELEPHONE
        )
        _must_be_sendable(rendered, field=f"emergency.{country}")


def _longest(
    wording: Wording,
    *,
    sentence: Sentence,
    language: str,
    on: dt.date,
    link: str = LONGEST_LINK,
    telephone: str = LONGEST_TELEPHONE,
) -> str:
    return wording.render(
        sentence,
        language=language,
        on=on,
        link=link,
        telephone=telephone,
        reference=LONGEST_REFERENCE,
        at=_LONGEST_TIME if sentence is Sentence.BEFORE_AT else None,
    )


def _longest_answer(wording: Wording, *, answer: Answer, language: str) -> str:
    return wording.answer(answer, language=language, country="", telephone=LONGEST_TELEPHONE, link=LONGEST_LINK)


def _must_be_sendable(render: Callable[[], str], *, field: str) -> None:
    try:
        render()
    except UnsuitableText as fault:
        raise BadWording(fault.reason, field=field) from fault
