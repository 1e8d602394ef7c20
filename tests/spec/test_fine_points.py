"""What happens where two rules meet: endings and tasks, waivers and late entries, several moves of one item?"""

from __future__ import annotations

from tests.spec.builders import alemtuzumab, alemtuzumab_after_course_1, cells, in_a_row, tofersen, tofersen_on_time
from tests.spec.tables import table


@table("""
    item                 | state
    infusion/1.1         | cancelled
    antiherpetic_start/1 | cancelled
    antiherpetic_stop/1  | not listed
    contraception_end/1  | not listed
    contraception_end/2  | not listed
    cbc/1.0              | cancelled
    cbc/1.1              | not listed
""")
def test_nothing_is_done_or_owed_for_a_course_that_never_began(item: str, state: str) -> None:
    """Stopped a week after the agreed first day, before any infusion, and asked two years later."""
    answer = alemtuzumab().stopped("2026-03-09").asked("2028-03-09")
    assert answer.state(item) == state


@table("""
    died on    | state
    2026-07-06 | cancelled
    2026-07-07 | done
""")
def test_contraception_ends_the_day_after_only_for_the_living(died_on: str, state: str) -> None:
    """Its last day is 6 July, four months after the last infusion."""
    answer = alemtuzumab_after_course_1().died(died_on).asked("2026-08-01")
    assert answer.state("contraception_end/1") == state


@table("""
    item                 | state
    antiherpetic_start/1 | open
    corticosteroid/1.1   | open
""")
def test_what_is_done_with_an_infusion_is_never_ticked_off(item: str, state: str) -> None:
    """A tick before the infusion was given does nothing, and says so."""
    answer = alemtuzumab().task_done(item, on="2026-03-02").asked("2026-03-03")
    assert (answer.state(item), [warning["item"] for warning in answer.warnings("unknown_item")]) == (state, [item])


@table("""
    ending  | code
    died    | fact_after_death
    stopped | fact_after_stop
""")
def test_an_infusion_repeated_after_the_end_is_told(ending: str, code: str) -> None:
    """Day 5 is entered on a second date, after the end: the anchor counts it, so somebody must look."""
    story = alemtuzumab_after_course_1()
    ended = story.died("2026-03-20") if ending == "died" else story.stopped("2026-03-20")
    answer = ended.given("2026-03-25", course=1, day=5).asked("2026-04-01")
    assert [warning["item"] for warning in answer.warnings(code)] == ["infusion/1.5"]
    assert answer.surveillance_ends == "2030-03-25"


def test_a_second_dose_on_one_day_after_a_death_has_both_warnings() -> None:
    """It is ignored as a dose, and still a fact dated after the death."""
    answer = tofersen_on_time(3).died("2026-02-10").given("2026-02-20", "2026-02-20").asked("2026-03-01")
    assert sorted(answer.codes).count("fact_after_death") == 2
    assert "same_day_doses" in answer.codes


def test_a_move_outside_the_window_leaves_the_earlier_one_in_force() -> None:
    """Moved to 5 March on 20 February; a day later somebody asks for 28 February's eve, before the window opens."""
    story = tofersen_on_time(3).moved("dose/4", to="2026-03-05", on="2026-02-20")
    answer = story.moved("dose/4", to="2026-02-20", on="2026-02-21").asked("2026-02-22")
    assert (answer.of("dose/4").due, answer.of("dose/4").moved_from) == ("2026-03-05", "2026-03-02")
    assert [warning["item"] for warning in answer.warnings("outside_window")] == ["dose/4"]


def test_a_move_that_a_later_one_replaced_warns_of_nothing() -> None:
    """Only what was asked for last is looked at."""
    story = tofersen_on_time(3).moved("dose/4", to="2026-02-20", on="2026-02-10")
    assert story.moved("dose/4", to="2026-03-05", on="2026-02-21").asked("2026-02-22").codes == ()


@table("""
    waived   | on         | alert
    cbc/1.9  | 2026-05-20 | yes
    cbc/1.2  | 2026-05-20 | no
    cbc/1.1  | 2026-05-20 | yes
""")
def test_waiving_what_lies_ahead_silences_nothing(waived: str, on: str, alert: str) -> None:
    """Month 1 was missed and month 2 is two weeks late: a waiver of month 9, not open yet, is no credit."""
    answer = alemtuzumab_after_course_1().waived(waived, on=on).asked(on)
    assert ("overdue:cbc" in answer.topics) is (alert == "yes")


@table("""
    dose given | waived on  | dose/2     | dose/3
    2026-01-26 | 2026-01-26 | 2026-01-26 | -
    2026-01-25 | 2026-01-26 | 2026-01-25 | -
    2026-01-27 | 2026-01-26 | -          | 2026-01-27
""")
def test_no_later_dose_fills_a_waived_slot(dose_given: str, waived_on: str, **done: str) -> None:
    """A dose that had been given by the day of the waiver was there to be waived no more."""
    answer = tofersen("2026-01-05", dose_given).waived("dose/2", on=waived_on).asked("2026-02-01")
    assert {key: answer.of(key).done for key in done} == done


@table("""
    item         | due        | state
    infusion/1.2 | 2026-03-03 | overdue
    infusion/1.3 | 2026-03-03 | done
    infusion/1.4 | 2026-03-05 | open
""")
def test_a_skipped_day_dates_nothing(item: str, due: str, state: str) -> None:
    """Days 1 and 3 were entered, day 2 was not: day 4 follows the last one given."""
    story = alemtuzumab("2026-03-02").infused(1, "2026-03-04", first_day=3)
    line = story.asked("2026-03-05").of(item)
    assert (line.due, line.state) == (due, state)


@table("""
    resumed    | waived on  | dose/4     | dose/5
    2026-03-20 | 2026-03-25 | 2026-03-20 | 2026-04-17
    2026-03-20 | 2026-03-10 | 2026-03-02 | 2026-03-30
""")
def test_a_pause_moves_only_what_was_still_waiting(resumed: str, waived_on: str, **due: str) -> None:
    """Suspended on 1 March with dose 4 due on the 2nd; waived after the pause, or already during it."""
    story = tofersen_on_time(3).suspended("2026-03-01").resumed(resumed).waived("dose/4", on=waived_on)
    answer = story.asked("2026-03-26")
    assert {key: answer.of(key).due for key in due} == due


@table("""
    live | on         | warnings
    yes  | 2026-03-02 | infusion/1.1
    yes  | 2026-03-03 | none
    no   | 2026-03-02 | infusion/1.1
    no   | 2026-03-03 | -
""")
def test_a_vaccine_around_the_first_infusion(live: str, on: str, warnings: str) -> None:
    """On the day itself it is a vaccine too close before; a live one the day after is a live one after an infusion."""
    answer = alemtuzumab_after_course_1().vaccinated(on, live=live == "yes").asked("2026-03-10")
    found = tuple(warning["item"] or "none" for warning in answer.warnings("vaccine_interval"))
    assert found == cells(warnings)


def test_the_gap_counts_from_any_infusion_before_whatever_its_course() -> None:
    """Course 3 was given first, by mistake of numbering; course 2 half a year later is too soon all the same."""
    story = alemtuzumab_after_course_1().infused(3, *in_a_row("2027-03-08", 3)).infused(2, *in_a_row("2027-09-06", 3))
    assert [warning["item"] for warning in story.asked("2027-10-01").warnings("before_minimum_gap")] == ["infusion/2.1"]
