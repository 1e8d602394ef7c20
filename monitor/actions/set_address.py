"""Where letters to the patient, or to the family doctor about them, are posted."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from monitor.actions.acceptable import read_text
from monitor.actions.open_record import open_patient
from monitor.actions.permitted import permitted
from monitor.actions.record_letter import read_addressee
from monitor.store.patient import change_patient
from monitor.store.postal_address import PostalAddressRow, address_lines, next_number
from monitor.terms import Unacceptable
from monitor.work import Work

MOST_LINES = 6
LONGEST_LINE = 38  # characters of a line that a window shows (the post of France, and others allow no more)


@permitted
def set_address(
    work: Work, *, patient_id: UUID, to: str, lines: Sequence[str], expected_version: int | None = None
) -> UUID:
    """Note the address, line by line as it stands in the window; no lines: nobody knows it any more. The patient's id.

    What stood there before stays readable. Raises Missing, StaleVersion, Unacceptable.
    """
    addressee = read_addressee(to)
    if len(lines) > MOST_LINES:
        raise Unacceptable(f"must not have more than {MOST_LINES} lines", field="lines")
    kept = tuple(read_text(line, field=f"lines[{number}]", longest=LONGEST_LINE) for number, line in enumerate(lines))
    patient = open_patient(work, patient_id=patient_id, expected_version=expected_version)
    if address_lines(work.session, patient_id=patient_id, to=addressee) == kept:
        return patient_id
    row = PostalAddressRow(
        id=uuid4(),
        patient_id=patient_id,
        addressee=addressee.value,
        number=next_number(work.session, patient_id=patient_id, to=addressee),
        lines="\n".join(kept) or None,
        recorded_by=work.by.id,
        recorded_at=work.at,
    )
    work.session.add(row)
    change_patient(work.session, patient_id=patient_id)
    work.note(
        "set_address",
        patient_id=patient_id,
        site_id=patient.record.site_id,
        subject=f"postal_address {row.id}",
        content={"to": addressee.value},
    )
    return patient_id
