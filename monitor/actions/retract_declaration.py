"""What the patient was said to have done was not done, or not by this patient."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.file_fact import file_fact
from monitor.actions.open_fact import open_fact_of_treatment
from monitor.actions.permitted import permitted
from monitor.store.declaration import DeclarationRow
from monitor.store.succession import counts, retraction_of
from monitor.terms import Missing
from monitor.work import Work


@permitted
def retract_declaration(work: Work, *, treatment_id: UUID, declaration_id: UUID, reason: str) -> UUID:
    """Take a declaration back; the id of the retraction. Raises Missing, Conflict (taken back already)."""
    why = read_reason(reason)
    treatment, old = open_fact_of_treatment(work, DeclarationRow, declaration_id, is_live=counts(DeclarationRow))
    if old.treatment_id != treatment_id:
        raise Missing("no such declaration", field="declaration_id")
    row = retraction_of(old, by=work.by.id, at=work.at, why=why)
    return file_fact(work, treatment, row, action="retract_declaration", why=why)
