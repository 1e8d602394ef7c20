"""Month arithmetic, compared with a second library over every anchor."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from dateutil.relativedelta import relativedelta
from hypothesis import example, given
from hypothesis import strategies as st

from tests.answer import answer
from tests.schedules.histories import History, histories, quick
from tests.spec.builders import anchored_on, tofersen

ANCHORS = st.dates(dt.date(2020, 1, 1), dt.date(2080, 12, 31))
MONTHS_APART = {"cbc": 1, "creatinine": 1, "urinalysis": 1, "liver": 1, "tsh": 3, "skin": 12, "hpv": 12}


@quick
@example(anchor=dt.date(2028, 2, 29))
@example(anchor=dt.date(2026, 8, 31))
@example(anchor=dt.date(2026, 1, 31))
@given(anchor=ANCHORS)
def test_every_occurrence_counts_its_months_from_the_last_infusion(anchor: dt.date) -> None:
    items = anchored_on(anchor.isoformat()).asked(anchor.isoformat()).raw["items"]
    checked = 0
    for item in items:
        step = MONTHS_APART.get(item["stream"])
        number = int(item["key"].rpartition(".")[2]) if step else 0
        if step and number:
            assert item["due_on"] == (anchor + relativedelta(months=step * number)).isoformat(), item["key"]
            checked += 1
    assert checked == 4 * 48 + 16 + 4 + 4


@quick
@given(anchor=ANCHORS)
def test_the_months_of_a_series_rise_and_never_pass_the_day_of_the_anchor(anchor: dt.date) -> None:
    answered = anchored_on(anchor.isoformat()).asked(anchor.isoformat())
    dues = [answered.of(f"cbc/1.{number}").due for number in range(1, 49)]
    assert dues == sorted(set(dues))
    assert all(int(due[8:]) <= anchor.day for due in dues)


@quick
@given(first_dose=ANCHORS)
def test_the_quarters_of_tofersen_count_from_the_first_dose(first_dose: dt.date) -> None:
    day = first_dose.isoformat()
    answered = tofersen(day, start=day).asked(day)
    for number in range(1, 5):
        assert answered.of(f"alsfrs_r/{number}").due == (first_dose + relativedelta(months=3 * number)).isoformat()


@quick
@given(start=ANCHORS)
def test_doses_on_time_are_14_14_28_28_days_apart(start: dt.date) -> None:
    answered = tofersen(start=start.isoformat()).asked(start.isoformat())
    dues = [dt.date.fromisoformat(answered.of(key).due) for key in answered.keys_of("dose")]
    gaps = [(later - earlier).days for earlier, later in pairwise(dues)]
    assert gaps[:2] == [14, 14]
    assert set(gaps[2:]) == {28}


@quick
@given(history=histories("alemtuzumab"))
def test_surveillance_ends_48_months_after_the_last_infusion_known(history: History) -> None:
    given_on = [dose["on"] for dose in history["administrations"] if dose["on"] <= history["on"]]
    expected = None
    if given_on:
        expected = (dt.date.fromisoformat(max(given_on)) + relativedelta(months=48)).isoformat()
    assert answer(history)["surveillance_ends_on"] == expected


@quick
@given(history=histories("tofersen"))
def test_tofersen_has_no_end_of_surveillance(history: History) -> None:
    assert answer(history)["surveillance_ends_on"] is None
