"""A real mail server on this machine, with encryption and accounts, that fails in the ways a test tells it to."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from enum import Enum
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

PAPERS = Path(__file__).parents[1] / "data" / "mail"
CERTIFICATE = PAPERS / "certificate.pem"
USER, PASSWORD = "monitor", "let-me-in"


class Fault(Enum):
    """What goes wrong with one mail, in the order in which a mail is handed over."""

    RESET_AT_GREETING = "reset_at_greeting"
    BUSY_AT_GREETING = "busy_at_greeting"
    SENDER_REFUSED = "sender_refused"
    NO_SUCH_MAILBOX = "no_such_mailbox"
    RELAY_REFUSED = "relay_refused"
    REFUSED_WITHOUT_REASON = "refused_without_reason"  # as Exim says it of a relay that is not permitted
    MAILBOX_FULL = "mailbox_full"
    MAILBOX_BUSY = "mailbox_busy"
    RESET_BEFORE_DATA = "reset_before_data"
    RESET_BEFORE_DOT = "reset_before_dot"
    SILENT_BEFORE_DOT = "silent_before_dot"
    RESET_AFTER_DOT = "reset_after_dot"  # it was taken, and nobody hears of it
    SILENT_AFTER_DOT = "silent_after_dot"  # taken likewise
    DRIPS_AFTER_DOT = "drips_after_dot"  # taken likewise, and the answer has no end
    LOST_AFTER_DOT = "lost_after_dot"  # not taken, and nobody hears of it
    BUSY_AFTER_DOT = "busy_after_dot"
    REFUSED_AFTER_DOT = "refused_after_dot"


_TAKEN_UNHEARD = frozenset({Fault.RESET_AFTER_DOT, Fault.SILENT_AFTER_DOT, Fault.DRIPS_AFTER_DOT})
_ANSWERS = {
    Fault.SENDER_REFUSED: "550 5.7.1 not from here",
    Fault.NO_SUCH_MAILBOX: "550 5.1.1 no such mailbox",
    Fault.RELAY_REFUSED: "554 5.7.1 relay access denied",
    Fault.REFUSED_WITHOUT_REASON: "550 relay not permitted",
    Fault.MAILBOX_FULL: "552 5.2.2 full",
    Fault.MAILBOX_BUSY: "450 4.2.1 later",
    Fault.BUSY_AFTER_DOT: "451 4.3.0 later",
    Fault.REFUSED_AFTER_DOT: "554 5.6.0 not like this",
}
_OF_THE_RECIPIENT = (
    Fault.NO_SUCH_MAILBOX,
    Fault.RELAY_REFUSED,
    Fault.REFUSED_WITHOUT_REASON,
    Fault.MAILBOX_FULL,
    Fault.MAILBOX_BUSY,
)


@dataclass
class MailServerStandIn:
    """What it was told to do wrong, mail by mail, and what it took; `accounts`: whether it asks for one."""

    faults: list[Fault | None] = field(default_factory=list)
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    port: int = 0
    accounts: bool = False
    is_encrypted: list[bool] = field(default_factory=list)
    current: Fault | None = None

    def begin(self) -> Fault | None:
        """The next conversation."""
        self.current = self.faults.pop(0) if self.faults else None
        return self.current

    @property
    def mails(self) -> list[EmailMessage]:
        """What it took, read."""
        return [message_from_bytes(content, policy=default) for _, content in self.taken]

    async def handle_MAIL(  # noqa: N802 - the library's names
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.current is Fault.SENDER_REFUSED:
            return _ANSWERS[self.current]
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 ok"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.is_encrypted.append(session.ssl is not None)
        if self.current in _OF_THE_RECIPIENT:
            return _ANSWERS[self.current]
        if self.current is Fault.RESET_BEFORE_DATA:
            _wire(server).abort()
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        fault = self.current
        if fault is None or fault in _TAKEN_UNHEARD:
            assert isinstance(envelope.content, bytes)
            self.taken.append((envelope.rcpt_tos[0], envelope.content))
        if fault in (Fault.RESET_AFTER_DOT, Fault.LOST_AFTER_DOT):
            _wire(server).abort()
        elif fault is Fault.SILENT_AFTER_DOT:
            await asyncio.sleep(60)
        while fault is Fault.DRIPS_AFTER_DOT and not _wire(server).is_closing():
            _wire(server).write(b"250-so\r\n")
            await asyncio.sleep(0.05)
        return _ANSWERS.get(fault, "250 taken") if fault is not None else "250 taken"


class _Conversation(SMTP):
    """The library's server, with the faults that its hooks cannot have."""

    def __init__(self, stand_in: MailServerStandIn, **options: Any) -> None:
        super().__init__(stand_in, hostname="localhost", **options)
        self._stand_in = stand_in

    async def _handle_client(self) -> None:
        fault = self._stand_in.begin() if self.session is not None and self.session.ssl is None else None
        if fault is Fault.RESET_AT_GREETING:
            _wire(self).abort()
        elif fault is Fault.BUSY_AT_GREETING:
            _wire(self).write(b"421 4.3.2 later\r\n")
            _wire(self).close()
        else:
            await super()._handle_client()

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        fault = self._stand_in.current
        if fault not in (Fault.RESET_BEFORE_DOT, Fault.SILENT_BEFORE_DOT):
            await super().smtp_DATA(arg)
            return
        if fault is Fault.RESET_BEFORE_DOT:
            await self.push("354 go on")
            await self._reader.readline()
            _wire(self).abort()
        else:
            await asyncio.sleep(60)


def _wire(server: SMTP) -> asyncio.WriteTransport:
    assert isinstance(server.transport, asyncio.WriteTransport)
    return server.transport


def _authenticate(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: LoginPassword
) -> AuthResult:
    is_right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_right, handled=False)


def _trusted() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE, PAPERS / "key.pem")
    return context


@contextmanager
def mail_server(stand_in: MailServerStandIn, *, is_encrypted: bool = False) -> Iterator[MailServerStandIn]:
    """Let it listen on a free port of this machine. `is_encrypted`: with STARTTLS, which it then insists on."""
    loop = asyncio.new_event_loop()
    options: dict[str, Any] = {"loop": loop}
    if is_encrypted:
        options |= {"tls_context": _trusted(), "require_starttls": True}
    if stand_in.accounts:
        options |= {"authenticator": _authenticate, "auth_required": True, "auth_require_tls": is_encrypted}
    made = loop.create_server(lambda: _Conversation(stand_in, **options), "127.0.0.1", 0)
    server = loop.run_until_complete(made)
    stand_in.port = server.sockets[0].getsockname()[1]
    running = threading.Thread(target=loop.run_forever, name="mail server of a test", daemon=True)
    running.start()
    try:
        yield stand_in
    finally:
        loop.call_soon_threadsafe(loop.stop)
        running.join()
        server.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()
