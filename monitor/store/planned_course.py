"""A later course with an agreed first day; append-only: another day is a successor, a cancellation a retraction."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import BindParameter, CheckConstraint, ForeignKey, Uuid, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.schedules.facts import PlannedCourse
from monitor.store.base import Base, at_most, successor_rules
from monitor.store.succession import counts


class PlannedCourseRow(Base):
    """Course 1 begins on the day the treatment starts, so only later ones are planned here.

    `reason` says why another row was replaced, or why the day was agreed against a gate.
    """

    __tablename__ = "planned_course"
    __table_args__ = (
        CheckConstraint("course BETWEEN 2 AND 99", name="course_is_later"),
        *successor_rules(),
        at_most("reason", 500),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    treatment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("treatment.id"), index=True)
    course: Mapped[int]
    starts_on: Mapped[dt.date]
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("planned_course.id"), unique=True)
    is_retraction: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None]
    recorded_by: Mapped[uuid.UUID]
    recorded_at: Mapped[dt.datetime]


# Typed by hand: the type of the column is that of what it refers to, which need not be known yet.
_IDS: BindParameter[uuid.UUID] = bindparam("ids", type_=Uuid(), expanding=True)
_STANDING = (
    select(PlannedCourseRow.treatment_id, PlannedCourseRow.course, PlannedCourseRow.starts_on)
    .where(PlannedCourseRow.treatment_id.in_(_IDS), counts(PlannedCourseRow))
    .order_by(PlannedCourseRow.recorded_at, PlannedCourseRow.id)
)


def agreed_courses(
    session: Session, *, treatment_ids: Sequence[uuid.UUID]
) -> Mapping[uuid.UUID, Sequence[PlannedCourse]]:
    """The courses with an agreed first day, by treatment."""
    found: dict[uuid.UUID, list[PlannedCourse]] = defaultdict(list)
    for treatment_id, course, starts_on in session.execute(_STANDING, {"ids": treatment_ids}):
        found[treatment_id].append(PlannedCourse(course=course, starts_on=starts_on))
    return found


def standing_plan(session: Session, *, treatment_id: uuid.UUID, course: int) -> PlannedCourseRow | None:
    """The row that says when this course is to begin; None where nothing is agreed."""
    query = select(PlannedCourseRow).where(
        PlannedCourseRow.treatment_id == treatment_id, PlannedCourseRow.course == course, counts(PlannedCourseRow)
    )
    return session.scalars(query).one_or_none()
