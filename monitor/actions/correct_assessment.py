"""A scale or an examination was recorded wrongly: a new version says what is right, and the old one stays readable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID, uuid4

from monitor.actions.acceptable import check_day, read_reason
from monitor.actions.assessment_value import Given, doubt_weight, read_found
from monitor.actions.file_fact import file_patient_facts
from monitor.actions.open_fact import open_fact_of_patient
from monitor.actions.permitted import permitted
from monitor.dossier.alsfrs_r import from_words
from monitor.store.assessment import AssessmentRow
from monitor.store.succession import counts
from monitor.terms import Unacceptable
from monitor.work import Work


@permitted
def correct_assessment(
    work: Work,
    *,
    assessment_id: UUID,
    reason: str,
    value: str | None = None,
    items: Sequence[int] | None = None,
    has_gastrostomy: bool | None = None,
    on: dt.date | None = None,
    is_confirmed: bool = False,
) -> UUID:
    """Replace an assessment by what is right; what is not given stays as it was. The id of the new version.

    `is_confirmed` is about the value as it will stand. Raises what `record_assessment` raises, and Conflict where
    somebody corrected or retracted it already.
    """
    why = read_reason(reason)
    patient, old = open_fact_of_patient(work, AssessmentRow, assessment_id, is_live=counts(AssessmentRow))
    day = old.on if on is None else on
    check_day(day, field="on", today=patient.today, born_on=patient.record.birth_date)
    scale = work.catalog.dictionary.find_scale(old.scale)
    if scale is None:
        raise Unacceptable("the dictionary has its scale no more", field="assessment_id")
    given = Given(value=value, items=items, has_gastrostomy=has_gastrostomy)
    kept, words = read_found(scale, _completed(given, old))
    if not is_confirmed:
        doubt_weight(work, patient, scale=scale.id, value=kept, on=day, replacing=old.id)
    row = AssessmentRow(
        id=uuid4(),
        patient_id=old.patient_id,
        scale=old.scale,
        value=kept,
        items=words,
        is_confirmed=is_confirmed,
        on=day,
        replaces_id=old.id,
        reason=why,
        recorded_by=work.by.id,
        recorded_at=work.at,
    )
    subject = f"assessment {row.id}"
    return file_patient_facts(work, patient, [row], action="correct_assessment", subject=subject, why=why).ids[0]


def _completed(given: Given, old: AssessmentRow) -> Given:
    """What was given, and of the rest what stood; a total is not corrected against the items that it came from."""
    if old.items is None:
        has_value = given.value is not None or given.items is not None
        return given if has_value else Given(old.value, None, given.has_gastrostomy)
    if given.value is not None and given.items is None:
        raise Unacceptable("it was scored item by item; correct the items", field="items")
    before = from_words(old.items)
    return Given(
        value=given.value,
        items=before.items if given.items is None else given.items,
        has_gastrostomy=before.has_gastrostomy if given.has_gastrostomy is None else given.has_gastrostomy,
    )
