"""A laboratory sheet is judged while it is typed: what recording it would answer, and nothing is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from monitor.actions.judge_sheet import judge_sheet, judged_with
from monitor.actions.open_record import open_patient
from monitor.actions.permitted import permitted
from monitor.actions.sheet_at_hand import Sheet, rows_of
from monitor.actions.sheet_line import PanelValue
from monitor.actions.sheet_receipt import PanelReceipt, receipt_of
from monitor.labs.quantities import DecimalMark
from monitor.schedules.facts import Status
from monitor.work import Work


@permitted
def check_panel(
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
    """What recording the sheet would answer or refuse; nothing is stored. Raises as `record_panel` does."""
    patient = open_patient(work, patient_id=patient_id)
    rows = rows_of(work, patient, Sheet(values, collected_on, collected_at, received_at, status, decimal))
    return receipt_of(rows, judge_sheet(work, patient, rows, judged_with(work, patient, rows)))
