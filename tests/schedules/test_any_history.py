"""Every well-formed history has an answer, and every other a refusal that names its field."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.terms import Unacceptable
from tests.answer import answer
from tests.schedules.histories import History, histories, quick


@quick
@given(history=histories(), until=st.integers(-2000, 2000))
def test_any_history_has_an_answer(history: History, until: int) -> None:
    day = dt.date.fromisoformat(history["on"]) + dt.timedelta(days=until)
    answered = answer(history, until=day.isoformat())
    everything = [*answered["items"], *answered["alerts"], *answered["warnings"]]
    assert all(entry["because"] and entry["source"] for entry in everything)


@quick
@given(history=histories())
def test_any_history_has_an_answer_before_anything_was_known(history: History) -> None:
    answered = answer(history, on="2001-01-01")
    assert answered["alerts"] == []
    assert all(item["done_on"] is None for item in answered["items"])


@pytest.mark.parametrize("protocol", ["tofersen", "alemtuzumab"])
@pytest.mark.parametrize(
    ("started_on", "on", "until"),
    [
        ("2026-01-05", "9999-12-31", None),
        ("2026-01-05", "9998-12-31", "9999-12-31"),
        ("9999-12-31", "2026-01-05", None),
        ("9999-12-31", "9999-12-31", "9999-12-31"),
        ("9995-06-30", "9999-12-01", "9999-12-31"),
        ("0001-01-01", "0001-01-01", "0001-01-01"),
        ("0001-01-01", "2026-01-05", None),
        ("2026-01-05", "0001-01-01", "0001-01-01"),
    ],
)
@pytest.mark.parametrize("doses", [0, 1])
def test_the_ends_of_the_calendar_are_answered_or_refused(
    protocol: str, started_on: str, on: str, until: str | None, doses: int
) -> None:
    dose = {"on": started_on} if protocol == "tofersen" else {"on": started_on, "course": 1, "day": 1}
    history: History = {
        "protocol": protocol,
        "patient": {"sex": "female", "birth_date": "1990-01-01"},
        "started_on": started_on,
        "administrations": [dose] * doses,
    }
    try:
        answered = answer(history, on=on, until=until)
    except Unacceptable as refused:
        assert refused.field  # noqa: PT017
    else:
        assert answered["on"] == on
