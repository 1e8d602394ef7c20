"""Who is told when something does not arrive, and when does it end?"""

from __future__ import annotations

from tests.spec.builders import (
    BLOODS_OF_A_MONTH,
    Story,
    alemtuzumab,
    alemtuzumab_after_course_1,
    cells,
    in_a_row,
    tofersen,
    tofersen_on_time,
)
from tests.spec.tables import check_rungs, table

MONTHS = (
    "2026-04-06", "2026-05-06", "2026-06-06", "2026-07-06", "2026-08-06", "2026-09-06", "2026-10-06", "2026-11-06",
    "2026-12-06", "2027-01-06", "2027-02-06", "2027-03-06", "2027-04-06", "2027-05-06", "2027-06-06", "2027-07-06",
)  # fmt: skip


@table("""
    doses given | stream        | nurse      | neurologist | critical
    0           | dose          | 2026-01-06 | 2026-01-08  | 2026-02-02
    2           | dose          | 2026-02-03 | 2026-02-05  | 2026-03-02
    3           | dose          | 2026-03-03 | 2026-03-05  | 2026-03-30
    1           | csf           | 2026-01-07 | 2026-01-12  | -
    1           | status_scales | 2026-01-07 | 2026-01-12  | -
    1           | weight        | 2026-01-07 | 2026-01-12  | -
    1           | creatinine    | 2026-04-19 | 2026-05-03  | -
    1           | ck            | 2026-04-19 | 2026-05-03  | -
    1           | urine_protein | 2026-04-19 | 2026-05-03  | -
    1           | nfl           | 2026-04-19 | 2026-05-03  | -
    1           | alsfrs_r      | 2026-04-19 | 2026-05-03  | -
    1           | svc           | 2026-04-19 | 2026-05-03  | -
    1           | fvc           | 2026-04-19 | 2026-05-03  | -
""")
def test_the_ladder_for_tofersen(doses_given: str, stream: str, nurse: str, neurologist: str, critical: str) -> None:
    """The nurse first, then the neurologist; a dose four weeks late is critical."""
    story = tofersen_on_time(int(doses_given))
    check_rungs(story, f"overdue:{stream}", nurse=nurse, neurologist=neurologist, critical=critical)


@table("""
    stream      | day asked
    coagulation | 2026-01-06
    cbc         | 2026-01-06
    coagulation | 2026-12-01
    cbc         | 2026-12-01
""")
def test_what_only_guards_a_dose_alerts_nobody(stream: str, day_asked: str) -> None:
    """Clotting and blood count before a puncture are a gate: once the dose is given there is nothing to chase."""
    assert tofersen("2026-01-05").asked(day_asked).alert(f"overdue:{stream}") == "-"


@table("""
    story                | stream              | nurse      | neurologist | critical
    nothing given        | infusion            | 2026-03-09 | 2026-03-16  | -
    day 1 given          | infusion            | 2026-03-04 | 2026-03-04  | -
    course 1 given       | infusion            | 2027-04-05 | 2027-05-05  | -
    course 2 agreed      | infusion            | 2027-03-15 | 2027-03-22  | -
    day 1 of 2 given     | infusion            | 2027-03-10 | 2027-03-10  | -
    course 1 given       | platelets_in_course | 2026-03-05 | 2026-03-06  | -
    platelets of day 3   | platelets_in_course | 2026-03-07 | 2026-03-08  | -
    course 1 given       | tsh                 | 2026-06-20 | 2026-07-04  | -
    course 1 given       | skin                | 2027-04-05 | 2027-05-05  | -
    course 1 given       | hpv                 | 2027-04-05 | 2027-05-05  | -
""")
def test_the_ladder_for_alemtuzumab(story: str, stream: str, nurse: str, neurologist: str, critical: str) -> None:
    """A missed day of a course reaches the neurologist the next day; a course 2 nobody agreed has a month."""
    after_1 = alemtuzumab_after_course_1()
    stories = {
        "nothing given": alemtuzumab(),
        "day 1 given": alemtuzumab("2026-03-02"),
        "course 1 given": after_1,
        "platelets of day 3": after_1.with_panel("platelets_in_course", "2026-03-04"),
        "course 2 agreed": after_1.agreed(2, "2027-03-08"),
        "day 1 of 2 given": after_1.infused(2, "2027-03-08"),
    }
    check_rungs(stories[story], f"overdue:{stream}", nurse=nurse, neurologist=neurologist, critical=critical)


@table("""
    first month without a sample | nurse      | neurologist | critical
    1                            | 2026-04-11 | 2026-04-13  | 2026-05-27
    2                            | 2026-05-11 | 2026-05-13  | 2026-06-26
    3                            | 2026-06-11 | 2026-06-13  | 2026-07-27
    4                            | 2026-07-13 | 2026-07-20  | 2026-08-27
    11                           | 2027-02-13 | 2027-02-20  | 2027-03-27
    12                           | 2027-03-11 | 2027-03-13  | 2027-04-26
    13                           | 2027-04-11 | 2027-04-13  | 2027-05-27
""")
def test_the_ladder_of_the_monthly_bloods(
    first_month_without_a_sample: str, nurse: str, neurologist: str, critical: str
) -> None:
    """Faster in months 1 to 3 and 12 to 36; two missed in a row are critical on the day the second one closes."""
    sampled = MONTHS[: int(first_month_without_a_sample) - 1]
    for stream in BLOODS_OF_A_MONTH:
        story = alemtuzumab_after_course_1().with_panel(stream, *sampled)
        check_rungs(story, f"overdue:{stream}", nurse=nurse, neurologist=neurologist, critical=critical)


@table("""
    first month without a sample | nurse      | neurologist | critical
    36                           | 2029-03-11 | 2029-03-13  | 2029-04-26
    37                           | 2029-04-13 | 2029-04-20  | 2029-05-27
    48                           | 2030-03-13 | 2030-03-20  | -
""")
def test_the_ladder_late_in_the_surveillance(
    first_month_without_a_sample: str, nurse: str, neurologist: str, critical: str
) -> None:
    """The tight ladder ends with month 36; the last month has no second one that could be missed."""
    month = int(first_month_without_a_sample)
    answer = alemtuzumab_after_course_1().asked("2026-03-10")
    sampled = [answer.of(f"cbc/1.{number}").due for number in range(1, month)]
    story = alemtuzumab_after_course_1().with_panel("cbc", *sampled)
    check_rungs(story, "overdue:cbc", nurse=nurse, neurologist=neurologist, critical=critical)


@table("""
    what happened                       | samples               | waived  | alert on 10 june
    month 1 and month 2 missed          | -                     | -       | neurologist critical 2026-04-11
    a sample in month 2                 | 2026-05-20            | -       | -
    a sample in month 3, two missed     | 2026-06-01            | -       | -
    month 2 waived                      | -                     | cbc/1.2 | -
    month 1 waived                      | -                     | cbc/1.1 | neurologist urgent 2026-05-11
    a sample in month 1                 | 2026-04-10            | -       | neurologist urgent 2026-05-11
""")
def test_lateness_belongs_to_the_stream(what_happened: str, samples: str, waived: str, alert_on_10_june: str) -> None:
    """The alert counts from the oldest month without a sample since the last credit; a sample or a waiver ends it."""
    story = alemtuzumab_after_course_1().with_panel("cbc", *cells(samples))
    for key in cells(waived):
        story = story.waived(key, "2026-05-20")
    assert story.asked("2026-06-10").alert("overdue:cbc") == alert_on_10_june


@table("""
    day asked  | alert
    2026-06-10 | -
    2026-06-11 | nurse soon 2026-06-11
    2026-06-26 | neurologist urgent 2026-06-11
    2026-07-26 | neurologist urgent 2026-06-11
    2026-07-27 | neurologist critical 2026-06-11
""")
def test_two_missed_months_are_critical_only_in_a_row(day_asked: str, alert: str) -> None:
    """Month 1 was missed and month 2 sampled: the count starts again with month 3."""
    story = alemtuzumab_after_course_1().with_panel("cbc", "2026-05-20")
    assert story.asked(day_asked).alert("overdue:cbc") == alert


@table("""
    day asked  | alert
    2026-03-19 | neurologist urgent 2026-03-05
    2026-03-20 | -
    2026-04-10 | -
""")
def test_any_later_platelet_count_settles_those_of_the_course(day_asked: str, alert: str) -> None:
    """The platelets of the infusion days were forgotten: the alert ends with the next platelet count."""
    answer = alemtuzumab_after_course_1().with_result("platelets", "204", "10*9/L", "2026-03-20").asked(day_asked)
    assert answer.alert("overdue:platelets_in_course") == alert
    assert (answer.state("platelets_in_course/1.3"), answer.state("platelets_in_course/1.5")) == ("missed", "missed")


@table("""
    what            | day asked  | topics
    no sample yet   | 2026-06-25 | cbc creatinine liver urinalysis platelets_in_course prescription tsh
    no sample yet   | 2026-04-12 | platelets_in_course cbc creatinine liver prescription urinalysis
    no sample yet   | 2026-03-06 | platelets_in_course
    not yet started | 2026-03-01 | -
""")
def test_alerts_come_worst_first(what: str, day_asked: str, topics: str) -> None:
    """By level, then by name."""
    answer = alemtuzumab_after_course_1().asked(day_asked)
    assert answer.topics == tuple(f"overdue:{stream}" for stream in cells(topics))


@table("""
    given                | day asked  | alert
    -                    | 2026-01-20 | neurologist urgent 2026-01-06
    2026-01-20           | 2026-01-20 | -
    2026-01-20           | 2026-02-04 | nurse soon 2026-02-04
""")
def test_a_late_dose_clears_its_own_alert(given: str, day_asked: str, alert: str) -> None:
    """The first dose comes 15 days late, the second counts from it."""
    assert tofersen(*cells(given)).asked(day_asked).alert("overdue:dose") == alert


@table("""
    given      | day asked  | alert
    2026-01-02 | 2026-01-16 | -
    2026-01-02 | 2026-01-17 | nurse soon 2026-01-17
    2025-12-05 | 2025-12-20 | nurse soon 2025-12-20
    2025-12-05 | 2026-01-10 | neurologist urgent 2025-12-20
""")
def test_a_dose_before_its_date_is_no_credit_of_what_was_due_after_it(given: str, day_asked: str, alert: str) -> None:
    """Dose 1 was agreed for 5 January; dose 2 is due fourteen days after the day on which it was given."""
    assert tofersen(given).asked(day_asked).alert("overdue:dose") == alert


def test_a_course_begun_before_its_date_is_still_missed() -> None:
    """Agreed for 15 March 2027, begun on the 8th; the second infusion never came."""
    story = alemtuzumab_after_course_1().agreed(2, "2027-03-15").infused(2, "2027-03-08")
    assert story.asked("2027-04-20").alert("overdue:infusion") == "neurologist urgent 2027-03-10"


def test_the_fluid_of_a_dose_is_chased_until_the_next_sample() -> None:
    """No fluid was sent with doses 1 and 2: the alert counts from dose 1 and ends with the fluid of dose 3."""
    story = tofersen_on_time(3).with_panel("csf", "2026-02-02")
    found = [story.asked(day).alert("overdue:csf") for day in ("2026-02-01", "2026-02-02", "2026-02-20")]
    assert found == ["neurologist urgent 2026-01-07", "-", "-"]


def test_a_complete_patient_raises_no_alert() -> None:
    """Everything was done on its day."""

    def monthly(story: Story) -> Story:
        return story.with_panels(BLOODS_OF_A_MONTH, *MONTHS[:6]).with_panel("tsh", "2026-06-06", "2026-09-06")

    story = monthly(
        alemtuzumab(*in_a_row("2026-03-02", 5)).with_panel("platelets_in_course", "2026-03-04", "2026-03-06")
    )
    answer = story.task_done("prescription/1.1", "2026-03-06").asked("2026-09-20")
    assert (answer.topics, answer.codes) == ((), ())
