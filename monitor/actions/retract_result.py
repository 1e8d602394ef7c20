"""A result is struck out: it was entered in error, or belongs to somebody else (H08)."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.file_fact import file_patient_facts
from monitor.actions.permitted import permitted
from monitor.actions.result_version import open_result, successor
from monitor.schedules.facts import Status
from monitor.work import Work


@permitted
def retract_result(work: Work, *, result_id: UUID, reason: str) -> UUID:
    """Strike a result out: it satisfies nothing any more. The id of the retraction. Raises as `correct_result` does."""
    why = read_reason(reason)
    patient, old = open_result(work, result_id)
    row = successor(
        work, old, why, status=Status.ENTERED_IN_ERROR, value=old.value, unit=old.unit, lower=old.lower,
        upper=old.upper, canonical=old.canonical, comparator=old.comparator, collected_on=old.collected_on,
        is_confirmed=old.is_confirmed, not_done=old.not_done, decimal=old.decimal, collected_at=old.collected_at,
        received_at=old.received_at,
    )  # fmt: skip
    return file_patient_facts(work, patient, [row], action="retract_result", subject=f"result {row.id}", why=why).ids[0]
