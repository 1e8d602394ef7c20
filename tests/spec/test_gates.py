"""What stands against the first dose of a course on the day of the question (`blocked_by`)?"""

from __future__ import annotations

from tests.spec.builders import alemtuzumab, alemtuzumab_after_course_1, cells, in_a_row, tofersen
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


def test_tofersen_has_no_such_gate() -> None:
    assert tofersen().asked("2026-01-05").of("dose/1").blocked == "-"
