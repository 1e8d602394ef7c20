"""`/letters`: which are asked for, the sheet to print, record that it was posted, take that back, list them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response

from monitor.actions.record_letter import record_letter
from monitor.actions.retract_letter import retract_letter
from monitor.api.paging import with_link
from monitor.api.routes import LINK, Routes
from monitor.edge.house import at_work, banner_of_request
from monitor.overviews.asked_letters import AskedLetter, asked_letters
from monitor.overviews.letter_sheet import letter_pdf_of
from monitor.overviews.letters import Letter, letters
from monitor.overviews.pages import Page
from monitor.schemas.banner import FiledSchema
from monitor.schemas.form import ReasonSchema
from monitor.schemas.letters import (
    AskedLetterPageSchema,
    AskedLettersQuery,
    LetterPageSchema,
    LettersQuery,
    RecordLetterSchema,
    SheetQuery,
)
from monitor.work import NAMES_PATIENT

_PDF = "application/pdf"
_SHEET = {"description": "OK", "content": {_PDF: {"schema": {}, "example": "%PDF-1.7"}}}  # bytes have no schema

routes = Routes("letters", "Letters that ladders ask for; none of them credits anything.")


@routes.route("", methods=["POST"])
@routes.arguments(RecordLetterSchema)
@routes.response(201, FiledSchema)
def record(body: dict[str, Any]) -> dict[str, UUID]:
    """Record that a letter was posted."""
    with at_work() as work:
        return {"id": record_letter(work, **body)}


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(LettersQuery, location="query")
@routes.response(200, LetterPageSchema, headers=LINK)
def list_letters(query: dict[str, Any]) -> tuple[Page[Letter], dict[str, str]]:
    """The letters about one treatment that were posted, those taken back included."""
    with at_work(only_reads=True) as work:
        page = letters(work, **query)
    return with_link(page)


@routes.route("/asked", methods=["GET"])
@routes.arguments(AskedLettersQuery, location="query")
@routes.response(200, AskedLetterPageSchema, headers=LINK)
def asked(query: dict[str, Any]) -> tuple[Page[AskedLetter], dict[str, str]]:
    """The letters that are asked for at your sites, the longest asked for first."""
    with at_work(only_reads=True) as work:
        page = asked_letters(work, **query)
    return with_link(page)


@routes.route("/sheet", methods=["GET"])
@routes.arguments(SheetQuery, location="query")
@routes.response(200)
@routes.doc(responses={200: _SHEET})
def sheet(query: dict[str, Any]) -> Response:
    """The letter that is asked for, to be printed: the same bytes all day. Its `Patient-Id` header says whose it is."""
    with at_work(only_reads=True) as work:
        pdf = letter_pdf_of(work, **query)
    answer = Response(pdf, mimetype=_PDF)
    shown = banner_of_request()
    if shown is not None:
        answer.headers[NAMES_PATIENT] = str(shown.id)
    return answer


@routes.route("/<uuid:letter_id>/retract", methods=["POST"])
@routes.arguments(ReasonSchema)
@routes.response(201, FiledSchema)
def retract(body: dict[str, Any], letter_id: UUID) -> dict[str, UUID]:
    """Take back that it was posted; it is asked for again."""
    with at_work() as work:
        return {"id": retract_letter(work, letter_id=letter_id, **body)}
