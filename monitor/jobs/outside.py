"""Tells an outside monitor that everything gets done: when it hears nothing, somebody far from here is called (H27).

What dies with this machine, or with its network, can be noticed from nowhere else. The request says nothing: that it
comes is all there is to know.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

import requests

from monitor.delivery.bounded_call import Answer, OutOfTime, TooLarge, ask
from monitor.edge.disk import free_space
from monitor.jobs.station import Station
from monitor.overviews.readiness import readiness

_log = logging.getLogger(__name__)


def tell_outside(station: Station, *, beat: Callable[[], None]) -> None:
    """Tell it, if one is configured and readiness has nothing to say against it; `beat` keeps that it was told.

    A monitor that cannot be reached changes nothing here: readiness shows since when, and it will call by itself.
    """
    if station.settings.heartbeat_url is None or _is_wrong(station):
        return
    why = _call(station)
    if why is None:
        beat()
    else:
        _log.warning("the outside monitor was not told: %s", why)


def _is_wrong(station: Station) -> bool:
    with station.sessions() as session:
        checks = (*readiness(session, at=station.at_of(), settings=station.settings), free_space(station.settings))
    wrong = sorted(check.name for check in checks if not check.is_ok)
    if wrong:
        _log.info("the outside monitor is not told: %s", ", ".join(wrong))
    return bool(wrong)


def _call(station: Station) -> str | None:
    """Why it was not told, or None. Its address may hold a secret, so that no failure is quoted."""
    settings = station.settings
    try:
        answer: Answer = ask(
            requests.Request("GET", settings.heartbeat_url),
            connect=settings.connect_timeout,
            read=settings.heartbeat_timeout,
        )
    except (OutOfTime, TooLarge, requests.RequestException) as fault:
        return type(fault).__name__
    return None if requests.codes.ok <= answer.status < requests.codes.multiple_choices else f"status {answer.status}"
