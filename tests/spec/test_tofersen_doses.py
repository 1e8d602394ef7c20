"""When is the next tofersen dose due?"""

from __future__ import annotations

import datetime as dt

from tests.spec.builders import TOFERSEN_ON_TIME, cells, shift, tofersen, tofersen_on_time
from tests.spec.tables import check_window, table


@table("""
    dose   | due        | weekday | study day
    dose/1 | 2026-01-05 | Mon     | 1
    dose/2 | 2026-01-19 | Mon     | 15
    dose/3 | 2026-02-02 | Mon     | 29
    dose/4 | 2026-03-02 | Mon     | 57
    dose/5 | 2026-03-30 | Mon     | 85
    dose/6 | 2026-04-27 | Mon     | 113
    dose/7 | 2026-05-25 | Mon     | 141
    dose/8 | 2026-06-22 | Mon     | 169
    dose/9 | 2026-07-20 | Mon     | 197
""")
def test_doses_on_time_fall_on_these_days(dose: str, due: str, weekday: str, study_day: str) -> None:
    """Three loading doses two weeks apart, then one every 28 days. Day 1 is the day of the first dose."""
    planned = tofersen().asked("2026-01-05").of(dose)
    given = tofersen_on_time(9).asked("2026-07-20").of(dose)
    assert (planned.due, given.due, given.done, given.state) == (due, due, due, "done")
    assert dt.date.fromisoformat(due).strftime("%a") == weekday
    assert shift("2026-01-05", int(study_day) - 1) == due


@table("""
    what happened                      | given                                                  | item   | due
    second dose missed, given day 29   | 2026-01-05 2026-02-02                                  | dose/3 | 2026-02-16
    … and the third given on that day  | 2026-01-05 2026-02-02 2026-02-16                       | dose/4 | 2026-03-16
    second dose 3 days late            | 2026-01-05 2026-01-22                                  | dose/3 | 2026-02-05
    … and the third given on that day  | 2026-01-05 2026-01-22 2026-02-05                       | dose/4 | 2026-03-05
    third dose late                    | 2026-01-05 2026-01-19 2026-02-20                       | dose/4 | 2026-03-20
    maintenance dose 10 days late      | 2026-01-05 2026-01-19 2026-02-02 2026-03-02 2026-04-09 | dose/6 | 2026-05-07
    maintenance dose 77 days late      | 2026-01-05 2026-01-19 2026-02-02 2026-03-02 2026-06-15 | dose/6 | 2026-07-13
    maintenance dose 3 days early      | 2026-01-05 2026-01-19 2026-02-02 2026-02-27            | dose/5 | 2026-03-27
    two loading doses 7 days apart     | 2026-01-05 2026-01-12                                  | dose/3 | 2026-01-26
    across a year end                  | 2027-12-06 2027-12-20                                  | dose/3 | 2028-01-03
    … first maintenance                | 2027-12-06 2027-12-20 2028-01-03                       | dose/4 | 2028-01-31
    … across a leap day to come        | 2027-12-06 2027-12-20 2028-01-03 2028-01-31            | dose/5 | 2028-02-28
    … across the leap day              | 2027-12-06 2027-12-20 2028-01-03 2028-01-31 2028-02-28 | dose/6 | 2028-03-27
""")
def test_the_next_dose_counts_from_the_last_one_given(what_happened: str, given: str, item: str, due: str) -> None:
    """The next dose is due 14 days after the last actual dose while fewer than three were given, then 28 days."""
    doses = cells(given)
    assert tofersen(*doses, start=doses[0]).asked(doses[-1]).of(item).due == due


@table("""
    day asked  | dose/4     | dose/5     | dose/6
    2026-02-20 | 2026-03-02 | 2026-03-30 | 2026-04-27
    2026-03-02 | 2026-03-02 | 2026-03-30 | 2026-04-27
    2026-03-03 | 2026-03-02 | 2026-03-31 | 2026-04-28
    2026-03-20 | 2026-03-02 | 2026-04-17 | 2026-05-15
""")
def test_a_late_dose_keeps_its_date_and_pushes_those_behind_it(day_asked: str, **due: str) -> None:
    """A dose not yet given stays due on its date; those behind it are counted as if it were given today."""
    answer = tofersen_on_time(3).asked(day_asked)
    assert {key: answer.of(key).due for key in due} == due


@table("""
    case                                | given      | item   | due        | suggested
    due on Whit Monday                  | 6 doses    | dose/7 | 2026-05-25 | 2026-05-26
    the holiday moves only the proposal | 6 doses    | dose/8 | 2026-06-22 | 2026-06-22
    given on the Tuesday                | 2026-05-26 | dose/8 | 2026-06-23 | 2026-06-23
""")
def test_a_public_holiday_moves_only_the_suggested_day(
    case: str, given: str, item: str, due: str, suggested: str
) -> None:
    """A due date is never shifted; the suggested day is the next working day in France."""
    story = tofersen_on_time(6)
    line = (
        (story if given == "6 doses" else story.given(given))
        .asked("2026-05-20" if given == "6 doses" else given)
        .of(item)
    )
    assert (line.due, line.suggested) == (due, suggested)


@table("""
    doses given | item   | due        | opens      | closes | overdue
    0           | dose/1 | 2026-01-05 | 2026-01-05 | never  | 2026-01-09
    1           | dose/2 | 2026-01-19 | 2026-01-19 | never  | 2026-01-23
    2           | dose/3 | 2026-02-02 | 2026-02-02 | never  | 2026-02-06
    3           | dose/4 | 2026-03-02 | 2026-02-27 | never  | 2026-03-10
    8           | dose/9 | 2026-07-20 | 2026-07-17 | never  | 2026-07-28
""")
def test_the_window_of_a_dose(doses_given: str, item: str, due: str, opens: str, closes: str, overdue: str) -> None:
    """A loading dose may be given from its day, a maintenance dose from 3 days before; the slot stays open."""
    story = tofersen_on_time(int(doses_given))
    check_window(story, item, due=due, opens=opens, closes=closes, overdue=overdue)


@table("""
    what was entered                   | given                            | dose/1     | dose/2     | dose/3
    nothing yet                        | -                                | -          | -          | -
    two doses                          | 2026-01-05 2026-02-02            | 2026-01-05 | 2026-02-02 | -
    a forgotten dose between them      | 2026-01-05 2026-02-02 2026-01-19 | 2026-01-05 | 2026-01-19 | 2026-02-02
    a forgotten dose before all others | 2026-01-19 2026-02-02 2026-01-05 | 2026-01-05 | 2026-01-19 | 2026-02-02
""")
def test_doses_are_numbered_in_date_order(what_was_entered: str, given: str, **done: str) -> None:
    """Each dose that was given counts and takes its place in date order; a forgotten one renumbers the later ones."""
    answer = tofersen(*cells(given)).asked("2026-02-02")
    assert {key: answer.of(key).done for key in done} == done


def test_a_second_dose_on_the_same_day_is_ignored_with_a_warning() -> None:
    """Nobody receives two doses on one day: the second entry is a slip."""
    answer = tofersen("2026-01-05", "2026-01-05").asked("2026-01-05")
    assert (answer.of("dose/1").done, answer.state("dose/2"), answer.of("dose/2").due) == (
        "2026-01-05",
        "planned",
        "2026-01-19",
    )
    assert answer.codes == ("same_day_doses",)


def test_the_first_dose_may_be_agreed_for_a_later_day() -> None:
    """`started_on` is the date agreed for the first dose and may lie after the day of the question."""
    answer = tofersen(start=TOFERSEN_ON_TIME[0]).asked("2025-12-01")
    assert (answer.state("dose/1"), answer.of("dose/1").due, answer.next("dose")) == (
        "planned",
        "2026-01-05",
        "2026-01-05",
    )
