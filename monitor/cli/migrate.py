"""`monitor migrate`: makes the tables of this release, or brings older ones up to date."""

from __future__ import annotations

import os

import click

from monitor.cli.installed import refusals_spoken
from monitor.settings import read_settings
from monitor.store.schema import upgrade


@click.command()
def migrate() -> None:
    """Apply every migration that is missing; twice changes nothing."""
    with refusals_spoken():
        upgrade(read_settings(os.environ).database_url)
    click.echo("The database has the tables of this release.")
