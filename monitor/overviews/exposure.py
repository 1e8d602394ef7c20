"""How long and how regularly one patient has been treated, computed now from all facts."""

from __future__ import annotations

from uuid import UUID

from monitor.overviews.in_reach import treatment_in_reach
from monitor.schedules.exposure import Exposure, exposure
from monitor.store.histories import read_history
from monitor.work import Work


def exposure_of(work: Work, *, treatment_id: UUID) -> Exposure:
    """As of today at the site. Raises Missing."""
    treatment = treatment_in_reach(work, treatment_id=treatment_id)
    return exposure(
        work.catalog.protocol(treatment.protocol).plan_for(treatment.profile),
        read_history(work.session, treatment_id=treatment_id, dictionary=work.catalog.dictionary),
        on=work.today(treatment.timezone),
    )
