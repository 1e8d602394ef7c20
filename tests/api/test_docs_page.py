"""The page of the API in a real browser: all operations, no other host, nothing that our policy forbids; it works."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect, sync_playwright
from werkzeug.serving import make_server

from tests.api.every_route import TABLE, is_described
from tests.cast import TODAY, Cast
from tests.client import Client

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ("sqlite",), indirect=True)]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip

REFUSED = "the server responded with a status of 4"  # what a test here asks for


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where a browser finds the application."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(chromium: Path, address: str) -> Iterator[Page]:
    """A page of a browser that tells us what it complains of, and whom it asked."""
    told: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.on("console", lambda message: None if REFUSED in message.text else told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(address) else told.append(asked.url))
        page.goto(f"{address}/api/v1/docs")
        yield page
        browser.close()
    assert told == []


def opened(page: Page, noun: str, name: str) -> Locator:
    """The part of the page about this operation, ready to be tried."""
    block = page.locator(f"#operations-{noun}-{noun}_{name}")
    if not block.is_visible():
        page.locator(f"#operations-tag-{noun}").click()
    block.locator(".opblock-summary-control").click()
    block.get_by_role("button", name="Try it out").click()
    return block


def how_many_under(tag: Locator) -> int:
    """The operations under one noun, which are shown where somebody opens it."""
    tag.click()
    section = tag.locator("xpath=..")
    expect(section.locator(".opblock").first).to_be_visible()
    found = section.locator(".opblock").count()
    tag.click()
    return found


def tried(block: Locator) -> tuple[str, str]:
    """Status and body of what it answers."""
    block.get_by_role("button", name="Execute").click()
    answer = block.locator(".live-responses-table .response").first
    expect(answer).to_be_visible(timeout=20_000)
    return answer.locator(".response-col_status").inner_text().strip(), answer.inner_text()


def test_it_shows_every_operation_and_lets_whoever_has_a_token_try_them(page: Page, client: Client, cast: Cast) -> None:
    expect(page.locator(".opblock-tag").first).to_be_visible(timeout=30_000)
    described = len([row for row in TABLE if is_described(row)])
    assert sum(how_many_under(tag) for tag in page.locator(".opblock-tag").all()) == described

    refused = tried(opened(page, "agenda", "list"))
    page.get_by_role("button", name="Authorize").first.click()
    page.locator(".auth-container input").fill(cast.noor.token)
    page.locator(".auth-btn-wrapper .authorize").click()
    page.locator(".btn-done").click()
    me = tried(opened(page, "me", "show"))
    block = opened(page, "administrations", "record")
    body = {"treatment_id": str(cast.ada_treatment), "on": TODAY.isoformat(), "course": 1, "day": 1}
    body["reason_override"] = "the papers are in the letter"
    block.locator("textarea.body-param__text").fill(json.dumps(body))
    recorded, repeated = tried(block), tried(block)

    assert refused[0].startswith("401")
    assert me[0].startswith("200")
    assert "Noor" in me[1]
    assert recorded[0].startswith("201")
    assert repeated[0].startswith(("201", "409"))  # the first answer still stands there, or the second came already
    path = f"/api/v1/administrations?treatment_id={cast.ada_treatment}"
    assert len(client.get(path, headers=cast.noor.headers).json["items"]) == 1


def test_it_serves_its_files_and_no_other(client: Client) -> None:
    style = client.get("/api/v1/docs/swagger-ui.css")
    other = client.get("/api/v1/docs/oauth2-redirect.html")

    assert style.headers["Content-Type"].startswith("text/css")
    assert "data:" not in style.text
    assert other.status_code == 404
    assert client.get("/api/v1/docs/swagger-ui-bundle.js").headers.get("Cache-Control") != "no-store"
