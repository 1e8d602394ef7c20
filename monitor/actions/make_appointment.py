"""A visit is agreed for some items: reminders follow its day, lateness does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID, uuid4

import msgspec

from monitor.actions.acceptable import read_text
from monitor.actions.file_fact import file_fact
from monitor.actions.look_ahead import Situation, look_ahead, read_situation
from monitor.actions.named_items import read_keys, refuse_ended
from monitor.actions.open_record import OpenTreatment, open_treatment
from monitor.actions.permitted import permitted
from monitor.protocols.next_course import FURTHEST_MONTHS
from monitor.schedules.calendar import Warning
from monitor.schedules.difference import new_warnings
from monitor.schedules.facts import Event, Moved
from monitor.spans import add_months
from monitor.store.appointment import AppointmentRow, standing_visits
from monitor.terms import Conflict, Unacceptable
from monitor.work import Work

LONGEST_PLACE = 120


@permitted
def make_appointment(
    work: Work,
    *,
    treatment_id: UUID,
    keys: Sequence[str],
    on: dt.date,
    time: dt.time | None = None,
    place: str | None = None,
) -> UUID:
    """Agree a visit for these items on a day of their windows; hour and place may stay open. The id of the visit.

    Raises Missing, Unacceptable (no such item, a day outside its window, in the past or too far ahead), Conflict (an
    item is over, or has a visit already).
    """
    wanted = read_keys(keys)
    treatment = open_treatment(work, treatment_id=treatment_id)
    situation = read_situation(work, treatment)
    refuse_ended(situation, wanted)
    agreed = standing_visits(work.session, treatment_ids=(treatment_id,)).get(treatment_id, {})
    for number, key in enumerate(wanted):
        if key in agreed:
            raise Conflict("it has a visit already; move or cancel that one", field=f"keys[{number}]")
    check_visit_day(work, treatment, situation, keys=wanted, on=on)
    row = visit_row(work, treatment_id=treatment_id, keys=wanted, on=on, time=time, place=place)
    return file_fact(work, treatment, row, action="make_appointment", content={"keys": list(wanted)})


def visit_row(
    work: Work, *, treatment_id: UUID, keys: tuple[str, ...], on: dt.date, time: dt.time | None, place: str | None
) -> AppointmentRow:
    """The row of a visit, recorded now by whoever works. Raises Unacceptable."""
    if time is not None and (time.tzinfo is not None or time.second or time.microsecond):
        raise Unacceptable("must be an hour and minutes of the clock on the wall", field="time")
    return AppointmentRow(
        id=uuid4(),
        treatment_id=treatment_id,
        keys=keys,
        on=on,
        time=time,
        place=None if place is None else read_text(place, field="place", longest=LONGEST_PLACE),
        is_retraction=False,
        recorded_by=work.by.id,
        recorded_at=work.at,
    )


def check_visit_day(
    work: Work, treatment: OpenTreatment, situation: Situation, *, keys: tuple[str, ...], on: dt.date
) -> None:
    """Refuse a visit that the calendar could not show: no such item, or not on a day of its window (the due date is).

    Judged as if these items had no visit yet. Raises Unacceptable.
    """
    if on < treatment.today:
        raise Unacceptable("lies in the past", field="on")
    if on > add_months(treatment.today, FURTHEST_MONTHS):  # a mistyped year, and no such course could be agreed either
        raise Unacceptable(f"lies more than {FURTHEST_MONTHS} months ahead", field="on")
    others = tuple(event for event in situation.history.events if not (isinstance(event, Moved) and event.key in keys))
    moves = {key: Moved(on=treatment.today, key=key, to=on) for key in keys}
    new = _new(work, treatment, situation, others, *moves.values())
    if any(_is_unknown(warning) for warning in new):
        field = next(
            f"keys[{place}]"
            for place, key in enumerate(keys)
            if any(_is_unknown(warning) for warning in _new(work, treatment, situation, others, moves[key]))
        )
        raise Unacceptable("the calendar has no such item", field=field)
    for warning in new:
        if warning.code == "outside_window" and warning.item in keys:
            raise Unacceptable(f"outside the window of {warning.item}", field="on")


def _new(
    work: Work, treatment: OpenTreatment, situation: Situation, others: tuple[Event, ...], *moves: Moved
) -> tuple[Warning, ...]:
    """What the calendar would warn of because of these moves."""
    without, then = (
        look_ahead(work, treatment, msgspec.structs.replace(situation.history, events=events))
        for events in (others, (*others, *moves))
    )
    return new_warnings(without.warnings, then.warnings)


def _is_unknown(warning: Warning) -> bool:
    return warning.code == "unknown_item"
