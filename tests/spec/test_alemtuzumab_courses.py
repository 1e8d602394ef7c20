"""When are the alemtuzumab infusions due, and what goes with them?"""

from __future__ import annotations

import datetime as dt

from tests.spec.builders import alemtuzumab, alemtuzumab_after_course_1, cells, in_a_row
from tests.spec.tables import check_window, table

COURSE_2 = in_a_row("2027-03-08", 3)


@table("""
    item         | due        | weekday
    infusion/1.1 | 2026-03-02 | Mon
    infusion/1.2 | 2026-03-03 | Tue
    infusion/1.3 | 2026-03-04 | Wed
    infusion/1.4 | 2026-03-05 | Thu
    infusion/1.5 | 2026-03-06 | Fri
""")
def test_the_first_course(item: str, due: str, weekday: str) -> None:
    """Five infusions on consecutive days."""
    planned = alemtuzumab().asked("2026-02-01").of(item)
    given = alemtuzumab_after_course_1().asked("2026-03-06").of(item)
    assert (planned.due, planned.state, given.due, given.done, given.state) == (due, "planned", due, due, "done")
    assert dt.date.fromisoformat(due).strftime("%a") == weekday


@table("""
    how            | item         | due        | suggested
    by default     | infusion/2.1 | 2027-03-06 | 2027-03-08
    by default     | infusion/2.2 | 2027-03-07 | 2027-03-09
    by default     | infusion/2.3 | 2027-03-08 | 2027-03-10
    agreed         | infusion/2.1 | 2027-03-15 | 2027-03-15
    agreed         | infusion/2.2 | 2027-03-16 | 2027-03-16
    agreed         | infusion/2.3 | 2027-03-17 | 2027-03-17
""")
def test_the_second_course(how: str, item: str, due: str, suggested: str) -> None:
    """Three infusions, 12 months after the last of course 1 unless agreed otherwise; a course starts on a Monday."""
    story = alemtuzumab_after_course_1()
    line = (story.agreed(2, "2027-03-15") if how == "agreed" else story).asked("2026-06-15").of(item)
    assert (line.due, line.suggested, line.state) == (due, suggested, "planned")


def test_a_course_has_five_infusions_and_every_later_one_three() -> None:
    """The fourth and fifth days belong to course 1 only."""
    answer = alemtuzumab_after_course_1().asked("2026-06-15", until="2030-12-31")
    assert answer.keys_of("infusion") == tuple(
        f"infusion/{day}" for day in ("1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2", "2.3")
    )


@table("""
    agreed course | listed infusions of course 3
    -             | -
    2028-09-04    | infusion/3.1 infusion/3.2 infusion/3.3
""")
def test_courses_3_and_4_are_never_assumed(agreed_course: str, listed_infusions_of_course_3: str) -> None:
    """Courses 3 and 4 are optional: they appear only when agreed or given."""
    story = alemtuzumab_after_course_1().infused(2, *COURSE_2)
    for starts_on in cells(agreed_course):
        story = story.agreed(3, starts_on)
    listed = story.asked("2028-06-01", until="2033-01-01").keys_of("infusion")
    assert tuple(key for key in listed if key.startswith("infusion/3")) == cells(listed_infusions_of_course_3)
    assert not [key for key in listed if key.startswith("infusion/4")]


@table("""
    story               | item         | due        | opens      | closes | overdue
    nothing given       | infusion/1.1 | 2026-03-02 | 2026-03-02 | never  | 2026-03-10
    day 1 given         | infusion/1.2 | 2026-03-03 | 2026-03-03 | never  | 2026-03-04
    course 1 given      | infusion/2.1 | 2027-03-06 | 2027-03-06 | never  | 2027-05-05
    course 2 agreed     | infusion/2.1 | 2027-03-08 | 2027-03-08 | never  | 2027-03-16
    day 1 of 2 given    | infusion/2.2 | 2027-03-09 | 2027-03-09 | never  | 2027-03-10
""")
def test_the_window_of_an_infusion(story: str, item: str, due: str, opens: str, closes: str, overdue: str) -> None:
    """Day 1 may be a week late, a course 2 that nobody agreed yet two months; the days follow each other."""
    after_1 = alemtuzumab_after_course_1()
    stories = {
        "nothing given": alemtuzumab(),
        "day 1 given": alemtuzumab("2026-03-02"),
        "course 1 given": after_1,
        "course 2 agreed": after_1.agreed(2, "2027-03-08"),
        "day 1 of 2 given": after_1.infused(2, "2027-03-08"),
    }
    check_window(stories[story], item, due=due, opens=opens, closes=closes, overdue=overdue)


@table("""
    item                    | due        | opens      | closes     | overdue
    platelets_in_course/1.3 | 2026-03-04 | 2026-03-04 | 2026-03-06 | 2026-03-05
    platelets_in_course/1.5 | 2026-03-06 | 2026-03-06 | 2026-03-08 | 2026-03-07
    platelets_in_course/2.3 | 2027-03-10 | 2027-03-10 | 2027-03-12 | 2027-03-11
    cbc/1.0                 | 2026-03-02 | 2026-01-31 | 2026-03-03 | never
    creatinine/1.0          | 2026-03-02 | 2026-01-31 | 2026-03-03 | never
    urinalysis/1.0          | 2026-03-02 | 2026-01-31 | 2026-03-03 | never
    liver/1.0               | 2026-03-02 | 2026-01-31 | 2026-03-03 | never
    tsh/1.0                 | 2026-03-02 | 2026-01-31 | 2026-03-03 | never
    cbc/2.0                 | 2027-03-08 | 2027-02-06 | 2027-03-09 | never
    tsh/2.0                 | 2027-03-08 | 2027-02-06 | 2027-03-09 | never
    antiherpetic_stop/1     | 2026-04-06 | 2026-04-06 | never      | never
    antiherpetic_stop/2     | 2027-04-10 | 2027-04-10 | never      | never
""")
def test_what_goes_with_a_course(item: str, due: str, opens: str, closes: str, overdue: str) -> None:
    """Platelets after infusions 3 and 5 (later courses: 3), bloods within 30 days before, aciclovir a month after."""
    story = alemtuzumab_after_course_1().agreed(2, "2027-03-08").infused(2, *COURSE_2)
    check_window(story, item, due=due, opens=opens, closes=closes, overdue=overdue)


@table("""
    item                 | due        | day before | on the day | the day after
    corticosteroid/1.1   | 2026-03-02 | planned    | done       | done
    corticosteroid/1.2   | 2026-03-03 | planned    | done       | done
    corticosteroid/1.3   | 2026-03-04 | planned    | done       | done
    antiherpetic_start/1 | 2026-03-02 | planned    | done       | done
    antiherpetic_stop/1  | 2026-04-06 | planned    | open       | late
    contraception_end/1  | 2026-07-06 | planned    | open       | done
""")
def test_the_tasks_of_a_course(item: str, due: str, day_before: str, on_the_day: str, the_day_after: str) -> None:
    """Corticosteroid and the start of aciclovir are done with the infusion; contraception ends 4 months later."""
    day = dt.date.fromisoformat(due)
    states = [
        alemtuzumab_after_course_1().asked((day + dt.timedelta(days=by)).isoformat()).state(item) for by in (-1, 0, 1)
    ]
    assert alemtuzumab_after_course_1().asked("2026-03-06").of(item).due == due
    assert states == [day_before, on_the_day, the_day_after]


def test_corticosteroid_is_given_on_three_days_of_every_course() -> None:
    """There is no task for days 4 and 5."""
    answer = alemtuzumab_after_course_1().infused(2, *COURSE_2).asked("2027-03-10")
    assert answer.keys_of("corticosteroid") == tuple(
        f"corticosteroid/{day}" for day in ("1.1", "1.2", "1.3", "2.1", "2.2", "2.3")
    )


@table("""
    item                 | done on
    corticosteroid/1.2   | 2026-03-03
    antiherpetic_start/1 | 2026-03-02
    contraception_end/1  | 2026-07-07
    antiherpetic_stop/1  | 2026-04-20
""")
def test_the_day_a_task_counts_as_done(item: str, done_on: str) -> None:
    """With the infusion, the day after the four months, or the day the nurse ticks it."""
    story = alemtuzumab_after_course_1().task_done("antiherpetic_stop/1", "2026-04-20")
    assert story.asked("2026-07-10").of(item).done == done_on


@table("""
    sex    | childbearing potential | contraception_end | hpv
    female | not said               | listed            | listed
    female | yes                    | listed            | listed
    female | no                     | not listed        | listed
    male   | not said               | not listed        | not listed
    other  | not said               | not listed        | not listed
""")
def test_who_needs_contraception_and_hpv_screening(
    sex: str, childbearing_potential: str, contraception_end: str, hpv: str
) -> None:
    """Contraception concerns women unless they cannot conceive; HPV screening concerns every woman."""
    patient: dict[str, object] = {"sex": sex}
    if childbearing_potential != "not said":
        patient["childbearing_potential"] = childbearing_potential == "yes"
    answer = alemtuzumab_after_course_1(**patient).asked("2026-03-10")
    shown = ["listed" if answer.keys_of(stream) else "not listed" for stream in ("contraception_end", "hpv")]
    assert shown == [contraception_end, hpv]


@table("""
    day asked  | infusion/1.1 | infusion/1.4 | infusion/1.5
    2026-03-05 | 2026-03-02   | 2026-03-05   | 2026-03-06
    2026-03-06 | 2026-03-02   | 2026-03-05   | 2026-03-07
    2026-03-09 | 2026-03-02   | 2026-03-05   | 2026-03-10
""")
def test_a_day_missed_for_illness_pushes_the_days_behind_it(day_asked: str, **due: str) -> None:
    """Days 1 to 3 were given; days 4 and 5 wait, and never fall on one day."""
    answer = alemtuzumab(*in_a_row("2026-03-02", 3)).asked(day_asked)
    assert {key: answer.of(key).due for key in due} == due


@table("""
    item                | due
    infusion/1.4        | 2026-03-05
    infusion/1.5        | 2026-03-10
    antiherpetic_stop/1 | 2026-04-10
    cbc/1.1             | 2026-04-10
""")
def test_a_course_resumed_after_the_weekend_moves_its_anchor(item: str, due: str) -> None:
    """Days 1 to 3 on 2, 3, 4 March, days 4 and 5 on 9 and 10 March: surveillance counts from the 10th."""
    story = alemtuzumab(*in_a_row("2026-03-02", 3)).infused(1, "2026-03-09", "2026-03-10", first_day=4)
    answer = story.asked("2026-03-10")
    assert (answer.of(item).due, answer.surveillance_ends) == (due, "2030-03-10")
    assert "split_course" in answer.codes


def test_two_infusions_on_one_day_count_once() -> None:
    """The higher day is ignored with a warning: a missed infusion is never added to another."""
    answer = alemtuzumab().infused(1, "2026-03-02", "2026-03-02").asked("2026-03-02")
    assert (answer.state("infusion/1.1"), answer.state("infusion/1.2"), answer.codes) == (
        "done",
        "planned",
        ("same_day_doses",),
    )


def test_one_course_day_entered_on_two_dates_counts_twice_for_the_anchor() -> None:
    """It is done on the first date, while surveillance counts from the second."""
    answer = alemtuzumab_after_course_1().infused(1, "2026-03-09", first_day=5).asked("2026-03-09")
    found = (answer.of("infusion/1.5").done, answer.of("cbc/1.1").due, answer.surveillance_ends)
    assert found == ("2026-03-06", "2026-04-09", "2030-03-09")


def test_a_course_that_is_only_planned_lists_its_series_from_the_planned_last_day() -> None:
    """Until the first infusion, course 1 stands from the agreed date and nothing is bounded yet."""
    answer = alemtuzumab().asked("2026-02-01")
    found = (answer.of("cbc/1.0").due, answer.of("cbc/1.1").due, answer.of("tsh/1.1").due, answer.surveillance_ends)
    assert found == ("2026-03-02", "2026-04-06", "2026-06-06", "-")


@table("""
    item                    | state
    cbc/1.0                 | open
    tsh/1.0                 | open
    corticosteroid/1.1      | open
    antiherpetic_start/1    | open
    platelets_in_course/1.3 | planned
    infusion/1.1            | overdue
""")
def test_what_goes_with_a_course_waits_for_it(item: str, state: str) -> None:
    """The first infusion is ten days late: it is overdue, and what goes with it is not."""
    assert alemtuzumab().asked("2026-03-12").state(item) == state
