"""A follow-up form was filed for the wrong dose or patient: it is open again."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.dose_form import open_filed_form
from monitor.actions.file_fact import file_fact
from monitor.actions.permitted import permitted
from monitor.store.succession import retraction_of
from monitor.work import Work


@permitted
def retract_follow_up_form(work: Work, *, dose_id: UUID, form_id: UUID, reason: str) -> UUID:
    """Take a form back. The id of the retraction. Raises Missing, Conflict."""
    why = read_reason(reason)
    opened, old = open_filed_form(work, dose_id=dose_id, form_id=form_id)
    row = retraction_of(old, by=work.by.id, at=work.at, why=why)
    return file_fact(work, opened.treatment, row, action="retract_follow_up_form", why=why)
