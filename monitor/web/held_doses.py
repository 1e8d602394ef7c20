"""Which dose waits behind an alert: what the gates before it answer, said on the card and in the agenda."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import UUID

from monitor.labs.gates import GateAnswer
from monitor.overviews.agenda import AgendaItem
from monitor.overviews.alerts import Alert
from monitor.overviews.gates import Gates
from monitor.schedules.topics import SIGN
from monitor.web.alert_words import Line
from monitor.web.spoken import Spoken
from monitor.web.titles import Titles


def may_hold(one: Alert) -> bool:
    """Whether the gates before the next dose are worth asking for this alert: a sign may shut one."""
    return one.topic.startswith(SIGN) and one.treatment_id is not None


class HeldDoses:
    """The gates of some treatments before their next doses, each with the day of that dose."""

    def __init__(
        self, gates: Mapping[UUID, Gates], items: Iterable[AgendaItem], *, titles: Titles, spoken: Spoken
    ) -> None:
        self._gates, self._titles, self._spoken = gates, titles, spoken
        self._due: dict[tuple[UUID, str], dt.date] = {
            (item.treatment_id, item.key): item.due_on for item in items if item.treatment_id in gates
        }

    def behind(self, one: Alert) -> tuple[Line, ...]:
        """The dose that waits until this alert is closed; nothing where none does."""
        found = None if one.treatment_id is None else self._gates.get(one.treatment_id)
        if found is None or found.key is None or one.treatment_id is None or not may_hold(one):
            return ()
        sign = one.topic.removeprefix(SIGN)
        if not any(gate.answer is GateAnswer.BLOCK and sign in (gate.found or "") for gate in found.gates):
            return ()
        dose = self._titles.in_words(one.treatment_id, found.key)
        due_on = self._due.get((one.treatment_id, found.key))
        day = "" if due_on is None else f" of {self._spoken.day(due_on)}, {self._spoken.distance(due_on)}"
        return (Line("Holds back", f"{dose}{day}, until a neurologist has closed this.", is_pressing=True),)

    def note(self, item: AgendaItem) -> str | None:
        """What stands before this dose, for the agenda."""
        found = self._gates.get(item.treatment_id)
        if found is None or found.key != item.key:
            return None
        shut = [f"{gate.title} ({gate.because})" for gate in found.gates if gate.answer is GateAnswer.BLOCK]
        return f"held back: {'; '.join(shut)}" if shut else None
