"""Which infusion of which course: open this when a course or a day of a course is refused, or taken, wrongly."""

from __future__ import annotations

from monitor.protocols.protocol import Protocol
from monitor.schedules.plan import CourseDoses
from monitor.terms import Unacceptable


def check_course_and_day(protocol: Protocol, *, course: int | None, day: int | None) -> None:
    """Both where the protocol has courses, and only there; a day that the course has. Raises Unacceptable."""
    doses = protocol.rules.doses
    if not isinstance(doses, CourseDoses):
        for field, number in (("course", course), ("day", day)):
            if number is not None:
                raise Unacceptable("this protocol has no courses", field=field)
        return
    if course is None or course < 1:
        raise Unacceptable("the number of the course is needed, from 1", field="course")
    if day is None or not 1 <= day <= doses.days_in(course):
        raise Unacceptable(f"needs a day from 1 to {doses.days_in(course)}", field="day")
