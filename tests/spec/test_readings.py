"""Where the rules leave a choice: what was left open, how it was read, and an example that holds it in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.spec.builders import (
    Story,
    alemtuzumab,
    alemtuzumab_after_course_1,
    in_a_row,
    tofersen,
    tofersen_on_time,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence that can be read in two ways, and the way it is read here."""

    sentence: str
    reading: str
    example: Callable[[], object]
    expected: object


def after_course_2() -> Story:
    return alemtuzumab_after_course_1().infused(2, *in_a_row("2027-03-08", 3))


def brought_forward() -> object:
    story = tofersen_on_time(3).moved("dose/4", "2026-02-27", on="2026-02-20")
    return [
        (story.asked(day).state("dose/4"), story.asked(day).alert("overdue:dose"))
        for day in ("2026-02-27", "2026-02-28")
    ]


def contacts() -> object:
    never_given = tofersen().stopped("2026-01-20").asked("2026-06-01")
    infused = alemtuzumab_after_course_1().stopped("2026-03-20").asked("2026-06-01")
    return [answer.state("contact/1") for answer in (never_given, infused)]


def window_after_a_waived_slot() -> object:
    line = tofersen("2026-01-05", "2026-02-02").waived("dose/2", on="2026-01-20").asked("2026-02-02").of("dose/4")
    return line.due, line.opens


def doses_behind_a_suspended_one() -> object:
    answer = tofersen_on_time(4).suspended("2026-03-20").asked("2026-04-08")
    return [(answer.of(key).state, answer.of(key).blocked) for key in ("dose/5", "dose/6")]


def second_course_of_a_treatment_suspended_in_the_first() -> object:
    answer = alemtuzumab(*in_a_row("2026-03-02", 3)).suspended("2026-03-05").asked("2027-06-01")
    return answer.of("infusion/2.1").blocked, answer.alert("overdue:infusion")


def sample_after_the_stop() -> object:
    story = tofersen_on_time(4).stopped("2026-04-01").with_assessment("alsfrs_r", "2026-04-03")
    return story.asked("2026-04-10").state("alsfrs_r/1")


def sample_after_the_death() -> object:
    story = alemtuzumab_after_course_1().died("2026-06-10").with_panel("tsh", "2026-06-12")
    answer = story.asked("2026-06-20")
    return answer.state("tsh/1.1"), answer.codes


def sample_after_a_new_course_began() -> object:
    story = alemtuzumab_after_course_1().infused(2, *in_a_row("2027-03-30", 3)).with_panel("cbc", "2027-04-02")
    answer = story.asked("2027-04-10")
    return answer.state("cbc/1.13"), answer.state("cbc/2.1")


def moved_twice() -> object:
    story = (
        tofersen_on_time(4)
        .moved("dose/5", "2026-04-03", on="2026-03-12")
        .moved("dose/5", "2026-04-01", on="2026-03-10")
    )
    return story.asked("2026-03-20").of("dose/5").due


def moved_then_given() -> object:
    answer = tofersen_on_time(5).moved("dose/5", "2026-04-03", on="2026-03-12").asked("2026-03-30")
    dose, fluid = answer.of("dose/5"), answer.of("csf/5")
    return dose.due, dose.moved_from, dose.done, fluid.due


def baseline_inside_a_late_series() -> object:
    story = after_course_2().with_panel("cbc", "2027-02-06").waived("cbc/2.0", on="2027-03-10")
    return story.asked("2027-03-20").alert("overdue:cbc")


def missed_on_both_sides_of_a_new_course() -> object:
    story = after_course_2().with_panel("cbc", "2027-02-06")
    return [story.asked(day).alert("overdue:cbc") for day in ("2027-04-29", "2027-04-30")]


def task_done_before_it_opens() -> object:
    answer = alemtuzumab_after_course_1().task_done("antiherpetic_stop/1", on="2026-04-05").asked("2026-04-06")
    return answer.state("antiherpetic_stop/1"), answer.codes


def first_day_waived() -> object:
    answer = alemtuzumab().waived("infusion/1.1", on="2026-03-02").asked("2026-03-02")
    return [(answer.state(key), answer.of(key).due) for key in ("infusion/1.1", "infusion/1.2", "cbc/1.0")]


def early_sample_of_a_pending_course() -> object:
    story = alemtuzumab_after_course_1().with_panel("tsh", "2027-03-01")
    before, after = story.asked("2027-04-20"), story.infused(2, "2027-04-19").asked("2027-04-20")
    return before.state("tsh/2.0"), after.state("tsh/2.0")


READINGS = (
    Reading(
        "the rungs of a moved dose count from the new date",
        "also where it was brought forward: the nurse hears of it the day after the agreed date, the state stays",
        brought_forward,
        [("open", "-"), ("open", "nurse soon 2026-02-28")],
    ),
    Reading(
        "after a stop one contact remains, 28 days after the last dose",
        "of tofersen only, and only where a dose was given",
        contacts,
        ["not listed", "not listed"],
    ),
    Reading(
        "a waived slot keeps its number and the interval goes by the doses given",
        "the window goes by the number of the slot: the fourth opens 3 days before, whatever was given",
        window_after_a_waived_slot,
        ("2026-02-16", "2026-02-13"),
    ),
    Reading(
        "the pending dose and what goes with it are blocked while suspended",
        "the doses projected behind it are simply planned",
        doses_behind_a_suspended_one,
        [("planned", "suspended"), ("planned", "-")],
    ),
    Reading(
        "the pending dose is blocked while suspended, without alert",
        "so is the first day of every later course that has become due meanwhile",
        second_course_of_a_treatment_suspended_in_the_first,
        ("suspended", "-"),
    ),
    Reading(
        "what was open is cancelled by a stop",
        "a sample taken afterwards inside the window is done: done comes first",
        sample_after_the_stop,
        "done",
    ),
    Reading(
        "everything not done is cancelled by a death, and later facts count",
        "a sample dated after the death inside the window is done, with its warning",
        sample_after_the_death,
        ("done", ("fact_after_death",)),
    ),
    Reading(
        "a new course cancels what was due after its first infusion and is not done",
        "a sample taken after that infusion no longer credits the cancelled occurrence",
        sample_after_a_new_course_began,
        ("cancelled", "planned"),
    ),
    Reading(
        "a moved item shows its new date",
        "of two moves the one recorded on the later day counts",
        moved_twice,
        "2026-04-03",
    ),
    Reading(
        "a dose keeps its due date when it is given, and what goes with it takes the date of the dose",
        "a moved dose given on another day keeps the agreed date as its due date",
        moved_then_given,
        ("2026-04-03", "2026-03-30", "2026-03-30", "2026-03-30"),
    ),
    Reading(
        "baselines count neither for lateness nor as missed in a row",
        "a waived baseline is no credit either: month 12 of course 1 is still chased",
        baseline_inside_a_late_series,
        "neurologist urgent 2027-03-11",
    ),
    Reading(
        "two missed in a row are critical",
        "the last month of course 1 and the first of course 2 are in a row; the baseline between them is not looked at",
        missed_on_both_sides_of_a_new_course,
        ["neurologist urgent 2027-03-11", "neurologist critical 2027-03-11"],
    ),
    Reading(
        "a task is done by the event that says so",
        "not before its window opens: it stays open, and the event is pointed out",
        task_done_before_it_opens,
        ("open", ("outside_window",)),
    ),
    Reading(
        "what goes with a waived dose is waived with it",
        "the baselines of a course go with its day 1; day 2 is then due the day after the waived day",
        first_day_waived,
        [("waived", "2026-03-02"), ("planned", "2026-03-03"), ("waived", "2026-03-02")],
    ),
    Reading(
        "a baseline counts while its course is pending and closes no earlier than the day after it",
        "a sample that lies more than 30 days before the course that was really given is a baseline no more",
        early_sample_of_a_pending_course,
        ("done", "missed"),
    ),
)


@pytest.mark.parametrize("row", [pytest.param(row, id=row.reading) for row in READINGS])
def test_a_sentence_is_read_in_one_way(row: Reading) -> None:
    """Each row: the sentence, the reading, and an example worked by hand."""
    assert row.example() == row.expected
