"""How long and how regularly one patient has been treated, computed now from all facts."""

from __future__ import annotations

from uuid import UUID

from monitor.schedules.exposure import Exposure, exposure
from monitor.store.histories import read_history
from monitor.store.treatment import find_treatments
from monitor.terms import Missing
from monitor.work import Work


def exposure_of(work: Work, *, treatment_id: UUID) -> Exposure:
    """As of today at the site. Raises Missing."""
    found = find_treatments(work.session, site_ids=work.by.site_ids, treatment_ids=(treatment_id,))
    if not found:
        raise Missing("no such treatment", field="treatment_id")
    treatment = found[0]
    return exposure(
        work.catalog.protocol(treatment.protocol).plan_for(treatment.profile),
        read_history(work.session, treatment_id=treatment_id, dictionary=work.catalog.dictionary),
        on=work.today(treatment.timezone),
    )
