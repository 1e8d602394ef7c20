"""A sample was taken and its result is awaited: shown, never counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID, uuid4

from monitor.actions.acceptable import check_day, read_text
from monitor.actions.file_fact import file_fact
from monitor.actions.look_ahead import read_situation
from monitor.actions.named_items import listed_item, read_keys, refuse_ended
from monitor.actions.open_record import open_treatment
from monitor.actions.permitted import permitted
from monitor.schedules.calendar import Item, Kind
from monitor.store.sample_taken import SampleTakenRow, last_samples
from monitor.terms import Conflict, Unacceptable
from monitor.work import Work

LONGEST_LABORATORY = 120


@permitted
def note_sample_taken(
    work: Work,
    *,
    treatment_id: UUID,
    keys: Sequence[str],
    taken_on: dt.date,
    laboratory: str | None = None,
) -> UUID:
    """Note that a sample was drawn for these items; the id of the note.

    Whoever declares it, it credits nothing: only its result does (H49). Raises Missing, Unacceptable (no
    such sample, or a day on which it could not have counted), Conflict (an item is over, or its result is awaited since
    that day or a later one).
    """
    wanted = read_keys(keys)
    treatment = open_treatment(work, treatment_id=treatment_id)
    check_day(taken_on, field="taken_on", today=treatment.today, born_on=treatment.patient.birth_date)
    situation = read_situation(work, treatment)
    refuse_ended(situation, wanted)
    known = last_samples(work.session, treatment_id=treatment_id)
    for number, key in enumerate(wanted):
        field = f"keys[{number}]"
        _check_sample(listed_item(situation, key, field=field), taken_on, field=field)
        if key in known and known[key] >= taken_on:
            raise Conflict("a sample of that day or a later one is noted already", field=field)
    row = sample_row(work, treatment_id=treatment_id, keys=wanted, taken_on=taken_on, laboratory=laboratory)
    return file_fact(work, treatment, row, action="note_sample_taken", content={"keys": list(wanted)})


def sample_row(
    work: Work, *, treatment_id: UUID, keys: tuple[str, ...], taken_on: dt.date, laboratory: str | None
) -> SampleTakenRow:
    """The row of a sample, noted now by whoever works. Raises Unacceptable."""
    return SampleTakenRow(
        id=uuid4(),
        treatment_id=treatment_id,
        keys=keys,
        taken_on=taken_on,
        laboratory=(
            None if laboratory is None else read_text(laboratory, field="laboratory", longest=LONGEST_LABORATORY)
        ),
        is_retraction=False,
        recorded_by=work.by.id,
        recorded_at=work.at,
    )


def _check_sample(item: Item, taken_on: dt.date, *, field: str) -> None:
    if item.kind is not Kind.LAB:
        raise Unacceptable("no sample is taken for this", field=field)
    if taken_on < item.opens_on or (item.closes_on is not None and taken_on >= item.closes_on):
        raise Unacceptable(f"outside the window of {item.key}: its result would not count", field="taken_on")
