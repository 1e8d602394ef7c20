"""What is answered for a sheet that was filed, filed before, or only checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

import msgspec

from monitor.actions.judge_sheet import JudgedFinding, JudgedSheet, JudgedValue
from monitor.store.result import ResultRow


class PanelReceipt(msgspec.Struct, frozen=True):
    """What became of the sheet: its patient, the ids of its rows in the order given, and what the values mean.

    Of a correction: the sheet to which the value belongs, and the new version alone. `panel_id` and the ids name
    nothing that is stored where the sheet was only checked. `judged_by`: the protocols whose thresholds were asked.
    """

    panel_id: UUID
    patient_id: UUID
    collected_on: dt.date
    result_ids: tuple[UUID, ...]
    values: tuple[JudgedValue, ...]
    findings: tuple[JudgedFinding, ...]
    judged_by: tuple[str, ...]


def receipt_of(rows: Sequence[ResultRow], sheet: JudgedSheet) -> PanelReceipt:
    """What is answered for these rows."""
    return PanelReceipt(
        panel_id=rows[0].panel_id,
        patient_id=rows[0].patient_id,
        collected_on=rows[0].collected_on,
        result_ids=tuple(row.id for row in rows),
        values=sheet.values,
        findings=sheet.findings,
        judged_by=sheet.judged_by,
    )
