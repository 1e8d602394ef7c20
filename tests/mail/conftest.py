"""A hospital whose people have addresses, on each kind of database, and a real mail server beside it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, delete, update

from monitor.actions.users import change_mail_address
from monitor.catalog import Catalog
from monitor.settings import Settings, SmtpSecurity
from monitor.store.alert import AlertRow
from monitor.store.engine import make_sessions
from monitor.store.notification import NotificationRow
from tests.cast import NOW, Cast, Stage, gather
from tests.mail.mail_server import MailServerStandIn, mail_server
from tests.mail.post_room import ADDRESSES, PostRoom


@pytest.fixture
def server() -> Iterator[MailServerStandIn]:
    with mail_server(MailServerStandIn()) as stand_in:
        yield stand_in


@pytest.fixture
def room(engine: Engine, catalog: Catalog, settings: Settings, server: MailServerStandIn) -> PostRoom:
    written = dataclasses.replace(
        settings,
        smtp_host="127.0.0.1",
        smtp_port=server.port,
        smtp_security=SmtpSecurity.NONE,
        mail_from="monitor@monitor.example",
        mail_recipients_allowed=tuple(ADDRESSES.values()),
        staff_page_url="https://monitor.example/",
        connect_timeout=dt.timedelta(seconds=0.2),
        read_timeout=dt.timedelta(seconds=0.6),
    )
    stage = Stage(make_sessions(engine), catalog, written)
    return PostRoom(engine, stage, _with_addresses(stage), server)


def _with_addresses(stage: Stage) -> Cast:
    """What the record itself calls for was seen to before they had any."""
    cast = gather(stage)
    with stage.work() as work:
        work.session.execute(delete(NotificationRow))
        work.session.execute(update(AlertRow).values(acknowledged_at=NOW, acknowledged_by=cast.noor.actor.id))
        for name, email in ADDRESSES.items():
            staff_id = getattr(cast, name).actor.id
            change_mail_address(work, staff_id=staff_id, email=email, language="en" if name == "noor" else None)
    return cast
