"""What is owed in the 48 months after the last infusion?"""

from __future__ import annotations

import datetime as dt

from tests.spec.builders import alemtuzumab_after_course_1, anchored_on, cells, shift
from tests.spec.tables import check_window, table


@table("""
    item            | due        | weekday | opens      | closes     | overdue
    cbc/1.1         | 2026-04-06 | Mon     | 2026-03-27 | 2026-04-26 | 2026-04-13
    cbc/1.2         | 2026-05-06 | Wed     | 2026-04-26 | 2026-05-27 | 2026-05-13
    cbc/1.3         | 2026-06-06 | Sat     | 2026-05-27 | 2026-06-26 | 2026-06-13
    cbc/1.12        | 2027-03-06 | Sat     | 2027-02-24 | 2027-03-27 | 2027-03-13
    cbc/1.47        | 2030-02-06 | Wed     | 2030-01-27 | 2030-02-24 | 2030-02-13
    cbc/1.48        | 2030-03-06 | Wed     | 2030-02-24 | 2030-03-27 | 2030-03-13
    creatinine/1.1  | 2026-04-06 | Mon     | 2026-03-27 | 2026-04-26 | 2026-04-13
    creatinine/1.48 | 2030-03-06 | Wed     | 2030-02-24 | 2030-03-27 | 2030-03-13
    urinalysis/1.1  | 2026-04-06 | Mon     | 2026-03-27 | 2026-04-26 | 2026-04-13
    urinalysis/1.48 | 2030-03-06 | Wed     | 2030-02-24 | 2030-03-27 | 2030-03-13
    liver/1.1       | 2026-04-06 | Mon     | 2026-03-27 | 2026-04-26 | 2026-04-13
    liver/1.48      | 2030-03-06 | Wed     | 2030-02-24 | 2030-03-27 | 2030-03-13
    tsh/1.1         | 2026-06-06 | Sat     | 2026-05-16 | 2026-08-16 | 2026-06-20
    tsh/1.2         | 2026-09-06 | Sun     | 2026-08-16 | 2026-11-15 | 2026-09-20
    tsh/1.16        | 2030-03-06 | Wed     | 2030-02-13 | 2030-05-16 | 2030-03-20
    skin/1.1        | 2027-03-06 | Sat     | 2027-02-04 | 2028-02-05 | 2027-04-05
    hpv/1.1         | 2027-03-06 | Sat     | 2027-02-04 | 2028-02-05 | 2027-04-05
    hpv/1.4         | 2030-03-06 | Wed     | 2030-02-04 | 2031-02-04 | 2030-04-05
""")
def test_the_series_after_course_1(item: str, due: str, weekday: str, opens: str, closes: str, overdue: str) -> None:
    """Blood and urine every month, thyroid every three months, skin and HPV every year, counted from 6 March 2026."""
    check_window(alemtuzumab_after_course_1(), item, due=due, opens=opens, closes=closes, overdue=overdue)
    assert dt.date.fromisoformat(due).strftime("%a") == weekday


@table("""
    stream     | occurrences
    cbc        | 48
    creatinine | 48
    urinalysis | 48
    liver      | 48
    tsh        | 16
    skin       | 4
    hpv        | 4
""")
def test_how_many_occurrences_are_owed(stream: str, occurrences: str) -> None:
    """The whole of the 48 months is listed, whatever is asked, and nothing after it."""
    answer = alemtuzumab_after_course_1().asked("2026-03-20", until="2026-03-20")
    numbers = sorted(int(key.rpartition(".")[2]) for key in answer.keys_of(stream))
    first = 1 if stream in {"skin", "hpv"} else 0
    assert numbers == list(range(first, int(occurrences) + 1))
    assert answer.surveillance_ends == "2030-03-06"


@table("""
    last infusion | month | due
    2026-01-31    | 1     | 2026-02-28
    2026-01-31    | 2     | 2026-03-31
    2026-01-31    | 3     | 2026-04-30
    2026-01-31    | 4     | 2026-05-31
    2026-01-31    | 5     | 2026-06-30
    2026-01-31    | 6     | 2026-07-31
    2026-01-31    | 13    | 2027-02-28
    2026-01-31    | 25    | 2028-02-29
    2026-01-31    | 48    | 2030-01-31
    2028-02-29    | 1     | 2028-03-29
    2028-02-29    | 12    | 2029-02-28
    2028-02-29    | 24    | 2030-02-28
    2028-02-29    | 36    | 2031-02-28
    2028-02-29    | 48    | 2032-02-29
    2026-08-31    | 1     | 2026-09-30
    2026-08-31    | 2     | 2026-10-31
    2026-08-31    | 3     | 2026-11-30
    2026-08-31    | 4     | 2026-12-31
    2026-08-31    | 5     | 2027-01-31
    2026-08-31    | 6     | 2027-02-28
    2026-08-31    | 7     | 2027-03-31
    2026-08-31    | 18    | 2028-02-29
    2026-08-31    | 48    | 2030-08-31
""")
def test_months_end_where_the_calendar_ends(last_infusion: str, month: str, due: str) -> None:
    """Each month counts from the last infusion; a day that a month lacks becomes its last day, that month only."""
    assert anchored_on(last_infusion).asked(last_infusion).of(f"cbc/1.{month}").due == due


def test_a_due_date_on_easter_monday_moves_neither_itself_nor_the_next() -> None:
    """6 April 2026 is a holiday: the sample is suggested for the 7th, the next one stays due on 6 May."""
    answer = alemtuzumab_after_course_1().asked("2026-03-20")
    first, second = answer.of("cbc/1.1"), answer.of("cbc/1.2")
    assert (first.due, first.suggested, second.due, second.suggested) == (
        "2026-04-06",
        "2026-04-07",
        "2026-05-06",
        "2026-05-06",
    )


@table("""
    sample on  | credited to
    2026-05-26 | cbc/1.2
    2026-05-27 | cbc/1.3
    2026-06-06 | cbc/1.3
    2026-06-25 | cbc/1.3
    2026-06-26 | cbc/1.4
    2030-02-23 | cbc/1.47
    2030-02-24 | cbc/1.48
    2030-03-26 | cbc/1.48
    2030-03-27 | -
""")
def test_which_month_a_blood_count_belongs_to(sample_on: str, credited_to: str) -> None:
    """The windows of a series cover the calendar without gap or overlap; a sample belongs to one month only."""
    answer = alemtuzumab_after_course_1().with_panel("cbc", sample_on).asked("2030-06-01")
    done = [key for key in answer.keys_of("cbc") if key.startswith("cbc/1.") and answer.state(key) == "done"]
    assert done == list(cells(credited_to))


@table("""
    sample on  | credited to
    2026-05-15 | -
    2026-05-16 | tsh/1.1
    2026-08-15 | tsh/1.1
    2026-08-16 | tsh/1.2
""")
def test_which_quarter_a_thyroid_test_belongs_to(sample_on: str, credited_to: str) -> None:
    """A three-monthly sample may be three weeks early."""
    answer = alemtuzumab_after_course_1().with_panel("tsh", sample_on).asked("2026-12-01")
    done = [key for key in answer.keys_of("tsh") if answer.state(key) == "done"]
    assert done == list(cells(credited_to))


def test_an_early_or_late_sample_never_moves_the_next_due_date() -> None:
    """The series hangs on the infusion, not on the samples."""
    for day in ("2026-05-27", "2026-06-25"):
        answer = alemtuzumab_after_course_1().with_panel("cbc", day).asked(shift(day, 1))
        assert answer.of("cbc/1.4").due == "2026-07-06"
