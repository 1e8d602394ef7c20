"""Mail on its way to a real server: what each way to fail means, and that a mail tells nothing."""

from __future__ import annotations

import dataclasses
import datetime as dt
import socket
import threading
from collections.abc import Iterator

import pytest

from monitor.catalog import Catalog
from monitor.delivery.mail.address import is_mail_address
from monitor.delivery.mail.choose import mailer_for
from monitor.delivery.mail.mailer import Mailer, MailOutcome, MailRefused, OutgoingMail, Taken
from monitor.delivery.transport import AccountRefused, NotSent, Unknown
from monitor.settings import Environment, Settings, SmtpSecurity, WrongSetting
from tests.mail.mail_server import CERTIFICATE, PASSWORD, USER, Fault, MailServerStandIn, mail_server

NORA = "nora@hospital.example"
MAIL = OutgoingMail(
    to=NORA, subject="Quelque chose vous attend", body="Bonjour,\n\n.une ligne\nà bientôt\n",
    message_id="<1@monitor.example>", at=dt.datetime(2026, 4, 15, 8, tzinfo=dt.UTC),
)  # fmt: skip
PLAIN = Settings(
    environment=Environment.TEST,
    smtp_host="127.0.0.1",
    smtp_security=SmtpSecurity.NONE,
    mail_from="monitor@monitor.example",
    mail_recipients_allowed=(NORA,),
    staff_page_url="https://monitor.example/",
    connect_timeout=dt.timedelta(seconds=0.2),
    read_timeout=dt.timedelta(seconds=0.5),
)


@pytest.fixture
def server() -> Iterator[MailServerStandIn]:
    with mail_server(MailServerStandIn()) as stand_in:
        yield stand_in


def mailer(catalog: Catalog, port: int, **changes: object) -> Mailer:
    made = mailer_for(dataclasses.replace(PLAIN, smtp_port=port, **changes), catalog.mail_words)  # type: ignore[arg-type]
    assert made is not None
    return made


def test_it_arrives_as_it_was_written(catalog: Catalog, server: MailServerStandIn) -> None:
    assert mailer(catalog, server.port).send(MAIL) == Taken()

    (mail,) = server.mails
    assert (mail["To"], mail["From"], mail["Subject"]) == (NORA, "monitor@monitor.example", MAIL.subject)
    assert (mail["Message-ID"], mail["Auto-Submitted"]) == (MAIL.message_id, "auto-generated")
    assert mail.get_content().replace("\r\n", "\n") == MAIL.body


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Fault.RESET_AT_GREETING, NotSent("connection_lost")),
        (Fault.BUSY_AT_GREETING, NotSent("421")),
        (Fault.SENDER_REFUSED, AccountRefused("sender_550")),
        (Fault.NO_SUCH_MAILBOX, MailRefused("550", is_address=True)),
        (Fault.RELAY_REFUSED, MailRefused("554")),
        (Fault.REFUSED_WITHOUT_REASON, MailRefused("550")),
        (Fault.MAILBOX_FULL, MailRefused("552")),
        (Fault.MAILBOX_BUSY, NotSent("450")),
        (Fault.RESET_BEFORE_DATA, NotSent("connection_lost")),
        (Fault.SILENT_BEFORE_DOT, NotSent("out_of_time")),
        (Fault.RESET_AFTER_DOT, Unknown("connection_lost")),
        (Fault.LOST_AFTER_DOT, Unknown("connection_lost")),
        (Fault.SILENT_AFTER_DOT, Unknown("out_of_time")),
        (Fault.DRIPS_AFTER_DOT, Unknown("out_of_time")),
        (Fault.BUSY_AFTER_DOT, NotSent("451")),
        (Fault.REFUSED_AFTER_DOT, MailRefused("554")),
    ],
)
def test_h30_only_what_broke_after_the_last_dot_may_have_been_sent(
    catalog: Catalog, server: MailServerStandIn, fault: Fault, outcome: MailOutcome
) -> None:
    server.faults = [fault]
    found = mailer(catalog, server.port).send(MAIL)

    if isinstance(outcome, NotSent | Unknown):
        assert type(found) is type(outcome)
        assert found.why in {outcome.why, "ConnectionResetError", "BrokenPipeError"}
    else:
        assert found == outcome
    assert isinstance(found, Unknown) or server.taken == []


def test_h30_a_connection_lost_within_the_mail_is_never_taken_for_success(
    catalog: Catalog, server: MailServerStandIn
) -> None:
    """The dot may stand in our own buffer when the news arrives, so both are true answers."""
    server.faults = [Fault.RESET_BEFORE_DOT]

    assert isinstance(mailer(catalog, server.port).send(MAIL), NotSent | Unknown)
    assert server.taken == []


def test_nothing_was_sent_where_nobody_listens(catalog: Catalog) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    assert mailer(catalog, port).send(MAIL) == NotSent("ConnectionRefusedError")


def test_a_server_that_says_nothing_is_left_in_time(catalog: Catalog) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        found = mailer(catalog, silent.getsockname()[1]).send(MAIL)

    assert found == NotSent("out_of_time")


def test_a_conversation_that_was_given_up_sends_no_last_dot_h30(catalog: Catalog) -> None:
    """The server drips its answers so that each wait is short and the whole is too long."""
    received: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as slow:
        port = slow.getsockname()[1]
        dripping = threading.Thread(target=_drip, args=(slow, received), daemon=True)
        dripping.start()
        found = mailer(catalog, port).send(MAIL)
        dripping.join(10)

    assert found == NotSent("out_of_time")
    assert not any(b"\r\n.\r\n" in piece for piece in received)


def _drip(slow: socket.socket, received: list[bytes]) -> None:
    connection, _ = slow.accept()
    connection.settimeout(0.3)
    with connection:
        for answer in (b"220 a\r\n", b"250 b\r\n", b"250 c\r\n", b"250 d\r\n", b"354 e\r\n", b""):
            threading.Event().wait(0.3)
            try:
                connection.sendall(answer)
                received.append(connection.recv(65536))
            except OSError:
                return


def test_it_is_encrypted_and_signs_in_before_anything_is_said(catalog: Catalog) -> None:
    with mail_server(MailServerStandIn(accounts=True), is_encrypted=True) as server:
        settings = {"smtp_security": SmtpSecurity.STARTTLS, "smtp_ca_file": CERTIFICATE, "smtp_user": USER,
                    "read_timeout": dt.timedelta(seconds=10)}  # fmt: skip
        assert mailer(catalog, server.port, smtp_password=PASSWORD, **settings).send(MAIL) == Taken()
        assert mailer(catalog, server.port, smtp_password="wrong", **settings).send(MAIL) == AccountRefused("535")

    assert server.is_encrypted == [True]
    assert len(server.taken) == 1


def test_h43_a_server_that_nobody_vouches_for_or_that_cannot_encrypt_gets_nothing(catalog: Catalog) -> None:
    with mail_server(MailServerStandIn(), is_encrypted=True) as server:
        found = mailer(catalog, server.port, smtp_security=SmtpSecurity.STARTTLS).send(MAIL)
        assert found == AccountRefused("certificate")
        assert server.is_encrypted == []
    with mail_server(MailServerStandIn()) as server:
        found = mailer(catalog, server.port, smtp_security=SmtpSecurity.STARTTLS).send(MAIL)
        assert found == AccountRefused("no_starttls")
        assert server.is_encrypted == []


def test_h60_a_test_system_writes_only_to_those_it_was_told(catalog: Catalog, server: MailServerStandIn) -> None:
    found = mailer(catalog, server.port, mail_recipients_allowed=()).send(MAIL)

    assert found == MailRefused("not_allowed_here")
    assert server.taken == []


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"mail_from": None}, "mail_from"),
        ({"mail_from": "a@b.example\r\nRCPT TO:<c@d.example>"}, "mail_from"),
        ({"staff_page_url": None}, "staff_page_url"),
        ({"staff_page_url": "https://monitor.example/?patient=7"}, "staff_page_url"),
        ({"staff_page_url": "https://neurology.hospital.example/"}, "staff_page_url"),
        ({"staff_page_url": "monitor.example"}, "staff_page_url"),
        ({"staff_language": "xx"}, "staff_language"),
        ({"smtp_user": "monitor"}, "smtp_password"),
        ({"smtp_host": "mail.example"}, "smtp_security"),
        ({"smtp_security": SmtpSecurity.TLS, "smtp_ca_file": CERTIFICATE.parent / "none.pem"}, "smtp_ca_file"),
        ({"environment": Environment.PRODUCTION, "mail_recipients_allowed": ()}, "smtp_security"),
        ({"environment": Environment.PRODUCTION}, "mail_recipients_allowed"),
        ({"environment": Environment.PRODUCTION, "mail_recipients_allowed": (),
          "staff_page_url": "http://monitor.example/"}, "staff_page_url"),
    ],
)  # fmt: skip
def test_a_setting_that_would_send_wrongly_stops_the_start(
    catalog: Catalog, changes: dict[str, object], name: str
) -> None:
    with pytest.raises(WrongSetting) as refusal:
        mailer_for(dataclasses.replace(PLAIN, **changes), catalog.mail_words)  # type: ignore[arg-type]
    assert refusal.value.name == name


def test_no_server_means_no_mail(catalog: Catalog) -> None:
    assert mailer_for(Settings(environment=Environment.TEST), catalog.mail_words) is None


@pytest.mark.parametrize(
    "address",
    [
        "=?utf-8?q?x=0D=0ABcc=3Aevil=40evil.example?=@x.example",
        "=?utf-8?q?x?=@x.example",
        ".nora@x.example",
        "nora.@x.example",
        "no..ra@x.example",
        f"{'a' * 65}@x.example",
    ],
)
def test_an_address_that_could_be_read_as_another_is_none_h39(
    catalog: Catalog, server: MailServerStandIn, address: str
) -> None:
    assert not is_mail_address(address)
    allowed = mailer(catalog, server.port, mail_recipients_allowed=(address,))

    assert allowed.send(dataclasses.replace(MAIL, to=address)) == MailRefused("no_address", is_address=True)
    assert server.taken == []


@pytest.mark.parametrize("address", ["o'neil+ms@x.example", "a=b?c@x.example", "n.o.r.a@x-y.example"])
def test_an_unusual_address_is_one(address: str) -> None:
    assert is_mail_address(address)
