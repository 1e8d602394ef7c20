"""What one running application is made of, and the one way in which a door begins its work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from flask import Flask, current_app, g, request
from sqlalchemy.orm import Session

from monitor.catalog import Catalog
from monitor.edge.db import db
from monitor.overviews.banner import PatientBanner, banner
from monitor.settings import Settings
from monitor.terms import Actor
from monitor.work import NAMES_PATIENT, OtherPatient, Work, working

_NAME = "monitor"


@dataclass(frozen=True, slots=True)
class House:
    """Settings, reviewed data, and the clock that every request of this application is told the time by."""

    settings: Settings
    catalog: Catalog
    clock: Callable[[], dt.datetime]


def furnish(app: Flask, house: House) -> None:
    """Give the application its parts; once, as it is assembled."""
    app.extensions[_NAME] = house


def house() -> House:
    """The parts of the application that answers the current request."""
    found = current_app.extensions[_NAME]
    if not isinstance(found, House):
        raise TypeError("the application was not assembled by create_app")
    return found


def actor() -> Actor:
    """Who signed in for this request."""
    found = g.actor
    if not isinstance(found, Actor):
        raise TypeError("nobody signed in, yet the route was reached")
    return found


@contextmanager
def at_work(*, only_reads: bool = False, at_the_end: Callable[[Session], None] | None = None) -> Iterator[Work]:
    """One transaction on behalf of whoever signed in: the commit belongs to the door, here and nowhere else.

    Inside a request that must act once (`monitor.edge.once`) it is that of the request, which commits with its answer.
    """
    if "work" in g:
        yield g.work
        _remember_patient(g.work)
        return
    parts = house()
    with working(
        db.session(),
        catalog=parts.catalog,
        by=actor(),
        at=parts.clock(),
        settings=parts.settings,
        only_reads=only_reads,
        for_patient=_named_patient(),
        at_the_end=at_the_end,
    ) as work:
        yield work
        _remember_patient(work)


def banner_of_request() -> PatientBanner | None:
    """Whom the work of this request was about, as it stood inside its transaction; None for nobody, or several."""
    found = g.get("patient")
    return found if isinstance(found, PatientBanner) else None


def _named_patient() -> UUID | None:
    """Whom the caller has before their eyes, None where they do not say; what is no identifier is nobody's here."""
    sent = request.headers.get(NAMES_PATIENT)
    if sent is None:
        return None
    try:
        return UUID(sent)
    except ValueError:
        raise OtherPatient from None


def _remember_patient(work: Work) -> None:
    if work.about and "patient" not in g:
        g.patient = banner(work)
