"""What stands before the next dose of a treatment, gate by gate, with the fact each answer stands on."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec

from monitor.labs.gates import GateAnswer
from monitor.overviews.in_reach import treatment_in_reach
from monitor.protocols.gate_answers import GateResult
from monitor.protocols.gates import before_dose
from monitor.store.histories import read_history
from monitor.store.told import told_of
from monitor.terms import Unacceptable
from monitor.work import Work

_FURTHEST = dt.timedelta(days=366)


class Gates(msgspec.Struct, frozen=True):
    """The gates of the next pending dose as of `on`, what blocks first; without `key` and `answer` where none is."""

    treatment_id: UUID
    key: str | None
    on: dt.date
    answer: GateAnswer | None
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
    answered = before_dose(
        work.catalog.basis(treatment.protocol, treatment.profile, country=treatment.country),
        read_history(work.session, treatment_id=treatment_id, dictionary=work.catalog.dictionary),
        told_of(work.session, treatment_id=treatment_id, on=day),
        on=day,
    )
    if answered.key is None:  # nobody is to give one: no gate passes it
        return Gates(treatment_id=treatment_id, key=None, on=day, answer=None, gates=())
    return Gates(
        treatment_id=treatment_id, key=answered.key, on=day, answer=answered.answer, gates=answered.results
    )  # fmt: skip
