"""Opens the follow-up form of a dose for a change, whichever row of a corrected dose it is asked by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import select

from monitor.actions.dossier_statement import lifetime_of
from monitor.actions.open_record import OpenTreatment, open_treatment
from monitor.dossier.entry import read_entry
from monitor.dossier.follow_up_form import FiledForm, FollowUpAnswers
from monitor.dossier.sections import has_follow_up_form
from monitor.store.administration import AdministrationRow
from monitor.store.follow_up_form import DoseForm, FollowUpFormRow, dose_forms
from monitor.store.prefilled_form import prefilled_form
from monitor.terms import Conflict, Missing
from monitor.work import Work


@dataclass(frozen=True, slots=True)
class OpenDose:
    """A dose with its form, in its treatment, held; `doses` are all those of the treatment."""

    treatment: OpenTreatment
    doses: tuple[DoseForm, ...]
    dose: DoseForm


def open_dose(work: Work, *, dose_id: UUID) -> OpenDose:
    """The dose that a row stands for or was corrected into. Raises Missing, Conflict."""
    query = select(AdministrationRow.treatment_id).where(AdministrationRow.id == dose_id)
    treatment_id = work.session.scalar(query)
    if treatment_id is None:
        raise _missing()
    try:
        treatment = open_treatment(work, treatment_id=treatment_id)
    except Missing:
        raise _missing() from None
    if not has_follow_up_form(treatment.record.protocol):
        raise Conflict("the protocol of this treatment asks for no form", field="dose_id")
    doses = dose_forms(work.session, (treatment_id,)).get(treatment_id, ())
    dose = next((one for one in doses if dose_id in one.known_as), None)
    if dose is None:
        raise Conflict("this dose was taken back", field="dose_id")
    return OpenDose(treatment=treatment, doses=doses, dose=dose)


def open_filed_form(work: Work, *, dose_id: UUID, form_id: UUID) -> tuple[OpenDose, FollowUpFormRow]:
    """The form of a dose as it stands. Raises Missing, Conflict (`form_id` is not what stands)."""
    opened = open_dose(work, dose_id=dose_id)
    if opened.dose.form_id is None:
        raise Conflict("no form stands for this dose", field="form_id")
    if opened.dose.form_id != form_id:
        raise Conflict("it was corrected or taken back already; read it again", field="form_id")
    return opened, work.session.get_one(FollowUpFormRow, form_id)


def form_row(
    work: Work,
    opened: OpenDose,
    *,
    answers: Mapping[str, object],
    replaces_id: UUID | None = None,
    why: str | None = None,
) -> FollowUpFormRow:
    """The row of a filed form: the answers, and what the record knew around the dose at that moment.

    Raises Unacceptable (the field inside is named, `answers.adverse_event`).
    """
    life = lifetime_of(opened.treatment)
    read = read_entry(FollowUpAnswers, answers, within="answers", life=life)
    patient_id = opened.treatment.record.patient_id
    known = prefilled_form(work.session, patient_id=patient_id, doses=opened.doses, number=opened.dose.number)
    return FollowUpFormRow(
        id=uuid4(),
        treatment_id=opened.treatment.record.id,
        administration_id=opened.dose.administration_id,
        answers=msgspec.json.encode(FiledForm(answers=read, prefilled=known)).decode(),
        replaces_id=replaces_id,
        reason=why,
        recorded_by=work.by.id,
        recorded_at=work.at,
    )


def _missing() -> Missing:
    return Missing("no such dose", field="dose_id")
