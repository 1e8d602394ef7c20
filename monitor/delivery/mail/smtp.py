"""Carries a mail to the hospital's mail server: before the last dot nothing was sent, after it only its answer tells.

A server takes responsibility for a mail with its answer to the dot that ends it, and never before. So the dot is sent
on its own: whatever breaks until then certainly sent nothing, and whatever breaks after it may have sent everything.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from threading import Lock, Thread

from monitor.delivery.mail.address import is_mail_address
from monitor.delivery.mail.mailer import MailOutcome, MailRefused, OutgoingMail, Taken
from monitor.delivery.transport import AccountRefused, NotSent, Unknown

_log = logging.getLogger(__name__)
_LINE_THAT_BEGINS_WITH_A_DOT = re.compile(rb"(?m)^\.")
# RFC 3463 and 7505: no such mailbox or host, no address, moved, takes no mail at all, closed. A refusal that gives no
# reason may be about us: a relay that is not permitted, a list that we stand on.
_NO_MAILBOX = re.compile(rb"5\.(?:1\.(?:1|2|3|6|10)|2\.1)(?!\d)")
_GO_AHEAD = 354
_OF_THE_ACCOUNT = frozenset({530, 534, 535, 538})  # RFC 4954: no answer about this mail, but about who sends it


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where the mail is handed over, and as whom. `tls`: none only on this machine; from the first byte on or not."""

    host: str
    port: int
    sender: str
    tls: ssl.SSLContext | None
    is_tls_from_the_start: bool
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def domain(self) -> str:
        """What we say that we are, and whose names our mails have."""
        return self.sender.rpartition("@")[2]


class _Ended(Exception):
    """The conversation is over before the last dot, with this outcome."""

    def __init__(self, outcome: MailOutcome) -> None:
        super().__init__("the mail was not sent")
        self.outcome = outcome


@dataclass(slots=True)
class _Call:
    """One conversation, so that who waits for it can end it, or keep the last dot from being sent."""

    lock: Lock = field(default_factory=Lock)
    server: smtplib.SMTP | None = None
    is_over: bool = False
    has_ended_mail: bool = False

    def admit(self, server: smtplib.SMTP) -> None:
        with self.lock:
            self.server = server
            if self.is_over:
                raise _Ended(NotSent("out_of_time"))

    def before_the_dot(self) -> None:
        with self.lock:
            if self.is_over:
                raise _Ended(NotSent("out_of_time"))
            self.has_ended_mail = True

    def give_up(self) -> bool:
        """End it; True if the last dot may have been sent."""
        with self.lock:
            self.is_over = True
            if self.server is not None and self.server.sock is not None:
                with suppress(OSError):  # it is closed already
                    self.server.sock.shutdown(socket.SHUT_RDWR)
            return self.has_ended_mail

    def broke(self, why: str) -> MailOutcome:
        return Unknown(why) if self.has_ended_mail else NotSent(why)


class SmtpMailer:
    """A new connection for each mail, every wait bounded, nothing retried here.

    `allowed`: where given, everybody else is refused before anything leaves (H60).
    """

    def __init__(
        self,
        server: MailServer,
        *,
        connect: dt.timedelta,
        read: dt.timedelta,
        allowed: frozenset[str] | None = None,
    ) -> None:
        self._server, self._read, self._allowed = server, read, allowed
        self._longest_call = connect + read

    @property
    def longest_call(self) -> dt.timedelta:
        return self._longest_call

    def send(self, mail: OutgoingMail) -> MailOutcome:
        if self._allowed is not None and mail.to not in self._allowed:
            return MailRefused("not_allowed_here")
        if not is_mail_address(mail.to):
            return MailRefused("no_address", is_address=True)
        call = _Call()
        outcomes: list[MailOutcome] = []
        # A thread that no end of the process waits for: a server may drip a byte a minute for ever.
        talking = Thread(target=lambda: outcomes.append(self._talk(call, mail)), name="mail call", daemon=True)
        talking.start()
        talking.join(self._longest_call.total_seconds())
        if outcomes:
            return outcomes[0]
        return Unknown("out_of_time") if call.give_up() else NotSent("out_of_time")

    def _talk(self, call: _Call, mail: OutgoingMail) -> MailOutcome:
        try:
            try:
                server = self._connect(call)
                return _hand_over(server, call, sender=self._server.sender, mail=mail)
            finally:
                _hang_up(call)
        except _Ended as end:
            return end.outcome
        except smtplib.SMTPResponseException as refusal:
            return call.broke("unreadable_answer") if call.has_ended_mail else _before_the_dot(refusal)
        except ssl.SSLCertVerificationError:
            return AccountRefused("certificate")  # somebody else's server, or ours without a valid name: nobody's mail
        except (smtplib.SMTPException, OSError) as fault:
            return call.broke(_kind(fault))
        except Exception as fault:  # noqa: BLE001 - an answer that nobody foresaw
            _log.error("unreadable answer of the mail server: %s", type(fault).__name__)
            return call.broke("unreadable_answer")

    def _connect(self, call: _Call) -> smtplib.SMTP:
        """A conversation in which we have said who we are, encrypted where that is asked for."""
        place = self._server
        wait = self._read.total_seconds()
        if place.tls is not None and place.is_tls_from_the_start:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                place.host, place.port, local_hostname=place.domain, timeout=wait, context=place.tls
            )
        else:
            server = smtplib.SMTP(place.host, place.port, local_hostname=place.domain, timeout=wait)
        call.admit(server)
        _expect(server.ehlo(), "greeting")
        if place.tls is not None and not place.is_tls_from_the_start:
            if not server.has_extn("starttls"):
                raise _Ended(AccountRefused("no_starttls"))
            server.starttls(context=place.tls)
            _expect(server.ehlo(), "greeting")
        if place.user is not None and place.password is not None:
            _log_in(server, place.user, place.password)
        return server


def written(mail: OutgoingMail, *, sender: str) -> bytes:
    """The mail as it travels, without the dot that ends it; the same bytes at each attempt."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.at)
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no absence note answers it
    message.set_content(mail.body, charset="utf-8", cte="quoted-printable")
    return _LINE_THAT_BEGINS_WITH_A_DOT.sub(b"..", message.as_bytes())


def _log_in(server: smtplib.SMTP, user: str, password: str) -> None:
    """By one way and once: many servers hang up after a refusal, and it would look like a lost connection."""
    offered = server.esmtp_features.get("auth", "").upper().split()
    ways = {"PLAIN": server.auth_plain, "LOGIN": server.auth_login}
    way = next((name for name in ways if name in offered), None)
    if way is None:
        raise _Ended(AccountRefused("no_login"))
    server.user, server.password = user, password
    try:
        server.auth(way, ways[way])
    except smtplib.SMTPAuthenticationError as refusal:
        if refusal.smtp_code // 100 == 5:
            raise _Ended(AccountRefused(str(refusal.smtp_code))) from refusal
        raise


def _hand_over(server: smtplib.SMTP, call: _Call, *, sender: str, mail: OutgoingMail) -> MailOutcome:
    _expect(server.mail(sender), "sender")
    code, answer = server.rcpt(mail.to)
    if code // 100 == 5 and code not in _OF_THE_ACCOUNT:
        return MailRefused(str(code), is_address=_NO_MAILBOX.match(answer) is not None)
    _expect((code, answer), "recipient")
    code, answer = server.docmd("DATA")
    if code // 100 == 5 and code not in _OF_THE_ACCOUNT:
        return MailRefused(str(code))
    if code != _GO_AHEAD:
        _expect((code, answer), "data")
        raise _Ended(NotSent("unreadable_answer"))
    server.send(written(mail, sender=sender))
    call.before_the_dot()
    try:
        server.send(b".\r\n")
    except (smtplib.SMTPException, OSError):
        call.has_ended_mail = False  # the dot did not even leave this machine
        raise
    return _after_the_dot(server.getreply()[0])


def _after_the_dot(code: int) -> MailOutcome:
    """Only a success, a "not now" and a "never" say what became of it."""
    if code // 100 == 2:
        return Taken()
    if code // 100 == 4:
        return NotSent(str(code))
    if code // 100 == 5:
        return MailRefused(str(code))
    return Unknown("unreadable_answer")


def _expect(answer: tuple[int, bytes], what: str) -> None:
    """Go on after a success; raises _Ended: "not now" concerns this attempt, "never" all of our mail."""
    code = answer[0]
    if code // 100 == 2:
        return
    if code // 100 == 5:
        raise _Ended(AccountRefused(f"{what}_{code}"))
    raise _Ended(NotSent(str(code) if code // 100 == 4 else "unreadable_answer"))


def _before_the_dot(refusal: smtplib.SMTPResponseException) -> MailOutcome:
    """A greeting or an encryption that was refused."""
    code = refusal.smtp_code
    return AccountRefused(f"greeting_{code}") if code // 100 == 5 else NotSent(str(code))


def _kind(fault: Exception) -> str:
    if isinstance(fault, TimeoutError) or isinstance(fault.__context__, TimeoutError):
        return "out_of_time"
    return "connection_lost" if isinstance(fault, smtplib.SMTPServerDisconnected) else type(fault).__name__[:32]


def _hang_up(call: _Call) -> None:
    """Say goodbye without waiting for the answer: what matters has been said."""
    if call.server is not None:
        with suppress(smtplib.SMTPException, OSError):
            call.server.putcmd("QUIT")
        call.server.close()
