"""What somebody must do that leaves no value: calls after a puncture, renewals, planning, the end of surveillance."""

from __future__ import annotations

from tests.spec.builders import (
    alemtuzumab,
    alemtuzumab_after_course_1,
    anchored_on,
    cells,
    in_a_row,
    tofersen,
    tofersen_on_time,
)
from tests.spec.tables import check_rungs, check_window, table


@table("""
    item        | due        | overdue
    post_lp/4.1 | 2026-03-03 | 2026-03-05
    post_lp/4.7 | 2026-03-09 | 2026-03-11
""")
def test_a_call_one_and_seven_days_after_the_puncture(item: str, due: str, overdue: str) -> None:
    """Dose 4 was given on 2 March 2026."""
    check_window(tofersen_on_time(4), item, due=due, opens=due, closes="never", overdue=overdue)


@table("""
    day asked  | first call | second call
    2026-01-10 | 2026-01-20 | 2026-01-26
    2026-01-19 | 2026-01-20 | 2026-01-26
    2026-01-25 | 2026-01-26 | 2026-02-01
""")
def test_a_pending_dose_takes_its_calls_along(day_asked: str, first_call: str, second_call: str) -> None:
    """They are counted from the later of its due date, 19 January, and today, and are never late before it is given."""
    answer = tofersen("2026-01-05").asked(day_asked)
    assert (answer.of("post_lp/2.1").due, answer.of("post_lp/2.7").due) == (first_call, second_call)
    assert (answer.state("post_lp/2.1"), answer.state("post_lp/2.7")) == ("planned", "planned")


def test_nobody_but_the_nurse_is_told_of_a_call() -> None:
    """Two days after it was due; a later call ends the alert."""
    story = tofersen("2026-01-05")
    check_rungs(story, "overdue:post_lp", nurse="2026-01-08", neurologist="-", critical="-")
    assert story.task_done("post_lp/1.7", "2026-01-12").asked("2026-01-30").alert("overdue:post_lp") == "-"


def test_stopping_leaves_the_calls_after_doses_that_were_given() -> None:
    """Those of the dose that never came are cancelled with it."""
    answer = tofersen_on_time(4).stopped("2026-03-03").asked("2026-03-12")
    assert (answer.state("post_lp/4.7"), answer.state("post_lp/5.1")) == ("overdue", "not listed")


@table("""
    expires on | due
    2026-12-31 | 2026-11-01
    2027-03-01 | 2026-12-31
    2028-04-29 | 2028-02-29
""")
def test_the_access_is_renewed_sixty_days_ahead(expires_on: str, due: str) -> None:
    """Counted in days."""
    story = tofersen("2026-01-05", access_expires_on=expires_on)
    assert story.asked("2026-03-01", until="2028-12-31").of("access_renewal/1").due == due


def test_the_renewal_waits_and_is_passed_on() -> None:
    """The nurse after a day, the neurologist after thirty."""
    story = tofersen("2026-01-05", access_expires_on="2026-12-31")
    check_window(story, "access_renewal/1", due="2026-11-01", opens="2026-11-01", closes="never", overdue="2026-12-01")
    check_rungs(story, "overdue:access_renewal", nurse="2026-11-02", neurologist="2026-12-01", critical="-")
    assert story.task_done("access_renewal/1", "2026-11-03").asked("2027-02-01").state("access_renewal/1") == "done"
    assert story.stopped("2026-11-05").asked("2027-02-01").alert("overdue:access_renewal") == "-"


def test_a_renewed_access_must_be_renewed_again() -> None:
    """What was done for the last year does not count for the next: its window is not open yet."""
    story = tofersen("2026-01-05", access_expires_on="2027-12-31").task_done("access_renewal/1", "2026-11-03")
    answer = story.asked("2026-11-10")
    assert (answer.state("access_renewal/1"), answer.codes) == ("planned", ("long_interruption", "outside_window"))


def test_without_an_expiry_there_is_nothing_to_renew() -> None:
    assert tofersen_on_time(4).asked("2026-04-01").keys_of("access_renewal") == ()


@table("""
    item             | due        | opens      | overdue
    prescription/1.2 | 2027-03-06 | 2027-02-04 | 2027-03-21
    prescription/1.4 | 2029-03-06 | 2029-02-04 | 2029-03-21
""")
def test_the_laboratory_order_is_renewed_every_year(item: str, due: str, opens: str, overdue: str) -> None:
    """Four times in all."""
    story = alemtuzumab_after_course_1()
    check_window(story, item, due=due, opens=opens, closes="never", overdue=overdue)
    assert len(story.asked("2026-03-06").keys_of("prescription")) == 4


def test_the_first_order_is_due_with_the_last_infusion() -> None:
    """Before the course it hangs on the planned last day."""
    line = alemtuzumab().asked("2026-02-03").of("prescription/1.1")
    assert (line.due, line.opens, line.state) == ("2026-03-06", "2026-02-04", "planned")
    done = alemtuzumab_after_course_1().task_done("prescription/1.1", "2026-02-10").asked("2026-03-06")
    assert done.of("prescription/1.1").done == "2026-02-10"


def test_a_new_course_cancels_the_orders_of_the_old_one() -> None:
    """Not done by the first infusion of course 2, they are no longer wanted; the new course has its own."""
    story = alemtuzumab_after_course_1().task_done("prescription/1.1", "2026-03-06")
    answer = story.infused(2, *in_a_row("2027-03-08", 3)).asked("2027-03-10")
    found = {key: answer.state(key) for key in ("prescription/1.1", "prescription/1.2", "prescription/2.1")}
    assert found == {"prescription/1.1": "done", "prescription/1.2": "cancelled", "prescription/2.1": "open"}
    assert answer.state("prescription/1.3") == "not listed"


def test_the_order_reaches_the_nurse_only() -> None:
    check_rungs(alemtuzumab_after_course_1(), "overdue:prescription", nurse="2026-03-21", neurologist="-", critical="-")


@table("""
    item     | due        | opens      | closes     | overdue
    edss/1.1 | 2027-03-06 | 2027-01-05 | 2028-01-06 | 2027-05-05
    mri/1.4  | 2030-03-06 | 2030-01-05 | 2031-01-05 | 2030-05-05
""")
def test_edss_and_mri_come_every_year(item: str, due: str, opens: str, closes: str, overdue: str) -> None:
    """Four times, with sixty days around."""
    check_window(alemtuzumab_after_course_1(), item, due=due, opens=opens, closes=closes, overdue=overdue)
    stream = item.partition("/")[0]
    done = alemtuzumab_after_course_1().with_assessment(stream, opens).asked(due)
    assert done.of(item).done == opens


@table("""
    stream | nurse      | neurologist
    edss   | 2027-05-05 | 2027-07-04
    mri    | 2027-05-05 | 2027-07-04
""")
def test_edss_and_mri_are_missed_by_somebody(stream: str, nurse: str, neurologist: str) -> None:
    """Sixty and a hundred and twenty days."""
    check_rungs(alemtuzumab_after_course_1(), f"overdue:{stream}", nurse=nurse, neurologist=neurologist, critical="-")


def test_the_second_course_is_planned_nine_months_after_the_first() -> None:
    """Done when it begins, not when it is agreed."""
    story = alemtuzumab_after_course_1()
    check_window(story, "course_planning/2", due="2026-12-06", opens="2026-12-06", closes="never", overdue="2027-02-04")
    check_rungs(story, "overdue:course_planning", nurse="2027-02-04", neurologist="-", critical="-")
    agreed = story.agreed(2, "2027-03-08").asked("2026-12-10")
    assert agreed.state("course_planning/2") == "late"
    begun = story.infused(2, "2027-03-08").asked("2027-03-08")
    assert (begun.of("course_planning/2").due, begun.of("course_planning/2").done) == ("2026-12-06", "2027-03-08")
    assert story.stopped("2026-06-01").asked("2027-03-08").state("course_planning/2") == "not listed"


def test_a_third_course_is_not_asked_for() -> None:
    story = alemtuzumab_after_course_1().infused(2, *in_a_row("2027-03-08", 3)).infused(3, "2028-03-13")
    answer = story.asked("2028-06-01")
    assert answer.keys_of("course_planning") == ("course_planning/2",)
    assert answer.of("course_planning/2").done == "2027-03-08"


def test_surveillance_never_ends_by_itself() -> None:
    """The end is due 48 months after the last infusion, and stays until somebody closes it."""
    story = alemtuzumab_after_course_1()
    check_window(
        story, "surveillance_end/1", due="2030-03-06", opens="2030-02-04", closes="never", overdue="2030-04-05"
    )
    check_rungs(story, "overdue:surveillance_end", nurse="2030-03-13", neurologist="2030-04-05", critical="-")
    assert story.stopped("2026-06-01").asked("2031-03-01").state("surveillance_end/1") == "overdue"


def test_a_new_course_moves_the_end() -> None:
    """Closing it before was for an end that has moved: it must be closed again."""
    story = anchored_on("2022-03-07").task_done("surveillance_end/1", "2026-03-07")
    story_after = story.infused(2, "2026-04-06")
    before, after = story.asked("2026-03-10"), story_after.asked("2026-04-10")
    assert (before.state("surveillance_end/1"), before.surveillance_ends) == ("done", "2026-03-07")
    assert (after.state("surveillance_end/1"), after.of("surveillance_end/1").due) == ("planned", "2030-04-06")
    assert after.keys_of("tsh_reminder") == ()
    again = story_after.task_done("surveillance_end/1", "2030-04-10").asked("2030-05-01", until="2031-06-01")
    assert (again.of("surveillance_end/1").done, again.of("tsh_reminder/1").due) == ("2030-04-10", "2031-04-10")
    assert again.warnings("outside_window") == ()


@table("""
    closed on  | until      | reminders
    -          | 2032-12-31 | -
    2030-03-10 | 2031-01-01 | -
    2030-03-10 | 2032-12-31 | 2031-03-10 2032-03-10
    2030-01-10 | 2032-12-31 | -
""")
def test_the_thyroid_is_thought_of_after_the_end(closed_on: str, until: str, reminders: str) -> None:
    """Yearly from the day on which the surveillance was closed; closing it before its window opens closes nothing."""
    story = alemtuzumab_after_course_1()
    for day in cells(closed_on):
        story = story.task_done("surveillance_end/1", day)
    answer = story.asked("2030-04-01", until=until)
    assert tuple(answer.of(key).due for key in answer.keys_of("tsh_reminder")) == cells(reminders)


def test_the_thought_of_the_thyroid_is_never_overdue() -> None:
    story = alemtuzumab_after_course_1().task_done("surveillance_end/1", "2030-03-10")
    check_window(story, "tsh_reminder/1", due="2031-03-10", opens="2031-02-08", closes="2032-02-09", overdue="never")
    assert story.asked("2031-12-31").alert("overdue:tsh_reminder") == "-"
    assert story.task_done("tsh_reminder/1", "2031-03-01").asked("2031-03-10").state("tsh_reminder/1") == "done"


def test_nothing_is_closed_before_anything_was_infused() -> None:
    answer = alemtuzumab().asked("2026-02-01", until="2032-01-01")
    assert (answer.keys_of("surveillance_end"), answer.keys_of("tsh_reminder")) == ((), ())
