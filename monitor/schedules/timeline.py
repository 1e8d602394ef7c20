"""The doses of one treatment in order: what every stream of its protocol is counted from."""

from __future__ import annotations

import datetime as dt

from monitor.schedules.course_doses import Course
from monitor.schedules.doses import Dose
from monitor.schedules.known import Known


class Timeline:
    """The doses that streams hang on.

    `courses` is empty where the protocol has none; `doses` then ends with one that only closes windows. `horizon`: how
    far an unbounded series is worked out. `watched_until`: the end of the surveillance, None where it has none or
    nothing was infused. `closed_on`: the day on which somebody closed it.
    """

    __slots__ = ("closed_on", "courses", "doses", "horizon", "known", "watched_until")

    def __init__(
        self,
        known: Known,
        *,
        doses: list[Dose],
        courses: list[Course],
        horizon: dt.date,
        watched_until: dt.date | None = None,
    ) -> None:
        self.known = known
        self.doses = doses
        self.courses = courses
        self.horizon = horizon
        self.watched_until = watched_until
        self.closed_on: dt.date | None = None
