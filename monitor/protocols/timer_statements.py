"""The timers inside a visit in plain language: when each prompts, and whether somebody waits for it."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.protocols.statements import Block, Line
from monitor.protocols.stream_statements import us_authority
from monitor.schedules.visit_timers import VisitTimer


def timer_block(timer: VisitTimer) -> Block:
    """One timer with its authority."""
    return Block(f"{timer.id}: {timer.title}", tuple(_lines(timer)))


def _lines(timer: VisitTimer) -> Iterator[Line]:
    yield Line("when", _when(timer), timer.source)
    if timer.first_dose_minutes is not None:
        yield Line("first dose", f"{timer.first_dose_minutes} minutes instead")
    if timer.blocks_closing:
        yield Line("the visit", "is not closed before it has run out")
    yield from us_authority(timer.us_source)


def _when(timer: VisitTimer) -> str:
    start = f"the {timer.starts} of the dose"
    if timer.every is None:
        return f"once, {timer.minutes} minutes after {start}" if timer.minutes else f"once, at {start}"
    longer = ", and for as long as the dose lasts" if timer.starts == "beginning" else ""
    return f"every {timer.every} minutes from {start}, for {timer.minutes} minutes{longer}"
