"""`monitor users`: sites, accounts and tokens; a token is printed once and kept nowhere."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from monitor.actions.add_site import add_site
from monitor.actions.users import LONGEST_LIFE, add_user, change_mail_address, issue_token, revoke_user
from monitor.catalog import load_catalog
from monitor.cli.installed import refusals_spoken
from monitor.clock import now
from monitor.overviews.users import site_named, user_named
from monitor.overviews.users import users as all_users
from monitor.settings import read_settings
from monitor.store.engine import make_engine, make_sessions, reading
from monitor.store.schema import check_is_current
from monitor.terms import Role
from monitor.work import SYSTEM, Work, working

_ROLES = tuple(role.value for role in Role if role not in (Role.PATIENT, Role.SYSTEM))


@contextmanager
def _at_work() -> Iterator[Work]:
    """One transaction on the database of the environment; a refusal ends the command with its sentence."""
    with refusals_spoken():
        settings = read_settings(os.environ)
        engine = make_engine(settings.database_url)
        try:
            check_is_current(reading(engine))
            with working(
                make_sessions(engine), catalog=load_catalog(settings.config_dir), by=SYSTEM, at=now(), settings=settings
            ) as work:
                yield work
        finally:
            engine.dispose()


@click.group()
def users() -> None:
    """Sites, accounts and their tokens."""


@users.command("add-site")
@click.argument("name")
@click.option("--country", help="Two capital letters; of the settings where absent.")
@click.option("--timezone", help="Such as Europe/Paris; of the settings where absent.")
@click.option("--telephone", help="Of the department.")
def add_one_site(name: str, country: str | None, timezone: str | None, telephone: str | None) -> None:
    """Add a hospital department."""
    with _at_work() as work:
        site_id = add_site(
            work,
            name=name,
            country=country or work.settings.country,
            timezone=timezone or work.settings.timezone,
            telephone=telephone,
        )
    click.echo(site_id)


@users.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(_ROLES), required=True)
@click.option("--site", "sites", multiple=True, help="The name of a site; may be given more than once.")
@click.option("--email", help="Where they are told that something waits for them.")
@click.option("--language", help="Of that mail; of the settings where absent.")
def add(name: str, role: str, sites: tuple[str, ...], email: str | None, language: str | None) -> None:
    """Add an account."""
    with _at_work() as work:
        site_ids = [site_named(work, name=site) for site in sites]
        staff_id = add_user(work, name=name, role=Role(role), site_ids=site_ids, email=email, language=language)
    click.echo(staff_id)


@users.command("email")
@click.argument("name")
@click.argument("email", required=False)
@click.option("--language", help="Of the mail; of the settings where absent.")
def email(name: str, email: str | None, language: str | None) -> None:
    """Say where somebody is told by mail that something waits for them; without an address, nowhere."""
    with _at_work() as work:
        change_mail_address(work, staff_id=user_named(work, name=name), email=email, language=language)
    click.echo("changed" if email is not None else "no mail any more: the list of alerts alone tells")


@users.command("list")
def show() -> None:
    """List the accounts: name, role, state, sites, live tokens."""
    with _at_work() as work:
        found = all_users(work)
    for one in found:
        state = "active" if one.is_active else "revoked"
        click.echo(f"{one.name}\t{one.role}\t{state}\t{', '.join(one.sites) or '-'}\t{one.tokens} tokens")


@users.command("token")
@click.argument("name")
@click.option(
    "--days",
    type=click.IntRange(1, LONGEST_LIFE.days),
    default=90,
    show_default=True,
    help="How long it opens anything.",
)
def token(name: str, days: int) -> None:
    """Print a new token of an account, this once."""
    with _at_work() as work:
        made = issue_token(work, staff_id=user_named(work, name=name), life=dt.timedelta(days=days))
    click.echo(made)


@users.command("revoke")
@click.argument("name")
def revoke(name: str) -> None:
    """Close an account and revoke its tokens; acts on its next request."""
    with _at_work() as work:
        count = revoke_user(work, staff_id=user_named(work, name=name))
    click.echo(f"revoked; {count} tokens open nothing any more")
