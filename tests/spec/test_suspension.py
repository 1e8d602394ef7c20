"""What happens while a treatment is suspended, and when it is resumed?"""

from __future__ import annotations

from tests.spec.builders import alemtuzumab, alemtuzumab_after_course_1, tofersen, tofersen_on_time
from tests.spec.tables import table


@table("""
    item          | state   | blocked by
    dose/5        | planned | suspended
    csf/5         | planned | suspended
    weight/5      | planned | suspended
    coagulation/5 | planned | suspended
    alsfrs_r/1    | late    | -
    csf/4         | missed  | -
""")
def test_a_suspended_treatment_asks_for_no_dose(item: str, state: str, blocked_by: str) -> None:
    """Suspended on 20 March, before dose 5 of the 30th: on 8 April dose and visit wait, the quarter does not."""
    line = tofersen_on_time(4).suspended("2026-03-20").asked("2026-04-08").of(item)
    assert (line.state, line.blocked) == (state, blocked_by)


@table("""
    day asked  | suspended on | alert for the dose             | long_interruption
    2026-04-08 | 2026-12-01   | neurologist urgent 2026-03-31  | no
    2026-04-08 | 2026-03-20   | -                              | no
    2026-04-08 | 2026-04-05   | -                              | no
    2026-06-01 | 2026-12-01   | neurologist critical 2026-03-31 | yes
    2026-06-01 | 2026-03-20   | -                              | no
""")
def test_a_suspension_silences_the_dose(
    day_asked: str, suspended_on: str, alert_for_the_dose: str, long_interruption: str
) -> None:
    """No alert and no warning about a dose that is held on purpose, even one that was overdue already."""
    answer = tofersen_on_time(4).suspended(suspended_on).asked(day_asked)
    assert answer.alert("overdue:dose") == alert_for_the_dose
    assert bool(answer.warnings("long_interruption")) is (long_interruption == "yes")


@table("""
    resumed on | day asked  | due        | state   | alert
    2026-03-25 | 2026-03-31 | 2026-03-30 | late    | nurse soon 2026-03-31
    2026-04-15 | 2026-04-15 | 2026-04-15 | open    | -
    2026-04-15 | 2026-04-16 | 2026-04-15 | late    | nurse soon 2026-04-16
    2026-04-15 | 2026-04-22 | 2026-04-15 | late    | neurologist urgent 2026-04-16
    2026-04-15 | 2026-04-23 | 2026-04-15 | overdue | neurologist urgent 2026-04-16
""")
def test_a_resumed_treatment_counts_from_the_later_day(
    resumed_on: str, day_asked: str, due: str, state: str, alert: str
) -> None:
    """The dose is due on its date or on the day of resumption, whichever is later, and lateness counts from there."""
    answer = tofersen_on_time(4).suspended("2026-03-20").resumed(resumed_on).asked(day_asked)
    line = answer.of("dose/5")
    assert (line.due, line.state, line.blocked, answer.alert("overdue:dose")) == (due, state, "-", alert)


@table("""
    suspended on | resumed on | day asked  | blocked by
    2026-03-20   | 2026-03-20 | 2026-03-28 | -
    2026-03-20   | 2026-03-19 | 2026-03-28 | suspended
    2026-03-20   | 2026-03-28 | 2026-03-27 | suspended
    2026-03-20   | 2026-03-28 | 2026-03-28 | -
    2026-03-28   | -          | 2026-03-27 | -
    2026-03-28   | -          | 2026-03-28 | suspended
""")
def test_a_suspension_lasts_from_its_day_to_the_day_of_resumption(
    suspended_on: str, resumed_on: str, day_asked: str, blocked_by: str
) -> None:
    """Suspended and resumed on one day is resumed, in whatever order the two were entered."""
    story = tofersen_on_time(4)
    stories = [story.suspended(suspended_on)]
    if resumed_on != "-":
        stories = [stories[0].resumed(resumed_on), story.resumed(resumed_on).suspended(suspended_on)]
    assert [each.asked(day_asked).of("dose/5").blocked for each in stories] == [blocked_by] * len(stories)


@table("""
    item         | state   | blocked by
    infusion/2.1 | planned | suspended
    cbc/2.0      | planned | suspended
    cbc/1.14     | overdue | -
    tsh/1.4      | overdue | -
    skin/1.1     | overdue | -
""")
def test_surveillance_goes_on_while_suspended(item: str, state: str, blocked_by: str) -> None:
    """Course 2 is held; blood, urine and thyroid after course 1 are owed all the same."""
    answer = alemtuzumab_after_course_1().suspended("2026-12-01").asked("2027-05-14")
    line = answer.of(item)
    assert (line.state, line.blocked) == (state, blocked_by)
    assert answer.alert("overdue:infusion") == "-"
    assert answer.alert("overdue:cbc").startswith("neurologist critical")


def test_a_suspended_start_keeps_its_baselines_waiting() -> None:
    """The first dose was held: neither it nor its baselines are late."""
    answer = tofersen().suspended("2026-01-04").asked("2026-03-01")
    states = [
        (answer.of(key).state, answer.of(key).blocked) for key in ("dose/1", "alsfrs_r/0", "creatinine/0", "csf/1")
    ]
    assert states == [("planned", "suspended")] * 4


def test_a_suspended_first_course_waits() -> None:
    """The first infusion was held."""
    answer = alemtuzumab().suspended("2026-02-20").asked("2026-04-01")
    assert (answer.of("infusion/1.1").blocked, answer.alert("overdue:infusion")) == ("suspended", "-")
    assert (
        alemtuzumab().suspended("2026-02-20").resumed("2026-04-01").asked("2026-04-01").of("infusion/1.1").due
        == "2026-04-01"
    )


def test_a_baseline_is_never_both_closed_and_planned() -> None:
    """Course 1 was entered from its day 2 on, then suspended: its baseline either waits or is missed."""
    story = alemtuzumab().infused(1, "2026-03-02", first_day=2).suspended("2026-03-02")
    line = story.asked("2026-03-03").of("cbc/1.0")
    assert (line.state == "missed") is (line.closes <= "2026-03-03")
