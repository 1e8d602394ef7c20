"""`monitor generate`: a cohort of invented patients in every state, written in bulk; never into a real database."""

from __future__ import annotations

import datetime as dt
import os

import click
from sqlalchemy import select

from monitor.cli.cohort.ids import MOST_PATIENTS, Ids, Kind
from monitor.cli.cohort.make import first_today, make_cohort
from monitor.cli.cohort.sites import centres_of
from monitor.cli.installed import Installed, opened, refusals_spoken
from monitor.cli.progress import progress_bar
from monitor.clock import now, ticks
from monitor.settings import PREFIX, Settings, read_settings
from monitor.store.patient import PatientRow
from monitor.store.site import SiteRow
from monitor.store.staff import StaffRow


@click.command()
@click.option("--patients", type=click.IntRange(1, MOST_PATIENTS), required=True, help="How many.")
@click.option("--seed", type=click.IntRange(0), required=True, help="The same seed tells the same lives.")
@click.option("--sites", type=click.IntRange(1, 999), default=3, show_default=True, help="How many centres.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day before which everything happened; else today.")
@click.option("--into-existing", is_flag=True, help="Also where sites, accounts or patients are there already.")
def generate(patients: int, seed: int, sites: int, on: dt.datetime | None, *, into_existing: bool) -> None:
    """Fill a database with invented patients, as of a day; the same every time. Refused in production."""
    with refusals_spoken(), opened(_settings()) as place:
        day = _read_day(on, first_today(centres_of(seed, count=sites), at=now()))
        _refuse_what_is_there(place, seed, is_welcome=into_existing)
        started = ticks()
        with progress_bar("Inventing patients") as show:
            made = make_cohort(place, patients=patients, seed=seed, sites=sites, on=day, progress=show)
        seconds = max(ticks() - started, 0.001)
    click.echo(
        f"{made.patients} invented patients with {made.results} results until {day}, in {seconds:.1f} s "
        f"({made.patients / seconds:.0f} patients, {made.results / seconds:.0f} results a second)"
    )
    click.echo(f"A token for one of their staff: monitor users token 'nurse 1 of cohort {seed}'")


def _settings() -> Settings:
    """Those of the environment; ends the command before anything is opened where they are of production."""
    settings = read_settings(os.environ)
    if settings.is_production:
        raise click.ClickException(f"invented patients never meet real ones: {PREFIX}ENVIRONMENT is production")
    return settings


def _read_day(on: dt.datetime | None, today: dt.date) -> dt.date:
    if on is not None and on.date() > today:
        raise click.BadParameter("lies in the future at one of the centres", param_hint="--on")
    return today if on is None else on.date()


def _refuse_what_is_there(place: Installed, seed: int, *, is_welcome: bool) -> None:
    """The same cohort is never written twice; another one, or a site that somebody set up, only where that is meant."""
    with place.sessions() as session:
        if session.get(SiteRow, Ids(seed).of(Kind.SITE, 0)) is not None:
            raise click.ClickException(
                "the cohort of this seed is here already: take another seed, or another database"
            )
        if is_welcome:
            return
        for row in (PatientRow, SiteRow, StaffRow):
            if session.scalar(select(row.id).limit(1)) is not None:
                raise click.ClickException("this database is not empty: --into-existing writes into it all the same")
