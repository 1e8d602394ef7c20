"""`/results`: record a panel, correct or retract a value, list the values of a patient."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from msgspec.structs import asdict

from monitor.actions.check_panel import check_panel
from monitor.actions.correct_result import correct_result
from monitor.actions.record_panel import record_panel
from monitor.actions.retract_result import retract_result
from monitor.actions.sheet_line import PanelValue
from monitor.actions.sheet_receipt import PanelReceipt
from monitor.api.paging import with_link
from monitor.api.routes import LINK, Routes, needs_key
from monitor.edge.house import at_work
from monitor.overviews.pages import Page
from monitor.overviews.results import Result, results
from monitor.schemas.banner import FiledSchema
from monitor.schemas.form import ReasonSchema
from monitor.schemas.results import (
    CorrectedResultSchema,
    CorrectResultSchema,
    PanelReceiptSchema,
    RecordPanelSchema,
    ResultPageSchema,
    ResultsQuery,
)

routes = Routes("results", "Laboratory values.")


@routes.route("", methods=["POST"])
@routes.arguments(RecordPanelSchema)
@routes.response(201, PanelReceiptSchema)
@needs_key
def record(body: dict[str, Any]) -> PanelReceipt:
    """Record all the values of one sample, or none of them.

    A laboratory system declares `decimal`, and confirms no value: that is a person's.
    """
    values = [PanelValue(**value) for value in body.pop("values")]
    with at_work() as work:
        return record_panel(work, values=values, **body)


@routes.route("/check", methods=["POST"])
@routes.arguments(RecordPanelSchema)
@routes.response(200, PanelReceiptSchema)
def check(body: dict[str, Any]) -> PanelReceipt:
    """Judge the values of a sheet while it is typed: the answer or the refusals of recording it, and nothing stored."""
    values = [PanelValue(**value) for value in body.pop("values")]
    with at_work(only_reads=True) as work:
        return check_panel(work, values=values, **body)


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(ResultsQuery, location="query")
@routes.response(200, ResultPageSchema, headers=LINK)
def list_results(query: dict[str, Any]) -> tuple[Page[Result], dict[str, str]]:
    """The values of one patient, newest sample first, corrected and retracted ones included."""
    with at_work(only_reads=True) as work:
        page = results(work, **query)
    return with_link(page)


@routes.route("/<uuid:result_id>/correct", methods=["POST"])
@routes.arguments(CorrectResultSchema)
@routes.response(201, CorrectedResultSchema)
def correct(body: dict[str, Any], result_id: UUID) -> dict[str, object]:
    """Put a value right, and be told what the new one means; the wrong one stays readable.

    A laboratory system declares `decimal`, and confirms no value: that is a person's.
    """
    with at_work() as work:
        receipt = correct_result(work, result_id=result_id, **body)
    return {"id": receipt.result_ids[0], **asdict(receipt)}


@routes.route("/<uuid:result_id>/retract", methods=["POST"])
@routes.arguments(ReasonSchema)
@routes.response(201, FiledSchema)
def retract(body: dict[str, Any], result_id: UUID) -> dict[str, UUID]:
    """Take a value back, for instance that of another patient."""
    with at_work() as work:
        return {"id": retract_result(work, result_id=result_id, **body)}
