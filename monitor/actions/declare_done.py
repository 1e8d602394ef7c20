"""The patient says that a sample was taken or an examination done: shown to the nurse, and counted for nothing."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from monitor.actions.acceptable import check_day
from monitor.actions.file_fact import file_fact
from monitor.actions.look_ahead import read_situation
from monitor.actions.named_items import listed_item, read_key
from monitor.actions.open_record import open_treatment
from monitor.actions.permitted import permitted
from monitor.schedules.calendar import OVER, Kind
from monitor.store.agenda import kind_on_agenda
from monitor.store.declaration import DeclarationRow
from monitor.terms import Conflict, Unacceptable
from monitor.work import Work

_DECLARED = frozenset({Kind.LAB, Kind.ASSESSMENT})


@permitted
def declare_done(work: Work, *, treatment_id: UUID, key: str, declared_on: dt.date) -> UUID:
    """Keep what the patient says of an item; the id of the declaration.

    It credits nothing, moves no date, ends no alert and no reminder: only a result does (H49). Raises Missing,
    Unacceptable (no such item, no sample or examination, a day that cannot be), Conflict (the item is over).
    """
    wanted = read_key(key)
    treatment = open_treatment(work, treatment_id=treatment_id)
    check_day(declared_on, field="declared_on", today=treatment.today, born_on=treatment.patient.birth_date)
    kind = kind_on_agenda(work.session, treatment_id=treatment_id, key=wanted)  # where repeats stand as well
    if kind is None:
        item = listed_item(read_situation(work, treatment), wanted, field="key")
        if item.state in OVER:
            raise Conflict(f"it is {item.state.value}", field="key")
        kind = item.kind
    if kind not in _DECLARED:
        raise Unacceptable("only a sample or an examination is declared", field="key")
    row = DeclarationRow(
        id=uuid4(),
        treatment_id=treatment_id,
        key=wanted,
        declared_on=declared_on,
        is_retraction=False,
        recorded_by=work.by.id,
        recorded_at=work.at,
    )
    return file_fact(work, treatment, row, action="declare_done", content={"key": wanted})
