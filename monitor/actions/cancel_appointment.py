"""A visit will not take place: its items are due again when the label asks for them."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.file_fact import file_fact
from monitor.actions.open_fact import open_fact_of_treatment
from monitor.actions.permitted import permitted
from monitor.store.appointment import AppointmentRow
from monitor.store.succession import counts, retraction_of
from monitor.work import Work


@permitted
def cancel_appointment(work: Work, *, appointment_id: UUID, reason: str) -> UUID:
    """Cancel a visit; the id of the retraction. Raises Missing, Conflict (moved or cancelled already)."""
    why = read_reason(reason)
    treatment, old = open_fact_of_treatment(work, AppointmentRow, appointment_id, is_live=counts(AppointmentRow))
    row = retraction_of(old, by=work.by.id, at=work.at, why=why)
    return file_fact(work, treatment, row, action="cancel_appointment", why=why)
