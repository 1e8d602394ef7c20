"""Nobody falls out of the calendar: every treatment is on a list or has an explicit end, and the lists add up."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, or_, select, text
from sqlalchemy.orm import Session

from monitor.store.administration import AdministrationRow
from monitor.store.agenda import IS_HELD, AgendaRow
from monitor.store.event import EventKind, EventRow
from monitor.store.patient import PatientRow
from monitor.store.site import SiteRow, known_zone
from monitor.store.succession import counts
from monitor.store.treatment import TreatmentRow


@dataclass(frozen=True, slots=True)
class Sums:
    """How a cohort divides: each treatment acts, lies ahead or has ended; `lost` are those that do none of it."""

    patients: int = 0
    treatments: int = 0
    acting: int = 0
    ahead: int = 0
    ended: int = 0
    lost: int = 0

    @property
    def add_up(self) -> bool:
        """Whether the lists hold exactly the treatments that there are."""
        return self.treatments == self.acting + self.ahead + self.ended + self.lost

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.patients + other.patients, self.treatments + other.treatments, self.acting + other.acting,
            self.ahead + other.ahead, self.ended + other.ended, self.lost + other.lost,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Endings:
    """What the protocols say of the end.

    `watching`: those, by name (`alemtuzumab.v1`), that go on after the last dose. `closing`: the streams whose task,
    once a neurologist did it, ends that.
    """

    watching: Collection[str]
    closing: Collection[str]


@dataclass(frozen=True, slots=True)
class OfSite:
    """The sums of one site as of its own day, the treatments that are lost, and those looked at too far ahead."""

    site_id: uuid.UUID
    name: str
    on: dt.date
    sums: Sums
    lost: tuple[uuid.UUID, ...]
    ahead_of_time: tuple[uuid.UUID, ...]


def hold_still(session: Session) -> None:
    """Let every later query of this transaction see the same moment: sums of two moments need not add up.

    First statement of its transaction. SQLite does so by itself.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


def by_site(session: Session, *, today_in: Callable[[str], dt.date], endings: Endings) -> tuple[OfSite, ...]:
    """Every site with its sums, each as of today there.

    `today_in` tells the date in a zone.
    """
    sites = session.execute(select(SiteRow.id, SiteRow.name, SiteRow.timezone).order_by(SiteRow.name, SiteRow.id))
    return tuple(
        _of_site(session, site_id, name, on=today_in(known_zone(timezone)), endings=endings)
        for site_id, name, timezone in sites.all()
    )


def of_all(session: Session) -> tuple[int, int, int]:
    """How many patients, treatments and treatments on the agenda there are, whatever site they name."""
    return (
        _count(session, select(func.count()).select_from(PatientRow)),
        _count(session, select(func.count()).select_from(TreatmentRow)),
        _count(session, select(func.count(AgendaRow.treatment_id.distinct()))),
    )


def _of_site(session: Session, site_id: uuid.UUID, name: str, *, on: dt.date, endings: Endings) -> OfSite:
    acting, ahead = _on_the_list(session, site_id, on=on)
    unlisted = and_(TreatmentRow.site_id == site_id, ~exists().where(AgendaRow.treatment_id == TreatmentRow.id))
    is_ended = _has_ended(endings)
    lost = session.scalars(select(TreatmentRow.id).where(unlisted, ~is_ended).order_by(TreatmentRow.id)).all()
    too_far = select(TreatmentRow.id).where(TreatmentRow.site_id == site_id, TreatmentRow.followed_up_on > on)
    sums = Sums(
        patients=_count(session, select(func.count()).select_from(PatientRow).where(PatientRow.site_id == site_id)),
        treatments=_count(
            session, select(func.count()).select_from(TreatmentRow).where(TreatmentRow.site_id == site_id)
        ),
        acting=acting,
        ahead=ahead,
        ended=_count(session, select(func.count()).select_from(TreatmentRow).where(unlisted, is_ended)),
        lost=len(lost),
    )
    return OfSite(site_id, name, on, sums, tuple(lost), tuple(session.scalars(too_far.order_by(TreatmentRow.id))))


def _on_the_list(session: Session, site_id: uuid.UUID, *, on: dt.date) -> tuple[int, int]:
    """The treatments of which something is open, late or overdue, and those of which all lies ahead."""
    is_open = and_(~IS_HELD, or_(AgendaRow.overdue_on <= on, AgendaRow.late_on <= on, AgendaRow.opens_on <= on))
    acts = func.max(case((is_open, 1), else_=0)).label("acts")
    treatments = (
        select(AgendaRow.treatment_id, acts)
        .where(AgendaRow.site_id == site_id)
        .group_by(AgendaRow.treatment_id)
        .subquery()
    )
    number, acting = session.execute(select(func.count(), func.sum(treatments.c.acts)).select_from(treatments)).one()
    return int(acting or 0), int(number) - int(acting or 0)


def _has_ended(endings: Endings) -> ColumnElement[bool]:
    """An explicit end: a death; a stop where no surveillance is owed; a surveillance that a neurologist closed.

    Out of facts alone, for a projection may be what is wrong. The day on which a surveillance may end is no end,
    however long ago it was (G8), and neither is a closing before a further infusion. The calendar asks more of a
    closing: it counts from its window on, which a later correction of an infusion can move past it. Then the calendar
    goes on watching, and the treatment stays on the list, where nobody asks for an end.
    """
    given = and_(AdministrationRow.treatment_id == TreatmentRow.id, counts(AdministrationRow))
    owes_nothing = or_(TreatmentRow.protocol.not_in(list(endings.watching)), ~exists().where(given))
    is_closing = or_(
        false(), *(EventRow.key.startswith(f"{stream}/", autoescape=True) for stream in sorted(endings.closing))
    )
    is_closed = exists().where(
        EventRow.treatment_id == TreatmentRow.id,
        EventRow.kind == EventKind.TASK_DONE.value,
        is_closing,
        counts(EventRow),
        ~exists().where(given, AdministrationRow.on >= EventRow.on),
    )
    return or_(_has(EventKind.DIED), _has(EventKind.STOPPED) & owes_nothing, is_closed)


def _has(kind: EventKind) -> ColumnElement[bool]:
    return exists().where(EventRow.treatment_id == TreatmentRow.id, EventRow.kind == kind.value, counts(EventRow))


def _count(session: Session, query: Select[*tuple[Any, ...]]) -> int:
    return int(session.scalar(query) or 0)
