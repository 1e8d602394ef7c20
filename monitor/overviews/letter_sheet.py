"""The letter that a treatment asks for today, as the PDF that a nurse prints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from uuid import UUID

from sqlalchemy import select

from monitor.drawing.language import Language
from monitor.drawing.letter_limits import limits_in_words
from monitor.drawing.letter_pdf import letter_pdf
from monitor.labs.analyte import Analyte
from monitor.notices.letter_words import Reader, Sheet
from monitor.notices.letters import WantedLetter, has_valid_order, wanted_letters
from monitor.overviews.in_reach import treatment_in_reach
from monitor.protocols.basis import Basis
from monitor.protocols.judged import judged
from monitor.schedules.letters import Addressee
from monitor.schedules.service_items import awaited_results
from monitor.store.circumstances import read_circumstances
from monitor.store.histories import read_history
from monitor.store.patient import PatientRow
from monitor.store.postal_address import address_lines
from monitor.store.reminder import keys_reminded_of
from monitor.store.site import SiteRow
from monitor.store.treatment import TreatmentRecord
from monitor.terms import Missing
from monitor.work import Work

_READER = (
    select(
        PatientRow.family_name, PatientRow.given_name, PatientRow.birth_date, PatientRow.language, PatientRow.sex,
        SiteRow.name, SiteRow.telephone,
    )
    .join(SiteRow, SiteRow.id == PatientRow.site_id)
)  # fmt: skip


def letter_pdf_of(work: Work, *, treatment_id: UUID, to: str, language: str | None = None) -> bytes:
    """As of today at the site; the same bytes all day, as long as nothing is entered. Raises as `letter_sheet`."""
    treatment = treatment_in_reach(work, treatment_id=treatment_id)
    sheet = letter_sheet(work, treatment, to=to, language=language)
    return letter_pdf(sheet, layout=work.catalog.letter_words.layout, on=work.today(treatment.timezone))


def letter_sheet(work: Work, treatment: TreatmentRecord, *, to: str, language: str | None) -> Sheet:
    """What stands in it. Raises Missing where no letter to them is asked for, UnknownLanguage."""
    basis = work.catalog.basis(treatment.protocol, treatment.profile, country=treatment.country)
    on = work.today(treatment.timezone)
    letters, taken, has_order = _asked(work, treatment, basis, on=on)
    letter = next((one for one in letters if one.to == to), None)
    if letter is None:
        raise Missing("no letter to them is asked for", field="to")
    reader, spoken = _reader(work, treatment, letter.to)
    words = work.catalog.letter_words
    of_patient = spoken if letter.to is Addressee.PATIENT else None
    tongue = words.language_of(language, reader=of_patient, country=treatment.country)
    if letter.to is Addressee.PATIENT:
        return words.to_patient(letter, reader, language=tongue, on=on, has_order=has_order)
    limits = limits_in_words(
        _analytes(letter, basis),
        basis.rules,
        sex=reader.sex,
        on=on,
        language=_drawn_in(tongue),
        levels=words.texts[tongue].levels,
    )
    return words.to_doctor(
        letter, reader, language=tongue, on=on, drug=basis.protocol.id, taken=taken, limits=limits,
        was_reminded=set(letter.keys) <= keys_reminded_of(work.session, treatment_id=treatment.id),
    )  # fmt: skip


def _asked(
    work: Work, treatment: TreatmentRecord, basis: Basis, *, on: dt.date
) -> tuple[tuple[WantedLetter, ...], Mapping[str, dt.date], bool]:
    """The letters, by stream the last day of a sample whose result has not come, and whether the order is valid."""
    around = read_circumstances(work.session, treatment_ids=(treatment.id,))[treatment.id]
    history = read_history(work.session, treatment_id=treatment.id, dictionary=work.catalog.dictionary)
    calendar = judged(basis, history, on=on, until=on, signs=around.signs).calendar
    awaited = awaited_results(calendar, around.samples)
    taken: dict[str, dt.date] = {}
    for key, day in awaited.items():
        stream = key.partition("/")[0]
        taken[stream] = max(day, taken.get(stream, day))
    asked = wanted_letters(calendar.letters, sent=around.letters, awaited=awaited)
    return asked, taken, has_valid_order(calendar.shown, on=on)


def _reader(work: Work, treatment: TreatmentRecord, to: Addressee) -> tuple[Reader, str]:
    """Whom and what the sheet names, and the language of the patient."""
    query = _READER.where(PatientRow.id == treatment.patient_id)
    family_name, given_name, born_on, language, sex, site, telephone = work.session.execute(query).one()
    reader = Reader(
        address=address_lines(work.session, patient_id=treatment.patient_id, to=to),
        site=site,
        telephone=telephone or work.settings.public_telephone,
        name=f"{given_name} {family_name}",
        born_on=born_on,
        sex=sex,
    )
    return reader, language


def _analytes(letter: WantedLetter, basis: Basis) -> Iterator[Analyte]:
    """What the missing samples would have measured, each once."""
    streams = {one.stream for one in letter.about}
    asked = [choice for stream in basis.plan.streams if stream.id in streams for choice in stream.requires]
    for name in dict.fromkeys(name for choice in asked for name in choice.split(" or ")):
        analyte = basis.dictionary.find(name)
        if analyte is not None:  # an assessment asks for a scale, which has no numbers to call for
            yield analyte


def _drawn_in(language: str) -> Language:
    """Numbers and units are written in French or in English."""
    return "fr" if language == "fr" else "en"
