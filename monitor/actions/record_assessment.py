"""A patient was examined or scored."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from uuid import UUID, uuid4

from monitor.actions.acceptable import check_day, read_text
from monitor.actions.file_fact import file_patient_facts
from monitor.actions.open_record import open_patient
from monitor.actions.permitted import permitted
from monitor.labs.analyte import Scale
from monitor.store.assessment import AssessmentRow
from monitor.terms import Unacceptable
from monitor.work import Work

LONGEST_VALUE = 64
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")


@permitted
def record_assessment(
    work: Work, *, patient_id: UUID, scale: str, value: str, on: dt.date, expected_version: int | None = None
) -> UUID:
    """Record what was found; `scale` by any of its names. Raises Missing, StaleVersion, Unacceptable."""
    patient = open_patient(work, patient_id=patient_id, expected_version=expected_version)
    check_day(on, field="on", today=patient.today, born_on=patient.record.birth_date)
    found = work.catalog.dictionary.find_scale(scale)
    if found is None:
        raise Unacceptable("the dictionary has no such scale", field="scale")
    row = AssessmentRow(
        id=uuid4(),
        patient_id=patient_id,
        scale=found.id,
        value=_read_value(found, value),
        on=on,
        recorded_by=work.by.id,
        recorded_at=work.at,
    )
    return file_patient_facts(work, patient, [row], action="record_assessment", subject=f"assessment {row.id}")[0]


def _read_value(scale: Scale, value: str) -> str:
    """The value as the scale asks for it: a number within its limits, one of its codes, or a finding in words."""
    kept = read_text(value, field="value", longest=LONGEST_VALUE)
    if scale.codes and kept not in {code.code for code in scale.codes}:
        raise Unacceptable(f"not one of {', '.join(code.code for code in scale.codes)}", field="value")
    if scale.limits is not None and not (
        _NUMBER.fullmatch(kept) and scale.limits.low <= Decimal(kept) <= scale.limits.high
    ):
        raise Unacceptable(f"not a number from {scale.limits.low} to {scale.limits.high}", field="value")
    return kept
