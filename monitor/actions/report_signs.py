"""A patient noticed something: it is stored, whoever must know is alerted, and the patient is told what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from monitor.actions.open_record import open_treatment
from monitor.actions.permitted import permitted
from monitor.actions.sign_report_filed import Report, ReportedSigns, file_report
from monitor.work import Work


@permitted
def report_signs(
    work: Work,
    *,
    treatment_id: UUID,
    signs: Sequence[str],
    noticed_on: dt.date,
    note: str | None = None,
    language: str | None = None,
) -> ReportedSigns:
    """Report signs of the protocol, and answer with the advice in `language`, else that of the patient.

    Each sign has one open alert, which a new report lets call again. Raises Missing, Unacceptable.
    """
    treatment = open_treatment(work, treatment_id=treatment_id)
    return file_report(work, treatment, Report(signs, noticed_on, note, language), action="report_signs")
