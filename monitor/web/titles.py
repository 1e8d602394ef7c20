"""What a piece of care is called, and which therapy it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from monitor.catalog import Catalog
from monitor.overviews.treatments import Treatment
from monitor.schedules.service_items import CALL_LABORATORY, FORM

_OF_THE_SERVICE = {FORM: "follow-up form of a dose", CALL_LABORATORY: "call the laboratory: a result has not come"}


class Titles:
    """The words of the protocol to which each treatment is pinned."""

    def __init__(self, catalog: Catalog, treatments: Iterable[Treatment]) -> None:
        self._protocols = {one.id: catalog.protocol(one.protocol) for one in treatments}
        self._of_patient = {one.patient_id: one.id for one in treatments}

    def of(self, treatment_id: UUID | None, stream: str) -> str:
        """The title of a stream of this treatment; its id where the protocol has no such stream."""
        protocol = self._protocols.get(treatment_id) if treatment_id is not None else None
        if protocol is None:
            return stream
        plan = protocol.rules
        titles = {plan.doses.stream: plan.doses.title} | {one.id: one.title for one in plan.streams}
        return titles.get(stream) or _OF_THE_SERVICE.get(stream, stream)

    def therapy(self, patient_id: UUID) -> str:
        """The therapy of a patient, or nothing where there is none yet."""
        treatment_id = self._of_patient.get(patient_id)
        return "" if treatment_id is None else self._protocols[treatment_id].id
