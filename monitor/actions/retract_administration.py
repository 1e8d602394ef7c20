"""A dose that was recorded was not given."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.correct_administration import open_administration
from monitor.actions.file_fact import file_fact
from monitor.actions.permitted import permitted
from monitor.store.succession import retraction_of
from monitor.work import Work


@permitted
def retract_administration(work: Work, *, administration_id: UUID, reason: str) -> UUID:
    """Take a dose back: it was not given. The id of the retraction. Raises Missing, Conflict."""
    why = read_reason(reason)
    treatment, old = open_administration(work, administration_id)
    row = retraction_of(old, by=work.by.id, at=work.at, why=why)
    return file_fact(work, treatment, row, action="retract_administration", why=why)
