"""The follow-up form of a dose is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from monitor.actions.dose_form import form_row, open_dose
from monitor.actions.file_fact import file_fact
from monitor.actions.permitted import permitted
from monitor.terms import Conflict
from monitor.work import Work


@permitted
def file_follow_up_form(work: Work, *, dose_id: UUID, answers: Mapping[str, object]) -> UUID:
    """File the form of a dose; `answers` is a JSON object of the form of `FollowUpAnswers`. The id of the form.

    Raises Missing, Unacceptable, Conflict (a form stands, the dose was taken back, none is asked for).
    """
    opened = open_dose(work, dose_id=dose_id)
    if opened.dose.form_id is not None:
        raise Conflict("the form of this dose is filed already; correct it", field="dose_id")
    row = form_row(work, opened, answers=answers)
    return file_fact(work, opened.treatment, row, action="file_follow_up_form")
