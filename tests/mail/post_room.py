"""Short ways to let alerts call, to send what waits, and to look at what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from monitor.delivery.mail.choose import mailer_for
from monitor.delivery.mail.dispatch import send_mail_once
from monitor.delivery.mail.mailer import Mailer
from monitor.delivery.tell_staff import tell_staff
from monitor.overviews.readiness import readiness
from monitor.store.alert import AlertRow
from monitor.store.mail import MailRow
from monitor.store.notification import NotificationRow
from monitor.terms import Audience, Level
from tests.cast import NOW, Cast, Stage
from tests.factories.alerts import open_alert
from tests.mail.mail_server import MailServerStandIn

ADDRESSES = {
    "nora": "nora@hospital.example",
    "noor": "noor@hospital.example",
    "selma": "selma@other.example",
}
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
UNTOLD = ["message:colleague_untold"]
PLATELETS = "result:platelets.below_50"
Row = TypeVar("Row")


@dataclass(frozen=True)
class PostRoom:
    """The stage and its people, and the mail server that their mail goes to."""

    engine: Engine
    stage: Stage
    cast: Cast
    server: MailServerStandIn

    def call(
        self,
        topic: str = PLATELETS,
        *,
        level: Level = Level.CRITICAL,
        audience: Audience = Audience.NEUROLOGIST,
        at: dt.datetime = NOW,
    ) -> UUID:
        """An alert about Ada opens, and those who must know are told."""
        with self.stage.work(at=at) as work:
            alert_id = open_alert(work.session, self.cast, topic=topic, level=level, audience=audience)
            tell_staff(work, patient_id=self.cast.ada)
            work.note("a test opens an alert")
        return alert_id

    def send(
        self,
        *,
        at_of: Callable[[], dt.datetime] = lambda: NOW,
        mailer: Mailer | None = None,
    ) -> Mapping[str, int]:
        """One pass of a worker."""
        settings, catalog = self.stage.settings, self.stage.catalog
        made = mailer or mailer_for(settings, catalog.mail_words)
        assert made is not None
        return send_mail_once(self.stage.sessions, catalog=catalog, settings=settings, mailer=made, at_of=at_of)

    def now_is_the_time(self) -> None:
        """Every wait of the outbox is over."""
        self.change(MailRow, MailRow.state == "pending", not_before_at=LONG_AGO)
        self.change(MailRow, MailRow.state == "uncertain", resend_at=LONG_AGO)
        self.change(MailRow, MailRow.state == "sending", lease_until=LONG_AGO)
        self.change(NotificationRow, NotificationRow.state == "waiting", due_at=LONG_AGO)

    def readiness(self) -> tuple[bool, str]:
        """What readiness says about mail."""
        checks = readiness(Session(self.engine), at=NOW, settings=self.stage.settings)
        return next((one.is_ok, one.detail) for one in checks if one.name == "mail")

    def change(self, table: type[object], *of: object, **values: object) -> None:
        with Session(self.engine) as session, session.begin():
            session.execute(update(table).where(*of).values(**values))  # type: ignore[arg-type]

    def rows(self, table: type[Row]) -> list[Row]:
        with Session(self.engine) as session:
            return list(session.scalars(select(table)))

    @property
    def mails(self) -> list[MailRow]:
        return sorted(self.rows(MailRow), key=lambda row: row.created_at)

    @property
    def told(self) -> list[tuple[str, str]]:
        """Who was told, and by which way."""
        names = {getattr(self.cast, name).actor.id: name for name in ("nora", "noor", "sven", "selma")}
        return sorted((names[row.staff_id], row.state) for row in self.rows(NotificationRow))

    @property
    def arrived(self) -> list[str]:
        """To whom the server took a mail, in order."""
        return [address for address, _ in self.server.taken]

    @property
    def tasks(self) -> list[str]:
        """The open tasks about messages."""
        return sorted(row.topic for row in self.rows(AlertRow) if row.closed_at is None and "message:" in row.topic)
