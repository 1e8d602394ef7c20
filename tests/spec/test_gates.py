"""What stands against a dose on the day of the question (`blocked_by`)?"""

from __future__ import annotations

from tests.spec.builders import Story, alemtuzumab, alemtuzumab_after_course_1, cells, in_a_row, tofersen
from tests.spec.tables import table

BASELINES = ("cbc", "creatinine", "urinalysis", "liver", "tsh")


@table("""
    vaccinated | day asked  | blocked by
    2026-01-18 | 2026-02-01 | -
    2026-01-19 | 2026-02-01 | -
    2026-01-20 | 2026-02-01 | vaccine_interval
    2026-01-26 | 2026-02-01 | vaccine_interval
    2026-01-26 | 2026-03-08 | vaccine_interval
    2026-01-26 | 2026-03-09 | -
""")
def test_six_weeks_after_a_vaccine(vaccinated: str, day_asked: str, blocked_by: str) -> None:
    """Vector A13: wanted on 2 March 2026; after a vaccine on 26 January not before 9 March."""
    story = alemtuzumab().with_panels(BASELINES, "2026-02-01").vaccinated(vaccinated, live=True, vaccine="VZV")
    line = story.asked(day_asked).of("infusion/1.1")
    assert (line.blocked, line.due) == (blocked_by, "2026-03-02")


@table("""
    vzv      | vaccines            | blocked by
    -        | -                   | -
    immune   | -                   | -
    unknown  | -                   | -
    negative | -                   | vzv
    negative | influenza           | vzv
    negative | Varicella, 2nd dose | -
    negative | Varicelle           | -
    negative | VZV                 | -
    negative | Zona recombinant    | -
    negative | anti-VZV (2)        | -
    negative | invaricella         | vzv
""")
def test_without_antibodies_a_vaccine_against_varicella_comes_first(vzv: str, vaccines: str, blocked_by: str) -> None:
    """The label asks to consider it; the gate says that nobody has."""
    story = alemtuzumab(**({} if vzv == "-" else {"vzv": vzv})).with_panels(BASELINES, "2026-02-01")
    if vaccines != "-":
        story = story.vaccinated("2026-01-05", live=False, vaccine=vaccines)
    assert story.asked("2026-02-10").of("infusion/1.1").blocked == blocked_by


@table("""
    baselines                           | blocked by
    cbc creatinine urinalysis liver tsh | -
    creatinine urinalysis liver tsh     | baseline:cbc
    cbc creatinine                      | baseline:urinalysis baseline:liver baseline:tsh
""")
def test_no_course_without_its_baselines(baselines: str, blocked_by: str) -> None:
    """Each within thirty days of the first infusion."""
    story = alemtuzumab().with_panels(cells(baselines), "2026-02-10")
    assert story.asked("2026-02-20").of("infusion/1.1").blocked == blocked_by
    assert story.asked("2026-02-20").of("infusion/1.2").blocked == "-"


def test_an_old_baseline_opens_nothing() -> None:
    """Forty days before."""
    story = alemtuzumab().with_panels(BASELINES, "2026-01-21")
    assert story.asked("2026-02-20").of("infusion/1.1").blocked.split()[0] == "baseline:cbc"


def test_a_waived_baseline_stands_against_nothing() -> None:
    story = alemtuzumab().with_panels(BASELINES[1:], "2026-02-10").waived("cbc/1.0", "2026-02-11")
    assert story.asked("2026-02-20").of("infusion/1.1").blocked == "-"


@table("""
    agreed     | blocked by
    2027-03-05 | minimum_gap
    2027-03-06 | -
    2027-03-08 | -
""")
def test_twelve_months_between_courses(agreed: str, blocked_by: str) -> None:
    """After the last infusion of the course before, on 6 March 2026."""
    story = alemtuzumab_after_course_1().agreed(2, agreed).with_panels(BASELINES, "2027-02-20")
    assert story.asked("2027-02-25").of("infusion/2.1").blocked == blocked_by


def test_a_suspension_comes_before_every_other_gate() -> None:
    """It is the one thing to lift first."""
    story = alemtuzumab().vaccinated("2026-02-15", live=False).suspended("2026-02-16")
    assert story.asked("2026-02-20").of("infusion/1.1").blocked == "suspended"


def test_a_course_that_has_begun_has_no_gate_any_more() -> None:
    story = alemtuzumab(*in_a_row("2026-03-02", 2))
    assert story.asked("2026-03-03").of("infusion/1.3").blocked == "-"


def lab(analyte: str, value: str, on: str = "2026-01-04", unit: str | None = None) -> Story:
    return tofersen().with_result(analyte, value, unit or {"platelets": "10*9/L"}.get(analyte), on)


@table("""
    analyte        | value | blocked by
    platelets      | 50    | -
    platelets      | 49.9  | platelets
    platelets      | <50   | platelets
    platelets      | <100  | -
    inr            | 1.5   | -
    inr            | 1.51  | inr
    aptt_ratio     | 1.5   | -
    aptt_ratio     | 1.51  | aptt_ratio
    csf_leukocytes | 300   | -
""")
def test_a_known_value_holds_a_lumbar_puncture(analyte: str, value: str, blocked_by: str) -> None:
    """Only a value that blocks is shown; nothing that is missing, old or merely asks. The date stays where it is."""
    unit = "10*6/L" if analyte == "csf_leukocytes" else None
    line = lab(analyte, value, unit=unit).asked("2026-01-05").of("dose/1")
    assert (line.blocked, line.due) == (blocked_by, "2026-01-05")


def test_it_holds_the_next_dose_alone_and_until_a_newer_value() -> None:
    story = lab("platelets", "40").with_result("inr", "1.8", None, "2026-01-04")
    held = story.asked("2026-01-05", until="2026-02-10")
    assert (held.of("dose/1").blocked, held.of("dose/2").blocked) == ("platelets inr", "-")
    assert (
        story.with_result("platelets", "80", "10*9/L", "2026-01-05").asked("2026-01-05").of("dose/1").blocked == "inr"
    )


def test_a_value_of_a_later_day_holds_nothing_yet() -> None:
    story = lab("platelets", "40", "2026-01-06")
    assert (story.asked("2026-01-05").of("dose/1").blocked, story.asked("2026-01-06").of("dose/1").blocked) == (
        "-",
        "platelets",
    )


def test_a_suspension_hides_the_values_too_and_no_result_shows_nothing() -> None:
    assert lab("platelets", "40").suspended("2026-01-04").asked("2026-01-05").of("dose/1").blocked == "suspended"
    assert tofersen().asked("2026-01-05").of("dose/1").blocked == "-"


@table("""
    older count | newer row       | blocked by
    45          | platelets 45000 | platelets
    212         | platelets 45000 | -
    212         | inr 45          | inr
""")
def test_h16_a_newer_value_that_cannot_be_true_holds_a_puncture_and_frees_none(
    older_count: str, newer_row: str, blocked_by: str
) -> None:
    """Nobody confirmed it: on its unsafe side it blocks, and what an older count holds shut stays shut."""
    analyte, value = newer_row.split()
    story = tofersen().with_result("platelets", older_count, "10*9/L", "2026-01-02")
    newer = story.with_result(analyte, value, "10*9/L" if analyte == "platelets" else None, "2026-01-03")
    assert newer.asked("2026-01-05").of("dose/1").blocked == blocked_by


@table("""
    analyte | blocked by | on the second day
    hcg_u   | pregnancy  | -
    hiv     | hiv        | -
""")
def test_a_positive_test_holds_the_course_but_none_of_its_later_days(
    analyte: str, blocked_by: str, on_the_second_day: str
) -> None:
    """What is asked before a course is not asked again on each of its days."""
    before = alemtuzumab().with_panels(BASELINES, "2026-02-10").with_result(analyte, "pos", None, "2026-02-10")
    begun = alemtuzumab("2026-03-02").with_result(analyte, "pos", None, "2026-02-10")
    assert before.asked("2026-02-20").of("infusion/1.1").blocked == blocked_by
    assert begun.asked("2026-03-03").of("infusion/1.2").blocked == on_the_second_day
