"""`/docs`: the page on which the API can be read and tried, from files of our own alone: it asks no other host."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

from flask import Blueprint, Response, request, send_from_directory

from monitor.api.problem_api import PREFIX

_SWAGGER_UI = Path(str(files("flask_swagger_ui"))) / "dist"
_OURS = Path(__file__).parent / "static"
_STYLE = "swagger-ui.css"
_PLACES = {"swagger-ui-bundle.js": _SWAGGER_UI, "favicon-32x32.png": _SWAGGER_UI, "start.js": _OURS, "page.css": _OURS}
"""The files that the page is made of, beside the style sheet; nothing else of the folders they lie in is served."""
_PICTURE = re.compile(r"""url\((?:"data:(?:\\.|[^"\\])*"|data:[^)"]*)\)""")

routes = Blueprint("docs", __name__, url_prefix=f"{PREFIX}/docs")


@routes.get("")
def page() -> Response:
    """The page itself; nothing inline is in it, so that it needs no exception from the policy of all pages."""
    return send_from_directory(_OURS, "page.html")


def static() -> Response:
    """One of its files."""
    name = request.path.rsplit("/", maxsplit=1)[-1]
    return _style() if name == _STYLE else send_from_directory(_PLACES[name], name)


def _style() -> Response:
    answer = Response(_without_pictures(), mimetype="text/css")
    answer.add_etag()
    answer.make_conditional(request)
    return answer


@cache
def _without_pictures() -> str:
    """The library's style sheet; the pictures written into it are what our policy forbids (`page.css` has ours)."""
    return _PICTURE.sub("none", (_SWAGGER_UI / _STYLE).read_text(encoding="utf-8"))


for name in (*_PLACES, _STYLE):
    routes.add_url_rule(f"/{name}", "static", static)
