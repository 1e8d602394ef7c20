"""What most commands begin with: settings, database and reviewed data of this installation, or a clear no."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import click
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from monitor.catalog import Catalog, load_catalog
from monitor.catalog.checking import check_or_refuse
from monitor.settings import Settings, WrongSetting, read_settings
from monitor.store.engine import NotDurable, check_is_durable, make_engine, make_sessions, reading
from monitor.store.schema import NotMigrated, check_is_current
from monitor.terms import Refusal
from monitor.work import Sessions


@dataclass(frozen=True, slots=True)
class Installed:
    """An installation that may be worked with: its database has the tables of this release."""

    settings: Settings
    engine: Engine
    sessions: Sessions
    catalog: Catalog


@contextmanager
def refusals_spoken() -> Iterator[None]:
    """End the command with the sentence of a refusal, without a trace of where it came from."""
    try:
        yield
    except (Refusal, NotDurable, NotMigrated, WrongSetting) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    except OperationalError as failure:  # its text may hold the address with a password
        raise click.ClickException(f"the database cannot be used: {type(failure.orig).__name__}") from failure
    except OSError as failure:
        raise click.ClickException(f"the system refuses: {failure.strerror}: {failure.filename}") from failure


@contextmanager
def installed(environ: Mapping[str, str]) -> Iterator[Installed]:
    """The installation that the environment describes; ends the command where it cannot be used as it is."""
    with refusals_spoken(), opened(read_settings(environ)) as found:
        yield found


@contextmanager
def opened(settings: Settings) -> Iterator[Installed]:
    """The installation with these settings. Raises NotMigrated, NotDurable, Unacceptable (a wrong file)."""
    engine = make_engine(settings.database_url)
    try:
        check_is_current(reading(engine))
        if settings.is_production:
            check_is_durable(engine)
        catalog = load_catalog(settings.config_dir)
        check_or_refuse(catalog)
        yield Installed(settings=settings, engine=engine, sessions=make_sessions(engine), catalog=catalog)
    finally:
        engine.dispose()
