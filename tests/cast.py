"""The people of the tests, so that every test knows who may see what: two sites, their staff, their patients."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session, sessionmaker

from monitor.actions.add_site import add_site
from monitor.actions.register_patient import register_patient
from monitor.actions.start_treatment import start_treatment
from monitor.actions.users import add_user, issue_token
from monitor.catalog import Catalog
from monitor.schedules.facts import Sex
from monitor.settings import Settings
from monitor.terms import Actor, Role
from monitor.work import SYSTEM, Work, working

NOW = dt.datetime(2026, 6, 15, 9, 30, tzinfo=dt.UTC)  # a Monday, no holiday
TODAY = NOW.date()


@dataclass(frozen=True)
class Staff:
    """Somebody who signs in, with the token that does it."""

    actor: Actor
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@dataclass(frozen=True)
class Cast:
    """Everybody. North is where the stories happen; south is the other site, whose people must see nothing of it."""

    north: UUID
    south: UUID
    nora: Staff  # nurse, north
    noor: Staff  # neurologist, north
    farah: Staff  # pharmacovigilance, north
    adam: Staff  # administrator, north
    lab: Staff  # laboratory system, north
    sven: Staff  # nurse, south
    selma: Staff  # neurologist, south
    ada: UUID  # patient, north, on alemtuzumab
    theo: UUID  # patient, north, on tofersen
    sofia: UUID  # patient, south, on tofersen
    ada_treatment: UUID
    theo_treatment: UUID
    sofia_treatment: UUID

    def of(self, role: Role) -> Staff:
        """Who has this role in the north."""
        return next(one for one in (self.nora, self.noor, self.farah, self.adam, self.lab) if one.actor.role is role)


class Stage:
    """Where the people act: one call, one transaction, by whom and when you say."""

    def __init__(self, sessions: sessionmaker[Session], catalog: Catalog, settings: Settings) -> None:
        self.sessions, self.catalog, self.settings = sessions, catalog, settings

    def work(self, *, by: Actor = SYSTEM, at: dt.datetime = NOW) -> AbstractContextManager[Work]:
        """A Work that commits at its end."""
        return working(self.sessions, catalog=self.catalog, by=by, at=at, settings=self.settings)


def gather(stage: Stage) -> Cast:
    """Let everybody arrive: sites, accounts, patients and their treatments, made through the actions."""
    with stage.work() as work:
        north = add_site(work, name="Neurology North", country="FR", timezone="Europe/Paris")
        south = add_site(work, name="Neurology South", country="FR", timezone="Europe/Paris")
        staff = {
            name: hire(work, name, role, site)
            for name, role, site in (
                ("Nora", Role.NURSE, north),
                ("Noor", Role.NEUROLOGIST, north),
                ("Farah", Role.PHARMACOVIGILANCE, north),
                ("Adam", Role.ADMIN, north),
                ("Lab", Role.LAB_SYSTEM, north),
                ("Sven", Role.NURSE, south),
                ("Selma", Role.NEUROLOGIST, south),
            )
        }
    with stage.work(by=staff["Noor"].actor) as work:
        ada = _register(work, north, "Berger", "Ada", Sex.FEMALE)
        theo = _register(work, north, "Marchand", "Theo", Sex.MALE)
        ada_treatment = start_treatment(
            work, patient_id=ada, protocol="alemtuzumab", profile="eu", started_on=TODAY - dt.timedelta(days=70)
        )
        theo_treatment = start_treatment(
            work, patient_id=theo, protocol="tofersen", profile="eu", started_on=TODAY - dt.timedelta(days=10)
        )
    with stage.work(by=staff["Selma"].actor) as work:
        sofia = _register(work, south, "Lindqvist", "Sofia", Sex.FEMALE)
        sofia_treatment = start_treatment(
            work, patient_id=sofia, protocol="tofersen", profile="eu", started_on=TODAY - dt.timedelta(days=10)
        )
    return Cast(
        north=north, south=south,
        nora=staff["Nora"], noor=staff["Noor"], farah=staff["Farah"], adam=staff["Adam"], lab=staff["Lab"],
        sven=staff["Sven"], selma=staff["Selma"],
        ada=ada, theo=theo, sofia=sofia,
        ada_treatment=ada_treatment, theo_treatment=theo_treatment, sofia_treatment=sofia_treatment,
    )  # fmt: skip


def hire(work: Work, name: str, role: Role, site: UUID) -> Staff:
    """Somebody more, of this site."""
    staff_id = add_user(work, name=name, role=role, site_ids=[site])
    token = issue_token(work, staff_id=staff_id, life=dt.timedelta(days=90))
    return Staff(actor=Actor(id=staff_id, role=role, site_ids=frozenset({site})), token=token)


def _register(work: Work, site: UUID, family_name: str, given_name: str, sex: Sex) -> UUID:
    return register_patient(
        work,
        site_id=site,
        family_name=family_name,
        given_name=given_name,
        birth_date=dt.date(1980, 2, 29),
        sex=sex,
        language="fr",
        phone="+33639980001",
    )
