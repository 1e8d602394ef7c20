"""What a patient reads about signs: the words of each, and what to do, emergency numbers first."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

import msgspec

from monitor.notices.signs import Sign, Urgency, gravest
from monitor.notices.wording import UnknownLanguage
from monitor.terms import Unacceptable

ANYWHERE = "anywhere"
"""What stands for a country whose numbers we do not know: nobody's own numbers are named there."""

_NUMBER = re.compile(r"\d+")


class BadSignWords(Unacceptable):
    """A file of sign words cannot be used; `field` is the path inside it."""


class SignTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that is said about signs in one language.

    `emergency`: whom to call now, by country (ISO 3166, two letters) and `anywhere`. `worse`: the same for what is no
    emergency yet. `advice`: what to do, by urgency. `reach_us` may hold `{telephone}`. `signs`: the words by id.
    """

    language: str
    emergency: Mapping[str, str]
    worse: Mapping[str, str]
    advice: Mapping[str, str]
    reach_us: str
    seek_elsewhere: str
    in_pregnancy: str
    signs: Mapping[str, str]


class SignWords(msgspec.Struct, frozen=True):
    """The words of every language; built by `sign_words_of`."""

    texts: Mapping[str, SignTexts]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which signs have words."""
        return tuple(sorted(self.texts))

    def words(self, sign: str, *, language: str) -> str:
        """A sign as a patient reads it. Raises UnknownLanguage; KeyError where the sign has no words."""
        return self.texts_in(language).signs[sign]

    def texts_in(self, language: str) -> SignTexts:
        """All that is said in a language. Raises UnknownLanguage."""
        texts = self.texts.get(language)
        if texts is None:
            raise UnknownLanguage("no words for signs in this language", field="language")
        return texts

    def spoken(self, asked: str | None, *, patient: str) -> str:
        """The language asked for; else the patient's, or any rather than none: nobody goes without advice.

        Raises UnknownLanguage where one is asked for that has no words.
        """
        if asked is not None:
            return self.texts_in(asked).language
        return patient if patient in self.texts else self.languages[0]

    def advice(
        self,
        signs: Sequence[Sign],
        urgencies: Collection[Urgency],
        *,
        language: str,
        country: str,
        telephone: str | None,
    ) -> tuple[str, ...]:
        """What somebody with these signs is told, line by line, the most pressing first.

        In an emergency the numbers of the country come first, and no sentence asks to wait for us. Otherwise: what to
        do and how soon, how to reach us, what to do where nobody answers, and last whom to call if it gets worse.
        Raises UnknownLanguage.
        """
        texts = self.texts_in(language)
        worst = gravest(urgencies)
        return tuple(_advice(texts, signs, worst, country=country, telephone=telephone))


def sign_words_of(texts: Sequence[SignTexts]) -> SignWords:
    """All languages together; `BadSignWords` names the first thing that is missing or that nobody knows."""
    for one in texts:
        _check(one)
    return SignWords(texts={one.language: one for one in texts})


def missing_words(signs: Sequence[Sign], words: SignWords) -> Iterator[tuple[str, str]]:
    """Each sign that has no words in some language, with that language."""
    for sign in signs:
        for language in words.languages:
            if sign.id not in words.texts[language].signs:
                yield sign.id, language


def numbers_in(text: str) -> frozenset[str]:
    """The telephone numbers that a sentence names."""
    return frozenset(_NUMBER.findall(text))


def _advice(
    texts: SignTexts, signs: Sequence[Sign], worst: Urgency, *, country: str, telephone: str | None
) -> Iterator[str]:
    is_emergency = worst is Urgency.EMERGENCY
    numbers = texts.emergency if is_emergency else texts.worse
    if is_emergency:
        yield numbers.get(country, numbers[ANYWHERE])
    yield texts.advice[worst]
    if telephone is not None:
        yield texts.reach_us.format(telephone=telephone)
    if any(sign.seek_elsewhere for sign in signs):
        yield texts.seek_elsewhere
    if any(sign.in_pregnancy is not None for sign in signs):
        yield texts.in_pregnancy
    if not is_emergency:
        yield numbers.get(country, numbers[ANYWHERE])


def _check(texts: SignTexts) -> None:
    _check_numbers(texts)
    unknown = sorted(set(texts.advice) ^ set(Urgency))
    if unknown:
        reason = "no such urgency" if unknown[0] in texts.advice else "is missing"
        raise BadSignWords(reason, field=f"advice.{unknown[0]}")
    if texts.reach_us.replace("{telephone}", "", 1).count("{") or "{telephone}" not in texts.reach_us:
        raise BadSignWords("holds {telephone} once, and no other place", field="reach_us")
    for path, text in _every(texts):
        if not text.strip() or text != text.strip() or not text.isprintable():
            raise BadSignWords("empty, or with blanks around it, or not one line", field=path)


def _check_numbers(texts: SignTexts) -> None:
    for country in sorted({ANYWHERE, *texts.emergency, *texts.worse}):
        for name in ("emergency", "worse"):
            if country not in getattr(texts, name):
                raise BadSignWords("is missing", field=f"{name}.{country}")
        if numbers_in(texts.emergency[country]) != numbers_in(texts.worse[country]):
            raise BadSignWords("names other numbers than emergency does", field=f"worse.{country}")


def _every(texts: SignTexts) -> Iterator[tuple[str, str]]:
    for name in ("emergency", "worse", "advice", "signs"):
        for key, text in getattr(texts, name).items():
            yield f"{name}.{key}", text
    for name in ("reach_us", "seek_elsewhere", "in_pregnancy"):
        yield name, getattr(texts, name)
