"""The headers that keep a browser from leaking, caching or framing what we answer."""

from __future__ import annotations

from flask import Flask, Response, request

_ITSELF = ("script-src", "style-src", "img-src", "connect-src", "font-src", "manifest-src", "worker-src", "form-action")
_POLICY = "; ".join(
    ("default-src 'none'", *(f"{what} 'self'" for what in _ITSELF), "base-uri 'none'", "frame-ancestors 'none'")
)

HEADERS: dict[str, str] = {
    "Content-Security-Policy": _POLICY,
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if not (request.endpoint or "").endswith("static"):  # style sheets hold nothing about anybody, all else might
        response.headers["Cache-Control"] = "no-store"
    return response


def protect(app: Flask) -> None:
    """Add the headers to every answer of the application, refusals included."""
    app.after_request(_add_headers)
