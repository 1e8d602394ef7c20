"""A normal sample never makes anything worse."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.answer import answer
from tests.schedules.histories import History, histories, quick, scale_rows
from tests.spec.builders import PANELS, SCALES

WORSE = {"done": 0, "waived": 1, "cancelled": 1, "planned": 2, "open": 2, "late": 3, "overdue": 4, "missed": 5}
GRAVE = {"critical": 3, "urgent": 2, "soon": 1, "info": 0}


def with_one_more(history: History, stream: str) -> History:
    """A complete panel, or a complete assessment, of the day of the question."""
    on = history["on"]
    if stream in SCALES:
        return {**history, "assessments": [*history["assessments"], *scale_rows(stream, on)]}
    rows = [
        {"analyte": analyte, "value": value, "collected_on": on, "status": "final", **({"unit": unit} if unit else {})}
        for analyte, value, unit in PANELS[stream]
    ]
    return {**history, "results": [*history["results"], *rows]}


@quick
@given(history=histories(), stream=st.sampled_from(sorted({*PANELS, *SCALES})))
def test_a_normal_later_sample_makes_no_item_worse(history: History, stream: str) -> None:
    before, after = answer(history), answer(with_one_more(history, stream))
    states = {item["key"]: item["state"] for item in after["items"]}
    for item in before["items"]:
        assert WORSE[states[item["key"]]] <= WORSE[item["state"]], item


@quick
@given(history=histories(), stream=st.sampled_from(sorted({*PANELS, *SCALES})))
def test_a_normal_later_sample_makes_no_alert_graver(history: History, stream: str) -> None:
    before, after = answer(history), answer(with_one_more(history, stream))
    grave = {alert["topic"]: GRAVE[alert["level"]] for alert in before["alerts"]}
    assert all(GRAVE[alert["level"]] <= grave.get(alert["topic"], -1) for alert in after["alerts"])


@quick
@given(history=histories(eventful=False), stream=st.sampled_from(sorted({*PANELS, *SCALES})))
def test_a_normal_later_sample_moves_no_date(history: History, stream: str) -> None:
    before, after = answer(history), answer(with_one_more(history, stream))
    dates = {item["key"]: (item["due_on"], item["opens_on"], item["closes_on"]) for item in after["items"]}
    assert all(dates[item["key"]] == (item["due_on"], item["opens_on"], item["closes_on"]) for item in before["items"])
