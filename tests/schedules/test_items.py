"""What holds for every calendar, whatever the facts."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.answer import answer
from tests.schedules.histories import History, histories, quick

LEVELS = ("critical", "urgent", "soon", "info")
SERIES = (
    "cbc",
    "creatinine",
    "urinalysis",
    "liver",
    "tsh",
    "skin",
    "hpv",
    "edss",
    "mri",
    "ck",
    "urine_protein",
    "nfl",
    "alsfrs_r",
    "svc",
    "fvc",
)


@quick
@given(history=histories())
def test_keys_are_unique_and_items_are_in_order(history: History) -> None:
    items = answer(history)["items"]
    keys = [item["key"] for item in items]
    assert len(keys) == len(set(keys))
    assert items == sorted(items, key=lambda item: (item["due_on"], item["key"]))
    assert all(item["key"].startswith(item["stream"] + "/") for item in items)


@quick
@given(history=histories())
def test_an_item_is_done_when_and_only_when_it_has_a_day(history: History) -> None:
    for item in answer(history)["items"]:
        assert (item["state"] == "done") is (item["done_on"] is not None), item
        assert item["done_on"] is None or item["done_on"] <= history["on"], item


@quick
@given(history=histories())
def test_a_test_is_credited_only_inside_its_window(history: History) -> None:
    for item in answer(history)["items"]:
        if item["done_on"] and item["kind"] in {"lab", "assessment"}:
            assert item["opens_on"] <= item["done_on"], item
            assert item["closes_on"] is None or item["done_on"] < item["closes_on"], item


@quick
@given(history=histories())
def test_the_state_agrees_with_the_dates(history: History) -> None:
    on = history["on"]
    for item in answer(history)["items"]:
        state, computed = item["state"], item["moved_from"] or item["due_on"]
        has_closed = item["closes_on"] is not None and on >= item["closes_on"]
        if state in {"done", "waived"}:
            continue
        assert has_closed or state != "missed", item
        assert not has_closed or state in {"missed", "cancelled"}, item
        if state == "planned":
            assert on < item["opens_on"] or item["blocked_by"] == ["suspended"], item
        if state in {"open", "late", "overdue"}:
            assert item["opens_on"] <= on, item
        if state in {"late", "overdue"}:
            assert on > computed, item


@quick
@given(history=histories())
def test_every_window_holds_its_due_date(history: History) -> None:
    for item in answer(history)["items"]:
        assert item["opens_on"] <= (item["moved_from"] or item["due_on"]), item
        assert item["closes_on"] is None or item["opens_on"] < item["closes_on"], item
        assert item["suggested_on"] >= item["due_on"], item


def course_of(key: str) -> str:
    """The course in a key such as `cbc/2.7`; nothing where the key has none."""
    course, dot, _ = key.partition("/")[2].partition(".")
    return course if dot else ""


def is_in_a_series(item: History) -> bool:
    """An occurrence of a series by months: neither a baseline nor one that goes with a dose."""
    goes_with_a_dose = item["stream"] == "cbc" and not course_of(item["key"])
    return item["stream"] in SERIES and not goes_with_a_dose and not re.search(r"[/.]0$", item["key"])


def assert_apart(series: dict[object, list[tuple[str, str]]]) -> None:
    for windows in series.values():
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(sorted(windows))), windows


@quick
@given(history=histories(eventful=False))
def test_the_windows_of_a_series_never_overlap(history: History) -> None:
    series: dict[object, list[tuple[str, str]]] = defaultdict(list)
    for item in filter(is_in_a_series, answer(history)["items"]):
        series[item["stream"], course_of(item["key"])].append((item["opens_on"], item["closes_on"]))
    assert_apart(series)


@quick
@given(history=histories(eventful=False))
def test_what_two_courses_still_owe_never_overlaps(history: History) -> None:
    answered = answer(history)
    assume("course_out_of_order" not in {warning["code"] for warning in answered["warnings"]})
    series: dict[object, list[tuple[str, str]]] = defaultdict(list)
    for item in filter(is_in_a_series, answered["items"]):
        if item["state"] not in {"done", "cancelled"}:
            series[item["stream"]].append((item["opens_on"], item["closes_on"]))
    assert_apart(series)


@quick
@given(history=histories())
def test_one_sample_credits_one_occurrence_but_for_the_baseline_of_the_next_course(history: History) -> None:
    credited: dict[tuple[str, str], list[str]] = defaultdict(list)
    for item in answer(history)["items"]:
        if item["done_on"] and item["kind"] in {"lab", "assessment"}:
            credited[item["stream"], item["done_on"]].append(item["key"])
    for keys in credited.values():
        courses = [course_of(key) for key in keys]
        later = [key for key, course in zip(keys, courses, strict=True) if course > min(courses)]
        assert len(courses) == len(set(courses)), keys
        assert all(key.endswith(".0") for key in later), keys


@quick
@given(history=histories())
def test_alerts_are_unique_ordered_and_not_from_the_future(history: History) -> None:
    alerts = answer(history)["alerts"]
    assert alerts == sorted(alerts, key=lambda alert: (LEVELS.index(alert["level"]), alert["topic"]))
    assert len({alert["topic"] for alert in alerts}) == len(alerts)
    assert all(alert["since"] <= history["on"] for alert in alerts)
    assert all((alert["audience"] == "nurse") is (alert["level"] == "soon") for alert in alerts)


@quick
@given(history=histories(), first=st.integers(-400, 900), second=st.integers(-400, 900))
def test_asking_further_ahead_only_adds_items(history: History, first: int, second: int) -> None:
    on = dt.date.fromisoformat(history["on"])
    near, far = (answer(history, until=(on + dt.timedelta(days=days)).isoformat()) for days in sorted((first, second)))
    assert [item for item in far["items"] if item in near["items"]] == near["items"]
    assert {name: near[name] for name in ("alerts", "next", "surveillance_ends_on")} == {
        name: far[name] for name in ("alerts", "next", "surveillance_ends_on")
    }


@quick
@given(history=histories())
def test_what_is_asked_for_is_listed_and_nothing_more(history: History) -> None:
    on = dt.date.fromisoformat(history["on"])
    until = (on + dt.timedelta(days=200)).isoformat()
    given_courses = {
        str(dose["course"]) for dose in history["administrations"] if "course" in dose and dose["on"] <= history["on"]
    }
    for item in answer(history, until=until)["items"]:
        is_of_a_course = item["key"].partition("/")[2].partition(".")[0] in given_courses
        is_surveillance = item["stream"] == "surveillance_end" or (
            is_of_a_course and item["stream"] in (*SERIES, "prescription")
        )
        assert item["due_on"] <= until or item["state"] == "done" or is_surveillance, item


@quick
@given(history=histories())
def test_next_is_the_first_that_can_still_be_done(history: History) -> None:
    answered = answer(history)
    for name, kind, past in (("dose", "dose", ()), ("lab", "lab", ("missed",))):
        still = [
            item["due_on"]
            for item in answered["items"]
            if item["kind"] == kind and item["state"] not in {"done", "waived", "cancelled", *past}
        ]
        assert not still or answered["next"][name] == min(still)
