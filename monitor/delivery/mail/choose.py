"""Which mail server this installation uses, and what a setting about it must not be."""

from __future__ import annotations

import re
import ssl
from urllib.parse import urlsplit

from monitor.delivery.mail.address import is_mail_address
from monitor.delivery.mail.mailer import Mailer
from monitor.notices.mail_words import MailWords
from monitor.notices.telltale import telltale_word
from monitor.settings import LOOPBACK, Settings, SmtpSecurity, WrongSetting


def mailer_for(settings: Settings, words: MailWords) -> Mailer | None:
    """The configured mail server, or None where colleagues get no mail. Raises `WrongSetting`."""
    if settings.smtp_host is None:
        return None
    from monitor.delivery.mail.smtp import MailServer, SmtpMailer

    if settings.mail_from is None or not is_mail_address(settings.mail_from):
        raise WrongSetting("mail_from", "needed to send mail: an address such as monitor@site.example")
    if settings.staff_language not in words.languages:
        raise WrongSetting("staff_language", "there are no words for mail in it")
    if (settings.smtp_user is None) != (settings.smtp_password is None):
        raise WrongSetting("smtp_password", "a user and a password, or neither")
    if settings.is_production and settings.mail_recipients_allowed:
        raise WrongSetting("mail_recipients_allowed", "not in production: it would silence every other colleague")
    check_page(settings)
    is_here = settings.smtp_host in LOOPBACK
    server = MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.mail_from,
        tls=_encryption(settings, is_here=is_here),
        is_tls_from_the_start=settings.smtp_security is SmtpSecurity.TLS,
        user=settings.smtp_user,
        password=settings.smtp_password,
    )
    return SmtpMailer(
        server,
        connect=settings.connect_timeout,
        read=settings.read_timeout,
        allowed=None if settings.is_production else frozenset(settings.mail_recipients_allowed),
    )


def is_mail_sent(settings: Settings) -> bool:
    """Whether colleagues get mail here; else they are told by the list of alerts alone."""
    return settings.smtp_host is not None


def check_page(settings: Settings) -> None:
    """The link says where to sign in: no person, no page, no department in it. Raises `WrongSetting`."""
    if settings.staff_page_url is None:
        raise WrongSetting("staff_page_url", "needed in every mail")
    try:
        address = urlsplit(settings.staff_page_url)
        is_whole = bool(address.hostname) and address.port != 0
    except ValueError:
        is_whole = False
    if not is_whole or address.scheme not in ("http", "https") or not settings.staff_page_url.isascii():
        raise WrongSetting("staff_page_url", "cannot be read as an address")
    if address.query or address.fragment or address.username or re.search(r"[\s{}]", settings.staff_page_url):
        raise WrongSetting("staff_page_url", "must be the same plain address for everybody")
    if address.scheme == "http" and settings.is_production:
        raise WrongSetting("staff_page_url", "must be https in production")
    if telltale_word(settings.staff_page_url) is not None:
        raise WrongSetting("staff_page_url", "holds a word that tells about health")


def _encryption(settings: Settings, *, is_here: bool) -> ssl.SSLContext | None:
    if settings.smtp_security is SmtpSecurity.NONE:
        if not is_here or settings.is_production:
            raise WrongSetting("smtp_security", "none only to this machine and outside production")
        return None
    try:
        return ssl.create_default_context(cafile=None if settings.smtp_ca_file is None else str(settings.smtp_ca_file))
    except (OSError, ssl.SSLError) as fault:
        raise WrongSetting("smtp_ca_file", "cannot be read as certificates") from fault
