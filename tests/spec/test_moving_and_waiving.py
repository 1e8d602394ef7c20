"""What happens when a visit is moved or a measurement is waived?"""

from __future__ import annotations

from tests.spec.builders import alemtuzumab_after_course_1, cells, shift, tofersen, tofersen_on_time
from tests.spec.tables import table


@table("""
    moved to   | due        | moved from | warning
    2026-05-26 | 2026-06-06 | -          | outside_window
    2026-05-27 | 2026-05-27 | 2026-06-06 | -
    2026-06-10 | 2026-06-10 | 2026-06-06 | -
    2026-06-25 | 2026-06-25 | 2026-06-06 | -
    2026-06-26 | 2026-06-06 | -          | outside_window
""")
def test_a_sample_is_moved_inside_its_window_only(moved_to: str, due: str, moved_from: str, warning: str) -> None:
    """Month 3 is due on 6 June and may be credited from 27 May to 25 June; outside of it nothing changes."""
    answer = alemtuzumab_after_course_1().moved("cbc/1.3", moved_to, on="2026-05-20").asked("2026-05-20")
    line = answer.of("cbc/1.3")
    assert (line.due, line.moved_from, answer.codes) == (due, moved_from, cells(warning))
    assert (line.opens, line.closes) == ("2026-05-27", "2026-06-26")


@table("""
    day asked  | state   | alert
    2026-06-06 | open    | -
    2026-06-07 | late    | -
    2026-06-11 | late    | nurse soon 2026-06-11
    2026-06-13 | overdue | neurologist urgent 2026-06-11
    2026-06-20 | overdue | neurologist urgent 2026-06-11
""")
def test_lateness_does_not_follow_a_moved_sample(day_asked: str, state: str, alert: str) -> None:
    """Month 3 was moved from 6 to 20 June: reminders follow, lateness and the ladder do not."""
    story = alemtuzumab_after_course_1().with_panel("cbc", "2026-04-06", "2026-05-06")
    answer = story.moved("cbc/1.3", "2026-06-20", on="2026-06-01").asked(day_asked)
    line = answer.of("cbc/1.3")
    assert (line.due, line.state, answer.alert("overdue:cbc")) == ("2026-06-20", state, alert)


@table("""
    moved to   | item   | due        | moved from | opens
    2026-03-06 | dose/4 | 2026-03-06 | 2026-03-02 | 2026-02-27
    2026-03-06 | csf/4  | 2026-03-06 | any        | 2026-02-27
    2026-03-06 | cbc/4  | 2026-03-06 | any        | 2026-02-27
    2026-03-06 | dose/5 | 2026-04-03 | -          | 2026-03-31
    2026-02-27 | dose/4 | 2026-02-27 | 2026-03-02 | 2026-02-27
    2026-02-26 | dose/4 | 2026-03-02 | -          | 2026-02-27
    2026-05-04 | dose/4 | 2026-05-04 | 2026-03-02 | 2026-02-27
""")
def test_a_moved_dose_takes_its_visit_along(moved_to: str, item: str, due: str, moved_from: str, opens: str) -> None:
    """What goes with the dose goes with the new date, and the later doses are projected from it."""
    line = tofersen_on_time(3).moved("dose/4", moved_to, on="2026-02-20").asked("2026-02-20").of(item)
    assert (line.due, line.opens) == (due, opens)
    assert moved_from in {"any", line.moved_from}


@table("""
    moved to   | nurse      | neurologist | critical
    2026-03-06 | 2026-03-07 | 2026-03-09  | 2026-04-03
    2026-03-16 | 2026-03-17 | 2026-03-19  | 2026-04-13
    2026-03-17 | 2026-03-17 | 2026-03-19  | 2026-04-13
    2026-04-30 | 2026-03-17 | 2026-03-19  | 2026-04-13
""")
def test_the_ladder_of_a_moved_dose_waits_two_weeks_at_most(
    moved_to: str, nurse: str, neurologist: str, critical: str
) -> None:
    """The rungs of a dose count from the new date, but from no later than 14 days after the computed one."""
    story = tofersen_on_time(3).moved("dose/4", moved_to, on="2026-02-20")
    days = {
        shift(nurse, -1): "-",
        nurse: f"nurse soon {nurse}",
        shift(neurologist, -1): f"nurse soon {nurse}",
        neurologist: f"neurologist urgent {nurse}",
        shift(critical, -1): f"neurologist urgent {nurse}",
        critical: f"neurologist critical {nurse}",
    }
    assert {day: story.asked(day).alert("overdue:dose") for day in days} == days


@table("""
    day asked  | state
    2026-02-26 | planned
    2026-03-02 | open
    2026-03-03 | late
    2026-03-09 | late
    2026-03-10 | overdue
""")
def test_the_state_of_a_moved_dose_counts_from_its_computed_date(day_asked: str, state: str) -> None:
    """Dose 4 was moved from 2 to 20 March; it is late on 3 March all the same."""
    answer = tofersen_on_time(3).moved("dose/4", "2026-03-20", on="2026-02-20").asked(day_asked)
    assert answer.state("dose/4") == state


@table("""
    given                            | waived          | item   | due        | state
    2026-01-05                       | dose/2          | dose/2 | 2026-01-19 | waived
    2026-01-05                       | dose/2          | dose/3 | 2026-02-02 | open
    2026-01-05 2026-02-02            | dose/2          | dose/3 | 2026-02-02 | done
    2026-01-05 2026-02-02            | dose/2          | dose/4 | 2026-02-16 | planned
    2026-01-05 2026-02-02            | dose/2          | dose/5 | 2026-03-16 | planned
    2026-01-05 2026-01-19 2026-02-02 | dose/4          | dose/5 | 2026-03-30 | planned
    2026-01-05 2026-01-19            | dose/3          | dose/4 | 2026-02-16 | planned
    2026-01-05                       | dose/2 dose/3   | dose/4 | 2026-02-16 | planned
""")
def test_a_waived_dose_keeps_its_number(given: str, waived: str, item: str, due: str, state: str) -> None:
    """No later dose fills a waived slot; the next counts from its due date, 14 days while fewer than 3 were given."""
    story = tofersen(*cells(given))
    for key in cells(waived):
        story = story.waived(key, on="2026-01-20")
    line = story.asked("2026-02-02").of(item)
    assert (line.due, line.state) == (due, state)


@table("""
    item          | state
    dose/2        | waived
    csf/2         | waived
    weight/2      | waived
    status_scales/2 | waived
    coagulation/2 | waived
    cbc/2         | waived
""")
def test_what_goes_with_a_waived_dose_is_waived_with_it(item: str, state: str) -> None:
    """There is no visit."""
    assert tofersen("2026-01-05").waived("dose/2", on="2026-01-19").asked("2026-01-26").state(item) == state


@table("""
    waived | alert for the fluid on 26 january
    -      | neurologist urgent 2026-01-07
    dose/2 | neurologist urgent 2026-01-07
    csf/2  | -
""")
def test_a_waived_dose_is_no_credit_for_the_fluid(waived: str, alert_for_the_fluid_on_26_january: str) -> None:
    """The fluid of dose 1 is still owed when dose 2 is waived; only a waiver of the fluid itself ends its alert."""
    story = tofersen("2026-01-05")
    for key in cells(waived):
        story = story.waived(key, on="2026-01-20")
    assert story.asked("2026-01-26").alert("overdue:csf") == alert_for_the_fluid_on_26_january


@table("""
    waived  | state  | alert
    -       | late   | nurse soon 2026-06-11
    cbc/1.3 | waived | -
""")
def test_a_waived_sample_ends_the_alert(waived: str, state: str, alert: str) -> None:
    """A waiver with a reason is a clinical act and counts as a credit for lateness."""
    story = alemtuzumab_after_course_1().with_panel("cbc", "2026-04-06", "2026-05-06")
    for key in cells(waived):
        story = story.waived(key, on="2026-06-12")
    answer = story.asked("2026-06-12")
    assert (answer.state("cbc/1.3"), answer.alert("overdue:cbc")) == (state, alert)


def test_a_sample_done_all_the_same_is_done() -> None:
    """Done comes before waived."""
    story = alemtuzumab_after_course_1().waived("cbc/1.3", on="2026-06-01").with_panel("cbc", "2026-06-05")
    assert story.asked("2026-06-12").state("cbc/1.3") == "done"


@table("""
    until      | state of dose/5
    2026-05-01 | overdue
    2026-12-31 | overdue
    2027-12-31 | overdue
""")
def test_a_visit_in_a_far_year_hides_nothing(until: str, **states: str) -> None:
    """Dose 5 was due on 30 March and moved to the next year by a slip: it stays on the list as overdue."""
    answer = tofersen_on_time(4).moved("dose/5", "2027-04-30", "2026-03-20").asked("2026-05-01", until=until)
    assert answer.state("dose/5") == states["state_of_dose/5"]
