"""Short ways to enter a sheet of Ada and to look at what is stored or refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from monitor.actions.record_panel import record_panel
from monitor.actions.sheet_line import PanelValue, RefusedValues
from monitor.actions.sheet_receipt import PanelReceipt
from monitor.store.result import ResultRow
from tests.actions.acting import act
from tests.cast import TODAY, Cast, Staff, Stage

HOUR = dt.timedelta(hours=1)


def enter(stage: Stage, cast: Cast, *values: PanelValue, by: Staff | None = None, **sheet: Any) -> PanelReceipt:
    declared = {"decimal": "point"} if by is cast.lab else {}  # which a laboratory system must
    given = {"patient_id": cast.ada, "collected_on": TODAY, "values": values, **declared, **sheet}
    return act(stage, record_panel, (by or cast.nora).actor, **given)


def refusals(stage: Stage, cast: Cast, *values: PanelValue, **sheet: Any) -> dict[str | None, str]:
    with pytest.raises(RefusedValues) as refused:
        enter(stage, cast, *values, **sheet)
    assert rows(stage) == []
    return {one.field: one.reason for one in refused.value.refusals}


def rows(stage: Stage) -> list[ResultRow]:
    with stage.sessions() as session:
        return list(session.scalars(select(ResultRow).order_by(ResultRow.recorded_at, ResultRow.position)))


def value(analyte: str, text: str | None, unit: str | None = None, **more: Any) -> PanelValue:
    return PanelValue(analyte=analyte, value=text, unit=unit, **more)
