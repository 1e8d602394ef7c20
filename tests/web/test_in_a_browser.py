"""In a real browser: nobody is kept out, nothing runs over the edge, and what is new appears by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.web.conftest import Demonstration

pytestmark = pytest.mark.browser
PAGES = ("/", "/demo/phones", "/demo/agenda")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=FLAGS)
        yield browser
        browser.close()


AT_A_DESK = pytest.mark.parametrize("page", [(1280, "light")], ids=str, indirect=True)


@pytest.fixture(params=[(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")], ids=str)
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a browser that is that wide, in that light, and complains to us."""
    width, scheme = request.param
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def test_it_keeps_nobody_out_and_runs_over_no_edge(page: Page) -> None:
    for path in PAGES:
        page.goto(path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


def test_it_draws_what_lies_behind_a_value_and_opens_the_page_of_the_patient(page: Page) -> None:
    page.goto("/demo/agenda")
    page.locator("article", has_text="Platelets: steep fall").get_by_role(
        "link", name="Marin Hautclair", exact=True
    ).click()
    chart = page.get_by_role("img", name="How platelets went for Marin Hautclair")

    chart.scroll_into_view_if_needed()
    page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=chart.element_handle())

    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("link", name="How platelets went for Marin Hautclair").press("Enter")
    page.wait_for_url("**/platelets/wide.svg")


@AT_A_DESK
def test_it_asks_no_other_host(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    for path in PAGES:
        page.goto(path)

    assert asked
    assert all(url.startswith(address) for url in asked)


@AT_A_DESK
def test_it_shows_and_says_a_new_text_without_a_reload(page: Page, demonstration: Demonstration) -> None:
    page.goto("/demo/phones")
    expect(page.locator("#announcement")).to_be_empty()
    before = page.locator(".text").count()

    demonstration.at += dt.timedelta(days=1)
    demonstration.tick()

    expect(page.locator("#announcement")).to_contain_text("A text arrived on the phone of", timeout=20_000)
    assert page.locator(".text").count() > before


@AT_A_DESK
@pytest.mark.parametrize("held", ["Marin Hautclair", "less pressing"])
def test_it_leaves_the_keyboard_where_it_was_when_it_renews_itself(
    page: Page, demonstration: Demonstration, held: str
) -> None:
    page.goto("/demo/agenda")
    focused = "document.activeElement.textContent.trim()"
    page.locator("article a, summary", has_text=held).first.focus()
    before = page.locator("#live").inner_text()

    demonstration.at += dt.timedelta(days=1)
    demonstration.tick()

    page.wait_for_function("before => document.getElementById('live').innerText !== before", arg=before, timeout=20_000)
    assert held in page.evaluate(focused)


@AT_A_DESK
def test_it_stands_still_while_it_is_paused(page: Page, demonstration: Demonstration) -> None:
    page.goto("/demo/phones")
    page.get_by_role("button", name="Pause").click()
    demonstration.at += dt.timedelta(days=1)
    demonstration.tick()

    with page.expect_response("**/demo/phones", timeout=20_000):
        page.wait_for_timeout(4000)
        is_empty = page.locator("#announcement").inner_text() == ""
        page.get_by_role("button", name="Go on").click()

    assert is_empty
    expect(page.locator("#announcement")).to_contain_text("A text arrived", timeout=20_000)
