"""What stands still, in words, at the top of every page: nobody looks at readiness before something is missed (G5)."""

from __future__ import annotations

from monitor.overviews.sending import Sending, SendingStop, Stop

_WHAT_STOPS = {
    "scheduler": "Nothing is followed up, and no alert goes on: the scheduler is silent",
    "worker": "No text leaves: no worker is alive",
    "mail": "No colleague is told by mail",
}


def present_standstill(found: Sending) -> tuple[str, ...]:
    """One sentence for each thing that keeps the work of the clock from being done; none while all is well."""
    silent = [f"{_WHAT_STOPS[one.name]} ({one.detail})." for one in found.signs if not one.is_ok]
    return (*silent, *(_stop(one) for one in found.stops))


def _stop(one: SendingStop) -> str:
    if one.what in (Stop.PERSON, Stop.RESTORED):
        return f"No text leaves: paused by {one.by} since {one.since:%Y-%m-%d %H:%M} UTC, “{one.why}”."
    if one.what == Stop.LINE:
        return f"No text leaves since {one.since:%Y-%m-%d %H:%M} UTC: {one.why}."
    return f"No text leaves: {one.why}."
