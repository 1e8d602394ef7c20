"""What stands before a course of alemtuzumab: baseline, papers, infections, pregnancy, contraindications?"""

from __future__ import annotations

import pytest

from tests.spec.builders import Story, alemtuzumab, alemtuzumab_after_course_1, in_a_row
from tests.spec.gated import gates_before, told
from tests.spec.tables import table

DAY = "2026-03-02"
LATER_DAYS = {"suspended", "vital_signs", "infection", "signs", "open_alerts"}
BASELINES = ("cbc", "creatinine", "urinalysis", "liver", "tsh")
COMPLETE = ", ".join(
    f"{about} {outcome} 2026-03-01"
    for about, outcome in (
        ("commitment", "signed"), ("handed_over:patient_card", "handed_over"),
        ("handed_over:patient_guide", "handed_over"), ("pretreatment_check:pregnancy_test", "negative"),
        ("pretreatment_check:contraception", "done"), ("pretreatment_check:hiv", "negative"),
        ("pretreatment_check:tuberculosis", "negative"), ("pretreatment_check:hbv", "negative"),
        ("pretreatment_check:hcv", "negative"), ("pretreatment_check:vzv", "immune"),
        ("pretreatment_check:vaccinations", "complete"), ("pretreatment_check:mri", "normal"),
        ("pretreatment_check:skin", "normal"), ("pretreatment_check:ecg", "normal"),
        ("pretreatment_check:vital_signs", "normal"), ("pretreatment_check:infection", "absent"),
        ("pretreatment_check:contraindications", "absent"), ("pretreatment_check:wash_out", "complete"),
    )
)  # fmt: skip


def ready() -> Story:
    return alemtuzumab().with_panels(BASELINES, "2026-02-20")


@pytest.mark.parametrize("profile", ("eu", "us"))
def test_everything_passes_where_nothing_is_missing(profile: str) -> None:
    story = ready() if profile == "eu" else ready().after_the_us_label()
    found = gates_before(story, DAY, stated=COMPLETE)
    assert {name: told(one) for name, one in found.items() if told(one) != "pass"} == {}


@table("""
    gate              | statement                        | missing | passes      | blocks
    commitment        | commitment                       | block   | signed      | -
    patient_card      | handed_over:patient_card         | block   | handed_over | -
    patient_guide     | handed_over:patient_guide        | block   | handed_over | -
    pregnancy         | pretreatment_check:pregnancy_test | ask    | negative    | positive
    contraception     | pretreatment_check:contraception | ask     | done        | -
    hiv               | pretreatment_check:hiv           | ask     | negative    | positive
    tuberculosis      | pretreatment_check:tuberculosis  | ask     | negative    | positive
    hepatitis_b       | pretreatment_check:hbv           | ask     | immune      | positive
    hepatitis_c       | pretreatment_check:hcv           | ask     | negative    | positive
    vzv_antibodies    | pretreatment_check:vzv           | ask     | immune      | -
    vaccinations      | pretreatment_check:vaccinations  | ask     | complete    | -
    mri               | pretreatment_check:mri           | ask     | normal      | -
    ecg               | pretreatment_check:ecg           | ask     | normal      | -
    vital_signs       | pretreatment_check:vital_signs   | ask     | normal      | -
    infection         | pretreatment_check:infection     | ask     | absent      | present
    contraindications | pretreatment_check:contraindications | ask | absent      | present
    wash_out          | pretreatment_check:wash_out      | ask     | complete    | -
""")
def test_what_the_checklist_says(gate: str, statement: str, missing: str, passes: str, blocks: str) -> None:
    """What each says where nothing is stated, what passes, what blocks; any other answer asks."""
    assert told(gates_before(ready(), DAY)[gate]) == missing
    assert told(gates_before(ready(), DAY, stated=f"{statement} {passes} {DAY}")[gate]) == "pass"
    if blocks != "-":
        assert told(gates_before(ready(), DAY, stated=f"{statement} {blocks} {DAY}")[gate]) == "block"
    assert told(gates_before(ready(), DAY, stated=f"{statement} unknown {DAY}")[gate]) == "ask"


@table("""
    gate        | statement                         | oldest     | too old
    pregnancy   | pretreatment_check:pregnancy_test negative | 2026-01-31 | 2026-01-30
    mri         | pretreatment_check:mri normal     | 2025-03-02 | 2025-03-01
    ecg         | pretreatment_check:ecg normal     | 2026-01-31 | 2026-01-30
    vital_signs | pretreatment_check:vital_signs normal | 2026-03-01 | 2026-02-28
    infection   | pretreatment_check:infection absent | 2026-02-28 | 2026-02-27
""")
def test_how_old_an_answer_may_be(gate: str, statement: str, oldest: str, too_old: str) -> None:
    """For a first infusion on 2 March 2026; older than that, it asks."""
    assert told(gates_before(ready(), DAY, stated=f"{statement} {oldest}")[gate]) == "pass"
    assert told(gates_before(ready(), DAY, stated=f"{statement} {too_old}")[gate]) == "ask"


@table("""
    value         | gate         | says
    hiv pos       | hiv          | block
    hiv neg       | hiv          | pass
    igra pos      | tuberculosis | block
    igra equivocal | tuberculosis | ask
    igra neg      | tuberculosis | pass
    hbsag pos     | hepatitis_b  | block
    hcvab pos     | hepatitis_c  | block
    hcg_u pos     | pregnancy    | block
    hcg_u neg     | pregnancy    | pass
    hcg_s 4.9     | pregnancy    | pass
    hcg_s 5       | pregnancy    | block
    vzvg pos      | vzv_antibodies | pass
    vzvg neg      | vzv_antibodies | ask
""")
def test_a_value_answers_as_well_as_a_statement(value: str, gate: str, says: str) -> None:
    """Of the week before the course; what is equivocal passes nothing."""
    analyte, found = value.split()
    unit = "[IU]/L" if analyte == "hcg_s" else None
    assert told(gates_before(ready().with_result(analyte, found, unit, "2026-02-25"), DAY)[gate]) == says


def test_the_newest_of_value_and_statement_speaks_and_of_one_day_the_worse() -> None:
    story = ready().with_result("hiv", "pos", None, "2026-02-25")
    for said_on, says in (("2026-02-24", "block"), ("2026-02-25", "block"), ("2026-02-26", "pass")):
        assert told(gates_before(story, DAY, stated=f"pretreatment_check:hiv negative {said_on}")["hiv"]) == says


@table("""
    collected  | says
    2026-01-30 | block
    2026-01-31 | pass
    2026-03-02 | pass
""")
def test_the_baseline_lies_within_thirty_days_of_the_day_it_is_given(collected: str, says: str) -> None:
    """Counted from the day of the first infusion."""
    found = gates_before(alemtuzumab().with_panels(BASELINES, collected), DAY)
    assert told(found["baseline:cbc" if says == "block" else "baseline"]) == says


def test_each_missing_baseline_is_told_with_what_is_missing() -> None:
    found = gates_before(alemtuzumab().with_panels(BASELINES[1:], "2026-02-20"), DAY)
    assert told(found["baseline:cbc"]) == "block"
    assert found["baseline:cbc"].because.endswith("missing: all of the panel")
    assert [name for name, one in found.items() if name.startswith("baseline")] == ["baseline:cbc"]


def test_a_course_that_nobody_agreed_has_its_baseline_and_its_gap_too() -> None:
    """Course 2 at thirteen months or at eleven, and course 3, which the calendar does not even expect."""
    found = gates_before(alemtuzumab_after_course_1(), "2027-04-05", infusion=(2, 1))
    assert {name for name in found if name.startswith("baseline:")} == {f"baseline:{stream}" for stream in BASELINES}
    assert told(found["minimum_gap"]) == "pass"
    early = gates_before(alemtuzumab_after_course_1(), "2027-02-05", infusion=(2, 1))
    assert told(early["minimum_gap"]) == "block"
    third = alemtuzumab_after_course_1().infused(2, *in_a_row("2027-03-08", 3))
    assert told(gates_before(third, "2028-03-20", infusion=(3, 1))["baseline:cbc"]) == "block"


def test_an_infusion_before_the_day_agreed_is_judged_for_its_own_day() -> None:
    """Six weeks after a vaccine end on the agreed day, not on the day on which it is given."""
    story = ready().vaccinated("2026-01-19", live=True)
    assert told(gates_before(story, "2026-03-02", infusion=(1, 1))["vaccine_interval"]) == "pass"
    assert told(gates_before(story, "2026-02-25", infusion=(1, 1))["vaccine_interval"]) == "block"


def test_later_infusions_of_a_course_ask_for_what_may_have_changed_since_the_first() -> None:
    story = alemtuzumab(DAY)
    assert set(gates_before(story, "2026-03-03")) == LATER_DAYS
    assert set(gates_before(story, "2026-03-03", infusion=(1, 2))) == LATER_DAYS


def test_what_begins_a_course_is_its_first_infusion_whatever_its_number() -> None:
    assert told(gates_before(alemtuzumab(), DAY, infusion=(1, 2))["commitment"]) == "block"
    assert told(gates_before(alemtuzumab(), DAY, infusion=(1, 2))["baseline:cbc"]) == "block"
    entered_first = alemtuzumab().infused(1, "2026-03-03", first_day=2)
    assert told(gates_before(entered_first, DAY, infusion=(1, 1))["commitment"]) == "block"


def test_a_suspension_hides_what_the_calendar_would_say_and_lets_nothing_pass() -> None:
    found = gates_before(ready().suspended("2026-02-25"), DAY)
    assert told(found["suspended"]) == "block"
    assert {told(found[name]) for name in ("minimum_gap", "vaccine_interval", "vzv", "baseline")} == {"ask"}


def test_the_skin_is_looked_at_in_the_us_and_contraindications_in_the_eu() -> None:
    eu, us = gates_before(ready(), DAY), gates_before(ready().after_the_us_label(), DAY)
    assert ("skin" in eu, "contraindications" in eu) == (False, True)
    assert ("skin" in us, "contraindications" in us) == (True, False)
    assert not [one.source for one in us.values() if one.source.startswith("SmPC")]
