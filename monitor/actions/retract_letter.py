"""A letter that was recorded was not posted, or was about somebody else."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.file_fact import file_fact
from monitor.actions.open_fact import open_fact_of_treatment
from monitor.actions.permitted import permitted
from monitor.store.letter import LetterRow
from monitor.store.succession import counts, retraction_of
from monitor.work import Work


@permitted
def retract_letter(work: Work, *, letter_id: UUID, reason: str) -> UUID:
    """Take it back: it is asked for again. The id of the retraction. Raises Missing, Conflict (taken back already)."""
    why = read_reason(reason)
    treatment, old = open_fact_of_treatment(work, LetterRow, letter_id, is_live=counts(LetterRow))
    row = retraction_of(old, by=work.by.id, at=work.at, why=why)
    return file_fact(work, treatment, row, action="retract_letter", why=why)
