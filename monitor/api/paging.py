"""The header that takes a client from page to page without building an address itself."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from monitor.overviews.pages import Page


def with_link(page: Page[Any]) -> tuple[Page[Any], dict[str, str]]:
    """The page and, where another one follows, a `Link` to it that asks for the same thing."""
    if page.next is None or request.endpoint is None:
        return page, {}
    asked = {**(request.view_args or {}), **request.args.to_dict(), "cursor": page.next}
    return page, {"Link": f'<{url_for(request.endpoint, **asked)}>; rel="next"'}
