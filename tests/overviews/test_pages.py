"""A cursor says where a page ended, and nothing else passes for one."""

from __future__ import annotations

import base64
import datetime as dt
import json
from uuid import UUID

import pytest

from monitor.overviews.pages import make_page, read_cursor
from monitor.terms import Unacceptable

KINDS = (dt.date, UUID, str)
PLACE = (dt.date(2026, 6, 15), UUID(int=7), "cbc/1.7")


def cursor_of(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def test_it_finds_the_place_that_the_cursor_was_made_of() -> None:
    page = make_page(["first", "second"], limit=1, place=lambda _: PLACE)

    assert page.items == ("first",)
    assert read_cursor(page.next, kinds=KINDS) == PLACE


def test_it_ends_without_a_cursor() -> None:
    assert make_page(["only"], limit=1, place=lambda _: PLACE).next is None
    assert make_page([], limit=1, place=lambda _: PLACE).next is None
    assert read_cursor(None, kinds=KINDS) is None


@pytest.mark.parametrize(
    "text",
    (
        "",
        "é",
        "====",
        cursor_of("2026-06-15", str(UUID(int=7))),
        cursor_of("2026-06-15", str(UUID(int=7)), "cbc", "more"),
        cursor_of("2026-06-31", str(UUID(int=7)), "cbc"),
        cursor_of(20260615, str(UUID(int=7)), "cbc"),
        base64.urlsafe_b64encode(b"[" * 300).decode(),
    ),
)
def test_it_refuses_what_is_no_cursor_of_this_list(text: str) -> None:
    with pytest.raises(Unacceptable) as refusal:
        read_cursor(text, kinds=KINDS)

    assert refusal.value.field == "cursor"


def test_it_refuses_a_moment_without_its_offset() -> None:
    with pytest.raises(Unacceptable):
        read_cursor(cursor_of("2026-06-15T09:30:00", str(UUID(int=7))), kinds=(dt.datetime, UUID))
