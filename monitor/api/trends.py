"""`/treatments/…/trends`: how the values of one analyte went, in numbers or as a picture, from one route."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, request

from monitor.api.problem_api import PREFIX
from monitor.api.routes import Routes
from monitor.drawing.language import Language
from monitor.drawing.trend_picture import trend_picture
from monitor.edge.house import at_work, banner_of_request
from monitor.labs.trends import Trend
from monitor.overviews.trends import trend_of
from monitor.schemas.trends import SVG, TrendQuery, TrendSchema
from monitor.work import NAMES_PATIENT

_MEDIA_TYPE = "image/svg+xml"
_EXAMPLE = '<svg xmlns="http://www.w3.org/2000/svg" role="img"><title>Platelets (10⁹/L)</title></svg>'
_PICTURE = {"description": "OK", "content": {_MEDIA_TYPE: {"schema": {"type": "string"}, "example": _EXAMPLE}}}
_VARIES = {"Vary": "Accept"}

routes = Routes("trends", "How values went.", prefix=f"{PREFIX}/treatments/<uuid:treatment_id>")


@routes.route("/<analyte>", methods=["GET"])
@routes.arguments(TrendQuery, location="query")
@routes.response(200, TrendSchema)
@routes.doc(responses={200: _PICTURE})
def show(query: dict[str, Any], treatment_id: UUID, analyte: str) -> tuple[Trend, dict[str, str]] | Response:
    """The values of one analyte with their limits, the action lines and the doses.

    A picture with `format=svg`, or where `Accept` prefers `image/svg+xml`: fit to paste into a letter, nobody's name in
    it. Its `Patient-Id` header says whose it is.
    """
    with at_work(only_reads=True) as work:
        found = trend_of(work, treatment_id=treatment_id, analyte=analyte, since=query["since"])
    if not _wants_picture(query["format"]):
        return found, _VARIES
    return _picture(found, language=query["language"], width=query["width"])


def _wants_picture(form: str | None) -> bool:
    if form is not None:
        return form == SVG
    return request.accept_mimetypes.best_match(("application/json", _MEDIA_TYPE)) == _MEDIA_TYPE


def _picture(found: Trend, *, language: Language, width: int) -> Response:
    answer = Response(trend_picture(found, language=language, width=width), mimetype=_MEDIA_TYPE)
    shown = banner_of_request()
    if shown is not None:
        answer.headers[NAMES_PATIENT] = str(shown.id)
    answer.headers.update(_VARIES)
    return answer
