"""What stands against the first dose of a course today (primitives P5, P13, P22): gates, which move no date."""

from __future__ import annotations

import datetime as dt
import re

from monitor.schedules.course_doses import Course
from monitor.schedules.doses import Dose
from monitor.schedules.facts import Vaccinated, Vzv
from monitor.schedules.known import Known
from monitor.schedules.occurrence import Occurrence
from monitor.schedules.plan import CourseDoses

_WORDS = re.compile(r"[^\W\d_]+")


def set_gates(
    plan: CourseDoses, known: Known, courses: list[Course], *, baselines: list[Occurrence], doses: list[Occurrence]
) -> None:
    """Gives the first pending dose of each course that has not begun the ids of the gates that are not open.

    The dose is taken as given on the later of its due date and the day of the question. `baselines`: those of every
    stream, credited. Ids: `minimum_gap` (SmPC Lemtrada 4.2), `vaccine_interval` and `vzv` (4.4: antibodies negative and
    no vaccine against it known by its name), `baseline:<stream>` (4.4; at most 30 days old: policy, REMS in the US).
    Nothing judges a value here. Raises nothing.
    """
    by_key = {occurrence.key: occurrence for occurrence in doses}
    for course in courses:
        first = next((dose for dose in course.doses if dose.is_pending), None)
        if first is None or course.has_infusion:
            continue
        missing = [
            f"baseline:{found.stream.id}"
            for found in baselines
            if found.course == course.number and found.done_on is None and not found.is_waived
        ]
        by_key[first.key].gates = (*_intervals(plan, known, courses, course, first), *missing)


def _intervals(plan: CourseDoses, known: Known, courses: list[Course], course: Course, first: Dose) -> list[str]:
    shut = []
    day = first.taken_on
    before = [given for other in courses if other.number != course.number for given in other.dates if given < day]
    if before and day < plan.minimum_gap.after(max(before)):
        shut.append("minimum_gap")
    vaccinations = known.decisions.vaccinations
    if any(is_too_close(plan, vaccine, day) for vaccine in vaccinations):
        shut.append("vaccine_interval")
    if known.person.vzv is Vzv.NEGATIVE and not any(_is_against_vzv(plan, vaccine) for vaccine in vaccinations):
        shut.append("vzv")
    return shut


def is_too_close(plan: CourseDoses, vaccine: Vaccinated, first: dt.date) -> bool:
    """Whether an infusion on `first` would come sooner after the vaccine than the label allows (P22)."""
    return vaccine.on <= first < plan.wait_after_vaccine.after(vaccine.on)


def _is_against_vzv(plan: CourseDoses, vaccine: Vaccinated) -> bool:
    words = _WORDS.findall(vaccine.vaccine.casefold())
    return any(word.startswith(plan.vzv_vaccines) for word in words)
