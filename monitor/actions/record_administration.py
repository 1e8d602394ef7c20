"""A dose was given. Too early, or against a gate, is refused unless a neurologist says why it was right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from uuid import UUID, uuid4

import msgspec

from monitor.actions.acceptable import check_day, read_reason
from monitor.actions.file_fact import file_fact
from monitor.actions.gates_at_hand import gates_at_hand, refuse_blocked, written
from monitor.actions.look_ahead import look_ahead, new_warnings, read_situation
from monitor.actions.open_record import OpenTreatment, open_treatment
from monitor.actions.permitted import permitted
from monitor.protocols.course_and_day import check_course_and_day
from monitor.protocols.gates import DoseGates
from monitor.schedules.facts import Administration
from monitor.store.administration import AdministrationRow
from monitor.terms import Conflict, NotAllowed, Role, Unacceptable
from monitor.work import Work

GATES = ("too_early", "before_minimum_gap", "vaccine_interval")


@permitted
def record_administration(
    work: Work,
    *,
    treatment_id: UUID,
    on: dt.date,
    course: int | None = None,
    day: int | None = None,
    reason_override: str | None = None,
) -> UUID:
    """Record a dose; `course` and `day` where the protocol has courses, and only there.

    What every gate answered is kept with it. Raises Missing, Unacceptable (a day that cannot be; too early, or blocked
    by a gate, without `reason_override`), Conflict (a second dose on that day, or that infusion is recorded already),
    NotAllowed (an override by another than a neurologist).
    """
    treatment = open_treatment(work, treatment_id=treatment_id)
    given = Administration(on=on, course=course, day=day, reason_override=read_override(work, reason_override))
    gates = check_administration(work, treatment, given, replacing=None)
    row = as_row(work, treatment, given, gates)
    return file_fact(work, treatment, row, action="record_administration", why=given.reason_override)


def read_override(work: Work, reason: str | None) -> str | None:
    """The reason for passing a gate. Raises NotAllowed for all but a neurologist, Unacceptable."""
    if reason is None:
        return None
    if work.by.role is not Role.NEUROLOGIST:
        raise NotAllowed("only a neurologist may override a gate", field="reason_override")
    return read_reason(reason, field="reason_override")


def as_row(work: Work, treatment: OpenTreatment, given: Administration, gates: DoseGates) -> AdministrationRow:
    """The row of a dose, recorded now by whoever works."""
    return AdministrationRow(
        id=uuid4(),
        treatment_id=treatment.record.id,
        on=given.on,
        course=given.course,
        day=given.day,
        reason_override=given.reason_override,
        gates=written(gates),
        is_retraction=False,
        recorded_by=work.by.id,
        recorded_at=work.at,
    )


def check_administration(
    work: Work, treatment: OpenTreatment, given: Administration, *, replacing: Administration | None
) -> DoseGates:
    """Refuse a dose that contradicts what is recorded, but for the one it replaces, that comes too early or is blocked.

    A dose that replaces another is judged as if that one had never been recorded, or it would lend its warnings.
    """
    check_day(given.on, field="on", today=treatment.today, born_on=treatment.patient.birth_date)
    situation = read_situation(work, treatment)
    check_course_and_day(situation.protocol, course=given.course, day=given.day)
    others = list(situation.history.administrations)
    if replacing is not None:
        others.remove(replacing)
    if any(other.on == given.on for other in others):
        raise Conflict("a dose is recorded on that day already", field="on")
    is_repeated = given.course is not None and any(_names(other) == _names(given) for other in others)
    if is_repeated and given.reason_override is None:
        raise Conflict("this infusion of the course is recorded already; correct that entry", field="day")
    without = msgspec.structs.replace(situation.history, administrations=tuple(others))
    then = msgspec.structs.replace(situation.history, administrations=(*others, given))
    before = situation.now if replacing is None else look_ahead(work, treatment, without)
    warnings = new_warnings(before, look_ahead(work, treatment, then))
    _check_warnings(warnings, is_overridden=given.reason_override is not None)
    gates = gates_at_hand(work, treatment, without, given)
    if given.reason_override is None:
        refuse_blocked(gates, given.on)
    return gates


def _names(given: Administration) -> tuple[int | None, int | None]:
    return given.course, given.day


def _check_warnings(warnings: Mapping[str, str], *, is_overridden: bool) -> None:
    if "same_day_doses" in warnings:
        raise Conflict(warnings["same_day_doses"], field="on")
    for code in GATES:
        if code in warnings and not is_overridden:
            raise Unacceptable(f"{code}: {warnings[code]}; a neurologist can override this, with a reason", field="on")
