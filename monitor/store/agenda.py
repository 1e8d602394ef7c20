"""The open and coming items of every treatment: a projection for work lists, dropped and rewritten at will."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, ForeignKey, Index, Table, Uuid, bindparam, delete, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.schedules.calendar import SUSPENDED, Item, Kind, Outlook
from monitor.store.appointment import Visit
from monitor.store.base import Base, one_of
from monitor.store.treatment import TreatmentRecord


class AgendaRow(Base):
    """No state is stored: it follows from the dates and the day of the question, so no night has to rewrite it.

    `time` and `place` are those of the visit agreed for the item; `waiting_since`: the day of a sample whose result is
    awaited. `declared_on`: the newest day on which the patient said that it was done; it counts for nothing.
    """

    __tablename__ = "agenda"
    __table_args__ = (
        one_of("kind", Kind),
        Index(None, "site_id", "due_on", "treatment_id", "key"),
        Index(None, "patient_id", "due_on"),
    )

    treatment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("treatment.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"))
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"))
    stream: Mapped[str]
    kind: Mapped[str]
    due_on: Mapped[dt.date]
    suggested_on: Mapped[dt.date]
    opens_on: Mapped[dt.date]
    closes_on: Mapped[dt.date | None]
    late_on: Mapped[dt.date | None]
    overdue_on: Mapped[dt.date | None]
    moved_from: Mapped[dt.date | None]
    time: Mapped[dt.time | None]
    place: Mapped[str | None]
    waiting_since: Mapped[dt.date | None]
    declared_on: Mapped[dt.date | None]
    blocked_by: Mapped[tuple[str, ...]]
    because: Mapped[str]
    source: Mapped[str]


_TABLE = AgendaRow.__table__
assert isinstance(_TABLE, Table)  # noqa: S101 - it is one
_IS_OF_TREATMENT = _TABLE.c.treatment_id == bindparam("of_treatment", type_=Uuid())
_IS_OF_KEY = _TABLE.c.key == bindparam("of_key")
# Built once: each follow-up asks the first, and building them anew took longer than asking.
_STORED = select(_TABLE).where(_IS_OF_TREATMENT)
_ADD = insert(_TABLE)
_CHANGE = update(_TABLE).where(_IS_OF_TREATMENT, _IS_OF_KEY)
_REMOVE = delete(_TABLE).where(_IS_OF_TREATMENT, _IS_OF_KEY)


IS_HELD: ColumnElement[bool] = AgendaRow.blocked_by == (SUSPENDED,)
"""The treatment is suspended and this is what waits: a suspension hides every other gate."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """How many rows a projection gained, changed and lost."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def __add__(self, other: Reconciled) -> Reconciled:
        return Reconciled(self.added + other.added, self.changed + other.changed, self.removed + other.removed)

    def counts(self) -> dict[str, int]:
        return {"added": self.added, "changed": self.changed, "removed": self.removed}


@dataclass(frozen=True, slots=True)
class Entry:
    """What the agenda shows of one item: what time will do to it, the visit agreed for it, the sample under way.

    `declared_on`: the newest day on which the patient said that it was done; it is shown, and counts for nothing (H49).
    """

    item: Item
    outlook: Outlook
    visit: Visit | None
    waiting_since: dt.date | None
    declared_on: dt.date | None = None


def reconcile_agenda(session: Session, *, treatment: TreatmentRecord, entries: Iterable[Entry]) -> Reconciled:
    """Make the agenda of the treatment hold exactly these entries, writing only what differs."""
    connection = session.connection()
    wanted = {entry.item.key: agenda_values(treatment, entry) for entry in entries}
    stored = {row["key"]: dict(row) for row in connection.execute(_STORED, {"of_treatment": treatment.id}).mappings()}
    gone = stored.keys() - wanted.keys()
    if gone:
        connection.execute(_REMOVE, [{"of_treatment": treatment.id, "of_key": key} for key in gone])
    added = [values for key, values in wanted.items() if key not in stored]
    if added:
        connection.execute(_ADD, added)
    changed = [values for key, values in wanted.items() if key in stored and stored[key] != values]
    if changed:
        connection.execute(
            _CHANGE, [{**values, "of_treatment": treatment.id, "of_key": values["key"]} for values in changed]
        )
    return Reconciled(added=len(added), changed=len(changed), removed=len(gone))


def agenda_values(treatment: TreatmentRecord, entry: Entry) -> dict[str, object]:
    """The columns of the row of one entry."""
    item, ahead, visit = entry.item, entry.outlook, entry.visit
    return {
        "treatment_id": treatment.id,
        "key": item.key,
        "patient_id": treatment.patient_id,
        "site_id": treatment.site_id,
        "stream": item.stream,
        "kind": item.kind.value,
        "due_on": item.due_on,
        "suggested_on": item.suggested_on,
        "opens_on": item.opens_on,
        "closes_on": item.closes_on,
        "late_on": ahead.late_on,
        "overdue_on": ahead.overdue_on,
        "moved_from": item.moved_from,
        "time": None if visit is None else visit.time,
        "place": None if visit is None else visit.place,
        "waiting_since": entry.waiting_since,
        "declared_on": entry.declared_on,
        "blocked_by": item.blocked_by,
        "because": item.because,
        "source": item.source,
    }


def agenda_keys(session: Session, *, treatment_id: uuid.UUID) -> frozenset[str]:
    """Which items the agenda of the treatment holds."""
    return frozenset(session.scalars(select(AgendaRow.key).where(AgendaRow.treatment_id == treatment_id)))


def kind_on_agenda(session: Session, *, treatment_id: uuid.UUID, key: str) -> Kind | None:
    """What sort of care an item of the agenda of the treatment is; None where it holds no such item."""
    query = select(AgendaRow.kind).where(AgendaRow.treatment_id == treatment_id, AgendaRow.key == key)
    kind = session.scalar(query)
    return None if kind is None else Kind(kind)


def drop_agenda(session: Session, *, treatment_ids: Sequence[uuid.UUID]) -> None:
    """Forget the agenda of these treatments: it is about to be written again."""
    session.execute(delete(AgendaRow).where(AgendaRow.treatment_id.in_(treatment_ids)))
