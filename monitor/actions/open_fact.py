"""Opens a fact to correct it or take it back: within the scope of who asks, held, and only as it stands now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, select

from monitor.actions.open_record import OpenPatient, OpenTreatment, open_patient, open_treatment
from monitor.store.administration import AdministrationRow
from monitor.store.appointment import AppointmentRow
from monitor.store.assessment import AssessmentRow
from monitor.store.call import CallRow
from monitor.store.declaration import DeclarationRow
from monitor.store.dossier import DossierRow
from monitor.store.event import EventRow
from monitor.store.letter import LetterRow
from monitor.store.result import ResultRow
from monitor.store.sample_taken import SampleTakenRow
from monitor.store.sign_report import SignReportRow
from monitor.terms import Conflict, Missing
from monitor.work import Work

OfTreatment = TypeVar(
    "OfTreatment",
    AdministrationRow,
    EventRow,
    DossierRow,
    AppointmentRow,
    SampleTakenRow,
    CallRow,
    LetterRow,
    DeclarationRow,
    SignReportRow,
)
OfPatient = TypeVar("OfPatient", AssessmentRow, ResultRow)
_Row = TypeVar("_Row")
_CALLED: Mapping[Any, str] = {SampleTakenRow: "sample", DossierRow: "entry", SignReportRow: "report"}


def open_fact_of_treatment(
    work: Work, row: type[OfTreatment], fact_id: UUID, *, is_live: ColumnElement[bool]
) -> tuple[OpenTreatment, OfTreatment]:
    """The fact, if it `is_live`, in its treatment. Raises Missing, Conflict."""
    with _missing_as(row):
        treatment_id = _owner(work, row.treatment_id, row.id == fact_id)
        treatment = open_treatment(work, treatment_id=treatment_id)
    found = work.session.scalars(select(row).where(row.id == fact_id, is_live)).one_or_none()
    return treatment, _standing(row, found)


def open_fact_of_patient(
    work: Work, row: type[OfPatient], fact_id: UUID, *, is_live: ColumnElement[bool]
) -> tuple[OpenPatient, OfPatient]:
    """The fact, if it `is_live`, with its patient. Raises Missing, Conflict."""
    with _missing_as(row):
        patient_id = _owner(work, row.patient_id, row.id == fact_id)
        patient = open_patient(work, patient_id=patient_id)
    found = work.session.scalars(select(row).where(row.id == fact_id, is_live)).one_or_none()
    return patient, _standing(row, found)


@contextmanager
def _missing_as(row: Any) -> Iterator[None]:
    """A fact of somebody out of reach is as missing as one that never was, and says no more of its owner."""
    try:
        yield
    except Missing:
        raise Missing(f"no such {_noun(row)}", field=_field(row)) from None


def _owner(work: Work, owner: Any, is_the_one: ColumnElement[bool]) -> UUID:
    found: UUID | None = work.session.scalar(select(owner).where(is_the_one))
    if found is None:
        raise Missing("no such fact")
    return found


def _standing(row: Any, found: _Row | None) -> _Row:
    if found is None:
        raise Conflict("it was corrected or taken back already; read it again", field=_field(row))
    return found


def _field(row: Any) -> str:
    return f"{_noun(row)}_id"


def _noun(row: Any) -> str:
    """What a caller knows it as, which is not always the name of its table."""
    return _CALLED.get(row, row.__tablename__)
