"""Lets somebody into the demonstration: accounts for the API, and where to look, printed once at the start."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid4

import click

from monitor.actions.users import issue_token
from monitor.cli.demonstration.people import CENTRES
from monitor.cli.installed import Installed
from monitor.clock import now
from monitor.overviews.agenda import Bucket, agenda
from monitor.overviews.users import site_named, user_named
from monitor.schedules.calendar import Kind
from monitor.terms import Actor, Role
from monitor.work import SYSTEM, Work, working

_LIFE = dt.timedelta(days=7)
_A_PAGE = 500


@dataclass(frozen=True, slots=True)
class Account:
    """A member of the staff, with a token that lets a program act for them."""

    actor: Actor
    name: str
    token: str


@dataclass(frozen=True, slots=True)
class Overdue:
    """A dose that somebody may try to record: of which treatment, due when, and whose nurse records it today."""

    treatment_id: UUID
    due_on: dt.date
    today: dt.date
    nurse: Account


@dataclass(frozen=True, slots=True)
class Accounts:
    """Whose eyes the pages have, the staff of each centre, and an overdue dose to try them on while there is one."""

    visitor: Actor
    staff: tuple[tuple[str, tuple[Account, ...]], ...]
    overdue: Overdue | None


def admit(place: Installed) -> Accounts:
    """A new token for everybody at this start: an older one cannot be shown again, only its digest is kept."""
    with working(place.sessions, catalog=place.catalog, by=SYSTEM, at=now(), settings=place.settings) as work:
        staff = tuple((centre.name, _accounts(work, centre.name, centre.staff)) for centre in CENTRES)
    everybody = [account for _, accounts in staff for account in accounts]
    sites = frozenset(site for account in everybody for site in account.actor.site_ids)
    nurses = [account for account in everybody if account.actor.role is Role.NURSE]
    found = [one for one in (_overdue_dose(place, nurse) for nurse in nurses) if one is not None]
    return Accounts(
        visitor=Actor(id=nurses[0].actor.id, role=Role.NURSE, site_ids=sites),
        staff=staff,
        overdue=min(found, key=lambda one: one.due_on, default=None),
    )


def _accounts(work: Work, site: str, staff: dict[Role, str]) -> tuple[Account, ...]:
    site_ids = frozenset({site_named(work, name=site)})
    found = []
    for role, name in staff.items():
        staff_id = user_named(work, name=name)
        token = issue_token(work, staff_id=staff_id, life=_LIFE)
        found.append(Account(Actor(id=staff_id, role=role, site_ids=site_ids), name, token))
    return tuple(found)


def _overdue_dose(place: Installed, nurse: Account) -> Overdue | None:
    """The dose that is overdue longest at the site of this nurse, as the work list has it now."""
    with working(
        place.sessions, catalog=place.catalog, by=nurse.actor, at=now(), settings=place.settings, only_reads=True
    ) as work:
        items = agenda(work, cursor=None, limit=_A_PAGE, bucket=Bucket.OVERDUE.value).items
        dose = next((item for item in items if item.kind == Kind.DOSE and item.stream == "dose"), None)
        today = work.today(next(centre.timezone for centre in CENTRES if nurse.name in centre.staff.values()))
    return None if dose is None else Overdue(dose.treatment_id, dose.due_on, today, nurse)


def welcome(accounts: Accounts, *, port: int, is_new: bool) -> None:
    """Say where to look, with which accounts, and what to try first; `is_new`: today's reminders are still to come."""
    awaited = "the next reminder arrives within a minute" if is_new else "--fresh, to see one arrive once more"
    here = f"http://localhost:{port}"
    click.echo(f"""
  Start here            {here}
  The patients' phones  {here}/demo/phones   ({awaited})
  Agenda and alerts     {here}/demo/agenda

  Accounts for the API, shown this once:""")
    for site, staff in accounts.staff:
        click.echo(f"    {site}")
        for account in staff:
            click.echo(f"      {account.actor.role.value:<12} {account.name:<22} {account.token}")
    click.echo(_example(accounts.overdue, here=here))
    click.echo(f"""
  Everything else that the API does: {here}/api/v1/docs (a page to try it on), and docs/api.md

  Everybody is invented, and no text leaves this machine: they go to the page of phones, here at all hours.
  Ctrl-C stops it.
""")


def _example(overdue: Overdue | None, *, here: str) -> str:
    if overdue is None:
        return "\n  No dose is overdue any more: --fresh makes everything anew."
    weeks = (overdue.today - overdue.due_on).days // 7
    return f"""
  Try it: record the dose that is {weeks} weeks overdue, and watch its alert end on the page of alerts:
    curl -H 'Authorization: Bearer {overdue.nurse.token}' -H 'Content-Type: application/json' \\
      -H 'Idempotency-Key: {uuid4()}' \\
      -d '{{"treatment_id": "{overdue.treatment_id}", "on": "{overdue.today}"}}' {here}/api/v1/administrations"""
