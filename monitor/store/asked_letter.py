"""The letters that treatments ask for today: a projection for the list of what is to be posted."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import ForeignKey, Index, Table, Uuid, bindparam, delete, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.notices.letters import WantedLetter
from monitor.schedules.letters import Addressee
from monitor.store.agenda import Reconciled
from monitor.store.base import Base, at_most, one_of
from monitor.store.treatment import TreatmentRecord


class AskedLetterRow(Base):
    """One letter for each treatment and addressee; `sent_on` is None as long as something in it was not posted."""

    __tablename__ = "asked_letter"
    __table_args__ = (
        one_of("addressee", Addressee),
        at_most("keys", 2000),
        Index(None, "site_id", "since", "treatment_id", "addressee"),
        Index(None, "patient_id"),
    )

    treatment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("treatment.id"), primary_key=True)
    addressee: Mapped[str] = mapped_column(primary_key=True)
    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"))
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"))
    keys: Mapped[tuple[str, ...]]
    since: Mapped[dt.date]
    is_registered: Mapped[bool]
    sent_on: Mapped[dt.date | None]


_TABLE = AskedLetterRow.__table__
assert isinstance(_TABLE, Table)  # noqa: S101 - it is one
_IS_OF_TREATMENT = _TABLE.c.treatment_id == bindparam("of_treatment", type_=Uuid())
_IS_TO = _TABLE.c.addressee == bindparam("to")
# Built once, as those of the agenda are.
_STORED = select(_TABLE).where(_IS_OF_TREATMENT)
_ADD = insert(_TABLE)
_CHANGE = update(_TABLE).where(_IS_OF_TREATMENT, _IS_TO)
_REMOVE = delete(_TABLE).where(_IS_OF_TREATMENT, _IS_TO)


def reconcile_letters(session: Session, *, treatment: TreatmentRecord, wanted: Iterable[WantedLetter]) -> Reconciled:
    """Make the treatment ask for exactly these letters, writing only what differs."""
    connection = session.connection()
    asked = {letter.to.value: letter_values(treatment, letter) for letter in wanted}
    rows = connection.execute(_STORED, {"of_treatment": treatment.id}).mappings()
    stored = {row["addressee"]: dict(row) for row in rows}
    gone = stored.keys() - asked.keys()
    if gone:
        connection.execute(_REMOVE, [{"of_treatment": treatment.id, "to": to} for to in gone])
    added = [values for to, values in asked.items() if to not in stored]
    if added:
        connection.execute(_ADD, added)
    changed = [values for to, values in asked.items() if to in stored and stored[to] != values]
    if changed:
        connection.execute(
            _CHANGE, [{**values, "of_treatment": treatment.id, "to": values["addressee"]} for values in changed]
        )
    return Reconciled(added=len(added), changed=len(changed), removed=len(gone))


def letter_values(treatment: TreatmentRecord, letter: WantedLetter) -> dict[str, object]:
    """The columns of the row of one letter."""
    return {
        "treatment_id": treatment.id,
        "addressee": letter.to.value,
        "patient_id": treatment.patient_id,
        "site_id": treatment.site_id,
        "keys": letter.keys,
        "since": letter.since,
        "is_registered": letter.is_registered,
        "sent_on": letter.sent_on,
    }


def drop_asked_letters(session: Session, *, treatment_ids: Sequence[uuid.UUID]) -> None:
    """Forget the letters of these treatments: they are about to be asked for again."""
    session.execute(delete(AskedLetterRow).where(AskedLetterRow.treatment_id.in_(treatment_ids)))


def about_registered(session: Session, *, treatment_id: uuid.UUID, to: Addressee) -> frozenset[str]:
    """What a letter to them is about that is asked for by registered post and was not posted yet."""
    query = select(AskedLetterRow.keys).where(
        AskedLetterRow.treatment_id == treatment_id,
        AskedLetterRow.addressee == to.value,
        AskedLetterRow.is_registered,
        AskedLetterRow.sent_on.is_(None),
    )
    return frozenset(session.scalar(query) or ())
