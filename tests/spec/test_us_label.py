"""What is asked for where the label of the United States is followed: liver, CD4, antiherpetic, REMS."""

from __future__ import annotations

from tests.spec.builders import Story, alemtuzumab_after_course_1, anchored_on, cells, in_a_row, tofersen_on_time
from tests.spec.tables import check_rungs, check_window, table


def us_after_course_1() -> Story:
    return alemtuzumab_after_course_1().after_the_us_label()


@table("""
    cd4                                           | day asked  | due        | blocked by
    -                                             | 2026-03-06 | 2026-05-06 | cd4
    2026-05-04:150                                | 2026-05-04 | 2026-05-06 | cd4
    2026-05-04:150 2026-06-08:240                 | 2026-06-07 | 2026-05-06 | cd4
    2026-05-04:150 2026-06-08:240                 | 2026-06-08 | 2026-06-08 | -
    2026-05-04:150 2026-06-08:240 2026-07-06:180  | 2026-07-06 | 2026-06-08 | -
    2026-04-10:200                                | 2026-04-10 | 2026-05-06 | -
    2026-04-10:199.9                              | 2026-04-10 | 2026-05-06 | cd4
    2026-04-10:>200                               | 2026-04-10 | 2026-05-06 | -
    2026-04-10:<250                               | 2026-04-10 | 2026-05-06 | cd4
    2026-02-20:640                                | 2026-04-10 | 2026-05-06 | cd4
""")
def test_the_antiherpetic_ends_with_the_later_of_two_months_and_cd4_200(
    cd4: str, day_asked: str, due: str, blocked_by: str
) -> None:
    """Vector A3: the last infusion was on 6 March 2026; a count from before the course says nothing of it."""
    story = us_after_course_1()
    for cell in cells(cd4):
        on, _, value = cell.partition(":")
        story = story.with_result("cd4", value, "/uL", on)
    line = story.asked(day_asked).of("antiherpetic_stop/1")
    assert (line.due, line.blocked) == (due, blocked_by)
    assert ("still awaited" in line.item["because"]) == (blocked_by == "cd4")


@table("""
    status           | blocked by
    final            | -
    corrected        | -
    preliminary      | cd4
    entered_in_error | cd4
""")
def test_only_a_final_count_ends_it(status: str, blocked_by: str) -> None:
    """A preliminary count satisfies nothing."""
    story = us_after_course_1().with_result("cd4", "240", "/uL", "2026-06-08", status=status)
    assert story.asked("2026-06-10").of("antiherpetic_stop/1").blocked == blocked_by


def test_the_eu_label_knows_neither_cd4_nor_rems() -> None:
    """There the antiherpetic ends a month after the course."""
    answer = alemtuzumab_after_course_1().asked("2026-03-06", until="2030-12-31")
    assert (answer.keys_of("cd4"), answer.keys_of("rems_form")) == ((), ())
    assert answer.of("antiherpetic_stop/1").due == "2026-04-06"


@table("""
    item     | due        | opens      | closes     | overdue
    cd4/1.2  | 2026-05-06 | 2026-04-26 | 2026-05-27 | 2026-05-13
    cd4/1.3  | 2026-06-06 | 2026-05-27 | 2026-06-26 | 2026-06-13
    cd4/1.12 | 2027-03-06 | 2027-02-24 | 2027-03-27 | 2027-03-13
""")
def test_cd4_is_counted_every_month_from_the_second(item: str, due: str, opens: str, closes: str, overdue: str) -> None:
    """In the windows of the other monthly bloods."""
    check_window(us_after_course_1(), item, due=due, opens=opens, closes=closes, overdue=overdue)
    assert "cd4/1.1" not in us_after_course_1().asked("2026-06-01").keys


def test_cd4_rungs_are_those_of_the_early_months() -> None:
    """Five and seven days, then two missed in a row: the second window closes on 26 June."""
    check_rungs(us_after_course_1(), "overdue:cd4", nurse="2026-05-11", neurologist="2026-05-13", critical="2026-06-26")


@table("""
    reached    | counted
    -          | cd4/1.2 cd4/1.3 cd4/1.4 cd4/1.5
    2026-04-10 | -
    2026-04-26 | cd4/1.2
    2026-06-08 | cd4/1.2 cd4/1.3
    2026-06-26 | cd4/1.2 cd4/1.3 cd4/1.4
""")
def test_cd4_is_counted_until_it_reaches_200(reached: str, counted: str) -> None:
    """The count that reaches it is the last one asked for."""
    story = us_after_course_1()
    for day in cells(reached):
        story = story.with_result("cd4", "210", "/uL", day)
    assert story.asked("2026-08-01", until="2026-08-20").keys_of("cd4") == cells(counted)


def test_a_new_course_counts_cd4_anew() -> None:
    """Month 2 of the second course; what was open of the first closes when that window opens."""
    story = us_after_course_1().infused(2, *in_a_row("2027-03-08", 3))
    answer = story.asked("2027-03-10", until="2027-07-01")
    assert (answer.of("cd4/2.2").due, answer.of("cd4/1.12").closes) == ("2027-05-10", "2027-03-27")
    assert "cd4/1.13" not in answer.keys


@table("""
    item       | due        | opens      | closes     | overdue
    liver/1.1  | 2026-06-06 | 2026-05-16 | 2026-08-16 | 2026-06-20
    liver/1.16 | 2030-03-06 | 2030-02-13 | 2030-05-16 | 2030-03-20
""")
def test_liver_tests_come_every_three_months(item: str, due: str, opens: str, closes: str, overdue: str) -> None:
    """Like the thyroid; sixteen of them."""
    check_window(us_after_course_1(), item, due=due, opens=opens, closes=closes, overdue=overdue)
    listed = us_after_course_1().asked("2026-03-06").keys_of("liver")
    assert {key for key in listed if key.startswith("liver/1.")} == {f"liver/1.{number}" for number in range(17)}


def test_the_liver_alert_has_the_rungs_of_the_thyroid() -> None:
    """Fourteen and twenty-eight days."""
    check_rungs(us_after_course_1(), "overdue:liver", nurse="2026-06-20", neurologist="2026-07-04", critical="-")


def test_a_status_form_every_six_months() -> None:
    """Vector A15: eight forms from the first infusion on; 2 September 2030 lies after the end."""
    answer = us_after_course_1().asked("2026-03-06", until="2031-12-31")
    forms = [answer.of(key).due for key in answer.keys_of("rems_form")]
    assert forms == [
        "2026-09-02", "2027-03-02", "2027-09-02", "2028-03-02", "2028-09-02", "2029-03-02", "2029-09-02", "2030-03-02",
    ]  # fmt: skip


def test_a_form_due_on_the_last_day_is_owed() -> None:
    """A single infusion on 2 March 2026: both the eighth form and the end fall on 2 March 2030."""
    answer = anchored_on("2026-03-02").after_the_us_label().asked("2026-03-10", until="2031-12-31")
    assert answer.surveillance_ends == answer.of(answer.keys_of("rems_form")[-1]).due == "2030-03-02"


def test_a_new_course_prolongs_the_forms() -> None:
    """The end moves to 10 March 2031, and with it the last form."""
    story = us_after_course_1().infused(2, *in_a_row("2027-03-08", 3))
    answer = story.asked("2027-03-10", until="2032-12-31")
    assert answer.of(answer.keys_of("rems_form")[-1]).due == "2031-03-02"


def test_a_form_waits_until_somebody_sends_it() -> None:
    """It opens a month ahead and never closes."""
    check_window(
        us_after_course_1(), "rems_form/1", due="2026-09-02", opens="2026-08-03", closes="never", overdue="2026-10-02"
    )
    check_rungs(us_after_course_1(), "overdue:rems_form", nurse="2026-09-09", neurologist="2026-10-02", critical="-")
    done = us_after_course_1().task_done("rems_form/1", "2026-08-20").asked("2026-09-20")
    assert (done.state("rems_form/1"), done.alert("overdue:rems_form")) == ("done", "-")


@table("""
    baseline on | state
    2026-01-30  | missed
    2026-01-31  | done
    2026-03-02  | done
    2026-03-03  | missed
""")
def test_the_baseline_is_at_most_thirty_days_old(baseline_on: str, state: str) -> None:
    """Vector A14: dated from 31 January to 2 March 2026 for a first infusion on 2 March."""
    story = us_after_course_1().with_panel("cbc", baseline_on)
    assert story.asked("2026-03-10").state("cbc/1.0") == state


@table("""
    profile | course 5
    eu      | beyond_label
    us      | -
""")
def test_only_the_eu_label_counts_the_courses(profile: str, course_5: str) -> None:
    """The US label gives further courses as needed."""
    story = alemtuzumab_after_course_1() if profile == "eu" else us_after_course_1()
    for course, first in enumerate(("2027-03-08", "2028-03-13", "2029-03-19", "2030-03-25"), start=2):
        story = story.infused(course, *in_a_row(first, 3))
    assert story.asked("2030-04-01").codes == cells(course_5)


def test_suggested_days_avoid_the_holidays_of_the_country() -> None:
    """6 April 2026 is Easter Monday, a holiday in France and a day like others in the United States."""
    assert us_after_course_1().asked("2026-03-20").of("cbc/1.1").suggested == "2026-04-06"
    assert alemtuzumab_after_course_1().asked("2026-03-20").of("cbc/1.1").suggested == "2026-04-07"


def test_no_source_is_the_label_of_the_other_region() -> None:
    """Every item, alert and warning names an authority of its own label."""
    story = us_after_course_1().infused(2, *in_a_row("2027-03-08", 3)).vaccinated("2027-03-01", live=True)
    for raw in (story.asked("2027-06-01").raw, tofersen_on_time(4).after_the_us_label().asked("2026-04-01").raw):
        sources = {found["source"] for part in ("items", "alerts", "warnings") for found in raw[part]}
        assert not [source for source in sources if source.startswith("SmPC")]
        assert [source for source in sources if source.startswith("PI ")]


def test_tofersen_has_the_same_dates_under_both_labels() -> None:
    """The two labels differ in words, not in dates."""
    ours, theirs = (story.asked("2026-03-10").raw for story in (
        tofersen_on_time(4), tofersen_on_time(4).after_the_us_label()))  # fmt: skip
    dates = ("key", "due_on", "opens_on", "closes_on", "state")
    assert [[item[name] for name in dates] for item in ours["items"]] == [
        [item[name] for name in dates] for item in theirs["items"]
    ]


def test_stopping_leaves_the_duties_of_the_us_label() -> None:
    """Forms, CD4 and the antiherpetic go on; the planning of a second course does not."""
    answer = us_after_course_1().stopped("2026-04-01").asked("2026-09-10", until="2027-03-10")
    assert answer.state("rems_form/1") == "late"
    assert answer.state("cd4/1.2") == "missed"
    assert answer.of("antiherpetic_stop/1").blocked == "cd4"
    assert answer.state("course_planning/2") == "not listed"
