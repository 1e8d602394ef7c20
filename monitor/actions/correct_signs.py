"""What was reported was not what was noticed, or not then: a new version says what is right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.open_fact import open_fact_of_treatment
from monitor.actions.permitted import permitted
from monitor.actions.sign_report_filed import Report, ReportedSigns, file_report
from monitor.store.sign_report import SignReportRow
from monitor.store.succession import counts
from monitor.terms import Missing
from monitor.work import Work


@permitted
def correct_signs(
    work: Work,
    *,
    treatment_id: UUID,
    report_id: UUID,
    signs: Sequence[str],
    noticed_on: dt.date,
    reason: str,
    note: str | None = None,
    language: str | None = None,
) -> ReportedSigns:
    """Replace a report by the whole of what is right; alerts of what it no longer tells wait for a person (H07).

    Raises Missing, Unacceptable, Conflict (corrected or taken back already).
    """
    why = read_reason(reason)
    treatment, old = open_fact_of_treatment(work, SignReportRow, report_id, is_live=counts(SignReportRow))
    if old.treatment_id != treatment_id:
        raise Missing("no such report", field="report_id")
    report = Report(signs, noticed_on, note, language)
    return file_report(work, treatment, report, action="correct_signs", replaces_id=old.id, why=why)
