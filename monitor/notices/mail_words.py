"""Open this to change what an e-mail to a colleague may say: that something waits, where, and nothing else (H43)."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

import msgspec

from monitor.notices.telltale import telltale_word
from monitor.notices.wording import UnknownLanguage
from monitor.terms import Unacceptable

_LONGEST_SUBJECT = 60
_LONGEST_BODY = 1000


class BadMailWords(Unacceptable):
    """A file of mail words cannot be used; `field` is the path inside it."""


class MailTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The mail in one language: its `subject` has no place, its `body` holds `{link}` and no other."""

    language: str
    subject: str
    body: str


class MailText(msgspec.Struct, frozen=True):
    """A mail as it is read, the same for everybody of that language."""

    subject: str
    body: str


class MailWords(msgspec.Struct, frozen=True):
    """The mail in every language; built by `mail_words_of`, which refuses what could betray anything."""

    texts: Mapping[str, MailTexts]

    @property
    def languages(self) -> frozenset[str]:
        """The languages in which a colleague can be written to."""
        return frozenset(self.texts)

    def render(self, *, language: str, link: str) -> MailText:
        """What a colleague reads. Raises UnknownLanguage."""
        texts = self.texts.get(language)
        if texts is None:
            raise UnknownLanguage("no words for mail in this language", field="language")
        return MailText(subject=texts.subject, body=texts.body.strip().format(link=link) + "\n")


def mail_words_of(texts: tuple[MailTexts, ...]) -> MailWords:
    """All languages together; `BadMailWords` names the first part that may not be sent."""
    for one in texts:
        _check(one)
    return MailWords(texts={one.language: one for one in texts})


def _check(texts: MailTexts) -> None:
    for field, text, longest, places in (
        ("subject", texts.subject, _LONGEST_SUBJECT, set[str]()),
        ("body", texts.body, _LONGEST_BODY, {"link"}),
    ):
        if not text.strip():
            raise BadMailWords("is empty", field=field)
        if len(text) > longest:
            raise BadMailWords(f"is longer than {longest} characters", field=field)
        if _places(text, field=field) != places:
            raise BadMailWords("holds {link} and no other place" if places else "holds no place", field=field)
        if any(character.isdigit() for character in text):
            raise BadMailWords("holds a number: it could be a value, a date or a count", field=field)
        if (word := telltale_word(text)) is not None:
            raise BadMailWords(f"holds a word beginning with {word!r}, which tells about health", field=field)
    if not texts.subject.isprintable():
        raise BadMailWords("is not one line", field="subject")


def _places(text: str, *, field: str) -> set[str]:
    try:
        parts = list(Formatter().parse(text))
    except ValueError as fault:
        raise BadMailWords("braces do not match", field=field) from fault
    if any(spec or conversion for _, _, spec, conversion in parts):
        raise BadMailWords("a place is a bare name in braces", field=field)
    return {name for _, name, _, _ in parts if name is not None}
