"""A dose was recorded wrongly, or was none: a new version says what is right, and the old one stays readable."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec

from monitor.actions.acceptable import read_reason
from monitor.actions.file_fact import file_fact
from monitor.actions.open_fact import open_fact_of_treatment
from monitor.actions.open_record import OpenTreatment
from monitor.actions.permitted import permitted
from monitor.actions.record_administration import as_row, check_administration, read_override
from monitor.schedules.facts import Administration
from monitor.store.administration import AdministrationRow
from monitor.store.succession import counts
from monitor.work import Work


@permitted
def correct_administration(
    work: Work,
    *,
    administration_id: UUID,
    reason: str,
    on: dt.date | None = None,
    course: int | None = None,
    day: int | None = None,
    reason_override: str | None = None,
) -> UUID:
    """Replace a dose by what is right; what is not given stays as it was. The id of the new version.

    Raises what `record_administration` raises, and Conflict where somebody corrected or retracted it already.
    """
    why = read_reason(reason)
    treatment, old = open_administration(work, administration_id)
    before = Administration(on=old.on, course=old.course, day=old.day, reason_override=old.reason_override)
    after = _corrected(before, on=on, course=course, day=day, override=read_override(work, reason_override))
    gates = check_administration(work, treatment, after, replacing=before)
    row = as_row(work, treatment, after, gates)
    row.replaces_id = old.id
    row.reason = why
    return file_fact(work, treatment, row, action="correct_administration", why=why)


def _corrected(
    before: Administration, *, on: dt.date | None, course: int | None, day: int | None, override: str | None
) -> Administration:
    """What is right. An override was given for one dose on one day: of any other, nobody has said why."""
    after = Administration(
        on=before.on if on is None else on,
        course=before.course if course is None else course,
        day=before.day if day is None else day,
        reason_override=before.reason_override,
    )
    return after if override is None and after == before else msgspec.structs.replace(after, reason_override=override)


def open_administration(work: Work, administration_id: UUID) -> tuple[OpenTreatment, AdministrationRow]:
    """The dose as it stands, in its treatment, held. Raises Missing, Conflict."""
    return open_fact_of_treatment(work, AdministrationRow, administration_id, is_live=counts(AdministrationRow))
