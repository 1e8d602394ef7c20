"""What a dossier states never was so."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.dossier_statement import open_statement
from monitor.actions.file_fact import file_fact
from monitor.actions.permitted import permitted
from monitor.store.succession import retraction_of
from monitor.work import Work


@permitted
def retract_dossier_entry(work: Work, *, treatment_id: UUID, entry_id: UUID, reason: str) -> UUID:
    """Take an entry back. The id of the retraction. Raises Missing, Conflict."""
    why = read_reason(reason)
    treatment, old = open_statement(work, treatment_id=treatment_id, entry_id=entry_id)
    row = retraction_of(old, by=work.by.id, at=work.at, why=why)
    return file_fact(work, treatment, row, action="retract_dossier_entry", why=why)
