"""The answer depends on the facts, not on how or how often they were entered."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.answer import answer
from tests.schedules.histories import History, histories, panel_rows, quick
from tests.spec.builders import PANELS

LISTS = ("administrations", "planned_courses", "results", "assessments", "events")


def calendar(answered: History) -> History:
    """All that was answered but the warnings, which may point at each row that was entered."""
    return {name: value for name, value in answered.items() if name != "warnings"}


@quick
@given(history=histories(), data=st.data())
def test_the_order_of_facts_never_matters(history: History, data: st.DataObject) -> None:
    shuffled = {**history, **{name: data.draw(st.permutations(history[name])) for name in LISTS if name in history}}
    assert answer(shuffled) == answer(history)


@quick
@given(history=histories(), data=st.data())
def test_a_value_retracted_by_name_was_never_there(history: History, data: st.DataObject) -> None:
    stream = data.draw(st.sampled_from(sorted(PANELS)))
    rows = data.draw(panel_rows(stream, history["on"]))
    wrong = [{**row, "id": f"w{number}"} for number, row in enumerate(rows)]
    undone = [{**row, "id": f"u{row['id']}", "replaces": row["id"], "status": "entered_in_error"} for row in wrong]
    entered = {**history, "results": data.draw(st.permutations([*history["results"], *wrong, *undone]))}
    assert calendar(answer(entered)) == calendar(answer(history))


@quick
@given(history=histories(), data=st.data())
def test_a_value_retracted_right_after_it_was_entered_was_never_there(history: History, data: st.DataObject) -> None:
    stream = data.draw(st.sampled_from(sorted(PANELS)))
    days = {row["collected_on"] for row in history["results"]}
    wrong = [row for row in data.draw(panel_rows(stream, history["on"])) if row["collected_on"] not in days]
    undone = [{**row, "status": "entered_in_error"} for row in wrong]
    entered = {**history, "results": [*history["results"], *wrong, *undone]}
    assert calendar(answer(entered)) == calendar(answer(history))


@quick
@given(history=histories(), data=st.data())
def test_a_value_or_an_assessment_entered_twice_counts_once(history: History, data: st.DataObject) -> None:
    again = {}
    for name in ("results", "assessments"):
        rows = history[name]
        again[name] = [*rows, *data.draw(st.lists(st.sampled_from(rows), max_size=6))] if rows else []
    assert calendar(answer({**history, **again})) == calendar(answer(history))


@quick
@given(history=histories())
def test_a_fact_of_a_later_day_changes_nothing_but_the_warnings(history: History) -> None:
    known = {
        **history,
        "administrations": [dose for dose in history["administrations"] if dose["on"] <= history["on"]],
        "results": [row for row in history["results"] if row["collected_on"] <= history["on"]],
        "assessments": [row for row in history["assessments"] if row["on"] <= history["on"]],
        "events": [event for event in history["events"] if event["on"] <= history["on"]],
    }
    later = sum(len(history[name]) - len(known[name]) for name in LISTS if name != "planned_courses")
    full, short = answer(history), answer(known)
    unknown = [warning for warning in full["warnings"] if warning["code"] == "future_fact"]
    assert len(unknown) == later
    assert {**full, "warnings": [warning for warning in full["warnings"] if warning not in unknown]} == short
