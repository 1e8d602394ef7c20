"""What a piece of care and a value are called, and which therapy they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from monitor.catalog import Catalog
from monitor.labs.printed import within_a_sentence
from monitor.notices.repeats import REPEAT
from monitor.overviews.agenda import AgendaItem
from monitor.overviews.treatments import Treatment
from monitor.schedules.service_items import CALL_LABORATORY, FORM

_OF_THE_SERVICE = {FORM: "follow-up form of a dose", CALL_LABORATORY: "call the laboratory: a result has not come"}
_KEY = re.compile(rf"\b((?:{REPEAT}/)?[a-z_][a-z0-9_]*)/\d(?:[\d.-]*\d)?")  # `cbc/1.7`, `repeat/platelets/2026-11-24`


_VALUES = re.compile(r"(?:no value of|missing:) \w+(?:(?:,| or) (?!and\b)\w+)*")  # as gates tell what they lack


class Titles:
    """The words of the protocol to which each treatment is pinned, and of the dictionary."""

    def __init__(self, catalog: Catalog, treatments: Iterable[Treatment]) -> None:
        self._dictionary = catalog.dictionary
        self._protocols = {one.id: catalog.protocol(one.protocol) for one in treatments}
        self._of_patient = {one.patient_id: one.id for one in treatments}

    def of(self, treatment_id: UUID | None, stream: str) -> str:
        """The title of a stream of this treatment, or of a repeat; its id where the protocol has no such stream."""
        return self._known(treatment_id, stream) or stream

    def item(self, item: AgendaItem) -> str:
        """The title of a piece of care; of a repeat with what is to be measured again."""
        stream = item.key.rpartition("/")[0] if item.stream == REPEAT else item.stream
        return self.of(item.treatment_id, stream)

    def analyte(self, name: str) -> str:
        """The title of an analyte as it stands inside a sentence; its id where the dictionary has none."""
        found = self._dictionary.find(name)
        return name if found is None else within_a_sentence(found.name_en)

    def gate(self, treatment_id: UUID, gate: str) -> str:
        """The title of a gate of this treatment; its id where the protocol has no such gate."""
        protocol = self._protocols.get(treatment_id)
        found = {one.id: one.title for one in protocol.gates} if protocol is not None else {}
        return found.get(gate.partition(":")[0], gate)

    def in_words(self, treatment_id: UUID | None, text: str) -> str:
        """A text in which keys of the calendar and ids of missing values stand, with their titles instead."""
        told = _KEY.sub(lambda found: self._titled(treatment_id, found), text)
        return _VALUES.sub(lambda found: re.sub(r"\w+", lambda word: self.analyte(word[0]), found[0]), told)

    def therapy(self, patient_id: UUID) -> str:
        """The therapy of a patient, or nothing where there is none yet."""
        treatment_id = self._of_patient.get(patient_id)
        return "" if treatment_id is None else self._protocols[treatment_id].id

    def _titled(self, treatment_id: UUID | None, found: re.Match[str]) -> str:
        return self._known(treatment_id, found[1]) or found[0]

    def _known(self, treatment_id: UUID | None, stream: str) -> str | None:
        kind, _, analyte = stream.partition("/")
        if kind == REPEAT and analyte:
            return f"repeat: {self.analyte(analyte)}"
        protocol = self._protocols.get(treatment_id) if treatment_id is not None else None
        if protocol is None:
            return None
        plan = protocol.rules
        titles = {plan.doses.stream: plan.doses.title} | {one.id: one.title for one in plan.streams}
        return titles.get(stream) or _OF_THE_SERVICE.get(stream)
