"""What stands before the next dose of a treatment, gate by gate, with the fact each answer stands on."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec

from monitor.dossier.answers import answers_of
from monitor.labs.gates import GateAnswer
from monitor.overviews.in_reach import treatment_in_reach
from monitor.protocols.gates import GateResult, before_dose
from monitor.protocols.judged import judged
from monitor.store.dossier import entries_for_gates
from monitor.store.histories import read_history
from monitor.store.sign_alert import open_signs
from monitor.store.sign_report import signs_noticed
from monitor.terms import Unacceptable
from monitor.work import Work

_FURTHEST = dt.timedelta(days=366)


class Gates(msgspec.Struct, frozen=True):
    """The gates of the next pending dose as of `on`, what blocks first; `key` is None where no dose is pending."""

    treatment_id: UUID
    key: str | None
    on: dt.date
    answer: GateAnswer
    gates: tuple[GateResult, ...]


def gates(work: Work, *, treatment_id: UUID, on: dt.date | None = None) -> Gates:
    """As of a day on which the dose might be given, today where none is named. Raises Missing, Unacceptable."""
    treatment = treatment_in_reach(work, treatment_id=treatment_id)
    today = work.today(treatment.timezone)
    day = on or today
    if day > today + _FURTHEST:
        raise Unacceptable("must lie within a year from today", field="on")
    if day < today:
        raise Unacceptable("lies in the past: what was asked then stands with the dose", field="on")
    protocol = work.catalog.protocol(treatment.protocol)
    history = read_history(work.session, treatment_id=treatment_id, dictionary=work.catalog.dictionary)
    found = judged(
        protocol,
        treatment.profile,
        history,
        dictionary=work.catalog.dictionary,
        on=day,
        until=day,
        working_days=work.catalog.working_days(treatment.country),
        signs=signs_noticed(work.session, (treatment_id,)).get(treatment_id, {}),
    )
    answered = before_dose(
        protocol,
        treatment.profile,
        found,
        person=history.person,
        answers=answers_of(entries_for_gates(work.session, treatment_id=treatment_id), on=day),
        signs=open_signs(work.session, treatment_ids=(treatment_id,)).get(treatment_id, frozenset()),
        on=day,
    )
    return Gates(
        treatment_id=treatment_id, key=answered.key, on=day, answer=answered.answer, gates=answered.results
    )  # fmt: skip
