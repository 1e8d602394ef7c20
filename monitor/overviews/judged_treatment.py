"""The values of a patient as they are judged today, in one treatment after the other or, without any, by themselves."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from monitor.labs.subject import Subject
from monitor.labs.values import Value
from monitor.overviews.pages import fetch
from monitor.protocols.judged import Judged, judged
from monitor.store.circumstances import read_circumstances
from monitor.store.histories import read_histories
from monitor.store.patient import PatientRow
from monitor.store.treatment import find_treatments
from monitor.work import Work


def judged_treatments(work: Work, *, patient_id: UUID) -> dict[UUID, Judged]:
    """By treatment of the patient, what its facts come to today at its site; the caller has seen to the scope."""
    treatments = find_treatments(work.session, site_ids=None, patient_id=patient_id)
    ids = tuple(one.id for one in treatments)
    histories = read_histories(work.session, treatment_ids=ids, dictionary=work.catalog.dictionary) if ids else {}
    around = read_circumstances(work.session, treatment_ids=ids) if ids else {}
    found = {}
    for one in treatments:
        on = work.today(one.timezone)
        basis = work.catalog.basis(one.protocol, one.profile, country=one.country)
        found[one.id] = judged(basis, histories[one.id], on=on, until=on, signs=around[one.id].signs)
    return found


def untreated_subject(work: Work, *, patient_id: UUID) -> Subject:
    """Whom nobody treats yet: sex and age are all there is to judge a value by."""
    query = select(PatientRow.sex, PatientRow.birth_date).where(PatientRow.id == patient_id)
    sex, born_on = fetch(work, query)[0]
    return Subject(dictionary=work.catalog.dictionary, sex=sex, born_on=born_on)


def by_row(subject: Subject) -> dict[str | None, Value]:
    """The values that count, by the id of the row that they come from."""
    chart = subject.chart
    return {value.ref: value for value in chart}
