"""What a dose would change is told before it is given: every date that moves, and nothing that only time moves."""

from __future__ import annotations

import datetime as dt

from tests.schedules.supposing import CHANGES, asked, if_given, keys, moves
from tests.spec.builders import alemtuzumab, alemtuzumab_after_course_1, in_a_row, tofersen, tofersen_on_time

AFTER_COURSE_1 = "2026-06-15"


def test_a_dose_on_its_day_moves_nothing_and_is_credited() -> None:
    answer = if_given(tofersen_on_time(3), "2026-03-02", asked_on="2026-02-20")

    assert answer.supposed.key == "dose/4"
    assert answer.supposed.due_on == dt.date(2026, 3, 2)
    assert {what: keys(answer.changes, what) for what in CHANGES if keys(answer.changes, what)} == {
        "credited": ("dose/4",)
    }


def test_a_late_dose_takes_along_what_goes_with_it_and_every_dose_after_it() -> None:
    answer = if_given(tofersen_on_time(3), "2026-03-09", asked_on="2026-02-20", until="2026-05-01")
    moved = moves(answer.changes)

    assert moved["csf/4"] == ("2026-03-02", "2026-03-09", 7)
    assert moved["dose/5"] == ("2026-03-30", "2026-04-06", 7)
    assert moved["dose/6"] == ("2026-04-27", "2026-05-04", 7)  # beyond the horizon, and moved all the same
    assert "dose/4" not in moved
    assert "dose/7" not in moved
    assert (answer.changes.next.dose.before, answer.changes.next.dose.after) == (
        dt.date(2026, 3, 2),
        dt.date(2026, 4, 6),
    )
    assert keys(answer.changes, "appears") == keys(answer.changes, "disappears") == ()


def test_an_early_dose_is_warned_of_and_brings_the_others_forward() -> None:
    answer = if_given(tofersen_on_time(3), "2026-02-16", asked_on="2026-02-16", until="2026-03-20")

    assert [(warning.code, warning.item) for warning in answer.changes.warnings] == [("too_early", "dose/4")]
    assert moves(answer.changes)["dose/5"] == ("2026-03-30", "2026-03-16", -14)


def test_an_overdue_dose_ends_its_alert() -> None:
    answer = if_given(tofersen_on_time(3), "2026-03-16", asked_on="2026-03-16")

    assert [alert.topic for alert in answer.changes.alerts_end] == ["overdue:dose"]
    assert answer.changes.alerts_begin == ()


def test_a_dose_to_come_ends_no_alert_that_does_not_exist_yet() -> None:
    """On the day of the dose there would be one, but nobody has seen it."""
    answer = if_given(tofersen_on_time(3), "2026-03-16", asked_on="2026-03-02")

    assert answer.changes.alerts_end == ()


def test_a_sample_that_the_moved_window_leaves_behind_counts_no_more() -> None:
    """Blood of 24 February is within seven days of 2 March, but not of the day a week later."""
    story = tofersen_on_time(3).with_panel("cbc", "2026-02-24")
    answer = if_given(story, "2026-03-09", asked_on="2026-02-25")

    assert keys(answer.changes, "uncredited") == ("cbc/4",)
    assert "cbc/4" not in keys(if_given(story, "2026-03-02", asked_on="2026-02-25").changes, "uncredited")


def test_an_appointment_that_the_new_date_overtakes_is_warned_of() -> None:
    story = tofersen_on_time(3).moved("dose/5", "2026-03-31", on="2026-02-20")
    answer = if_given(story, "2026-03-09", asked_on="2026-02-20")

    assert [(warning.code, warning.item) for warning in answer.changes.warnings] == [("outside_window", "dose/5")]
    assert moves(answer.changes)["dose/5"] == ("2026-03-31", "2026-04-06", 6)


def test_a_long_interruption_is_warned_of_before_it_happens() -> None:
    answer = if_given(tofersen_on_time(3), "2026-05-04", asked_on="2026-02-20")

    assert [warning.code for warning in answer.changes.warnings] == ["long_interruption"]


def test_a_forgotten_dose_renumbers_those_after_it() -> None:
    story = tofersen("2026-01-05", "2026-02-02")
    answer = if_given(story, "2026-01-19", asked_on="2026-02-03")

    assert answer.supposed.key == "dose/2"
    credited = {credit.key: credit.done_on.isoformat() for credit in answer.changes.credited}
    assert (credited["dose/2"], credited["dose/3"]) == ("2026-01-19", "2026-02-02")
    assert moves(answer.changes)["dose/3"][:2] == ("2026-02-16", "2026-02-02")


def test_a_second_dose_of_one_day_changes_nothing_but_a_warning() -> None:
    answer = if_given(tofersen_on_time(3), "2026-02-02", asked_on="2026-02-20")

    assert [warning.code for warning in answer.changes.warnings] == ["same_day_doses"]
    assert all(keys(answer.changes, what) == () for what in CHANGES)


def test_the_first_infusion_of_a_new_course_restarts_the_surveillance() -> None:
    answer = if_given(alemtuzumab_after_course_1(), "2027-03-08", asked_on=AFTER_COURSE_1)
    changes = answer.changes

    assert (answer.supposed.key, answer.supposed.due_on) == ("infusion/2.1", dt.date(2027, 3, 6))
    assert (changes.surveillance_ends_on.before, changes.surveillance_ends_on.after) == (
        dt.date(2030, 3, 6),
        dt.date(2031, 3, 8),
    )
    assert {"cbc/2.1", "tsh/2.16"} <= set(keys(changes, "appears"))
    assert {"cbc/1.13", "tsh/1.16", "hpv/1.4"} <= set(keys(changes, "disappears"))
    assert "cbc/1.12" not in keys(changes, "disappears")  # due by the first day of the new course: it stays owed
    assert changes.warnings == ()


def test_an_early_dose_closes_the_window_of_the_one_before() -> None:
    """The sample of dose 3 counts until a week before dose 4; with dose 4 on 18 February that day is over."""
    answer = if_given(tofersen_on_time(3), "2026-02-18", asked_on="2026-02-12")
    windows = {window.key: window.closes_on for window in answer.changes.windows}

    assert (windows["csf/3"].before, windows["csf/3"].after) == (dt.date(2026, 2, 23), dt.date(2026, 2, 11))
    assert "csf/2" not in windows


def test_a_course_too_soon_or_too_close_to_a_vaccine_is_warned_of() -> None:
    story = alemtuzumab_after_course_1().vaccinated("2027-01-20", live=False)
    answer = if_given(story, "2027-02-01", asked_on="2027-01-25", course=2, day=1)

    assert {warning.code for warning in answer.changes.warnings} == {"before_minimum_gap", "vaccine_interval"}


def test_where_no_infusion_is_pending_the_next_course_is_meant() -> None:
    story = alemtuzumab_after_course_1().infused(2, *in_a_row("2027-03-08", 3))
    answer = if_given(story, "2028-03-13", asked_on="2027-06-15")

    assert (answer.supposed.course, answer.supposed.day, answer.supposed.due_on) == (3, 1, None)


def test_what_waits_for_another_dose_is_not_moved_by_this_one() -> None:
    """Course 2 was agreed and has not begun: its later days are counted from the day of the question, dose or not."""
    story = alemtuzumab(*in_a_row("2026-03-02", 4)).agreed(2, "2027-03-08")
    answer = if_given(story, "2027-03-25", asked_on="2027-03-15", course=1, day=5)
    moved = moves(answer.changes)

    assert "infusion/2.2" not in moved
    assert "infusion/2.3" not in moved
    assert moved["cbc/1.13"][1] == "2028-04-25"


def test_what_time_alone_credits_is_no_credit_of_the_dose() -> None:
    """The contraception of course 1 ends by itself in July, long before the dose that is asked about."""
    answer = if_given(alemtuzumab_after_course_1(), "2027-03-08", asked_on=AFTER_COURSE_1)

    assert "infusion/2.1" in keys(answer.changes, "credited")
    assert "contraception_end/1" not in keys(answer.changes, "credited")


def test_a_month_missed_by_then_is_still_the_next_date_of_the_laboratory() -> None:
    """A dose in a month does not excuse the sample that is owed today."""
    answer = if_given(alemtuzumab_after_course_1(), "2027-03-08", asked_on="2026-04-10")

    assert answer.changes.next.lab.before == answer.changes.next.lab.after == dt.date(2026, 4, 6)


def test_what_is_dated_after_the_question_plays_no_part() -> None:
    story = alemtuzumab_after_course_1().vaccinated("2026-07-01", live=True)
    answer = if_given(story, "2027-03-08", asked_on=AFTER_COURSE_1)

    assert answer.changes.warnings == ()


def test_a_dose_after_the_end_is_warned_of() -> None:
    stopped = if_given(tofersen_on_time(3).stopped("2026-02-10"), "2026-03-02", asked_on="2026-02-20")
    died = if_given(tofersen_on_time(3).died("2026-02-10"), "2026-03-02", asked_on="2026-03-05")

    assert [warning.code for warning in stopped.changes.warnings] == ["fact_after_stop"]
    assert [warning.code for warning in died.changes.warnings] == ["fact_after_death"]


def test_agreeing_a_course_moves_its_own_days_and_no_surveillance() -> None:
    changes = asked(alemtuzumab_after_course_1().history, on=AFTER_COURSE_1).agreed(2, dt.date(2027, 3, 29)).changes

    assert moves(changes)["infusion/2.1"] == ("2027-03-06", "2027-03-29", 23)
    assert {move.key.partition("/")[2].partition(".")[0] for move in changes.moved} == {"2"}
    assert changes.surveillance_ends_on.before == changes.surveillance_ends_on.after
    assert changes.warnings == ()


def test_agreeing_a_course_too_soon_is_warned_of() -> None:
    changes = asked(alemtuzumab_after_course_1().history, on=AFTER_COURSE_1).agreed(2, dt.date(2027, 2, 1)).changes

    assert [warning.code for warning in changes.warnings] == ["before_minimum_gap"]


def test_moving_an_agreed_course_replaces_the_agreement() -> None:
    story = alemtuzumab_after_course_1().agreed(2, "2027-03-08")
    again = asked(story.history, on=AFTER_COURSE_1).agreed(2, dt.date(2027, 3, 8)).changes
    moved = asked(story.history, on=AFTER_COURSE_1).agreed(2, dt.date(2027, 3, 15)).changes

    assert all(keys(again, what) == () for what in CHANGES)
    assert moves(moved)["infusion/2.3"] == ("2027-03-10", "2027-03-17", 7)
