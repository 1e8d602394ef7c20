"""`/planned-courses`: the first days agreed for later courses; they are agreed and cancelled under `/treatments`."""

from __future__ import annotations

from typing import Any

from monitor.api.paging import with_link
from monitor.api.routes import LINK, Routes
from monitor.edge.house import at_work
from monitor.overviews.pages import Page
from monitor.overviews.planned_courses import AgreedCourse, planned_courses
from monitor.schemas.planned_courses import PlannedCoursePageSchema, PlannedCoursesQuery

routes = Routes("planned-courses", "Later courses with an agreed first day.")


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(PlannedCoursesQuery, location="query")
@routes.response(200, PlannedCoursePageSchema, headers=LINK)
def list_planned_courses(query: dict[str, Any]) -> tuple[Page[AgreedCourse], dict[str, str]]:
    """The agreed days of one treatment, those replaced or cancelled included."""
    with at_work(only_reads=True) as work:
        page = planned_courses(work, **query)
    return with_link(page)
