"""`/appointments`: agree a visit, move it, cancel it, list them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from monitor.actions.cancel_appointment import cancel_appointment
from monitor.actions.make_appointment import make_appointment
from monitor.actions.move_appointment import move_appointment
from monitor.api.paging import with_link
from monitor.api.routes import LINK, Routes
from monitor.edge.house import at_work
from monitor.overviews.appointments import Appointment, appointments
from monitor.overviews.pages import Page
from monitor.schemas.appointments import (
    AppointmentPageSchema,
    AppointmentsQuery,
    MakeAppointmentSchema,
    MoveAppointmentSchema,
)
from monitor.schemas.banner import FiledSchema
from monitor.schemas.form import ReasonSchema

routes = Routes("appointments", "Visits agreed for some items: reminders follow them, lateness does not.")


@routes.route("", methods=["POST"])
@routes.arguments(MakeAppointmentSchema)
@routes.response(201, FiledSchema)
def make(body: dict[str, Any]) -> dict[str, UUID]:
    """Agree a visit."""
    with at_work() as work:
        return {"id": make_appointment(work, **body)}


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(AppointmentsQuery, location="query")
@routes.response(200, AppointmentPageSchema, headers=LINK)
def list_appointments(query: dict[str, Any]) -> tuple[Page[Appointment], dict[str, str]]:
    """The visits of one treatment, those moved or cancelled included."""
    with at_work(only_reads=True) as work:
        page = appointments(work, **query)
    return with_link(page)


@routes.route("/<uuid:appointment_id>/move", methods=["POST"])
@routes.arguments(MoveAppointmentSchema)
@routes.response(201, FiledSchema)
def move(body: dict[str, Any], appointment_id: UUID) -> dict[str, UUID]:
    """Agree another day for it; the answer names the visit that takes its place."""
    with at_work() as work:
        return {"id": move_appointment(work, appointment_id=appointment_id, **body)}


@routes.route("/<uuid:appointment_id>/cancel", methods=["POST"])
@routes.arguments(ReasonSchema)
@routes.response(201, FiledSchema)
def cancel(body: dict[str, Any], appointment_id: UUID) -> dict[str, UUID]:
    """Cancel it."""
    with at_work() as work:
        return {"id": cancel_appointment(work, appointment_id=appointment_id, **body)}
