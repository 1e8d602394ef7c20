"""One patient with something due, an outbox on a real database, and a provider that answers what a test tells it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

import msgspec
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from monitor.catalog import Catalog
from monitor.clock import boot
from monitor.delivery.deliver import Delivered, deliver_once
from monitor.delivery.queue import queue_reminders
from monitor.delivery.transport import (
    CannotLook,
    Found,
    Look,
    NotThere,
    Outcome,
    OutgoingText,
    Receipt,
    Sent,
    SentText,
    Transport,
)
from monitor.schedules.calendar import Forecast, Item, Kind, Outlook, State
from monitor.settings import Settings
from monitor.store.alert import AlertRow
from monitor.store.appointment import Visit
from monitor.store.engine import make_sessions
from monitor.store.locks import lock_patient
from monitor.store.message import MessageAttemptRow, MessageRow
from monitor.store.patient import PatientRow, SmsConsentRow
from monitor.store.reminder import ReminderRow
from monitor.store.site import SiteRow
from monitor.store.treatment import TreatmentRow, find_treatments
from monitor.work import SYSTEM, Work, working

WEDNESDAY = dt.date(2026, 4, 15)
MORNING = dt.datetime(2026, 4, 15, 8, tzinfo=dt.UTC)  # ten o'clock in Paris
CREATED = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
Row = TypeVar("Row")
PHONE = "+33639980001"
MONTHLY = (-5, 0, 3)
NO_VISITS: Mapping[str, Visit] = MappingProxyType({})


@dataclass
class Provider:
    """Answers in turn what it was given, then accepts; remembers what reached it.

    `has`: what its list shows, by text; None: it shows nothing, as one whose bodies were wiped. `is_away`: nobody is
    there to ask.
    """

    answers: list[Outcome] = field(default_factory=list)
    meanwhile: Callable[[], object] = lambda: None
    longest_call: dt.timedelta = dt.timedelta(seconds=33)
    received: list[OutgoingText] = field(default_factory=list)
    has: dict[str, Found] | None = field(default_factory=dict)
    is_away: bool = False
    looked_for: list[str] = field(default_factory=list)

    def send(self, message: OutgoingText) -> Outcome:
        self.received.append(message)
        self.meanwhile()
        outcome = self.answers.pop(0) if self.answers else Sent(f"SM{message.token[:32]}")
        if isinstance(outcome, Sent) and self.has is not None:
            self.has[message.body] = Found(outcome.sid, Receipt.ACCEPTED)
        return outcome

    def find(self, sent: SentText) -> Look:
        self.looked_for.append(sent.body)
        if self.is_away:
            return CannotLook("away")
        return NotThere() if self.has is None else self.has.get(sent.body, NotThere())

    def receipt(self, sid: str) -> Look:
        self.looked_for.append(sid)
        if self.is_away:
            return CannotLook("away")
        return next((found for found in (self.has or {}).values() if found.sid == sid), NotThere())


@dataclass
class Scene:
    """A site in Paris, one patient, one treatment; each method works in a transaction of its own."""

    engine: Engine
    catalog: Catalog
    settings: Settings
    site_id: uuid.UUID = field(default_factory=uuid.uuid4)
    patient_id: uuid.UUID = field(default_factory=uuid.uuid4)
    treatment_id: uuid.UUID = field(default_factory=uuid.uuid4)
    has_own_site: bool = True

    def __post_init__(self) -> None:
        self.sessions = make_sessions(self.engine)
        self.settings = dataclasses.replace(
            self.settings,
            public_page_url="https://suivi.example/p",
            public_telephone="+33 1 99 00 12 34",
            clock_skew=dt.timedelta(days=36_500),  # the scene plays on its own day, the database lives today
        )
        if self.has_own_site:
            site = SiteRow(id=self.site_id, name="Nord", country="FR", timezone="Europe/Paris", created_at=CREATED)
            self.add(site)
        self.add(
            PatientRow(
                id=self.patient_id, site_id=self.site_id, family_name="Exemple", given_name="Ada", sex="female",
                birth_date=dt.date(1990, 5, 5), phone=PHONE, language="fr", created_at=CREATED,
            ),
            self.treatment(self.treatment_id),
        )  # fmt: skip
        self.consent(is_given=True)

    def neighbour(self) -> Scene:
        """Another patient of the same site."""
        return Scene(self.engine, self.catalog, self.settings, site_id=self.site_id, has_own_site=False)

    def treatment(self, treatment_id: uuid.UUID, *, created_at: dt.datetime = CREATED) -> TreatmentRow:
        return TreatmentRow(
            id=treatment_id, patient_id=self.patient_id, site_id=self.site_id, protocol="alemtuzumab.v1",
            profile="eu", started_on=CREATED.date() + dt.timedelta(days=treatment_id.int % 1000), created_at=created_at,
        )  # fmt: skip

    def add(self, *rows: object) -> None:
        with Session(self.engine) as session, session.begin():
            for row in rows:
                session.add(row)
                session.flush()

    def consent(self, *, is_given: bool) -> None:
        with Session(self.engine) as session, session.begin():
            numbers = session.scalars(
                select(SmsConsentRow.number).where(SmsConsentRow.patient_id == self.patient_id)
            ).all()
            session.add(
                SmsConsentRow(
                    patient_id=self.patient_id, number=len(numbers) + 1, is_given=is_given, at=CREATED,
                    recorded_by=uuid.UUID(int=0),
                )
            )  # fmt: skip

    def change(self, table: type[object], **values: object) -> None:
        with Session(self.engine) as session, session.begin():
            session.execute(update(table).values(**values))

    def work(self, at: dt.datetime = MORNING, *, only_reads: bool = False) -> AbstractContextManager[Work]:
        return working(
            self.sessions, catalog=self.catalog, by=SYSTEM, at=at, settings=self.settings, only_reads=only_reads
        )

    def queue(
        self,
        *items: Item,
        at: dt.datetime = MORNING,
        treatment_id: uuid.UUID | None = None,
        visits: Mapping[str, Visit] = NO_VISITS,
        awaited: Collection[str] = (),
    ) -> dt.date | None:
        """Queue what is due of these items; they are all there is."""
        with self.work(at) as work:
            lock_patient(work.session, patient_id=self.patient_id)  # as every caller does
            wanted = (treatment_id or self.treatment_id,)
            (treatment,) = find_treatments(work.session, site_ids=None, treatment_ids=wanted)
            return queue_reminders(
                work,
                treatment=treatment,
                forecast=calendar(items),
                protocol=self.catalog.protocol("alemtuzumab"),
                visits=visits,
                awaited=awaited,
            )

    def deliver(self, provider: Transport, at: dt.datetime = MORNING, *, at_most: int = 1000) -> Delivered:
        return deliver_once(
            self.sessions,
            catalog=self.catalog,
            settings=self.settings,
            transport=provider,
            at_of=lambda: at,
            boot_of=boot,
            at_most=at_most,
        )

    def let_looks_fall_due(self) -> None:
        """As if it were time to look for whatever of this patient waits for a look."""
        with Session(self.engine) as session, session.begin():
            is_open = (MessageRow.patient_id == self.patient_id, MessageRow.look_at.is_not(None))
            session.execute(update(MessageRow).where(*is_open).values(look_at=CREATED))

    def rows(self, table: type[Row]) -> Sequence[Row]:
        with Session(self.engine) as session:
            return session.scalars(select(table)).all()

    @property
    def messages(self) -> list[MessageRow]:
        return sorted(self.rows(MessageRow), key=lambda row: row.local_day)

    @property
    def message(self) -> MessageRow:
        (message,) = self.messages
        return message

    @property
    def attempts(self) -> list[MessageAttemptRow]:
        return sorted(self.rows(MessageAttemptRow), key=lambda row: row.started_at)

    @property
    def reminders(self) -> dict[tuple[str, int], str]:
        return {(row.item_key, row.step): row.outcome for row in self.rows(ReminderRow)}

    @property
    def tasks(self) -> list[str]:
        return sorted(row.topic for row in self.rows(AlertRow) if row.closed_at is None)

    def because(self, topic: str) -> str:
        """What the open task of this topic says."""
        (why,) = (row.because for row in self.rows(AlertRow) if row.topic == topic and row.closed_at is None)
        return why


def due(on: dt.date, key: str = "cbc/1.7", **changes: object) -> Item:
    """A monthly sample due on that day, to be done from ten days before until twenty days after."""
    item = Item(
        key=key, stream=key.partition("/")[0], kind=Kind.LAB, due_on=on, suggested_on=on,
        opens_on=on - dt.timedelta(days=10), closes_on=on + dt.timedelta(days=20), state=State.OPEN, done_on=None,
        moved_from=None, blocked_by=(), because="it is due", source="policy",
    )  # fmt: skip
    return msgspec.structs.replace(item, **changes)


def visit(
    on: dt.date, key: str = "cbc/1.7", *, at: dt.time | None, agreed_at: dt.datetime = CREATED
) -> dict[str, Visit]:
    """A visit agreed for an item."""
    made = Visit(
        id=uuid.uuid4(), treatment_id=uuid.uuid4(), keys=(key,), on=on, time=at, place=None, recorded_at=agreed_at
    )
    return {key: made}


def calendar(items: Sequence[Item], steps: tuple[int, ...] = MONTHLY) -> Forecast:
    """A forecast of these items, each with the steps of a monthly sample."""
    return Forecast(
        items=tuple(items),
        alerts=(),
        warnings=(),
        surveillance_ends_on=None,
        next_dose=None,
        next_lab=None,
        upcoming=(),
        outlook={item.key: Outlook(late_on=None, overdue_on=None, reminders=steps) for item in items},
        attention_on=None,
    )
