"""The agreed first day of a later course holds no more: the calendar goes back to what it expects by default."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.file_fact import file_fact
from monitor.actions.look_ahead import read_situation
from monitor.actions.open_record import open_treatment
from monitor.actions.permitted import permitted
from monitor.store.planned_course import standing_plan
from monitor.store.succession import retraction_of
from monitor.terms import Conflict
from monitor.work import Work


@permitted
def cancel_course(
    work: Work, *, treatment_id: UUID, course: int, reason: str, expected_version: int | None = None
) -> UUID:
    """Take the agreed day of a course back; the id of the retraction.

    Raises Missing, StaleVersion, Unacceptable, Conflict (no day is agreed for it, or it was given already).
    """
    why = read_reason(reason)
    treatment = open_treatment(work, treatment_id=treatment_id, expected_version=expected_version)
    old = standing_plan(work.session, treatment_id=treatment_id, course=course)
    if old is None:
        raise Conflict("no day is agreed for this course", field="course")
    if any(one.course == course for one in read_situation(work, treatment).history.administrations):
        raise Conflict("this course was given already", field="course")
    row = retraction_of(old, by=work.by.id, at=work.at, why=why)
    return file_fact(work, treatment, row, action="cancel_course", why=why, content={"course": course})
