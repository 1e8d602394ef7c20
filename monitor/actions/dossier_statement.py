"""What may be stated in a dossier: the plausibility of its section, and what the record allows beside it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

from sqlalchemy import exists, select

from monitor.actions.open_fact import open_fact_of_treatment
from monitor.actions.open_record import OpenTreatment
from monitor.dossier.access import Prescriber
from monitor.dossier.ending import NotStarted, StopReasons
from monitor.dossier.entry import Entry, Lifetime, write_entry
from monitor.dossier.sections import find_section, is_said_already, read_content
from monitor.store.administration import AdministrationRow
from monitor.store.dossier import DossierRow, standing_entries
from monitor.store.event import EventKind, kinds_of_events
from monitor.store.staff import StaffRow, StaffSiteRow
from monitor.store.succession import counts
from monitor.terms import Conflict, Missing, Role, Unacceptable
from monitor.work import Work

_ENDED = frozenset({EventKind.STOPPED, EventKind.DIED})


def lifetime_of(treatment: OpenTreatment) -> Lifetime:
    """The days on which a fact about the patient can lie."""
    patient = treatment.patient
    return Lifetime(born_on=patient.birth_date, died_on=patient.died_on, today=treatment.today)


def statement_row(
    work: Work,
    treatment: OpenTreatment,
    *,
    section: str,
    content: Mapping[str, object],
    replaces_id: UUID | None = None,
    why: str | None = None,
) -> DossierRow:
    """The row of a statement, recorded now by whoever works. Raises Unacceptable, Conflict."""
    place = find_section(section, protocol=treatment.record.protocol)
    entry = read_content(place, content, life=lifetime_of(treatment))
    standing = standing_entries(work.session, treatment_id=treatment.record.id, section=place.name)
    if place.is_single and replaces_id is None and standing:
        raise Conflict("something is stated in this section already; correct that entry", field="section")
    if is_said_already(entry, standing.values()):
        raise Conflict("the very same is stated already", field="content")
    _check_beside(work, treatment, entry, replaced=None if replaces_id is None else standing.get(replaces_id))
    return DossierRow(
        id=uuid4(),
        treatment_id=treatment.record.id,
        section=place.name,
        content=write_entry(entry),
        replaces_id=replaces_id,
        reason=why,
        recorded_by=work.by.id,
        recorded_at=work.at,
    )


def open_statement(work: Work, *, treatment_id: UUID, entry_id: UUID) -> tuple[OpenTreatment, DossierRow]:
    """An entry of this dossier as it stands, held. Raises Missing, Conflict."""
    treatment, row = open_fact_of_treatment(work, DossierRow, entry_id, is_live=counts(DossierRow))
    if row.treatment_id != treatment_id:
        raise Missing("no such entry", field="entry_id")
    return treatment, row


def _check_beside(work: Work, treatment: OpenTreatment, entry: Entry, *, replaced: Entry | None) -> None:
    if isinstance(entry, Prescriber) and not _may_prescribe(work, treatment, entry, replaced=replaced):
        raise Unacceptable("is no neurologist of this site", field="content.staff_id")
    if isinstance(entry, NotStarted) and _has_a_dose(work, treatment):
        raise Conflict("a dose is recorded, so the treatment began", field="section")
    if isinstance(entry, StopReasons) and not _ENDED & kinds_of_events(work.session, treatment_id=treatment.record.id):
        raise Conflict("the treatment goes on; stop it first", field="section")


def _may_prescribe(work: Work, treatment: OpenTreatment, said: Prescriber, *, replaced: Entry | None) -> bool:
    """One of the site that has the patient now; or who is named already, and stays so after a hand-over."""
    if isinstance(replaced, Prescriber) and replaced.staff_id == said.staff_id:
        return True
    return _is_neurologist(work, said.staff_id, site_id=treatment.record.site_id)


def _is_neurologist(work: Work, staff_id: UUID, *, site_id: UUID) -> bool:
    """Whether they are or were one here: somebody who left has prescribed nevertheless."""
    is_one = (StaffRow.id == staff_id) & (StaffRow.role == Role.NEUROLOGIST.value)
    of_site = select(StaffSiteRow).where(StaffSiteRow.staff_id == StaffRow.id, StaffSiteRow.site_id == site_id)
    return bool(work.session.scalar(select(exists().where(is_one, exists(of_site)))))


def _has_a_dose(work: Work, treatment: OpenTreatment) -> bool:
    given = exists().where(AdministrationRow.treatment_id == treatment.record.id, counts(AdministrationRow))
    return bool(work.session.scalar(select(given)))
