"""Open this to change how a rule reads in plain language: windows, rungs, reminders, rhythms."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.labs.thresholds import OneSex
from monitor.protocols.analyte_words import AS_IN_THE_FILE, AnalyteWords
from monitor.schedules.facts import Sex
from monitor.schedules.letters import Addressee, Letter
from monitor.schedules.plan import NO_RUNGS, AppliesTo, Rungs
from monitor.schedules.recurrence import (
    AfterCourse,
    AfterDose,
    AfterStop,
    AfterSurveillance,
    BeforeAccessExpires,
    CourseDays,
    CourseStart,
    PlanCourse,
    ResultGate,
    Rule,
    Series,
    SinceFirstInfusion,
    SurveillanceEnd,
    Window,
    WithDose,
)
from monitor.spans import Span

_ON_A_DAY: dict[type[Rule], str] = {
    WithDose: "with every dose, due when the dose is",
    CourseStart: "on day 1 of each course",
    SurveillanceEnd: "on the day on which the surveillance may end",
}
_ORDINAL = ("", "first", "second", "third", "fourth", "fifth", "sixth")
_SMALL = ("no", "one", "two", "three", "four", "five", "six")
_POSTED_TO = {Addressee.PATIENT: "the patient", Addressee.FAMILY_DOCTOR: "the family doctor"}
_WHO = {Sex.FEMALE: "women", Sex.MALE: "men", Sex.OTHER: "patients of another sex"}


def days(number: int) -> str:
    """`1 day`, `7 days`."""
    return f"{number} day{'' if number == 1 else 's'}"


def listed(words: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *before, last = words
    return f"{', '.join(before)} and {last}" if before else last


def listed_or(words: Iterable[str]) -> str:
    """`a`, `a or b`, `a, b or c`; a draft may say `nothing`."""
    *before, last = tuple(words) or ("nothing",)
    return f"{', '.join(before)} or {last}" if before else last


def opening(window: Window, *, due: str = "the due date") -> str:
    """When an occurrence can be credited at the earliest."""
    return f"opens on {due}" if window.opens == 0 else f"opens {days(-window.opens)} before {due}"


def closing(window: Window, *, due: str = "the due date", goes_with_dose: bool = False) -> str:
    """Until when an occurrence can be credited; a window is half-open, a reader is told its last day."""
    if window.closes == "never":
        return "stays open until it is done"
    if window.closes == "next":
        return "closes when the next one opens"
    last = days(window.closes - 1)
    until = f"open until {due}, that day included" if window.closes == 1 else f"open until {last} after {due}"
    return f"{until}, or the day of the dose if that is later" if goes_with_dose else until


def lateness(window: Window) -> str:
    """From when on it counts as overdue."""
    if window.overdue is None:
        return "never overdue"
    return f"{window.overdue} or more days late: overdue"


def rungs(steps: Rungs) -> str:
    """Who is told, and after how many days."""
    if steps == NO_RUNGS:
        return "nobody is alerted"
    said: list[str] = []
    for who, number in (("nurse", steps.nurse), ("neurologist", steps.neurologist), ("critical", steps.critical)):
        if number is not None:
            said.append(f"{who} after {number}" if said else f"{who} after {days(number)}")
    if steps.critical_missed is not None:
        number = steps.critical_missed
        count = _SMALL[number] if number < len(_SMALL) else str(number)
        said.append("critical when one is missed" if number == 1 else f"critical when {count} in a row are missed")
    return ", ".join([*said, *map(_letter, steps.letters)])


def _letter(letter: Letter) -> str:
    return f"{'registered ' * letter.registered}letter to {_POSTED_TO[letter.to]} after {days(letter.after)}"


def reminders(steps: tuple[int, ...]) -> str:
    """On which days, from the due date, the patient is reminded."""
    return listed(_reminder(step) for step in steps) if steps else "the patient is not reminded"


def _reminder(step: int) -> str:
    if step == 0:
        return "on the due date"
    return f"{days(-step)} before" if step < 0 else f"{days(step)} after, if not done"


def every(span: Span) -> str:
    """How often: `every month`, `every 3 months`."""
    if (span.months, span.days) == (1, 0):
        return "every month"
    return "every day" if (span.months, span.days) == (0, 1) else f"every {span}"


def schedule(rule: Rule, words: AnalyteWords = AS_IN_THE_FILE) -> str:
    """When occurrences fall due."""
    if isinstance(rule, Series):
        return _series(rule, words)
    if isinstance(rule, CourseDays):
        return (
            f"{_course_days('the first course', rule.first_course)}; {_course_days('later ones', rule.later_courses)}"
        )
    if isinstance(rule, AfterCourse):
        once = f"{rule.after} after the last infusion of each course"
        return once if rule.until is None else f"{once}, and not before {_met(rule.until, words)}"
    if isinstance(rule, PlanCourse):
        return f"{rule.after} after the last infusion of the course before course {rule.course}, until that one begins"
    return _milestone(rule)


def _series(rule: Series, words: AnalyteWords) -> str:
    rhythm = every(rule.every)
    if rule.first > 1:
        rhythm += f", from the {_ORDINAL[rule.first]} on"
    if rule.anchor == "first_dose":
        return f"{rhythm} after the first dose, for as long as the treatment lasts"
    if rule.until is not None:
        return (
            f"{rhythm} after the last infusion of a course, until {_met(rule.until, words)}; a new course starts anew"
        )
    begins = "on the day of the last infusion of a course, then " if rule.from_anchor else ""
    return f"{begins}{rhythm} after the last infusion of a course, {rule.count} times; a new course starts anew"


def _met(gate: ResultGate, words: AnalyteWords) -> str:
    return f"the first {words.name(gate.analyte)} of at least {words.amount(gate.at_least, gate.analyte)} after it"


def _milestone(rule: Rule) -> str:
    if isinstance(rule, AfterDose):
        return f"{listed(map(str, rule.days))} day{'' if rule.days == (1,) else 's'} after every dose"
    if isinstance(rule, BeforeAccessExpires):
        return f"{rule.before} before the access to the treatment expires, where that day is known"
    if isinstance(rule, SinceFirstInfusion):
        return f"{every(rule.every)} after the first infusion of all, as long as the surveillance lasts"
    if isinstance(rule, AfterSurveillance):
        return f"{every(rule.every)} after somebody closed the surveillance, without end"
    if isinstance(rule, AfterStop):
        return f"{rule.after} after the last dose, once the treatment has been stopped"
    return _ON_A_DAY[type(rule)]


def _course_days(which: str, numbers: tuple[int, ...]) -> str:
    if not numbers:
        return f"on no day of {which}"
    return f"on day{'' if len(numbers) == 1 else 's'} {listed(map(str, numbers))} of {which}"


def applies_to(condition: AppliesTo) -> str:
    """Whom it concerns."""
    who = "all patients" if condition.sex is None else _WHO[condition.sex]
    if condition.profile is not None:
        who += f" treated after the {condition.profile.upper()} label"
    excluded = condition.unless_childbearing_potential_is
    if excluded is None:
        return who
    return f"{who}, {unless_childbearing(excluded)}"


def unless_childbearing(excluded: bool) -> str:  # noqa: FBT001 - as the record says it
    """Whom it leaves out, by whether the record says that they can bear children."""
    return f"unless the record says {'that they can' if excluded else 'that they cannot'} bear children"


def of_sex(asked: OneSex) -> str:
    """Whom a rule on values or a gate for one sex concerns."""
    return f"{_WHO[Sex(asked)]} and whoever is recorded as of neither sex"
