"""A patient was examined or scored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID, uuid4

from monitor.actions.acceptable import check_day
from monitor.actions.assessment_value import Given, doubt_weight, read_found
from monitor.actions.file_fact import file_patient_facts
from monitor.actions.open_record import open_patient
from monitor.actions.permitted import permitted
from monitor.store.assessment import AssessmentRow
from monitor.terms import Unacceptable
from monitor.work import Work


@permitted
def record_assessment(
    work: Work,
    *,
    patient_id: UUID,
    scale: str,
    on: dt.date,
    value: str | None = None,
    items: Sequence[int] | None = None,
    has_gastrostomy: bool | None = None,
    is_confirmed: bool = False,
) -> UUID:
    """Record what was found; `scale` by any of its names, the ALSFRS-R by its total, its twelve items, or both.

    A weight far from those around it is refused until it `is_confirmed`. Raises Missing, Unacceptable.
    """
    patient = open_patient(work, patient_id=patient_id)
    check_day(on, field="on", today=patient.today, born_on=patient.record.birth_date)
    found = work.catalog.dictionary.find_scale(scale)
    if found is None:
        raise Unacceptable("the dictionary has no such scale", field="scale")
    kept, words = read_found(found, Given(value=value, items=items, has_gastrostomy=has_gastrostomy))
    if not is_confirmed:
        doubt_weight(work, patient, scale=found.id, value=kept, on=on, replacing=None)
    row = AssessmentRow(
        id=uuid4(),
        patient_id=patient_id,
        scale=found.id,
        value=kept,
        items=words,
        is_confirmed=is_confirmed,
        on=on,
        recorded_by=work.by.id,
        recorded_at=work.at,
    )
    return file_patient_facts(work, patient, [row], action="record_assessment", subject=f"assessment {row.id}").ids[0]
