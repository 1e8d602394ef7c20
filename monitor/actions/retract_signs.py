"""Nothing of what was reported was noticed, or somebody else noticed it."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.file_fact import file_fact
from monitor.actions.open_fact import open_fact_of_treatment
from monitor.actions.permitted import permitted
from monitor.actions.sign_report_filed import bring_signs_into_step
from monitor.store.sign_report import SignReportRow
from monitor.store.succession import counts, retraction_of
from monitor.terms import Missing
from monitor.work import Work


@permitted
def retract_signs(work: Work, *, treatment_id: UUID, report_id: UUID, reason: str) -> UUID:
    """Take a report back; the id of the retraction. Its alerts are eased, and wait for a person (H07).

    Raises Missing, Conflict (corrected or taken back already).
    """
    why = read_reason(reason)
    treatment, old = open_fact_of_treatment(work, SignReportRow, report_id, is_live=counts(SignReportRow))
    if old.treatment_id != treatment_id:
        raise Missing("no such report", field="report_id")
    row = retraction_of(old, by=work.by.id, at=work.at, why=why)
    retraction_id = file_fact(work, treatment, row, action="retract_signs", why=why)
    bring_signs_into_step(work, treatment)
    return retraction_id
