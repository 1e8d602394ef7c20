"""How the values of one analyte or scale went in one treatment, from all facts each time somebody looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from monitor.labs.analyte import Analyte, Scale
from monitor.labs.scale_trends import Score, number_of, scale_trend
from monitor.labs.trends import Trend
from monitor.overviews.in_reach import treatment_in_reach
from monitor.protocols.judged import judged
from monitor.protocols.trended import dose_marks, trended
from monitor.schedules.facts import History
from monitor.store.assessment import standing_assessments
from monitor.store.circumstances import read_circumstances
from monitor.store.histories import read_history
from monitor.store.treatment import TreatmentRecord
from monitor.terms import Missing, Unacceptable
from monitor.work import Work


def trend_of(work: Work, *, treatment_id: UUID, analyte: str, since: dt.date | None = None) -> Trend:
    """As of today at the site, from `since` or from the first value or dose.

    `analyte`: the id, code or LOINC of an analyte, or of a scale that is a number. Raises Missing where there is no
    such treatment or no such analyte, Unacceptable where `since` lies ahead.
    """
    treatment = treatment_in_reach(work, treatment_id=treatment_id)
    dictionary, on = work.catalog.dictionary, work.today(treatment.timezone)
    wanted = dictionary.find(analyte)
    scale = dictionary.find_scale(analyte) if wanted is None else None
    if wanted is None and (scale is None or scale.limits is None):
        raise Missing("the dictionary has no such analyte, and no such scale of numbers", field="analyte")
    if since is not None and since > on:
        raise Unacceptable("lies ahead", field="since")
    history = read_history(work.session, treatment_id=treatment_id, dictionary=dictionary)
    if wanted is not None:
        return _of_values(work, treatment, history, wanted, on=on, since=since)
    assert scale is not None  # noqa: S101 - else it was missing
    return scale_trend(scale, _scores(work, treatment, scale, on=on), on=on, since=since, doses=dose_marks(history))


def _of_values(
    work: Work, treatment: TreatmentRecord, history: History, analyte: Analyte, *, on: dt.date, since: dt.date | None
) -> Trend:
    found = judged(
        work.catalog.basis(treatment.protocol, treatment.profile, country=treatment.country),
        history,
        on=on,
        until=on,
        signs=read_circumstances(work.session, treatment_ids=(treatment.id,))[treatment.id].signs,
    )
    return trended(found, history, analyte, on=on, since=since)


def _scores(work: Work, treatment: TreatmentRecord, scale: Scale, *, on: dt.date) -> Iterator[Score]:
    rows = standing_assessments(
        work.session, patient_id=treatment.patient_id, scales=(scale.id,), between=(dt.date.min, on)
    )
    for row in rows:
        number = number_of(row.value)
        if number is not None:
            yield Score(row.on, number, row.replaces_id is not None, row.is_confirmed, str(row.id))
