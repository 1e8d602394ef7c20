"""A result was entered wrongly, or belongs to nobody here: a new version says so, and the old one stays readable."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.file_fact import file_patient_facts
from monitor.actions.judge_sheet import judge_sheet
from monitor.actions.permitted import permitted
from monitor.actions.result_version import open_result, successor
from monitor.actions.sheet_at_hand import Sheet, collection_day
from monitor.actions.sheet_line import PanelValue, refuse_undeclared, understand
from monitor.actions.sheet_receipt import PanelReceipt, receipt_of
from monitor.labs.quantities import DecimalMark
from monitor.schedules.facts import Status
from monitor.store.result import ResultRow
from monitor.terms import Role
from monitor.work import Work


@permitted
def correct_result(
    work: Work,
    *,
    result_id: UUID,
    reason: str,
    value: str | None = None,
    unit: str | None = None,
    lower: str | None = None,
    upper: str | None = None,
    not_done: str | None = None,
    decimal: DecimalMark | None = None,
    collected_on: dt.date | None = None,
    collected_at: dt.datetime | None = None,
    received_at: dt.datetime | None = None,
    is_confirmed: bool = False,
) -> PanelReceipt:
    """Replace a result by what is right; what is not given stays as it was. What the new version means, as of an entry.

    A value takes the place of a reason why there was none, and the other way round. Where another day is given without
    its moment, the moment is no longer known. `is_confirmed` is about the value as it will stand, and a person's to
    say (H16). `decimal` as for a sheet; numbers of which none is new were understood before (H14). Raises Missing,
    Unacceptable, Conflict (corrected or retracted already), NotAllowed (not your own entry, or no longer).
    """
    why = read_reason(reason)
    patient, old = open_result(work, result_id)
    is_from_machine = work.by.role is Role.LAB_SYSTEM
    refuse_undeclared(decimal, is_from_machine=is_from_machine)
    line = _line(old, value=value, not_done=not_done, unit=unit, lower=lower, upper=upper, is_confirmed=is_confirmed)
    mark = decimal or _mark_of(old, is_retyped=any(number is not None for number in (value, lower, upper)))
    is_same_day = collected_on is None and collected_at is None
    sheet = Sheet(
        values=(line,),
        collected_on=old.collected_on if is_same_day else collected_on,
        collected_at=old.collected_at if is_same_day else collected_at,
        received_at=received_at or old.received_at,
    )
    day = collection_day(work, patient, sheet)
    found = understand(work.catalog.dictionary, line, decimal=mark, is_from_machine=is_from_machine)
    row = successor(
        work, old, why, status=_status_after(old), value=line.value, unit=line.unit or None, lower=line.lower,
        upper=line.upper, canonical=found.canonical, comparator=found.comparator, collected_on=day,
        is_confirmed=is_confirmed, not_done=line.not_done, decimal=mark or "point", collected_at=sheet.collected_at,
        received_at=sheet.received_at,
    )  # fmt: skip
    filed = file_patient_facts(work, patient, [row], action="correct_result", subject=f"result {row.id}", why=why)
    judged = {treatment_id: one.judged for treatment_id, one in filed.follow_ups.items()}
    return receipt_of([row], judge_sheet(work, patient, [row], judged))


def _mark_of(old: ResultRow, *, is_retyped: bool) -> DecimalMark | None:
    """How the sheet writes decimals: a comma was declared; a point perhaps by nobody, but what stands is understood."""
    if old.decimal == "comma":
        return "comma"
    return None if is_retyped else "point"


def _status_after(old: ResultRow) -> Status:
    """A misprint put right makes nothing final: only the laboratory's own final sheet does (H09)."""
    return Status.PRELIMINARY if old.status == Status.PRELIMINARY else Status.CORRECTED


def _line(
    old: ResultRow, *, value: str | None, not_done: str | None, unit: str | None, lower: str | None, upper: str | None,
    is_confirmed: bool,
) -> PanelValue:  # fmt: skip
    """The line as it will stand: a value ends the reason why there was none, and a reason ends the value."""
    is_measured = not_done is None and (value is not None or old.not_done is None)
    return PanelValue(
        analyte=old.analyte,
        value=(value or old.value) if is_measured else value,
        unit=old.unit if unit is None else unit,
        lower=old.lower if lower is None else lower,
        upper=old.upper if upper is None else upper,
        is_confirmed=is_confirmed,
        not_done=None if is_measured else not_done or old.not_done,
    )
