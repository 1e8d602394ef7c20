"""The sample that was noted was not taken, or is lost: nobody waits for its result any more."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.file_fact import file_fact
from monitor.actions.open_fact import open_fact_of_treatment
from monitor.actions.permitted import permitted
from monitor.store.sample_taken import SampleTakenRow
from monitor.store.succession import counts, retraction_of
from monitor.terms import NotAllowed, Role
from monitor.work import Work


@permitted
def retract_sample_taken(work: Work, *, sample_id: UUID, reason: str) -> UUID:
    """Take the note of a sample back; the id of the retraction.

    Raises Missing, Conflict (taken back already), NotAllowed (a laboratory system, what others noted).
    """
    why = read_reason(reason)
    treatment, old = open_fact_of_treatment(work, SampleTakenRow, sample_id, is_live=counts(SampleTakenRow))
    if work.by.role is Role.LAB_SYSTEM and old.recorded_by != work.by.id:
        raise NotAllowed("a laboratory system may only take back what it noted itself")
    row = retraction_of(old, by=work.by.id, at=work.at, why=why)
    return file_fact(work, treatment, row, action="retract_sample_taken", why=why)
