"""Open this to change how the sentences of `config/wording/` become the text of one SMS."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

import msgspec

from monitor.notices.answers import Answer
from monitor.notices.inbound_words import InboundWords, Vocabulary, vocabulary_of
from monitor.notices.sms_text import check_sms_text
from monitor.terms import Unacceptable


class Sentence(StrEnum):
    """The reminder that is said: before the day, with its hour or without, on it, after it, or for several days."""

    BEFORE = "before"
    BEFORE_AT = "before_at"
    TODAY = "today"
    AFTER = "after"
    SEVERAL = "several"


class Reply(StrEnum):
    """What a text says of answering it: nobody could read that, or the word that ends the texts can be sent back."""

    NONE = "none"
    STOP = "stop"


class UnknownLanguage(Unacceptable):
    """There is no wording file for that language."""


class UnknownCountry(Unacceptable):
    """The wording file gives no emergency numbers for that country; somebody else's numbers could kill."""


class Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that can be said in one language.

    `date` may hold `{day}`, `{dd}`, `{mm}` and, where twelve `months` are given, `{month}`; `time` may hold `{hour}`,
    `{hh}` and `{minutes}`. `reminder` has one template for each `Sentence`; in its place `{reply}` stands the one of
    `reply` for that `Reply`. `emergency` has one for each country (ISO 3166, two letters), `answers` one for each other
    `Answer`; `inbound` holds the words by which a text to us is read.
    """

    language: str
    date: str
    time: str
    reminder: Mapping[str, str]
    reply: Mapping[str, str]
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
        reply: Reply,
        at: dt.time | None = None,
    ) -> str:
        """The reminder as it will be sent; `at` where the sentence names an hour.

        Refused (`UnsuitableText`) if it would not be one harmless GSM-7 segment.
        """
        texts = self._in(language)
        places = {"date": texts.day(on), "link": link, "telephone": telephone, "reference": reference}
        places["reply"] = texts.reply[reply]
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
