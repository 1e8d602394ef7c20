"""A laboratory sheet is entered: all of it or nothing, and it credits what it completes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID, uuid4

import msgspec

from monitor.actions.acceptable import check_day
from monitor.actions.file_fact import file_patient_facts
from monitor.actions.open_record import open_patient
from monitor.actions.permitted import permitted
from monitor.labs.analyte import Dictionary
from monitor.labs.quantities import Quantity, Unreadable, read
from monitor.schedules.facts import Status
from monitor.store.result import ResultRow, sheets_since
from monitor.terms import Refusal, Role, Unacceptable
from monitor.work import Work

MOST_VALUES = 200
_SENT_AGAIN_WITHIN = dt.timedelta(hours=24)
_LIMIT = re.compile(r"[0-9]{1,20}(\.[0-9]{1,20})?")


class PanelValue(msgspec.Struct, frozen=True):
    """One line of the sheet, as it is printed; `is_confirmed`: somebody checked a value that can hardly be true."""

    analyte: str
    value: str
    unit: str | None = None
    lower: str | None = None
    upper: str | None = None
    is_confirmed: bool = False


class PanelReceipt(msgspec.Struct, frozen=True):
    """What became of the sheet: the ids of its rows in the order given, and what the values mean.

    `findings` is None as long as values are filed and credited but not judged: none at all would say "nothing found".
    """

    panel_id: UUID
    result_ids: tuple[UUID, ...]
    findings: tuple[str, ...] | None = None


class RefusedValues(Unacceptable):
    """Several lines cannot be taken: `refusals` has one entry for each, the first of which this refusal repeats."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__(refusals[0].reason, field=refusals[0].field)
        self.refusals = tuple(refusals)


class Understood(msgspec.Struct, frozen=True):
    """A line that was understood: the id of its analyte, and the number in the canonical unit if it is one."""

    analyte: str
    canonical: Decimal | None
    comparator: str | None


@permitted
def record_panel(
    work: Work,
    *,
    patient_id: UUID,
    collected_on: dt.date,
    values: Sequence[PanelValue],
    status: str = Status.FINAL.value,
) -> PanelReceipt:
    """File the values of one collection day, `preliminary` or `final`.

    The same sheet within a day is the same sheet: it is answered as before, and nothing is filed. A person is asked
    to confirm a value outside the hard limits; from a laboratory system it is stored and satisfies nothing. Raises
    Missing, Unacceptable; RefusedValues names every line that is to blame.
    """
    patient = open_patient(work, patient_id=patient_id)
    check_day(collected_on, field="collected_on", today=patient.today, born_on=patient.record.birth_date)
    if status not in {Status.PRELIMINARY, Status.FINAL}:
        raise Unacceptable("not one of preliminary, final", field="status")
    understood = _understand_all(work, values)
    panel_id = uuid4()
    rows = [
        ResultRow(
            id=uuid4(), patient_id=patient_id, panel_id=panel_id, position=place, analyte=found.analyte,
            value=line.value, unit=line.unit or None, canonical=found.canonical, comparator=found.comparator,
            lower=line.lower, upper=line.upper, status=Status(status).value, is_confirmed=line.is_confirmed,
            collected_on=collected_on, recorded_by=work.by.id, recorded_at=work.at,
        )
        for place, (line, found) in enumerate(zip(values, understood, strict=True))
    ]  # fmt: skip
    filed = _filed_before(work, rows)
    if filed is not None:
        return filed
    ids = file_patient_facts(work, patient, rows, action="record_panel", subject=f"panel {panel_id}")
    return PanelReceipt(panel_id=panel_id, result_ids=ids)


def _filed_before(work: Work, rows: Sequence[ResultRow]) -> PanelReceipt | None:
    """What was answered when the same sheet was filed: an answer got lost, and the sender tries again (H05)."""
    sheets = sheets_since(
        work.session,
        patient_id=rows[0].patient_id,
        collected_on=rows[0].collected_on,
        status=rows[0].status,
        since=work.at - _SENT_AGAIN_WITHIN,
    )
    for sheet in sheets:
        if _said(sheet) == _said(rows):
            ids = {row.analyte: row.id for row in sheet}
            return PanelReceipt(panel_id=sheet[0].panel_id, result_ids=tuple(ids[row.analyte] for row in rows))
    return None


def _said(rows: Sequence[ResultRow]) -> set[tuple[object, ...]]:
    return {(row.analyte, row.value, row.unit, row.lower, row.upper, row.is_confirmed) for row in rows}


def _understand_all(work: Work, values: Sequence[PanelValue]) -> list[Understood]:
    if not 1 <= len(values) <= MOST_VALUES:
        raise Unacceptable(f"a panel has 1 to {MOST_VALUES} values", field="values")
    understood: list[Understood] = []
    refusals: list[Refusal] = []
    for place, line in enumerate(values):
        try:
            found = understand(work.catalog.dictionary, line, is_from_machine=work.by.role is Role.LAB_SYSTEM)
            _refuse_second(found, understood)
            understood.append(found)
        except Unacceptable as refusal:
            refusals.append(Unacceptable(refusal.reason, field=f"values[{place}].{refusal.field}"))
    if refusals:
        raise RefusedValues(refusals)
    return understood


def understand(dictionary: Dictionary, line: PanelValue, *, is_from_machine: bool) -> Understood:
    """What one line means. Raises Unacceptable naming the member of the line."""
    analyte = dictionary.find(line.analyte)
    if analyte is None:
        raise Unacceptable("the dictionary has no such analyte", field="analyte")
    _check_limits(line)
    found = read(analyte, value=line.value, unit=line.unit, is_confirmed=line.is_confirmed)
    if isinstance(found, Unreadable):
        raise Unacceptable(found.reason, field=found.field)
    if len(line.value) > 64:
        raise Unacceptable("has too many digits", field="value")
    if not found.is_usable and not is_from_machine:
        raise Unacceptable("can hardly be true; check it, and confirm it if it is right", field="value")
    return Understood(analyte=analyte.id, canonical=_number(found), comparator=found.comparator)


def _refuse_second(found: Understood, before: Sequence[Understood]) -> None:
    if any(other.analyte == found.analyte for other in before):
        raise Unacceptable("stands twice on this sheet", field="analyte")


def _number(found: Quantity) -> Decimal | None:
    return found.value if isinstance(found.value, Decimal) else None


def _check_limits(line: PanelValue) -> None:
    for field, limit in (("lower", line.lower), ("upper", line.upper)):
        if limit is not None and not _LIMIT.fullmatch(limit):
            raise Unacceptable("is not a number", field=field)
    if line.lower is not None and line.upper is not None and Decimal(line.lower) > Decimal(line.upper):
        raise Unacceptable("lies below the lower limit", field="upper")
