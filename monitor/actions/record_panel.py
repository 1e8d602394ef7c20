"""A laboratory sheet is entered: all of it or nothing; it credits what it completes, and every value is judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from monitor.actions.file_fact import file_patient_facts
from monitor.actions.judge_sheet import judge_sheet, judged_with
from monitor.actions.open_record import open_patient
from monitor.actions.permitted import permitted
from monitor.actions.sheet_at_hand import Sheet, rows_of
from monitor.actions.sheet_line import PanelValue
from monitor.actions.sheet_receipt import PanelReceipt, receipt_of
from monitor.labs.quantities import DecimalMark
from monitor.schedules.facts import Status
from monitor.store.result import ResultRow, sheets_since
from monitor.work import Work

_SENT_AGAIN_WITHIN = dt.timedelta(hours=24)


@permitted
def record_panel(
    work: Work,
    *,
    patient_id: UUID,
    values: Sequence[PanelValue],
    collected_on: dt.date | None = None,
    collected_at: dt.datetime | None = None,
    received_at: dt.datetime | None = None,
    status: str = Status.FINAL.value,
    decimal: DecimalMark | None = None,
) -> PanelReceipt:
    """File the values of one sample, `preliminary` or `final`.

    The same sheet within a day is the same sheet: it is answered as before, and nothing is filed. A person is asked
    to confirm a value outside the hard limits, or one that looks like another unit; from a laboratory system the first
    is stored and satisfies nothing, for it confirms nothing (H16). It declares `decimal`; where a person did not, the
    sheet writes points, and three digits behind one are asked about (H14). Raises Missing, Unacceptable; RefusedValues
    names every line that is to blame.
    """
    patient = open_patient(work, patient_id=patient_id)
    rows = rows_of(work, patient, Sheet(values, collected_on, collected_at, received_at, status, decimal))
    filed = _filed_before(work, rows)
    if filed is not None:
        return receipt_of(filed, judge_sheet(work, patient, filed, judged_with(work, patient)))
    done = file_patient_facts(work, patient, rows, action="record_panel", subject=f"panel {rows[0].panel_id}")
    judged = {treatment_id: one.judged for treatment_id, one in done.follow_ups.items()}
    return receipt_of(rows, judge_sheet(work, patient, rows, judged))


def _filed_before(work: Work, rows: Sequence[ResultRow]) -> tuple[ResultRow, ...] | None:
    """The rows of the same sheet, filed before: an answer got lost, and the sender tries again (H05)."""
    sheets = sheets_since(
        work.session,
        patient_id=rows[0].patient_id,
        collected_on=rows[0].collected_on,
        status=rows[0].status,
        since=work.at - _SENT_AGAIN_WITHIN,
    )
    for sheet in sheets:
        if _said(sheet) == _said(rows):
            known = {row.analyte: row for row in sheet}
            return tuple(known[row.analyte] for row in rows)
    return None


def _said(rows: Sequence[ResultRow]) -> set[tuple[object, ...]]:
    return {
        (
            row.analyte, row.value, row.unit, row.lower, row.upper, row.is_confirmed, row.not_done, row.decimal,
            row.collected_at,
        )
        for row in rows
    }  # fmt: skip
