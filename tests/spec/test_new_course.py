"""What does the second course do to the surveillance of the first?"""

from __future__ import annotations

from tests.spec.builders import Story, alemtuzumab, alemtuzumab_after_course_1, in_a_row
from tests.spec.tables import table


def after_course_2() -> Story:
    """Course 1 on 2 to 6 March 2026, course 2 on 8 to 10 March 2027, no sample at all."""
    return alemtuzumab_after_course_1().infused(2, *in_a_row("2027-03-08", 3))


@table("""
    item     | due        | closes     | state
    cbc/1.11 | 2027-02-06 | 2027-02-24 | missed
    cbc/1.12 | 2027-03-06 | 2027-03-27 | overdue
    cbc/1.13 | -          | -          | not listed
    cbc/2.0  | 2027-03-08 | 2027-03-09 | missed
    cbc/2.1  | 2027-04-10 | 2027-04-30 | planned
    cbc/2.48 | 2031-03-10 | 2031-03-31 | planned
    tsh/1.4  | 2027-03-06 | 2027-05-16 | overdue
    tsh/1.5  | -          | -          | not listed
    tsh/2.1  | 2027-06-10 | 2027-08-20 | planned
    tsh/2.16 | 2031-03-10 | 2031-05-20 | planned
    skin/1.1 | 2027-03-06 | 2028-02-05 | late
    skin/1.2 | -          | -          | not listed
    skin/2.1 | 2028-03-10 | 2029-02-08 | planned
    hpv/2.4  | 2031-03-10 | 2032-02-09 | planned
""")
def test_the_second_course_restarts_the_series(item: str, due: str, closes: str, state: str) -> None:
    """What was due before the new course stays owed; what was to come is cancelled; 48 new months begin."""
    answer = after_course_2().asked("2027-03-20")
    assert answer.state(item) == state
    if state != "not listed":
        assert (answer.of(item).due, answer.of(item).closes) == (due, closes)


@table("""
    courses given | surveillance ends
    0             | -
    1             | 2030-03-06
    2             | 2031-03-10
    3             | 2032-09-06
""")
def test_surveillance_ends_48_months_after_the_last_infusion_of_any_course(
    courses_given: str, surveillance_ends: str
) -> None:
    """Each course moves the end; a planned one never does."""
    courses = [in_a_row("2026-03-02", 5), in_a_row("2027-03-08", 3), in_a_row("2028-09-04", 3)]
    story = alemtuzumab()
    for number, days in enumerate(courses[: int(courses_given)], 1):
        story = story.infused(number, *days)
    answer = story.agreed(4, "2029-10-01").asked("2028-10-01")
    assert answer.surveillance_ends == surveillance_ends
    assert "before_minimum_gap" not in answer.codes


@table("""
    item         | due        | state
    cbc/1.11     | 2027-02-06 | missed
    cbc/1.12     | 2027-03-06 | overdue
    cbc/1.13     | 2027-04-06 | planned
    cbc/2.0      | 2027-03-22 | open
    cbc/2.1      | -          | not listed
    infusion/2.1 | 2027-03-22 | planned
    infusion/2.3 | 2027-03-24 | planned
""")
def test_a_planned_course_changes_nothing_yet(item: str, due: str, state: str) -> None:
    """Only its infusions and what goes with them are added; surveillance goes on from course 1."""
    answer = alemtuzumab_after_course_1().agreed(2, "2027-03-22").asked("2027-03-20")
    assert (answer.state(item), answer.surveillance_ends) == (state, "2030-03-06")
    assert state == "not listed" or answer.of(item).due == due


@table("""
    item       | state
    cbc/1.12   | missed
    cbc/1.13   | cancelled
    cbc/1.14   | not listed
    liver/1.13 | done
    tsh/1.4    | overdue
    tsh/1.5    | not listed
    cbc/2.1    | planned
""")
def test_an_occurrence_whose_window_had_opened_is_shown_as_cancelled(item: str, state: str) -> None:
    """Course 2 starts on 30 March, inside the window of month 13 (due 6 April); the liver test of the 28th is kept."""
    story = alemtuzumab_after_course_1().with_panel("liver", "2027-03-28").infused(2, *in_a_row("2027-03-30", 3))
    answer = story.asked("2027-04-01")
    assert answer.state(item) == state


def test_an_old_occurrence_closes_when_the_new_series_opens() -> None:
    """Month 13 is due on the day of the new course, 28 February: it closes on 18 March, as the new series opens."""
    story = alemtuzumab("2026-01-31", start="2026-01-31").infused(2, "2027-02-28")
    answer = story.asked("2027-03-10")
    found = (answer.of("cbc/1.13").due, answer.of("cbc/1.13").closes, answer.of("cbc/2.1").opens)
    assert found == ("2027-02-28", "2027-03-18", "2027-03-18")


@table("""
    item         | state
    infusion/1.3 | done
    infusion/1.4 | cancelled
    infusion/1.5 | not listed
    infusion/2.1 | done
    infusion/2.2 | planned
""")
def test_outstanding_infusions_of_the_old_course_are_cancelled(item: str, state: str) -> None:
    """Course 1 was broken off after its third day, a year later course 2 begins."""
    story = alemtuzumab(*in_a_row("2026-03-02", 3)).infused(2, "2027-03-08")
    assert story.asked("2027-03-08").state(item) == state


@table("""
    sample on  | cbc/1.11 | cbc/1.12 | cbc/2.0
    2027-02-05 | done     | overdue  | missed
    2027-02-06 | done     | overdue  | done
    2027-02-23 | done     | overdue  | done
    2027-02-24 | missed   | done     | done
    2027-03-08 | missed   | done     | done
    2027-03-09 | missed   | done     | missed
""")
def test_the_baseline_of_a_course_may_share_its_sample(sample_on: str, **states: str) -> None:
    """The sample before course 2 is also the monthly sample of course 1."""
    answer = after_course_2().with_panel("cbc", sample_on).asked("2027-03-20")
    assert {key: answer.state(key) for key in states} == states


@table("""
    item                    | state
    antiherpetic_stop/1     | late
    contraception_end/1     | done
    corticosteroid/2.3      | done
    antiherpetic_start/2    | done
    antiherpetic_stop/2     | planned
    contraception_end/2     | planned
    platelets_in_course/2.3 | missed
""")
def test_the_tasks_of_both_courses_stand_beside_each_other(item: str, state: str) -> None:
    """A new course starts its own tasks and ends none of the old ones."""
    assert after_course_2().asked("2027-03-20").state(item) == state
