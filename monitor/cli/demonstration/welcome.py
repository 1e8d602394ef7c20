"""Lets somebody into the demonstration: accounts for the API, and where to look, printed once at the start."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import click

from monitor.actions.users import issue_token
from monitor.cli.demonstration.people import STAFF, Place
from monitor.cli.installed import Installed
from monitor.clock import now
from monitor.overviews.users import site_named, user_named
from monitor.terms import Actor, Role
from monitor.work import SYSTEM, working

_LIFE = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Accounts:
    """Whose eyes the pages have, and a token of each member of the staff."""

    visitor: Actor
    tokens: dict[Role, str]


def admit(place: Installed) -> Accounts:
    """A new token for everybody at this start: an older one cannot be shown again, only its digest is kept."""
    with working(place.sessions, catalog=place.catalog, by=SYSTEM, at=now(), settings=place.settings) as work:
        staff = {role: user_named(work, name=name) for role, name in STAFF.items()}
        sites = frozenset(site_named(work, name=name) for name in Place)
        return Accounts(
            visitor=Actor(id=staff[Role.NURSE], role=Role.NURSE, site_ids=sites),
            tokens={role: issue_token(work, staff_id=staff_id, life=_LIFE) for role, staff_id in staff.items()},
        )


def welcome(accounts: Accounts, *, port: int) -> None:
    """Say where to look and with which accounts."""
    here = f"http://localhost:{port}"
    click.echo(f"""
  Start here            {here}
  The patients' phones  {here}/demo/phones   (the next reminder arrives within a minute)
  Agenda and alerts     {here}/demo/agenda

  Accounts for the API, shown this once:""")
    for role, token in accounts.tokens.items():
        click.echo(f"    {role.value:<12} {STAFF[role]:<22} {token}")
    click.echo(f"""
  For example, the worst alert:
    curl -s -H 'Authorization: Bearer {accounts.tokens[Role.NURSE]}' '{here}/api/v1/alerts?limit=1'

  Everybody is invented, and nothing leaves this machine: texts go to the page of phones, here at all hours.
  Ctrl-C stops it.
""")
