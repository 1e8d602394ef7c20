"""A laboratory sheet before it is filed: what is printed on it, its day at the site of the patient, and its rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import uuid4
from zoneinfo import ZoneInfo

import msgspec

from monitor.actions.acceptable import check_day
from monitor.actions.open_record import OpenPatient
from monitor.actions.sheet_line import PanelValue, RefusedValues, Understood, refuse_undeclared, understand
from monitor.labs.quantities import DecimalMark
from monitor.schedules.facts import Status
from monitor.store.result import ResultRow
from monitor.terms import Role, Unacceptable
from monitor.work import Work

MOST_LINES = 100  # more than the dictionary has analytes, each of which stands on a sheet once


class Sheet(msgspec.Struct, frozen=True):
    """What is printed on it: its values, when the sample was collected and received, and how it writes decimals.

    The day of collection, or the moment, from which the day at the site of the patient follows (H15); or both.
    `decimal` None: nobody declared it.
    """

    values: Sequence[PanelValue]
    collected_on: dt.date | None = None
    collected_at: dt.datetime | None = None
    received_at: dt.datetime | None = None
    status: str = Status.FINAL.value
    decimal: DecimalMark | None = None


def rows_of(work: Work, patient: OpenPatient, sheet: Sheet) -> list[ResultRow]:
    """The rows of the sheet, not yet in the record. Raises Unacceptable, RefusedValues."""
    if sheet.status not in {Status.PRELIMINARY, Status.FINAL}:
        raise Unacceptable("not one of preliminary, final", field="status")
    collected_on, understood = _understand_all(work, patient, sheet)
    panel_id = uuid4()
    return [
        ResultRow(
            id=uuid4(), patient_id=patient.record.id, panel_id=panel_id, position=place, analyte=found.analyte.id,
            value=line.value, unit=line.unit or None, canonical=found.canonical, comparator=found.comparator,
            lower=line.lower, upper=line.upper, decimal=sheet.decimal or "point", not_done=line.not_done,
            status=Status(sheet.status).value, is_confirmed=line.is_confirmed, collected_on=collected_on,
            collected_at=sheet.collected_at, received_at=sheet.received_at, recorded_by=work.by.id,
            recorded_at=work.at,
        )
        for place, (line, found) in enumerate(zip(sheet.values, understood, strict=True))
    ]  # fmt: skip


def collection_day(work: Work, patient: OpenPatient, sheet: Sheet) -> dt.date:
    """The day of the sample at the site of the patient, checked with its moments. Raises Unacceptable."""
    zone = ZoneInfo(patient.record.timezone)
    day, moment, received = sheet.collected_on, sheet.collected_at, sheet.received_at
    of_moment = None if moment is None else moment.astimezone(zone).date()
    if day is None and of_moment is None:
        raise Unacceptable("needed, or collected_at", field="collected_on")
    if day is not None and of_moment is not None and day != of_moment:
        raise Unacceptable("is on another day at the site of the patient", field="collected_at")
    found = day or of_moment
    assert found is not None  # noqa: S101 - one of them is known by now
    check_day(found, field="collected_on", today=patient.today, born_on=patient.record.birth_date)
    if moment is not None and moment > work.at:
        raise Unacceptable("lies in the future", field="collected_at")
    if received is not None:
        if received > work.at:
            raise Unacceptable("lies in the future", field="received_at")
        if received.astimezone(zone).date() < found or (moment is not None and received < moment):
            raise Unacceptable("lies before the collection", field="received_at")
    return found


def _understand_all(work: Work, patient: OpenPatient, sheet: Sheet) -> tuple[dt.date, list[Understood]]:
    """The day of the sample and what each line means. Raises RefusedValues with everything that is to blame."""
    if not 1 <= len(sheet.values) <= MOST_LINES:
        raise Unacceptable(f"a panel has 1 to {MOST_LINES} values", field="values")
    dictionary, is_from_machine = work.catalog.dictionary, work.by.role is Role.LAB_SYSTEM
    day = patient.today
    understood: list[Understood] = []
    refusals: list[Unacceptable] = []
    try:
        refuse_undeclared(sheet.decimal, is_from_machine=is_from_machine)
    except Unacceptable as refusal:
        refusals.append(refusal)
    try:
        day = collection_day(work, patient, sheet)
    except Unacceptable as refusal:
        refusals.append(refusal)
    for place, line in enumerate(sheet.values):
        try:
            found = understand(dictionary, line, decimal=sheet.decimal, is_from_machine=is_from_machine)
            _refuse_second(found, understood)
            understood.append(found)
        except RefusedValues as refused:
            refusals += [
                Unacceptable(one.reason, field=f"values[{place}].{one.field}", suggestion=one.suggestion)
                for one in refused.refusals
            ]
    if refusals:
        raise RefusedValues(refusals)
    return day, understood


def _refuse_second(found: Understood, before: Sequence[Understood]) -> None:
    if any(other.analyte is found.analyte for other in before):
        raise RefusedValues([Unacceptable("stands twice on this sheet", field="analyte")])
