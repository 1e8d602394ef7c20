"""What stands before a lumbar puncture for tofersen: platelets, coagulation, anticoagulants, infection, pressure?"""

from __future__ import annotations

from typing import Any

import pytest

from tests.spec.builders import Story, tofersen
from tests.spec.gated import gates_before, told
from tests.spec.tables import table

DAY = "2026-01-19"


def story(**patient: Any) -> Story:
    """The first dose was given; the second is due on 19 January 2026."""
    return tofersen("2026-01-05", **patient)


def lab(analyte: str, value: str, on: str = DAY, **more: str) -> Story:
    unit = {"platelets": "10*9/L", "aptt": "s", "csf_leukocytes": "10*6/L"}.get(analyte)
    return story().with_result(analyte, value, unit, on, **more)


@table("""
    platelets | says
    49.9      | block
    50        | ask
    50.1      | ask
    99.9      | ask
    100       | pass
    100.1     | pass
    <50       | block
    <100      | ask
    <45       | block
    >100      | pass
    >=100     | pass
    >90       | ask
    -         | ask
""")
def test_platelets_before_a_puncture_h10(platelets: str, says: str) -> None:
    """In 10*9/L, of the day before: 100 passes, below 50 blocks, anything between asks, and so does a missing count."""
    found = story() if platelets == "-" else lab("platelets", platelets, "2026-01-18")
    assert told(gates_before(found, DAY)["platelets"]) == says


@table("""
    inr  | says
    1.39 | pass
    1.4  | pass
    1.41 | ask
    1.49 | ask
    1.5  | ask
    1.51 | block
    >1.5 | block
    <1.5 | ask
    -    | ask
""")
def test_inr_before_a_puncture(inr: str, says: str) -> None:
    """1.4 passes, above 1.5 blocks."""
    found = story() if inr == "-" else lab("inr", inr)
    assert told(gates_before(found, DAY)["inr"]) == says


@table("""
    ratio | says
    1.19  | pass
    1.2   | pass
    1.21  | ask
    1.49  | ask
    1.5   | ask
    1.51  | block
    -     | ask
""")
def test_aptt_as_a_ratio(ratio: str, says: str) -> None:
    """1.2 passes, above 1.5 blocks."""
    found = story() if ratio == "-" else lab("aptt_ratio", ratio)
    assert told(gates_before(found, DAY)["aptt_ratio"]) == says


@table("""
    seconds | upper limit | says
    35.9    | 36          | pass
    36      | 36          | pass
    36.1    | 36          | ask
    54      | 36          | ask
    54.1    | 36          | block
""")
def test_aptt_in_seconds_by_the_limit_of_the_laboratory(seconds: str, upper_limit: str, says: str) -> None:
    """Where no ratio was printed: up to the upper limit passes, above one and a half times blocks."""
    result = gates_before(lab("aptt", seconds, upper=upper_limit), DAY)["aptt_ratio"]
    assert (told(result), result.unit) == (says, "s")


def test_of_ratio_and_seconds_of_one_day_the_worse_one_speaks() -> None:
    found = lab("aptt_ratio", "1.1").with_result("aptt", "60", "s", DAY, upper="36")
    assert told(gates_before(found, DAY)["aptt_ratio"]) == "block"


@table("""
    collected  | values before   | says
    2026-01-12 | -               | pass
    2026-01-11 | -               | ask
    2026-01-11 | 212             | pass
    2026-01-11 | 149             | ask
    2026-01-11 | 212 99          | ask
    2025-12-22 | 212             | pass
    2025-12-21 | 212             | ask
    2026-01-20 | -               | ask
""")
def test_how_old_a_count_may_be(collected: str, values_before: str, says: str) -> None:
    """A count of 180: seven days, or 28 where every count so far was normal. One of the day after does not count."""
    found = lab("platelets", "180", collected)
    for number, value in enumerate(values_before.replace("-", "").split()):
        found = found.with_result("platelets", value, "10*9/L", f"2025-10-0{number + 1}")
    assert told(gates_before(found, DAY)["platelets"]) == says


@pytest.mark.parametrize(("value", "status"), (("180", "preliminary"), ("20", "preliminary"), ("45000", "final")))
def test_h09_h16_a_count_that_nobody_stands_behind_ends_the_28_days(value: str, status: str) -> None:
    """All normal so far is what nobody knows then; of a count of seven days it asks nothing more."""
    normal = lab("platelets", "212", "2025-12-30").with_result("platelets", "200", "10*9/L", "2025-12-10")
    doubted = normal.with_result("platelets", value, "10*9/L", "2025-12-20", status=status)
    assert told(gates_before(normal, DAY)["platelets"]) == "pass"
    assert told(gates_before(doubted, DAY)["platelets"]) == "ask"


def test_an_old_count_that_blocks_still_blocks() -> None:
    result = gates_before(lab("platelets", "45", "2025-11-01"), DAY)["platelets"]
    assert (told(result), result.age_days) == ("block", 79)


@pytest.mark.parametrize(("value", "says"), (("45", "block"), ("80", "ask"), ("150", "pass")))
def test_h09_a_preliminary_count_can_hold_a_dose_and_never_lets_it_pass(value: str, says: str) -> None:
    alone = lab("platelets", value, DAY, status="preliminary")
    after = lab("platelets", "212", "2026-01-17").with_result("platelets", value, "10*9/L", DAY, status="preliminary")
    assert told(gates_before(after, DAY)["platelets"]) == says
    assert told(gates_before(alone, DAY)["platelets"]) == ("ask" if says == "pass" else says)


def test_h09_the_final_count_speaks_once_it_is_there() -> None:
    found = lab("platelets", "45", "2026-01-18", status="preliminary").with_result("platelets", "160", "10*9/L", DAY)
    assert told(gates_before(found, DAY)["platelets"]) == "pass"


@table("""
    older count | status of the older | newer count | says
    212         | final               | 45000       | ask
    212         | preliminary         | 45000       | ask
    80          | final               | 45000       | ask
    45          | final               | 45000       | block
    -           | -                   | 45000       | ask
    45          | final               | 2500        | pass
""")
def test_h16_a_newer_count_that_cannot_be_true_never_lets_an_older_one_pass(
    older_count: str, status_of_the_older: str, newer_count: str, says: str
) -> None:
    """In 10*9/L, nobody having confirmed it: it asks, and an older count that blocks still does."""
    found = lab("platelets", newer_count, "2026-01-18")
    if older_count != "-":
        found = found.with_result("platelets", older_count, "10*9/L", "2026-01-16", status=status_of_the_older)
    result = gates_before(found, DAY)["platelets"]
    assert told(result) == says
    if says == "ask":
        assert (str(result.on), result.found, "2026-01-18" in result.because) == ("2026-01-18", newer_count, True)


def test_h16_a_count_that_cannot_be_true_lets_pass_once_confirmed_or_followed_by_another() -> None:
    doubted = lab("platelets", "212", "2026-01-16")
    confirmed = doubted.with_result("platelets", "4500", "10*9/L", "2026-01-17", confirmed=True)
    followed = doubted.with_result("platelets", "45000", "10*9/L", "2026-01-17").with_result(
        "platelets", "160", "10*9/L", DAY
    )
    assert [told(gates_before(one, DAY)["platelets"]) for one in (confirmed, followed)] == ["pass", "pass"]


def test_h16_a_count_of_the_same_day_that_cannot_be_true_asks() -> None:
    """Nobody knows which of the two was drawn later."""
    found = lab("platelets", "212", "2026-01-18").with_result("platelets", "45000", "10*9/L", "2026-01-18")
    assert told(gates_before(found, DAY)["platelets"]) == "ask"


def test_h16_a_normal_preliminary_count_hides_none_that_cannot_be_true() -> None:
    found = lab("platelets", "212", "2026-01-15").with_result("platelets", "45000", "10*9/L", "2026-01-17")
    result = gates_before(found.with_result("platelets", "190", "10*9/L", DAY, status="preliminary"), DAY)["platelets"]
    assert (told(result), str(result.on)) == ("ask", "2026-01-17")


def test_h09_a_preliminary_count_does_not_open_what_a_final_one_holds_shut() -> None:
    found = lab("platelets", "45", "2026-01-17").with_result("platelets", "80", "10*9/L", DAY, status="preliminary")
    assert told(gates_before(found, DAY)["platelets"]) == "block"


def test_of_two_counts_of_one_day_the_worse_one_speaks() -> None:
    found = lab("platelets", "45").with_result("platelets", "160", "10*9/L", DAY)
    assert told(gates_before(found, DAY)["platelets"]) == "block"


@table("""
    answer             | asked on   | says
    none               | 2026-01-19 | pass
    aspirin_alone      | 2026-01-19 | pass
    stopped_as_planned | 2026-01-19 | ask
    active             | 2026-01-19 | block
    none               | 2026-01-09 | pass
    none               | 2026-01-08 | ask
    active             | 2025-12-01 | block
""")
def test_anticoagulants_and_antiplatelets(answer: str, asked_on: str, says: str) -> None:
    """Asked up to ten days before; `active` blocks until somebody answers otherwise."""
    found = gates_before(story(), DAY, stated=f"dose_check:anticoagulant {answer} {asked_on}")
    assert told(found["anticoagulant"]) == says


@table("""
    question        | answer  | asked on   | says
    infection       | absent  | 2026-01-17 | pass
    infection       | absent  | 2026-01-16 | ask
    infection       | present | 2026-01-19 | block
    raised_pressure | absent  | 2026-01-17 | pass
    raised_pressure | absent  | 2026-01-16 | ask
    raised_pressure | present | 2026-01-19 | block
""")
def test_infection_and_raised_pressure(question: str, answer: str, asked_on: str, says: str) -> None:
    """Fever, an infection at the site, a new headache with visual signs: asked within two days, any blocks."""
    found = gates_before(story(), DAY, stated=f"dose_check:{question} {answer} {asked_on}")
    assert told(found[question]) == says


@table("""
    white cells | says
    20          | pass
    20.1        | ask
    120         | ask
    -           | pass
""")
def test_white_cells_of_the_last_puncture(white_cells: str, says: str) -> None:
    """Above 20 a neurologist looks before the next dose; nothing blocks, and nothing is missing where none was done."""
    found = story() if white_cells == "-" else lab("csf_leukocytes", white_cells, "2026-01-05")
    assert told(gates_before(found, DAY)["csf_leukocytes"]) == says


def test_vector_l5_platelets_of_96_ask_and_do_not_block() -> None:
    found = lab("platelets", "96", "2026-01-17").with_result("inr", "1.1", None, "2026-01-17")
    results = gates_before(found.with_result("aptt_ratio", "1.1", None, "2026-01-17"), DAY)
    assert [told(results[name]) for name in ("platelets", "inr", "aptt_ratio")] == ["ask", "pass", "pass"]
    assert (results["platelets"].found, results["platelets"].age_days) == ("96", 2)


@pytest.mark.parametrize(
    ("sign", "says"),
    (("new_weakness", "block"), ("headache_with_vomiting", "block"), ("stiff_neck", "block"), ("bruising", "pass")),
)
def test_signs_of_the_spine_and_of_pressure_hold_the_dose(sign: str, says: str) -> None:
    assert told(gates_before(story(), DAY, signs=(sign,))["signs"]) == says


def test_a_woman_is_asked_for_a_pregnancy_test_unless_she_cannot_bear_children() -> None:
    asked = gates_before(story(sex="female"), DAY)["pregnancy"]
    assert (told(asked), asked.because) == ("ask", "no value of hcg_u or hcg_s")
    assert "pregnancy" not in gates_before(story(), DAY)
    assert "pregnancy" not in gates_before(story(sex="female", childbearing_potential=False), DAY)
    pregnant = story(sex="female").with_result("hcg_u", "pos", None, DAY)
    assert told(gates_before(pregnant, DAY)["pregnancy"]) == "block"


def test_nothing_is_missing_in_silence() -> None:
    found = gates_before(story(), DAY)
    assert found["platelets"].because == "no value of platelets"
    assert found["anticoagulant"].because == "nothing in the dossier about anticoagulant"


def test_a_suspended_treatment_is_resumed_first() -> None:
    assert told(gates_before(story().suspended("2026-01-10"), DAY)["suspended"]) == "block"
    assert told(gates_before(story().suspended("2026-01-10").resumed("2026-01-15"), DAY)["suspended"]) == "pass"
