"""Where and how a colleague is told by mail, read from what a person typed."""

from __future__ import annotations

from monitor.delivery.mail.address import is_mail_address
from monitor.terms import Unacceptable
from monitor.work import Work


def read_email(email: str | None) -> str | None:
    """A mail address, or none. Raises Unacceptable."""
    if email is not None and not is_mail_address(email):
        raise Unacceptable("not a mail address, such as nora@hospital.example", field="email")
    return email


def read_mail_language(work: Work, language: str | None) -> str | None:
    """A language that there are words for mail in, or none. Raises Unacceptable."""
    known = work.catalog.mail_words.languages
    if language is not None and language not in known:
        raise Unacceptable(f"not one of {', '.join(sorted(known))}", field="language")
    return language
