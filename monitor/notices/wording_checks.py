"""Open this to see why a wording file is refused: what it must hold, and that everything it can say may be sent."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Callable, Iterable, Iterator
from string import Formatter

from monitor.notices.answers import ANSWER_PLACES, Answer
from monitor.notices.inbound_words import AmbiguousWord
from monitor.notices.sms_text import UnsuitableText
from monitor.notices.wording import Reply, Sentence, Texts, Wording
from monitor.terms import Unacceptable

# What a rendering may need at most; a text that fits with these fits with everything shorter.
LONGEST_LINK = "https://longest.example.org/abcdefghijkl"
LONGEST_TELEPHONE = "+33 1 99 00 00 00 00"
LONGEST_REFERENCE = "WMWM"
_LONGEST_TIME = dt.time(22, 22)
_EVERY_MONTH = tuple(dt.date(2028, month, 28) for month in range(1, 13))
_WORD_THAT_ENDS = "STOP"  # which every provider knows, whatever language the text is in


class BadWording(Unacceptable):
    """A sentence of a wording file cannot be used; `field` is the path inside the file."""


_REMINDER_NEEDS = {
    Sentence.BEFORE: {"date", "link", "telephone", "reference", "reply"},
    Sentence.BEFORE_AT: {"date", "time", "link", "telephone", "reference", "reply"},
    Sentence.TODAY: {"date", "link", "telephone", "reference", "reply"},
    Sentence.AFTER: {"date", "link", "telephone", "reference", "reply"},
    Sentence.SEVERAL: {"link", "telephone", "reference", "reply"},
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


def every_rendering(texts: Texts, *, days: Iterable[dt.date]) -> Iterator[tuple[str, Callable[[], str]]]:
    """How to say each sentence of a language in its longest form, reminders for each of these days, after its path.

    What is made may raise `UnsuitableText`.
    """
    alone = Wording(texts={texts.language: texts})
    for sentence, reply, on in itertools.product(Sentence, Reply, tuple(days)):
        yield (
            f"reminder.{sentence}",
            functools.partial(_longest, alone, sentence=sentence, reply=reply, language=texts.language, on=on),
        )
    for answer in ANSWER_PLACES:
        yield f"answers.{answer}", functools.partial(_longest_answer, alone, answer=answer, language=texts.language)
    for country in sorted(texts.emergency):
        yield (
            f"emergency.{country}",
            functools.partial(alone.emergency, language=texts.language, country=country, telephone=LONGEST_TELEPHONE),
        )


def check_fits(wording: Wording, *, link: str, telephone: str, reply: Reply) -> None:
    """Nothing, if every reminder of every language could be sent with this link, telephone and way of answering in it.

    Raises `UnsuitableText`, which names the first sentence that could not.
    """
    for language in sorted(wording.texts):
        for sentence, on in itertools.product(Sentence, _EVERY_MONTH):
            try:
                _longest(
                    wording, sentence=sentence, reply=reply, language=language, on=on, link=link, telephone=telephone
                )
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
    _check_replies(texts)
    _check_answers(texts)
    for country, template in texts.emergency.items():
        _check_places(template, allowed={"telephone"}, field=f"emergency.{country}")
    for field, render in every_rendering(texts, days=_EVERY_MONTH):
        _must_be_sendable(render, field=field)


def _check_replies(texts: Texts) -> None:
    if unknown := sorted(set(texts.reply) - set(Reply)):
        raise BadWording("no such way of answering", field=f"reply.{unknown[0]}")
    for reply in Reply:
        if reply not in texts.reply:
            raise BadWording("is missing", field=f"reply.{reply}")
    if _WORD_THAT_ENDS not in texts.reply[Reply.STOP].split(".")[0].split():
        raise BadWording(f"does not name {_WORD_THAT_ENDS}", field=f"reply.{Reply.STOP}")


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


def _longest(
    wording: Wording,
    *,
    sentence: Sentence,
    reply: Reply,
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
        reply=reply,
        at=_LONGEST_TIME if sentence is Sentence.BEFORE_AT else None,
    )


def _longest_answer(wording: Wording, *, answer: Answer, language: str) -> str:
    return wording.answer(answer, language=language, country="", telephone=LONGEST_TELEPHONE, link=LONGEST_LINK)


def _must_be_sendable(render: Callable[[], str], *, field: str) -> None:
    try:
        render()
    except UnsuitableText as fault:
        raise BadWording(fault.reason, field=field) from fault
