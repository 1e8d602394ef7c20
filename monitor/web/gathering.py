"""Fetches what several pages show, whole: a demonstration is small."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from flask import request

from monitor.overviews.absences import absences
from monitor.overviews.agenda import AgendaItem, agenda
from monitor.overviews.alerts import Alert, alerts
from monitor.overviews.gates import Gates, gates
from monitor.overviews.me import me
from monitor.overviews.pages import Page
from monitor.overviews.patients import PatientLine, patients
from monitor.overviews.rota import Member, colleagues, turns
from monitor.overviews.site_days import site_days
from monitor.overviews.treatments import treatments
from monitor.web.agenda_page import Part, present_agenda
from monitor.web.alert_cards import Inbox, present_alerts
from monitor.web.centres import Centres
from monitor.web.duty import Duty
from monitor.web.held_doses import HeldDoses, may_hold
from monitor.web.spoken import Spoken
from monitor.web.titles import Titles
from monitor.work import Work

A_PAGE = 500
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a page of care is made of: of all that somebody may see, of one hospital, or of one patient."""

    work: Work
    titles: Titles
    centres: Centres
    spoken: Spoken
    duty: Duty
    people: tuple[PatientLine, ...]

    def care(self, *, patient_id: UUID | None = None) -> tuple[Inbox, tuple[Part, ...]]:
        """The alerts and the work list."""
        items = self.items(patient_id=patient_id)
        pressing, put_off = (self._alerts(state, patient_id) for state in ("open", "snoozed"))
        held = self._held([*pressing, *put_off], items)
        inbox = present_alerts(
            pressing,
            put_off,
            people=self.people,
            titles=self.titles,
            centres=self.centres,
            duty=self.duty,
            held=held,
            spoken=self.spoken,
        )
        return inbox, present_agenda(items, titles=self.titles, centres=self.centres, held=held, spoken=self.spoken)

    def items(self, *, patient_id: UUID | None = None) -> list[AgendaItem]:
        work, chosen = self.work, self.centres.chosen
        return every(lambda cursor: agenda(work, cursor=cursor, limit=A_PAGE, site_id=chosen, patient_id=patient_id))

    def gates(self, treatment_ids: Iterable[UUID]) -> dict[UUID, Gates]:
        """What stands before the next dose of each of these treatments."""
        return {one: gates(self.work, treatment_id=one) for one in treatment_ids}

    def _alerts(self, state: str, patient_id: UUID | None) -> list[Alert]:
        work, chosen = self.work, self.centres.chosen
        return every(
            lambda cursor: alerts(work, cursor=cursor, limit=A_PAGE, state=state, site_id=chosen, patient_id=patient_id)
        )

    def _held(self, found: list[Alert], items: list[AgendaItem]) -> HeldDoses:
        """The gates are asked only where an alert may have shut one."""
        asked = {one.treatment_id for one in found if may_hold(one) and one.treatment_id is not None}
        return HeldDoses(self.gates(asked), items, titles=self.titles, spoken=self.spoken)


def gather(work: Work) -> Gathered:
    """For the visitor; the address says which hospital to look at, nothing or nonsense means all."""
    spoken = Spoken(at=work.at, timezone=work.settings.timezone)
    return Gathered(
        work,
        Titles(work.catalog, every(lambda cursor: treatments(work, cursor=cursor, limit=A_PAGE))),
        Centres.of(me(work).sites, asked_for=request.args.get("centre")),
        spoken,
        _duty(work, spoken),
        tuple(every(lambda cursor: patients(work, cursor=cursor, limit=A_PAGE))),
    )


def every(fetch: Callable[[str | None], Page[_T]]) -> list[_T]:
    """All the pages of a list."""
    page = fetch(None)
    found = list(page.items)
    while page.next is not None:
        page = fetch(page.next)
        found += page.items
    return found


def _duty(work: Work, spoken: Spoken) -> Duty:
    days = site_days(work)
    return Duty(
        members=[member for site_id in days for member in _members(work, site_id)],
        turns=every(lambda cursor: turns(work, cursor=cursor, limit=A_PAGE)),
        absences=every(lambda cursor: absences(work, cursor=cursor, limit=A_PAGE)),
        days=days,
        spoken=spoken,
    )


def _members(work: Work, site_id: UUID) -> list[Member]:
    return every(lambda cursor: colleagues(work, site_id=site_id, cursor=cursor, limit=A_PAGE))
