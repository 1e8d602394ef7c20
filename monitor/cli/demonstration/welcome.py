"""Lets somebody into the demonstration: accounts for the API, and where to look, printed once at the start."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid4

import click

from monitor.actions.users import issue_token
from monitor.cli.demonstration.people import GASPARD, STAFF, Place
from monitor.cli.installed import Installed
from monitor.clock import now
from monitor.overviews.patients import patients
from monitor.overviews.treatments import treatments
from monitor.overviews.users import site_named, user_named
from monitor.terms import Actor, Role
from monitor.work import SYSTEM, Work, working

_LIFE = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Accounts:
    """Whose eyes the pages have, a token of each member of the staff, and a treatment to try them on."""

    visitor: Actor
    tokens: dict[Role, str]
    overdue_treatment_id: UUID
    today: dt.date


def admit(place: Installed) -> Accounts:
    """A new token for everybody at this start: an older one cannot be shown again, only its digest is kept."""
    with working(place.sessions, catalog=place.catalog, by=SYSTEM, at=now(), settings=place.settings) as work:
        staff = {role: user_named(work, name=name) for role, name in STAFF.items()}
        sites = frozenset(site_named(work, name=name) for name in Place)
        tokens = {role: issue_token(work, staff_id=staff_id, life=_LIFE) for role, staff_id in staff.items()}
        today = work.today(place.settings.timezone)
    visitor = Actor(id=staff[Role.NURSE], role=Role.NURSE, site_ids=sites)
    with working(
        place.sessions, catalog=place.catalog, by=visitor, at=now(), settings=place.settings, only_reads=True
    ) as work:
        return Accounts(visitor, tokens, _overdue_treatment(work), today)


def welcome(accounts: Accounts, *, port: int, is_new: bool) -> None:
    """Say where to look, with which accounts, and what to try first; `is_new`: today's reminders are still to come."""
    awaited = "the next reminder arrives within a minute" if is_new else "--fresh, to see one arrive once more"
    here, nurse = f"http://localhost:{port}", accounts.tokens[Role.NURSE]
    click.echo(f"""
  Start here            {here}
  The patients' phones  {here}/demo/phones   ({awaited})
  Agenda and alerts     {here}/demo/agenda

  Accounts for the API, shown this once:""")
    for role, token in accounts.tokens.items():
        click.echo(f"    {role.value:<12} {STAFF[role]:<22} {token}")
    click.echo(f"""
  Try it: record the dose that is five weeks overdue, and watch its alert end on the page of alerts:
    curl -H 'Authorization: Bearer {nurse}' -H 'Content-Type: application/json' \\
      -H 'Idempotency-Key: {uuid4()}' \\
      -d '{{"treatment_id": "{accounts.overdue_treatment_id}", "on": "{accounts.today}"}}' {here}/api/v1/administrations

  Everything else that the API does: {here}/api/v1/docs (a page to try it on), and docs/api.md

  Everybody is invented, and nothing leaves this machine: texts go to the page of phones, here at all hours.
  Ctrl-C stops it.
""")


def _overdue_treatment(work: Work) -> UUID:
    """That of the patient whose dose is five weeks overdue."""
    everybody = patients(work, cursor=None, limit=100).items
    late = next(one.id for one in everybody if one.family_name == GASPARD.family_name)
    return treatments(work, cursor=None, limit=1, patient_id=late).items[0].id
