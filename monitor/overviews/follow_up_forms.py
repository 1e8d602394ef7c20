"""The follow-up forms of a treatment, dose by dose, open and filed; and one of them, filled in from what is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select

from monitor.dossier.follow_up_form import FiledForm, Prefilled
from monitor.dossier.sections import has_follow_up_form
from monitor.overviews.in_reach import require_treatment
from monitor.overviews.pages import Page, fetch, make_page, read_cursor
from monitor.store.administration import AdministrationRow
from monitor.store.follow_up_form import DoseForm, FollowUpFormRow, TakenBackForm, dose_forms, taken_back_forms
from monitor.store.prefilled_form import prefilled_form
from monitor.store.treatment import TreatmentRow
from monitor.terms import Missing
from monitor.work import Work


class FormOfDose(msgspec.Struct, frozen=True):
    """The form of one dose in a list; `is_report_owed` is None as long as it is open.

    `is_taken_back`: the dose was; it has no number any more, and its form stays for whoever must hear of it.
    """

    dose_id: UUID
    treatment_id: UUID
    dose_number: int | None
    dose_on: dt.date
    is_taken_back: bool
    is_open: bool
    form_id: UUID | None
    is_report_owed: bool | None
    filed_by: UUID | None
    filed_at: dt.datetime | None


class FormVersion(msgspec.Struct, frozen=True):
    """One row of a form: as it was filed, corrected or taken back."""

    id: UUID
    answers: dict[str, Any]
    is_retraction: bool
    replaces_id: UUID | None
    reason: str | None
    recorded_by: UUID
    recorded_at: dt.datetime


class FollowUpForm(msgspec.Struct, frozen=True):
    """One form: filled in from the record as it is now while open, as it was at the filing once filed.

    `is_taken_back`: the dose was; the form stays as it was last. `history` are all its rows, the oldest first.
    """

    dose_id: UUID
    treatment_id: UUID
    dose_number: int | None
    dose_on: dt.date
    is_taken_back: bool
    is_open: bool
    form_id: UUID | None
    is_report_owed: bool | None
    prefilled: Prefilled
    answers: dict[str, Any] | None
    history: tuple[FormVersion, ...]


_ROW = FollowUpFormRow
_ROWS = (_ROW.id, _ROW.answers, _ROW.is_retraction, _ROW.replaces_id, _ROW.reason, _ROW.recorded_by, _ROW.recorded_at)


def follow_up_forms(
    work: Work, *, treatment_id: UUID, cursor: str | None, limit: int, state: str | None = None
) -> Page[FormOfDose]:
    """Of each dose, the newest first, and what was filed for doses that were taken back; `state`: `open` or `filed`."""
    require_treatment(work, treatment_id=treatment_id)
    place = read_cursor(cursor, kinds=(dt.date, UUID))
    asks = has_follow_up_form(_treatment(work, treatment_id)[1])
    doses = [
        dose
        for dose in sorted(_all_doses(work, treatment_id) if asks else (), key=_place, reverse=True)
        if (state is None or (_is_open(dose) if state == "open" else dose.form_id is not None))
        and (place is None or _place(dose) < place)
    ]
    shown = doses[: limit + 1]
    filed = _filed(work, [dose.form_id for dose in shown if dose.form_id is not None])
    lines = [_line(dose, filed) for dose in shown]
    return make_page(lines, limit=limit, place=lambda one: (one.dose_on, one.dose_id))


def follow_up_form(work: Work, *, dose_id: UUID) -> FollowUpForm:
    """The form of a dose, asked for by any row of the dose; `Missing` where there is none."""
    query = select(AdministrationRow.treatment_id).where(AdministrationRow.id == dose_id)
    treatment_id = work.session.scalar(query)
    if treatment_id is None:
        raise Missing("no such dose", field="dose_id")
    patient_id, protocol = _treatment(work, treatment_id)
    work.meets(patient_id)
    doses = _all_doses(work, treatment_id) if has_follow_up_form(protocol) else ()
    dose = next((one for one in doses if dose_id in one.known_as), None)
    if dose is None:
        raise Missing("no such dose", field="dose_id")
    history = fetch(work, select(*_ROWS).where(_ROW.administration_id.in_(dose.known_as)).order_by(_ROW.recorded_at))
    filed = {key: msgspec.json.decode(text, type=FiledForm) for key, text, *_ in history}
    standing = None if dose.form_id is None else filed[dose.form_id]
    if isinstance(dose, DoseForm) and standing is None:
        prefilled = _known(work, patient_id, dose)
    else:
        prefilled = (standing or filed[history[-1][0]]).prefilled
    return FollowUpForm(
        dose_id=dose.administration_id,
        treatment_id=treatment_id,
        dose_number=dose.number,
        dose_on=dose.on,
        is_taken_back=isinstance(dose, TakenBackForm),
        is_open=_is_open(dose),
        form_id=dose.form_id,
        is_report_owed=None if standing is None else standing.answers.is_report_owed,
        prefilled=prefilled,
        answers=None if standing is None else msgspec.to_builtins(standing.answers),
        history=tuple(FormVersion(key, msgspec.to_builtins(filed[key].answers), *rest) for key, _, *rest in history),
    )


def _treatment(work: Work, treatment_id: UUID) -> tuple[UUID, str]:
    """Patient and protocol of a treatment of one's sites; for anybody else the dose is missing."""
    query = select(TreatmentRow.patient_id, TreatmentRow.protocol).where(
        TreatmentRow.id == treatment_id, TreatmentRow.site_id.in_(work.by.site_ids)
    )
    found = fetch(work, query)
    if not found:
        raise Missing("no such dose", field="dose_id")
    return found[0][0], found[0][1]


def _all_doses(work: Work, treatment_id: UUID) -> tuple[DoseForm | TakenBackForm, ...]:
    """Those that stand, and those that were taken back after something was filed for them."""
    standing = dose_forms(work.session, (treatment_id,)).get(treatment_id, ())
    return *standing, *taken_back_forms(work.session, treatment_id=treatment_id)


def _place(dose: DoseForm | TakenBackForm) -> tuple[dt.date, UUID]:
    return dose.on, dose.administration_id


def _is_open(dose: DoseForm | TakenBackForm) -> bool:
    """Of a dose that was taken back nothing is asked, even where its form was taken back before it."""
    return isinstance(dose, DoseForm) and dose.form_id is None


def _known(work: Work, patient_id: UUID, dose: DoseForm) -> Prefilled:
    doses = dose_forms(work.session, (dose.treatment_id,))[dose.treatment_id]
    return prefilled_form(work.session, patient_id=patient_id, doses=doses, number=dose.number)


def _filed(work: Work, form_ids: Sequence[UUID]) -> dict[UUID, tuple[bool, UUID, dt.datetime]]:
    query = select(_ROW.id, _ROW.answers, _ROW.recorded_by, _ROW.recorded_at).where(_ROW.id.in_(form_ids))
    return {
        key: (msgspec.json.decode(text, type=FiledForm).answers.is_report_owed, by, at)
        for key, text, by, at in (fetch(work, query) if form_ids else ())
    }


def _line(dose: DoseForm | TakenBackForm, filed: dict[UUID, tuple[bool, UUID, dt.datetime]]) -> FormOfDose:
    is_report_owed, by, at = (None, None, None) if dose.form_id is None else filed[dose.form_id]
    return FormOfDose(
        dose_id=dose.administration_id,
        treatment_id=dose.treatment_id,
        dose_number=dose.number,
        dose_on=dose.on,
        is_taken_back=isinstance(dose, TakenBackForm),
        is_open=_is_open(dose),
        form_id=dose.form_id,
        is_report_owed=is_report_owed,
        filed_by=by,
        filed_at=at,
    )
