"""The follow-up form of one dose, once filled in; append-only. A dose without one has an open form."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import BindParameter, ForeignKey, Uuid, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.dossier.sections import has_follow_up_form
from monitor.schedules.interval_doses import slot_numbers
from monitor.store.administration import AdministrationRow
from monitor.store.base import Base, Personal, at_most, successor_rules
from monitor.store.event import EventKind, EventRow
from monitor.store.patient import PatientRow
from monitor.store.succession import counts
from monitor.store.treatment import TreatmentRow


class FollowUpFormRow(Base):
    """`answers` is the JSON text of the form; `administration_id` the dose as it stood when the form was filled in."""

    __tablename__ = "follow_up_form"
    __table_args__ = (*successor_rules(), at_most("reason", 500))

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    treatment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("treatment.id"), index=True)
    administration_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("administration.id"), index=True)
    answers: Mapped[str] = mapped_column(Personal)
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("follow_up_form.id"), unique=True)
    is_retraction: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None]
    recorded_by: Mapped[uuid.UUID]
    recorded_at: Mapped[dt.datetime]


@dataclass(frozen=True, slots=True)
class DoseForm:
    """A dose as it stands now, the first being number 1, and the id of the form that was filed for it, if any.

    `known_as` are the ids of the rows that the dose was corrected from, and its own.
    """

    treatment_id: uuid.UUID
    administration_id: uuid.UUID
    on: dt.date
    number: int
    form_id: uuid.UUID | None
    known_as: frozenset[uuid.UUID]


@dataclass(frozen=True, slots=True)
class TakenBackForm:
    """What was filed for a dose that was taken back: the dose as it stood last, which the calendar no longer numbers.

    `form_id` is None where the form was taken back before the dose; `known_as` as above, and the id of the retraction.
    """

    treatment_id: uuid.UUID
    administration_id: uuid.UUID
    on: dt.date
    form_id: uuid.UUID | None
    known_as: frozenset[uuid.UUID]
    number: None = None


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A dose whose follow-up form nobody has filed; it is due from the day of the dose."""

    treatment_id: uuid.UUID
    administration_id: uuid.UUID
    on: dt.date
    number: int


_IDS: BindParameter[uuid.UUID] = bindparam("ids", expanding=True, type_=Uuid())
_LIVING = (
    select(TreatmentRow.id, TreatmentRow.protocol)
    .join(PatientRow, PatientRow.id == TreatmentRow.patient_id)
    .where(TreatmentRow.id.in_(_IDS), PatientRow.died_on.is_(None))
)
_DOSES = select(
    AdministrationRow.treatment_id,
    AdministrationRow.id,
    AdministrationRow.on,
    AdministrationRow.replaces_id,
    AdministrationRow.is_retraction,
).where(AdministrationRow.treatment_id.in_(_IDS))
_FORMS = select(FollowUpFormRow.administration_id, FollowUpFormRow.id).where(
    FollowUpFormRow.treatment_id.in_(_IDS), counts(FollowUpFormRow)
)

_WRITTEN_FOR = select(FollowUpFormRow.administration_id).where(FollowUpFormRow.treatment_id.in_(_IDS))

_STREAM = "dose"  # of the one therapy that asks for forms, and the forms of its doses are named after it
_WAIVERS = (
    select(EventRow.treatment_id, EventRow.key, EventRow.on)
    .where(
        EventRow.treatment_id.in_(_IDS),
        EventRow.kind == EventKind.WAIVED.value,
        EventRow.key.startswith(f"{_STREAM}/"),
        counts(EventRow),
    )
    .order_by(EventRow.on)
)


def open_forms(session: Session, treatment_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[OpenForm, ...]]:
    """By treatment, the doses that wait for their form, the oldest first; nobody asks for one after a death."""
    living = session.execute(_LIVING, {"ids": tuple(treatment_ids)})
    asked = [key for key, protocol in living if has_follow_up_form(protocol)]
    found = dose_forms(session, asked) if asked else {}
    waiting = {
        key: tuple(
            OpenForm(treatment_id=key, administration_id=dose.administration_id, on=dose.on, number=dose.number)
            for dose in doses
            if dose.form_id is None
        )
        for key, doses in found.items()
    }
    return {key: forms for key, forms in waiting.items() if forms}


def dose_forms(session: Session, treatment_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[DoseForm, ...]]:
    """By treatment, every dose that was given, the oldest first, whether its protocol asks for forms or not.

    A dose that was corrected keeps the form that was filed for it; one that was taken back is none, and has none. The
    numbers are those of the calendar: a slot that was waived keeps its own.
    """
    ids = {"ids": tuple(treatment_ids)}
    filed = {row.administration_id: row.id for row in session.execute(_FORMS, ids)}
    rows = session.execute(_DOSES, ids).all()
    replaced = {row.id: row.replaces_id for row in rows}
    gone = set(replaced.values())
    found: dict[uuid.UUID, list[tuple[dt.date, uuid.UUID, frozenset[uuid.UUID]]]] = defaultdict(list)
    for row in rows:
        if row.id not in gone and not row.is_retraction:
            found[row.treatment_id].append((row.on, row.id, _chain(row.id, replaced)))
    waived = _waived_slots(session, tuple(found)) if found else {}
    return {key: tuple(_numbered(key, sorted(doses), filed, waived.get(key, {}))) for key, doses in found.items()}


def taken_back_forms(session: Session, *, treatment_id: uuid.UUID) -> tuple[TakenBackForm, ...]:
    """The forms of the doses that were taken back: what somebody reported stays, and nothing more is asked (G10)."""
    ids = {"ids": (treatment_id,)}
    filed = {row.administration_id: row.id for row in session.execute(_FORMS, ids)}
    written = set(session.scalars(_WRITTEN_FOR, ids))
    rows = session.execute(_DOSES, ids).all()
    replaced = {row.id: row.replaces_id for row in rows}
    return tuple(
        TakenBackForm(
            treatment_id=treatment_id,
            administration_id=row.replaces_id,
            on=row.on,
            form_id=next((filed[key] for key in known_as if key in filed), None),
            known_as=known_as,
        )
        for row in rows
        if row.is_retraction and not written.isdisjoint(known_as := _chain(row.id, replaced))
    )


def _waived_slots(session: Session, treatment_ids: tuple[uuid.UUID, ...]) -> dict[uuid.UUID, dict[str, dt.date]]:
    """By treatment, the first day on which each of its doses was waived."""
    waived: dict[uuid.UUID, dict[str, dt.date]] = defaultdict(dict)
    for key, slot, on in session.execute(_WAIVERS, {"ids": treatment_ids}):
        if slot is not None:  # a constraint promises that a waiver names its item
            waived[key].setdefault(slot, on)
    return waived


def _chain(newest: uuid.UUID, replaced: dict[uuid.UUID, uuid.UUID | None]) -> frozenset[uuid.UUID]:
    known_as = [newest]
    while (older := replaced[known_as[-1]]) is not None:
        known_as.append(older)
    return frozenset(known_as)


def _numbered(
    treatment_id: uuid.UUID,
    doses: Sequence[tuple[dt.date, uuid.UUID, frozenset[uuid.UUID]]],
    filed: dict[uuid.UUID, uuid.UUID],
    waived_on: dict[str, dt.date],
) -> list[DoseForm]:
    numbers = slot_numbers(_STREAM, [on for on, _, _ in doses], waived_on)
    return [
        DoseForm(
            treatment_id=treatment_id,
            administration_id=administration_id,
            on=on,
            number=number,
            form_id=next((filed[key] for key in known_as if key in filed), None),
            known_as=known_as,
        )
        for number, (on, administration_id, known_as) in zip(numbers, doses, strict=True)
    ]
