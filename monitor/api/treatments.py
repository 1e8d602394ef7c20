"""`/treatments`: start, list, show, calendar, timers of a visit, plan a course, suspend, resume, stop."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from monitor.actions.cancel_course import cancel_course
from monitor.actions.plan_course import plan_course
from monitor.actions.resume_treatment import resume_treatment
from monitor.actions.start_treatment import start_treatment
from monitor.actions.stop_treatment import stop_treatment
from monitor.actions.suspend_treatment import suspend_treatment
from monitor.api.changing import changed
from monitor.api.paging import with_link
from monitor.api.routes import ETAG, LINK, LOCATION, Routes, at, names_its_version
from monitor.edge.house import at_work
from monitor.edge.preconditions import etag
from monitor.overviews.calendar import Calendar, calendar
from monitor.overviews.exposure import exposure_of
from monitor.overviews.gates import Gates, gates
from monitor.overviews.pages import Page
from monitor.overviews.treatments import Treatment, treatment, treatments
from monitor.overviews.visit_timers import VisitTimers, visit_timers
from monitor.overviews.what_if import SupposedCalendar, what_if
from monitor.schedules.exposure import Exposure
from monitor.schemas.banner import FiledSchema
from monitor.schemas.exposure import ExposureSchema
from monitor.schemas.gates import GatesQuery, GatesSchema
from monitor.schemas.planned_courses import CancelCourseSchema, PlanCourseSchema
from monitor.schemas.treatments import (
    CalendarQuery,
    CalendarSchema,
    OneTreatmentSchema,
    ResumeTreatmentSchema,
    StartTreatmentSchema,
    StopTreatmentSchema,
    SuspendTreatmentSchema,
    TreatmentPageSchema,
    TreatmentsQuery,
)
from monitor.schemas.visit_timers import VisitTimersQuery, VisitTimersSchema
from monitor.schemas.what_if import SupposedCalendarSchema, WhatIfSchema

routes = Routes("treatments", "One patient on one pinned protocol version.")
Answer = tuple[Treatment, dict[str, str]]


@routes.route("", methods=["POST"])
@routes.arguments(StartTreatmentSchema)
@routes.response(201, FiledSchema, headers=LOCATION)
def start(body: dict[str, Any]) -> tuple[dict[str, UUID], dict[str, str]]:
    """Start a treatment; the newest version of the protocol is pinned to it."""
    with at_work() as work:
        treatment_id = start_treatment(work, **body)
    return {"id": treatment_id}, at("treatments.show", treatment_id=treatment_id)


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(TreatmentsQuery, location="query")
@routes.response(200, TreatmentPageSchema, headers=LINK)
def list_treatments(query: dict[str, Any]) -> tuple[Page[Treatment], dict[str, str]]:
    """The treatments of your sites, or of one patient."""
    with at_work(only_reads=True) as work:
        page = treatments(work, **query)
    return with_link(page)


@routes.route("/<uuid:treatment_id>", methods=["GET"])
@routes.response(200, OneTreatmentSchema, headers=ETAG)
def show(treatment_id: UUID) -> Answer:
    """One treatment."""
    with at_work(only_reads=True) as work:
        found = treatment(work, treatment_id=treatment_id)
    return found, etag(found.version)


@routes.route("/<uuid:treatment_id>/calendar", methods=["GET"], endpoint="calendar")
@routes.arguments(CalendarQuery, location="query")
@routes.response(200, CalendarSchema)
def show_calendar(query: dict[str, Any], treatment_id: UUID) -> Calendar:
    """What was done, what is due and what is to come, computed now from all facts."""
    with at_work(only_reads=True) as work:
        return calendar(work, treatment_id=treatment_id, **query)


@routes.route("/<uuid:treatment_id>/what-if", methods=["POST"], endpoint="what_if")
@routes.arguments(WhatIfSchema)
@routes.response(200, SupposedCalendarSchema)
def suppose(body: dict[str, Any], treatment_id: UUID) -> SupposedCalendar:
    """Every date that would move if a dose were given, or a course agreed, on a day; nothing is stored."""
    with at_work(only_reads=True) as work:
        return what_if(work, treatment_id=treatment_id, **body)


@routes.route("/<uuid:treatment_id>/gates", methods=["GET"], endpoint="gates")
@routes.arguments(GatesQuery, location="query")
@routes.response(200, GatesSchema)
def show_gates(query: dict[str, Any], treatment_id: UUID) -> Gates:
    """What stands before the next dose: pass, ask or block, each with its value or statement, age and source."""
    with at_work(only_reads=True) as work:
        return gates(work, treatment_id=treatment_id, **query)


@routes.route("/<uuid:treatment_id>/visit-timers", methods=["GET"], endpoint="visit_timers")
@routes.arguments(VisitTimersQuery, location="query")
@routes.response(200, VisitTimersSchema)
def show_visit_timers(query: dict[str, Any], treatment_id: UUID) -> VisitTimers:
    """When vital signs are taken around a dose, and from when on the patient may leave."""
    with at_work(only_reads=True) as work:
        return visit_timers(work, treatment_id=treatment_id, **query)


@routes.route("/<uuid:treatment_id>/exposure", methods=["GET"], endpoint="exposure")
@routes.response(200, ExposureSchema)
def show_exposure(treatment_id: UUID) -> Exposure:
    """How long and how regularly it was given: intervals between doses, days and months of treatment."""
    with at_work(only_reads=True) as work:
        return exposure_of(work, treatment_id=treatment_id)


@routes.route("/<uuid:treatment_id>/plan-course", methods=["POST"])
@routes.arguments(PlanCourseSchema)
@routes.response(200, OneTreatmentSchema, headers=ETAG)
@names_its_version
def plan(body: dict[str, Any], treatment_id: UUID) -> Answer:
    """Agree the first day of the next course, or another one; the day is read back with its weekday and confirmed."""
    return changed(plan_course, treatment, given=body, treatment_id=treatment_id)


@routes.route("/<uuid:treatment_id>/cancel-course", methods=["POST"], endpoint="cancel_course")
@routes.arguments(CancelCourseSchema)
@routes.response(200, OneTreatmentSchema, headers=ETAG)
@names_its_version
def cancel(body: dict[str, Any], treatment_id: UUID) -> Answer:
    """Take the agreed first day of a course back."""
    return changed(cancel_course, treatment, given=body, treatment_id=treatment_id)


@routes.route("/<uuid:treatment_id>/suspend", methods=["POST"])
@routes.arguments(SuspendTreatmentSchema)
@routes.response(200, OneTreatmentSchema, headers=ETAG)
@names_its_version
def suspend(body: dict[str, Any], treatment_id: UUID) -> Answer:
    """Doses wait; surveillance goes on."""
    return changed(suspend_treatment, treatment, given=body, treatment_id=treatment_id)


@routes.route("/<uuid:treatment_id>/resume", methods=["POST"])
@routes.arguments(ResumeTreatmentSchema)
@routes.response(200, OneTreatmentSchema, headers=ETAG)
@names_its_version
def resume(body: dict[str, Any], treatment_id: UUID) -> Answer:
    """Doses go on."""
    return changed(resume_treatment, treatment, given=body, treatment_id=treatment_id)


@routes.route("/<uuid:treatment_id>/stop", methods=["POST"])
@routes.arguments(StopTreatmentSchema)
@routes.response(200, OneTreatmentSchema, headers=ETAG)
@names_its_version
def stop(body: dict[str, Any], treatment_id: UUID) -> Answer:
    """No more doses; surveillance that is owed goes on."""
    return changed(stop_treatment, treatment, given=body, treatment_id=treatment_id)
