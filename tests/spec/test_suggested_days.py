"""On which day is the visit proposed?"""

from __future__ import annotations

from tests.spec.builders import alemtuzumab, alemtuzumab_after_course_1, in_a_row, tofersen
from tests.spec.tables import table


@table("""
    due        | what day it is               | suggested
    2026-01-01 | New Year                     | 2026-01-02
    2026-01-06 | Tuesday, Epiphany            | 2026-01-06
    2026-01-10 | Saturday                     | 2026-01-12
    2026-01-11 | Sunday                       | 2026-01-12
    2026-04-03 | Good Friday, a working day   | 2026-04-03
    2026-04-05 | Easter Sunday                | 2026-04-07
    2026-04-06 | Easter Monday                | 2026-04-07
    2026-05-01 | Labour Day, a Friday         | 2026-05-04
    2026-05-08 | Victory Day, a Friday        | 2026-05-11
    2026-05-14 | Ascension, a Thursday        | 2026-05-15
    2026-05-25 | Whit Monday                  | 2026-05-26
    2026-07-14 | National Day, a Tuesday      | 2026-07-15
    2026-08-15 | Assumption, a Saturday       | 2026-08-17
    2026-11-01 | All Saints, a Sunday         | 2026-11-02
    2026-11-11 | Armistice, a Wednesday       | 2026-11-12
    2026-12-25 | Christmas, a Friday          | 2026-12-28
    2025-12-26 | Friday, Alsace rests         | 2025-12-26
    2027-03-29 | Easter Monday                | 2027-03-30
    2028-06-05 | Whit Monday                  | 2028-06-06
""")
def test_the_next_working_day_in_france(due: str, what_day_it_is: str, suggested: str) -> None:
    """Monday to Friday, no national holiday, on the due date or after it; the due date itself is never shifted."""
    line = tofersen(start=due).asked(due).of("dose/1")
    assert (line.due, line.suggested) == (due, suggested)


@table("""
    due        | what day it is             | day 1      | day 2      | day 3      | day 4      | day 5
    2026-03-02 | Monday                     | 2026-03-02 | 2026-03-03 | 2026-03-04 | 2026-03-05 | 2026-03-06
    2026-03-03 | Tuesday                    | 2026-03-09 | 2026-03-10 | 2026-03-11 | 2026-03-12 | 2026-03-13
    2026-03-08 | Sunday                     | 2026-03-09 | 2026-03-10 | 2026-03-11 | 2026-03-12 | 2026-03-13
    2026-04-06 | Easter Monday              | 2026-04-13 | 2026-04-14 | 2026-04-15 | 2026-04-16 | 2026-04-17
    2026-05-11 | Monday before Ascension    | 2026-05-11 | 2026-05-12 | 2026-05-13 | 2026-05-15 | 2026-05-18
    2026-05-22 | Friday before Whit Monday  | 2026-06-01 | 2026-06-02 | 2026-06-03 | 2026-06-04 | 2026-06-05
    2026-04-27 | Monday before Labour Day   | 2026-04-27 | 2026-04-28 | 2026-04-29 | 2026-04-30 | 2026-05-04
""")
def test_a_course_is_proposed_from_a_monday(due: str, what_day_it_is: str, **suggested: str) -> None:
    """The first Monday that is no holiday, then the working days that follow."""
    answer = alemtuzumab(start=due).asked("2026-02-01")
    assert {f"day_{day}": answer.of(f"infusion/1.{day}").suggested for day in range(1, 6)} == suggested
    assert answer.of("infusion/1.1").due == due


@table("""
    what happened                                   | item                    | due        | suggested
    first dose on a Saturday, its baseline          | alsfrs_r/0              | 2026-01-10 | 2026-01-10
    first dose on a Saturday, its clotting          | coagulation/1           | 2026-01-10 | 2026-01-10
    first dose on a Saturday, its fluid             | csf/1                   | 2026-01-10 | 2026-01-12
    infusion days on Thursday to Monday, the 3rd    | platelets_in_course/1.3 | 2026-01-10 | 2026-01-10
    infusion days on Wednesday to Sunday, the 5th   | platelets_in_course/1.5 | 2026-01-11 | 2026-01-12
""")
def test_a_day_after_the_window_is_not_proposed(what_happened: str, item: str, due: str, suggested: str) -> None:
    """Where the window closes before the next working day, the due date itself is proposed."""
    story = alemtuzumab if "infusion" in what_happened else tofersen
    if story is tofersen:
        line = tofersen("2026-01-10", start="2026-01-10").asked("2026-01-10").of(item)
    else:
        first = "2026-01-08" if "Thursday" in what_happened else "2026-01-07"
        line = alemtuzumab(*in_a_row(first, 5), start=first).asked("2026-01-12").of(item)
    assert (line.due, line.suggested) == (due, suggested)


@table("""
    item          | due        | suggested
    dose/1        | 2026-01-10 | 2026-01-12
    coagulation/1 | 2026-01-10 | 2026-01-12
    alsfrs_r/0    | 2026-01-10 | 2026-01-12
    csf/1         | 2026-01-10 | 2026-01-12
""")
def test_a_pending_dose_can_still_move_the_window(item: str, due: str, suggested: str) -> None:
    """The dose due on a Saturday will be given on the Monday, and its window goes with it."""
    line = tofersen(start="2026-01-10").asked("2026-01-05").of(item)
    assert (line.due, line.suggested) == (due, suggested)


@table("""
    moved to   | suggested
    2026-06-12 | 2026-06-12
    2026-06-13 | 2026-06-15
    2026-06-25 | 2026-06-25
""")
def test_a_moved_item_is_proposed_from_its_new_date(moved_to: str, suggested: str) -> None:
    """The next working day on or after the date agreed."""
    line = alemtuzumab_after_course_1().moved("cbc/1.3", moved_to, on="2026-05-20").asked("2026-05-20").of("cbc/1.3")
    assert (line.due, line.suggested) == (moved_to, suggested)
