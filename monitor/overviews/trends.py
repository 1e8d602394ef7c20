"""How the values of one analyte went in one treatment, judged anew from all facts each time somebody looks."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from monitor.labs.trends import Trend
from monitor.overviews.in_reach import treatment_in_reach
from monitor.protocols.judged import judged
from monitor.protocols.trended import trended
from monitor.store.circumstances import read_circumstances
from monitor.store.histories import read_history
from monitor.terms import Missing, Unacceptable
from monitor.work import Work


def trend_of(work: Work, *, treatment_id: UUID, analyte: str, since: dt.date | None = None) -> Trend:
    """As of today at the site, from `since` or from the first value or dose. `analyte`: its id, code or LOINC.

    Raises Missing where there is no such treatment or no such analyte, Unacceptable where `since` lies ahead.
    """
    treatment = treatment_in_reach(work, treatment_id=treatment_id)
    dictionary, on = work.catalog.dictionary, work.today(treatment.timezone)
    wanted = dictionary.find(analyte)
    if wanted is None:
        raise Missing("the dictionary has no such analyte", field="analyte")
    if since is not None and since > on:
        raise Unacceptable("lies ahead", field="since")
    history = read_history(work.session, treatment_id=treatment_id, dictionary=dictionary)
    found = judged(
        work.catalog.protocol(treatment.protocol),
        treatment.profile,
        history,
        dictionary=dictionary,
        on=on,
        until=on,
        working_days=work.catalog.working_days(treatment.country),
        signs=read_circumstances(work.session, treatment_ids=(treatment_id,))[treatment_id].signs,
    )
    return trended(found, history, wanted, on=on, since=since)
