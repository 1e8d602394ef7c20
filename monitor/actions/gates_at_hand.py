"""What stands before a dose as of its day, from all that is recorded of the treatment: a step inside an action."""

from __future__ import annotations

import datetime as dt

import msgspec

from monitor.actions.open_record import OpenTreatment
from monitor.protocols.gate_answers import GateResult, blocked
from monitor.protocols.gates import DoseGates, before_dose
from monitor.schedules.facts import Administration, History
from monitor.store.told import told_of
from monitor.terms import Unacceptable
from monitor.work import Work


def gates_at_hand(work: Work, treatment: OpenTreatment, history: History, given: Administration) -> DoseGates:
    """The gates of a dose on its day; `history` is what is recorded without it. Facts of later days do not count."""
    record = treatment.record
    return before_dose(
        work.catalog.basis(record.protocol, record.profile, country=record.country),
        history,
        told_of(work.session, treatment_id=record.id, on=given.on),
        on=given.on,
        infusion=None if given.course is None or given.day is None else (given.course, given.day),
    )


def refuse_blocked(gates: DoseGates, on: dt.date) -> None:
    """Raises Unacceptable naming every gate that blocks on that day; a neurologist may override them, with a reason."""
    shut = blocked(gates.results)
    if shut:
        told = "; ".join(f"{one.id}: {one.because}" for one in shut)
        raise Unacceptable(f"blocked on {on}: {told}; a neurologist can override this, with a reason", field="on")


def written(gates: DoseGates) -> str | None:
    """What every gate answered, as it is kept with the dose; None where the protocol has none."""
    if not gates.results:
        return None
    return msgspec.json.encode([_kept(one) for one in gates.results]).decode()


def _kept(result: GateResult) -> dict[str, object]:
    """Whatever of it says something; the title stands in the protocol."""
    told = msgspec.structs.asdict(result)
    return {name: value for name, value in told.items() if value is not None and name != "title"}
