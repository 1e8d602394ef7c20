"""What in the facts themselves deserves a second look?"""

from __future__ import annotations

from tests.spec.builders import (
    Story,
    alemtuzumab,
    alemtuzumab_after_course_1,
    cells,
    in_a_row,
    shift,
    tofersen,
    tofersen_on_time,
)
from tests.spec.tables import table


@table("""
    given                                                  | warned
    2026-01-05 2026-01-19                                  | -
    2026-01-05 2026-01-18                                  | dose/2
    2026-01-05 2026-01-12                                  | dose/2
    2026-01-05 2026-01-19 2026-02-02                       | -
    2026-01-05 2026-01-19 2026-02-01                       | dose/3
    2026-01-05 2026-01-19 2026-02-02 2026-02-27            | -
    2026-01-05 2026-01-19 2026-02-02 2026-02-23            | -
    2026-01-05 2026-01-19 2026-02-02 2026-02-22            | dose/4
    2026-01-05 2026-01-19 2026-02-02 2026-03-02 2026-03-22 | dose/5
    2026-01-05 2026-01-10 2026-01-15                       | dose/2 dose/3
""")
def test_doses_too_close_together(given: str, warned: str) -> None:
    """Loading doses less than 14 days apart, later doses less than 21 days after the previous one."""
    doses = cells(given)
    found = tofersen(*doses).asked(doses[-1]).warnings("too_early")
    assert tuple(sorted(warning["item"] for warning in found)) == cells(warned)


def test_the_reason_of_an_override_stands_in_the_warning() -> None:
    """The warning stays, with the reason that the prescriber gave."""
    story = tofersen("2026-01-05").given("2026-01-12", reason_override="travel to the island")
    (warning,) = story.asked("2026-01-12").warnings("too_early")
    assert "travel to the island" in warning["because"]


@table("""
    story                       | day asked  | warned
    dose 5 given 28 days late   | 2026-04-27 | -
    dose 5 given 29 days late   | 2026-04-28 | dose/5
    dose 5 given 77 days late   | 2026-06-15 | dose/5
    dose 5 pending              | 2026-04-27 | -
    dose 5 pending              | 2026-04-28 | dose/5
    dose 1 pending              | 2026-02-02 | -
    dose 1 pending              | 2026-02-03 | dose/1
    course 1 pending            | 2026-03-30 | -
    course 1 pending            | 2026-03-31 | infusion/1.1
    course 2 by default         | 2027-12-01 | -
    course 2 agreed             | 2027-04-05 | -
    course 2 agreed             | 2027-04-06 | infusion/2.1
""")
def test_a_long_interruption(story: str, day_asked: str, warned: str) -> None:
    """More than 28 days after the due date a clinician decides; loading doses are never generated again."""
    given = {"28": "2026-04-27", "29": "2026-04-28", "77": "2026-06-15"}
    stories = {f"dose 5 given {days} days late": tofersen_on_time(4).given(on) for days, on in given.items()} | {
        "dose 5 pending": tofersen_on_time(4),
        "dose 1 pending": tofersen(),
        "course 1 pending": alemtuzumab(),
        "course 2 by default": alemtuzumab_after_course_1(),
        "course 2 agreed": alemtuzumab_after_course_1().agreed(2, "2027-03-08"),
    }
    found = stories[story].asked(day_asked).warnings("long_interruption")
    assert tuple(warning["item"] for warning in found) == cells(warned)


@table("""
    how    | first day  | warned
    agreed | 2027-03-05 | yes
    agreed | 2027-03-06 | no
    given  | 2027-03-05 | yes
    given  | 2027-03-06 | no
    given  | 2026-09-01 | yes
""")
def test_a_course_before_its_minimum_gap(how: str, first_day: str, warned: str) -> None:
    """Twelve months after the last infusion (6 March 2026), not after the first (2 March)."""
    story = alemtuzumab_after_course_1()
    story = story.agreed(2, first_day) if how == "agreed" else story.infused(2, first_day)
    answer = story.asked("2026-06-01" if how == "agreed" else first_day)
    assert bool(answer.warnings("before_minimum_gap")) is (warned == "yes")


@table("""
    days of course 1                                 | warned
    2026-03-02 2026-03-03 2026-03-04 2026-03-05 2026-03-06 | no
    2026-03-02 2026-03-03 2026-03-04                 | no
    2026-03-02 2026-03-03 2026-03-04 2026-03-09 2026-03-10 | yes
    2026-03-02 2026-03-04                            | yes
""")
def test_a_split_course(days_of_course_1: str, warned: str) -> None:
    """Some centres spread a course over two weeks: accepted, and pointed out."""
    days = cells(days_of_course_1)
    assert bool(alemtuzumab(*days).asked(days[-1]).warnings("split_course")) is (warned == "yes")


def five_courses(count: int) -> Story:
    story = alemtuzumab_after_course_1()
    for number, first in enumerate(("2027-03-08", "2028-03-13", "2029-03-19", "2030-03-25")[: count - 1], 2):
        story = story.infused(number, *in_a_row(first, 3))
    return story


@table("""
    courses given | codes
    1             | -
    2             | -
    3             | -
    4             | -
    5             | beyond_label
""")
def test_more_courses_than_the_label_knows(courses_given: str, codes: str) -> None:
    """The European label knows at most four courses."""
    answer = five_courses(int(courses_given)).asked("2030-04-01" if courses_given == "5" else "2029-04-01")
    assert set(answer.codes) == set(cells(codes))


@table("""
    vaccinated | first infusion | warned
    2026-01-18 | 2026-03-02     | no
    2026-01-19 | 2026-03-02     | no
    2026-01-20 | 2026-03-02     | yes
    2026-01-26 | 2026-03-02     | yes
    2026-03-02 | 2026-03-02     | yes
    2026-03-03 | 2026-03-02     | no
    2027-02-01 | 2026-03-02     | no
""")
def test_a_course_too_soon_after_a_vaccine(vaccinated: str, first_infusion: str, warned: str) -> None:
    """Six weeks, 42 days, must lie between any vaccine and the first infusion of a course."""
    story = alemtuzumab(first_infusion, start=first_infusion).vaccinated(vaccinated, live=False)
    answer = story.asked(max(vaccinated, first_infusion))
    assert bool(answer.warnings("vaccine_interval")) is (warned == "yes")


@table("""
    vaccinated | second course | warned
    2027-01-25 | 2027-03-08    | no
    2027-01-26 | 2027-03-08    | yes
""")
def test_every_course_needs_its_interval(vaccinated: str, second_course: str, warned: str) -> None:
    """The second course asks again."""
    story = alemtuzumab_after_course_1().vaccinated(vaccinated, live=False).infused(2, second_course)
    assert bool(story.asked(second_course).warnings("vaccine_interval")) is (warned == "yes")


@table("""
    vaccinated | live | warned
    2025-12-01 | yes  | no
    2026-06-01 | no   | no
    2026-06-01 | yes  | yes
    2029-06-01 | yes  | yes
""")
def test_a_live_vaccine_after_an_infusion(vaccinated: str, live: str, warned: str) -> None:
    """No live vaccine after any course."""
    story = alemtuzumab_after_course_1().vaccinated(vaccinated, live=live == "yes")
    assert bool(story.asked("2029-07-01").warnings("vaccine_interval")) is (warned == "yes")


def test_courses_out_of_order() -> None:
    """Course 2 is dated before course 1."""
    story = alemtuzumab(*in_a_row("2027-03-15", 5), start="2026-03-02").infused(2, *in_a_row("2026-03-02", 3))
    assert story.asked("2027-04-01").warnings("course_out_of_order")


@table("""
    what happened                                 | code
    an item that does not exist is waived         | unknown_item
    an item that does not exist is moved          | unknown_item
    a task that does not exist is done            | unknown_item
    a laboratory test is ticked off as a task     | unknown_item
    a dose is ticked off as a task                | unknown_item
    a task is done                                | -
    a sample is waived                            | -
    a sample is moved out of its window           | outside_window
""")
def test_events_that_name_no_item(what_happened: str, code: str) -> None:
    """An event whose item does not exist, or is no task, changes nothing and is pointed out."""
    story = alemtuzumab_after_course_1()
    on = "2026-06-01"
    stories = {
        "an item that does not exist is waived": story.waived("cbc/1.49", on=on),
        "an item that does not exist is moved": story.moved("dose/1", "2026-06-02", on=on),
        "a task that does not exist is done": story.task_done("antiherpetic_stop/9", on=on),
        "a laboratory test is ticked off as a task": story.task_done("cbc/1.3", on=on),
        "a dose is ticked off as a task": story.task_done("infusion/2.1", on=on),
        "a task is done": story.task_done("antiherpetic_stop/1", on=on),
        "a sample is waived": story.waived("cbc/1.3", on=on),
        "a sample is moved out of its window": story.moved("cbc/1.3", "2026-08-01", on=on),
    }
    assert stories[what_happened].asked("2026-06-02").codes == cells(code)


def test_a_task_done_for_a_sample_is_no_sample() -> None:
    """Ticking a blood count off does not credit it."""
    assert (
        alemtuzumab_after_course_1().task_done("cbc/1.3", on="2026-06-01").asked("2026-06-02").state("cbc/1.3")
        == "open"
    )


@table("""
    day of the dose | warned
    2026-04-01      | no
    2026-04-02      | yes
""")
def test_a_dose_after_the_stop(day_of_the_dose: str, warned: str) -> None:
    """Stopped on 1 April."""
    answer = tofersen_on_time(4).stopped("2026-04-01").given(day_of_the_dose).asked(shift("2026-04-02", 1))
    assert bool(answer.warnings("fact_after_stop")) is (warned == "yes")


def test_samples_after_a_stop_are_no_contradiction() -> None:
    """Surveillance goes on after a stop; its samples raise no warning."""
    answer = alemtuzumab_after_course_1().stopped("2026-04-01").with_panel("cbc", "2026-06-06").asked("2026-06-10")
    assert (answer.codes, answer.state("cbc/1.3")) == ((), "done")


def test_an_ordinary_treatment_raises_no_warning() -> None:
    """Doses on time, samples, assessments, a moved and a waived item."""
    story = tofersen_on_time(4).with_panel("csf", "2026-03-02").with_assessment("weight", "2026-03-02")
    story = story.moved("dose/5", "2026-04-01", on="2026-03-20").waived("fvc/1", on="2026-03-20")
    assert story.asked("2026-03-25").codes == ()


def test_what_is_known_of_an_item_does_not_depend_on_how_far_one_asks() -> None:
    """Dose 7 exists in the plan of twelve months; waiving it is no slip because somebody asks for today only."""
    story = tofersen_on_time(4).waived("dose/7", on="2026-03-10")
    assert [story.asked("2026-03-20", until=until).codes for until in ("2026-03-20", None)] == [(), ()]
