"""What a dose or an agreed course would change in one treatment, told before anything is stored."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec

from monitor.overviews.calendar import LONGEST_HORIZON
from monitor.overviews.in_reach import treatment_in_reach
from monitor.protocols.course_and_day import check_course_and_day
from monitor.protocols.next_course import check_next_course
from monitor.schedules.facts import Administration, History, PlannedCourse
from monitor.schedules.horizon import planned_until
from monitor.schedules.plan import CourseDoses, Plan
from monitor.schedules.what_if import Supposition, WhatIf, if_agreed, if_given
from monitor.store.histories import read_history
from monitor.store.treatment import TreatmentRecord
from monitor.terms import Unacceptable
from monitor.work import Work


class SupposedCalendar(msgspec.Struct, frozen=True):
    """What would change in the calendar of one treatment as it stands on `on`, today at the site."""

    treatment_id: UUID
    protocol: str
    profile: str
    on: dt.date
    what_if: WhatIf


def what_if(
    work: Work,
    *,
    treatment_id: UUID,
    on: dt.date,
    what: str = Supposition.GIVEN,
    course: int | None = None,
    day: int | None = None,
) -> SupposedCalendar:
    """If a dose were given on `on`, or a course agreed for it; with doses planned a year from today, as ever.

    `course` and `day` as they are recorded; without both, where there are courses, the next infusion is meant. A dose
    that recording would refuse is answered with the warning that says why; a course that may not be agreed, whatever
    the reason, is refused as agreeing it would be. Raises Missing, Unacceptable, Conflict.
    """
    treatment = treatment_in_reach(work, treatment_id=treatment_id)
    return SupposedCalendar(
        treatment_id=treatment_id,
        protocol=treatment.protocol,
        profile=treatment.profile,
        on=work.today(treatment.timezone),
        what_if=_answer(work, treatment, Supposition(what), Administration(on, course, day)),
    )


def _answer(work: Work, treatment: TreatmentRecord, what: Supposition, given: Administration) -> WhatIf:
    protocol, today = work.catalog.protocol(treatment.protocol), work.today(treatment.timezone)
    plan, working_days = protocol.plan_for(treatment.profile), work.catalog.working_days(treatment.country)
    history = read_history(work.session, treatment_id=treatment.id, dictionary=work.catalog.dictionary)
    until = planned_until(today)
    if what is Supposition.AGREED:
        agreed = _agreed(plan, history, given, today=today)
        return if_agreed(plan, history, agreed=agreed, on=today, until=until, working_days=working_days)
    if given.on > today + LONGEST_HORIZON:
        raise Unacceptable("must lie within five years from today", field="on")
    if given.on < history.person.birth_date:
        raise Unacceptable("lies before the birth of the patient", field="on")
    is_left_open = given.course is None and given.day is None and isinstance(plan.doses, CourseDoses)
    if not is_left_open:
        check_course_and_day(protocol, course=given.course, day=given.day)
    return if_given(plan, history, given=given, on=today, until=until, working_days=working_days)


def _agreed(plan: Plan, history: History, given: Administration, *, today: dt.date) -> PlannedCourse:
    """The course to agree, if it may be; the first one begins on the day agreed for the start.

    Raises Unacceptable, Conflict.
    """
    if not isinstance(plan.doses, CourseDoses):
        raise Unacceptable("this protocol has no courses", field="what")
    if given.course is None or given.course == 1:
        raise Unacceptable("the number of the course is needed, from 2", field="course")
    if given.day is not None:
        raise Unacceptable("a course is agreed as a whole", field="day")
    check_next_course(plan, history, course=given.course, starts_on=given.on, today=today, field="on")
    return PlannedCourse(given.course, given.on)
