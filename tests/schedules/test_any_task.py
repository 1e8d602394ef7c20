"""What holds of tasks, gates and the end of surveillance, whatever happened and whichever label is followed."""

from __future__ import annotations

import datetime as dt

from hypothesis import given

from monitor.schedules.interval_doses import slot_numbers
from tests.answer import answer
from tests.schedules.histories import History, histories, quick


@quick
@given(history=histories())
def test_a_gate_stands_only_against_what_is_still_to_be_done(history: History) -> None:
    for item in answer(history)["items"]:
        gates = [gate for gate in item["blocked_by"] if gate != "suspended"]
        assert not gates or item["state"] not in {"done", "waived", "cancelled"}, item
        assert not gates or item["kind"] == "dose" or gates == ["cd4"], item


@quick
@given(history=histories("alemtuzumab"))
def test_a_gate_moves_no_date(history: History) -> None:
    """Vaccines stand against infusions; without them every date is the same."""
    without = {**history, "events": [event for event in history["events"] if event["kind"] != "vaccinated"]}
    dates = [
        [(item["key"], item["due_on"], item["state"]) for item in answer(one)["items"]] for one in (history, without)
    ]
    assert dates[0] == dates[1]


@quick
@given(history=histories("alemtuzumab"))
def test_the_end_is_due_when_it_is_and_only_once_anything_was_infused(history: History) -> None:
    found = answer(history, until="2045-01-01")
    ends = [item for item in found["items"] if item["stream"] == "surveillance_end"]
    if found["surveillance_ends_on"] is None:
        assert ends == []
        return
    died = any(event["kind"] == "died" and event["on"] <= history["on"] for event in history["events"])
    assert died or [item["moved_from"] or item["due_on"] for item in ends] == [found["surveillance_ends_on"]]


@quick
@given(history=histories("alemtuzumab"))
def test_no_status_form_is_due_after_the_end_nor_for_europe(history: History) -> None:
    found = answer(history, until="2045-01-01")
    forms = [item["moved_from"] or item["due_on"] for item in found["items"] if item["stream"] == "rems_form"]
    assert history["profile"] == "us" or forms == []
    assert all(due <= found["surveillance_ends_on"] for due in forms)


@quick
@given(history=histories("alemtuzumab"))
def test_cd4_is_asked_for_only_until_it_is_enough(history: History) -> None:
    """No count opens after the first one of 200 that follows the last infusion of its course."""
    enough = sorted(
        row["collected_on"]
        for row in history["results"]
        if row["analyte"] == "cd4" and row["value"] in {"200", "240", ">200"} and row["collected_on"] <= history["on"]
    )
    infused: dict[str, str] = {}
    for dose in history["administrations"]:
        if dose["on"] <= history["on"]:
            course = str(dose["course"])
            infused[course] = max(infused.get(course, ""), dose["on"])
    for item in answer(history)["items"]:
        course = item["key"].partition("/")[2].partition(".")[0]
        if item["stream"] == "cd4" and course in infused and item["state"] != "cancelled":
            met_on = next((day for day in enough if day > infused[course]), "9999-12-31")
            assert item["opens_on"] <= met_on, item


@quick
@given(history=histories("tofersen"))
def test_a_dose_has_one_number_wherever_it_is_shown(history: History) -> None:
    """Forms count the doses as the calendar does, waived slots included."""
    on = history["on"]
    days = sorted({dose["on"] for dose in history["administrations"] if dose["on"] <= on})
    waived: dict[str, dt.date] = {}
    for event in sorted(history["events"], key=lambda event: event["on"], reverse=True):
        if event["kind"] == "waived" and event["on"] <= on:
            waived[event["key"]] = dt.date.fromisoformat(event["on"])
    numbers = slot_numbers("dose", [dt.date.fromisoformat(day) for day in days], waived)
    shown = {item["done_on"]: item["key"] for item in answer(history)["items"] if item["stream"] == "dose"}
    assert [f"dose/{number}" for number in numbers] == [shown[day] for day in days]


@quick
@given(history=histories("tofersen"))
def test_every_dose_given_is_followed_by_two_calls(history: History) -> None:
    items = {item["key"]: item for item in answer(history, until="2045-01-01")["items"]}
    for key, dose in items.items():
        if dose["stream"] == "dose" and dose["done_on"] is not None:
            for days in (1, 7):
                call = items.get(f"post_lp/{key.partition('/')[2]}.{days}")
                given_on = dt.date.fromisoformat(dose["done_on"])
                expected = (given_on + dt.timedelta(days=days)).isoformat()
                assert call is None or (call["moved_from"] or call["due_on"]) == expected
                died = any(event["kind"] == "died" for event in history["events"])
                assert call is not None or died
