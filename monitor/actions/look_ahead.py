"""Asks the calendar what it would say of a change before the change is made: the rule stays in the protocol."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.actions.open_record import OpenTreatment
from monitor.protocols.judged import judged
from monitor.protocols.protocol import Protocol
from monitor.schedules import difference
from monitor.schedules.calendar import Forecast, Item
from monitor.schedules.facts import History
from monitor.schedules.horizon import planned_until
from monitor.schedules.known import Decisions, known
from monitor.store.histories import read_history
from monitor.store.sign_report import signs_noticed
from monitor.work import Work


@dataclass(frozen=True, slots=True)
class Situation:
    """The facts of an open treatment as they stand before the change."""

    history: History
    protocol: Protocol
    decisions: Decisions
    now: Forecast

    def item(self, key: str) -> Item | None:
        """The item of that key on the calendar, None where there is none."""
        return self.now.find(key)


def read_situation(work: Work, treatment: OpenTreatment) -> Situation:
    """The facts and the calendar of the treatment as they stand."""
    history = read_history(work.session, treatment_id=treatment.record.id, dictionary=work.catalog.dictionary)
    return Situation(
        history=history,
        protocol=work.catalog.protocol(treatment.record.protocol),
        decisions=known(history, on=treatment.today)[0].decisions,
        now=look_ahead(work, treatment, history),
    )


def look_ahead(work: Work, treatment: OpenTreatment, history: History) -> Forecast:
    """The calendar that these facts would give today, with the alerts and the samples that their values ask for.

    Signs that were noticed count as they do in the calendar that is shown.
    """
    record, today = treatment.record, treatment.today
    basis = work.catalog.basis(record.protocol, record.profile, country=record.country)
    signs = signs_noticed(work.session, (record.id,)).get(record.id, {})
    return judged(basis, history, on=today, until=planned_until(today), signs=signs).calendar


def new_warnings(before: Forecast, after: Forecast) -> dict[str, str]:
    """By code, the reason of a warning that the calendar gives after a change and did not give before it."""
    return {warning.code: warning.because for warning in difference.new_warnings(before.warnings, after.warnings)}
