"""Many patients at once, straight into the tables: each has a reminder that falls due today, and a day of attention."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import Engine, func, insert, select, update
from sqlalchemy.orm import Session

from monitor.clock import now
from monitor.store.administration import AdministrationRow
from monitor.store.alert import AlertRow
from monitor.store.audit import AuditEntryRow
from monitor.store.message import MessageRow
from monitor.store.patient import PatientRow, SmsConsentRow
from monitor.store.reminder import ReminderRow
from monitor.store.site import SiteRow
from monitor.store.treatment import TreatmentRow

DAY = dt.timedelta(days=1)
COURSE_BEGAN = 34 * DAY  # ago: the first monthly samples are due these days, whatever the length of the month
SYSTEM = uuid.UUID(int=0)
FIRST_PHONE = 33_639_980_000  # a range that is reserved for fiction


@dataclass(frozen=True)
class Crowd:
    """The patients of one site and how far the machinery came with them."""

    engine: Engine
    patients: int

    @property
    def unswept(self) -> int:
        """How many the sweep has not followed up yet."""
        wanted = select(func.count()).select_from(TreatmentRow).where(TreatmentRow.followed_up_on.is_(None))
        with Session(self.engine) as session:
            return session.scalar(wanted) or 0

    def texts(self) -> Counter[uuid.UUID]:
        """How many messages each patient has."""
        with Session(self.engine) as session:
            return Counter(session.scalars(select(MessageRow.patient_id)))

    def states(self) -> Counter[str]:
        with Session(self.engine) as session:
            return Counter(session.scalars(select(MessageRow.state)))

    def reminders(self) -> Counter[int]:
        """By number of reminders: how many patients have so many; who is treated alike must have as many."""
        with Session(self.engine) as session:
            each = Counter(session.scalars(select(ReminderRow.treatment_id)))
        return Counter(each.values())

    def open_tasks(self) -> Counter[str]:
        with Session(self.engine) as session:
            return Counter(session.scalars(select(AlertRow.topic).where(AlertRow.closed_at.is_(None))))

    def fences(self) -> list[str]:
        """The terms of the leaders, in the order in which they began."""
        wanted = select(AuditEntryRow.content).where(AuditEntryRow.action == "lead").order_by(AuditEntryRow.id)
        with Session(self.engine) as session:
            return list(session.scalars(wanted))

    def call_for_attention(self) -> None:
        """Everybody waits for the sweep again."""
        with Session(self.engine) as session, session.begin():
            session.execute(update(TreatmentRow).values(attention_on=now().date() - DAY, followed_up_on=None))


@dataclass(frozen=True)
class _Person:
    """One patient of the crowd, and the rows that tell of them."""

    number: int
    site_id: uuid.UUID
    at: dt.datetime
    began_on: dt.date
    patient_id: uuid.UUID = field(default_factory=uuid.uuid4)
    treatment_id: uuid.UUID = field(default_factory=uuid.uuid4)

    def patient(self) -> dict[str, object]:
        return {
            "id": self.patient_id, "site_id": self.site_id, "family_name": f"Exemple {self.number}",
            "given_name": "Ada", "birth_date": dt.date(1990, 5, 5), "phone": f"+{FIRST_PHONE + self.number}",
            "sex": "female", "language": "fr", "version": 1, "created_at": self.at,
        }  # fmt: skip

    def consent(self) -> dict[str, object]:
        return {
            "id": uuid.uuid4(), "patient_id": self.patient_id, "number": 1, "is_given": True, "at": self.at,
            "recorded_by": SYSTEM,
        }  # fmt: skip

    def treatment(self) -> dict[str, object]:
        return {
            "id": self.treatment_id, "patient_id": self.patient_id, "site_id": self.site_id, "profile": "eu",
            "protocol": "alemtuzumab.v1", "started_on": self.began_on, "version": 1, "created_at": self.at,
            "attention_on": now().date() - DAY,
        }  # fmt: skip

    def infusions(self) -> list[dict[str, object]]:
        return [
            {
                "id": uuid.uuid4(), "treatment_id": self.treatment_id, "on": self.began_on + (day - 1) * DAY,
                "course": 1, "day": day, "is_retraction": False, "recorded_by": SYSTEM, "recorded_at": self.at,
            }
            for day in range(1, 6)
        ]  # fmt: skip


def gather_crowd(engine: Engine, patients: int) -> Crowd:
    """A site with so many patients after their first course of alemtuzumab, none followed up so far."""
    at, site_id = now() - 60 * DAY, uuid.uuid4()
    people = [_Person(number, site_id, at, now().date() - COURSE_BEGAN) for number in range(patients)]
    site = {"id": site_id, "name": "Nord", "country": "FR", "timezone": "Europe/Paris", "created_at": at}
    with Session(engine) as session, session.begin():
        session.execute(insert(SiteRow), [site])
        session.execute(insert(PatientRow), [one.patient() for one in people])
        session.execute(insert(SmsConsentRow), [one.consent() for one in people])
        session.execute(insert(TreatmentRow), [one.treatment() for one in people])
        session.execute(insert(AdministrationRow), [row for one in people for row in one.infusions()])
    return Crowd(engine, patients)
