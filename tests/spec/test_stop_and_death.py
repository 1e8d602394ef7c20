"""What ends with the treatment, and what never does?"""

from __future__ import annotations

from tests.spec.builders import Story, alemtuzumab, alemtuzumab_after_course_1, in_a_row, tofersen, tofersen_on_time
from tests.spec.tables import check_window, table


@table("""
    item            | state
    dose/4          | done
    dose/5          | cancelled
    dose/6          | not listed
    csf/4           | missed
    csf/5           | cancelled
    coagulation/4   | missed
    coagulation/5   | cancelled
    weight/5        | cancelled
    csf/6           | not listed
    alsfrs_r/0      | missed
    alsfrs_r/1      | cancelled
    creatinine/1    | cancelled
    alsfrs_r/2      | not listed
    contact/1       | late
""")
def test_stopping_tofersen_ends_its_programme(item: str, state: str) -> None:
    """Stopped on 1 April, when dose 5 was two days late: what was open is cancelled, what had closed stays missed."""
    answer = tofersen_on_time(4).stopped("2026-04-01").asked("2026-04-02")
    assert answer.state(item) == state


@table("""
    stopped on | dose/5     | csf/5      | csf/4     | alsfrs_r/1
    2026-03-10 | not listed | not listed | cancelled | not listed
    2026-03-14 | not listed | not listed | cancelled | not listed
    2026-03-15 | not listed | not listed | cancelled | cancelled
    2026-03-22 | not listed | not listed | cancelled | cancelled
    2026-03-23 | not listed | cancelled  | missed    | cancelled
    2026-03-26 | not listed | cancelled  | missed    | cancelled
    2026-03-27 | cancelled  | cancelled  | missed    | cancelled
""")
def test_only_what_had_opened_is_shown_as_cancelled(stopped_on: str, **states: str) -> None:
    """Dose 5 opens on 27 March, its fluid on the 23rd, the quarter on the 15th; fluid 4 closes on the 23rd."""
    answer = tofersen_on_time(4).stopped(stopped_on).asked("2026-04-20")
    assert {key: answer.state(key) for key in states} == states


def test_stopping_tofersen_leaves_one_contact_four_weeks_later() -> None:
    """28 days after the last dose somebody asks how the patient is."""
    story = tofersen_on_time(4).stopped("2026-03-10")
    check_window(story, "contact/1", due="2026-03-30", opens="2026-03-30", closes="never", overdue="2026-04-06")
    days = {"2026-04-05": "-", "2026-04-06": "nurse soon 2026-04-06", "2026-12-01": "nurse soon 2026-04-06"}
    assert {day: story.asked(day).alert("overdue:contact") for day in days} == days
    done = story.task_done("contact/1", "2026-04-10").task_done("post_lp/4.7", "2026-04-10").asked("2026-04-10")
    assert (done.of("contact/1").done, done.topics) == ("2026-04-10", ())


def test_a_running_treatment_has_no_contact_task() -> None:
    """It exists only after a stop."""
    assert "contact/1" not in tofersen_on_time(4).asked("2026-04-10").keys


@table("""
    day asked  | topics
    2026-04-30 | dose csf alsfrs_r
    2026-05-01 | -
""")
def test_stopping_tofersen_ends_its_alerts(day_asked: str, topics: str) -> None:
    """On 1 May the treatment is stopped: from that day on neither dose nor sample is chased."""
    answer = tofersen_on_time(4).stopped("2026-05-01").asked(day_asked)
    for stream in ("dose", "csf", "alsfrs_r"):
        assert (answer.alert(f"overdue:{stream}") != "-") is (topics != "-"), stream
    assert (answer.next("dose"), answer.next("lab")) == (("2026-03-30", "2026-03-30") if topics != "-" else ("-", "-"))


def test_a_dose_after_the_stop_counts_with_a_warning() -> None:
    """It was given, whatever the plan said; the contact follows it."""
    answer = tofersen_on_time(4).stopped("2026-04-01").given("2026-04-20").asked("2026-04-20")
    assert (answer.of("dose/5").done, answer.state("dose/6"), answer.of("contact/1").due) == (
        "2026-04-20",
        "not listed",
        "2026-05-18",
    )
    assert len(answer.warnings("fact_after_stop")) == 1


def test_a_dose_on_the_day_of_the_stop_is_not_after_it() -> None:
    """Stopped at the visit itself."""
    answer = tofersen_on_time(4).stopped("2026-03-02").asked("2026-03-02")
    assert (answer.state("dose/4"), answer.codes) == ("done", ())


@table("""
    item                | state
    infusion/1.5        | done
    infusion/2.1        | not listed
    cbc/2.0             | not listed
    cbc/1.4             | missed
    cbc/1.5             | late
    cbc/1.48            | planned
    tsh/1.16            | planned
    skin/1.1            | planned
    hpv/1.4             | planned
    antiherpetic_stop/1 | late
    contraception_end/1 | done
    contact/1           | not listed
""")
def test_stopping_alemtuzumab_never_ends_surveillance(item: str, state: str) -> None:
    """Stopped on 1 August 2026: no further course, and 48 months of surveillance are owed all the same."""
    answer = alemtuzumab_after_course_1().stopped("2026-08-01").asked("2026-08-10")
    assert (answer.state(item), answer.surveillance_ends) == (state, "2030-03-06")
    assert (answer.next("dose"), answer.next("lab")) == ("-", "2026-06-06")
    assert answer.alert("overdue:cbc") == "neurologist critical 2026-04-11"


def test_antiherpetic_and_contraception_go_on_after_a_stop() -> None:
    """They belong to the infusions that were given."""
    answer = alemtuzumab_after_course_1().stopped("2026-03-20").asked("2026-03-25")
    found = {key: (answer.state(key), answer.of(key).due) for key in ("antiherpetic_stop/1", "contraception_end/1")}
    due = {"antiherpetic_stop/1": "2026-04-06", "contraception_end/1": "2026-07-06"}
    assert found == {key: ("planned", day) for key, day in due.items()}


@table("""
    item                    | state
    infusion/1.3            | done
    infusion/1.4            | cancelled
    infusion/1.5            | not listed
    platelets_in_course/1.5 | not listed
    corticosteroid/1.3      | done
    cbc/1.1                 | open
    infusion/2.1            | not listed
""")
def test_stopping_in_the_middle_of_a_course(item: str, state: str) -> None:
    """Days 1 to 3 were given, the treatment was stopped on day 4: surveillance counts from day 3."""
    answer = alemtuzumab(*in_a_row("2026-03-02", 3)).stopped("2026-03-05").asked("2026-04-01")
    assert (answer.state(item), answer.surveillance_ends) == (state, "2030-03-04")


@table("""
    item                    | state
    infusion/1.1            | cancelled
    infusion/1.2            | not listed
    cbc/1.0                 | cancelled
    corticosteroid/1.1      | cancelled
    antiherpetic_start/1    | cancelled
    platelets_in_course/1.3 | not listed
    cbc/1.1                 | not listed
    antiherpetic_stop/1     | not listed
    contraception_end/1     | not listed
""")
def test_stopping_before_the_first_infusion_ends_everything(item: str, state: str) -> None:
    """Nothing was infused, so nothing is owed."""
    answer = alemtuzumab().stopped("2026-03-02").asked("2026-06-01")
    assert (answer.state(item), answer.surveillance_ends, answer.topics) == (state, "-", ())
    assert (answer.next("dose"), answer.next("lab")) == ("-", "-")


def test_an_overdue_course_ends_with_the_stop() -> None:
    """Course 2 was ten weeks overdue when the treatment was stopped."""
    story = alemtuzumab_after_course_1().stopped("2027-05-20")
    before, after = story.asked("2027-05-19"), story.asked("2027-05-20")
    assert (before.state("infusion/2.1"), before.alert("overdue:infusion")) == (
        "overdue",
        "neurologist urgent 2027-04-05",
    )
    assert (after.state("infusion/2.1"), after.alert("overdue:infusion")) == ("cancelled", "-")


@table("""
    item                | state
    infusion/1.1        | done
    cbc/1.1             | missed
    cbc/1.2             | missed
    cbc/1.3             | cancelled
    cbc/1.4             | not listed
    cbc/1.48            | not listed
    tsh/1.1             | cancelled
    skin/1.1            | not listed
    antiherpetic_stop/1 | cancelled
    contraception_end/1 | not listed
    infusion/2.1        | not listed
""")
def test_death_cancels_everything_that_was_open(item: str, state: str) -> None:
    """Died on 10 June 2026: what had closed stays missed, what was open is cancelled, what was to come is gone."""
    answer = alemtuzumab_after_course_1().died("2026-06-10").asked("2026-06-20")
    assert (answer.state(item), answer.topics, answer.next("dose"), answer.next("lab")) == (state, (), "-", "-")


def with_late_facts(story: Story) -> Story:
    story = story.given("2026-03-12").with_result("ck", "180", "U/L", "2026-03-12")
    return story.with_assessment("weight", "2026-03-12").moved("dose/5", "2026-04-10", on="2026-03-12")


def test_facts_after_death_count_and_warn() -> None:
    """A dose, a value, a weight and a move are dated two days after the death: four warnings, and the dose stands."""
    answer = with_late_facts(tofersen_on_time(3).died("2026-03-10")).asked("2026-03-20")
    assert (len(answer.warnings("fact_after_death")), answer.of("dose/4").done) == (4, "2026-03-12")


def test_facts_of_the_day_of_death_are_not_after_it() -> None:
    """The last sample may be of that day."""
    assert tofersen_on_time(3).died("2026-03-10").with_panel("ck", "2026-03-10").asked("2026-03-20").codes == ()


def test_death_ends_tofersen_and_its_contact() -> None:
    """Nobody is called after a death."""
    answer = tofersen_on_time(4).stopped("2026-03-10").died("2026-04-01").asked("2026-04-20")
    assert (answer.state("contact/1"), answer.topics) == ("cancelled", ())
    assert tofersen("2026-01-05").died("2026-01-10").asked("2026-02-20").topics == ()
