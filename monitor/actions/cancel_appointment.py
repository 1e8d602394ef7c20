"""A visit will not take place: its items are due again when the label asks for them."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.file_fact import file_fact
from monitor.actions.make_appointment import visit_row
from monitor.actions.open_fact import open_fact_of_treatment
from monitor.actions.permitted import permitted
from monitor.store.appointment import AppointmentRow
from monitor.store.succession import counts
from monitor.work import Work


@permitted
def cancel_appointment(work: Work, *, appointment_id: UUID, reason: str, expected_version: int | None = None) -> UUID:
    """Cancel a visit; the id of the retraction. Raises Missing, StaleVersion, Conflict (moved or cancelled already)."""
    why = read_reason(reason)
    treatment, old = open_fact_of_treatment(
        work, AppointmentRow, appointment_id, is_live=counts(AppointmentRow), expected_version=expected_version
    )
    row = visit_row(work, treatment_id=old.treatment_id, keys=old.keys, on=old.on, time=old.time, place=old.place)
    row.replaces_id, row.reason, row.is_retraction = old.id, why, True
    return file_fact(work, treatment, row, action="cancel_appointment", why=why)
