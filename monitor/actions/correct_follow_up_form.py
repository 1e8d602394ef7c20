"""A follow-up form says something wrong: a new version says what is right, and the old one stays readable."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.dose_form import form_row, open_filed_form
from monitor.actions.file_fact import file_fact
from monitor.actions.permitted import permitted
from monitor.work import Work


@permitted
def correct_follow_up_form(
    work: Work,
    *,
    dose_id: UUID,
    form_id: UUID,
    answers: Mapping[str, object],
    reason: str,
) -> UUID:
    """Replace a form by the whole of what is right, filled in anew from the record. The id of the new version.

    Raises Missing, Unacceptable, Conflict (`form_id` is not the one that stands).
    """
    why = read_reason(reason)
    opened, old = open_filed_form(work, dose_id=dose_id, form_id=form_id)
    row = form_row(work, opened, answers=answers, replaces_id=old.id, why=why)
    return file_fact(work, opened.treatment, row, action="correct_follow_up_form", why=why)
