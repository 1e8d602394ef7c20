"""No browser may keep, frame or guess what we answer."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.client import Client


@pytest.mark.parametrize(
    "path", ("/api/v1/patients", "/api/v1/nowhere", "/health/live", "/api/v1/openapi.json", "/api/v1/patients?limit=0")
)
def test_it_lets_no_browser_cache_frame_or_guess_an_answer(client: Client, cast: Cast, path: str) -> None:
    headers = client.get(path, headers=cast.nora.headers).headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    policy = headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"} <= set(policy)
    assert "unsafe" not in headers["Content-Security-Policy"]
