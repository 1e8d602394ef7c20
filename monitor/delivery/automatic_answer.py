"""Writes the answer that a text to us gets by itself, once an hour, in the language of whoever wrote."""

from __future__ import annotations

import logging

from monitor.delivery.telephone_owners import Owner
from monitor.notices.answers import Answer
from monitor.store.inbound_message import was_answered
from monitor.terms import Unacceptable
from monitor.work import Work

_log = logging.getLogger(__name__)


def may_answer(work: Work, answer: Answer, *, sender: str) -> bool:
    """The same answer at most once in a while to one number, so that two machines cannot talk for ever.

    Each answer has its own hour: a thank-you must not keep back the one that says whom to call (H41).
    """
    since = work.at - work.settings.answer_again_after
    return not was_answered(work.session, sender=sender, answer=answer, since=since, until=work.at)


def written_answer(work: Work, answer: Answer, owners: tuple[Owner, ...]) -> str | None:
    """The text, as one harmless segment (H38, H43); None, and a line in the log, where none can be written.

    In the language of the first owner and with the numbers of that country; to a number that nobody here has, in those
    of the installation. Where that language has none for the country, in one that has.
    """
    settings, wording = work.settings, work.catalog.wording
    language = owners[0].language if owners else settings.answer_language
    country = owners[0].country if owners else settings.country
    telephone = _telephone(owners) or settings.public_telephone
    if telephone is None or settings.public_page_url is None:
        _log.error("an automatic answer needs a telephone number and a page to name")
        return None
    for one in dict.fromkeys((language, settings.answer_language, *sorted(wording.languages))):
        try:
            return wording.answer(
                answer, language=one, country=country, telephone=telephone, link=settings.public_page_url
            )
        except Unacceptable as refusal:
            _log.error("the automatic answer %s cannot be written in %s: %s", answer, one, refusal.reason)
    return None


def _telephone(owners: tuple[Owner, ...]) -> str | None:
    """That of the site, where they share one."""
    known = {one.telephone for one in owners}
    return known.pop() if len(known) == 1 else None
