"""Assembles everything: the only place that knows which parts make one application."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Sequence
from importlib import metadata

from flask import Blueprint, Flask

from monitor.api import (
    absences,
    addresses,
    administrations,
    agenda,
    alerts,
    appointments,
    assessments,
    audit,
    calls,
    declarations,
    docs,
    dossier,
    events,
    follow_up_forms,
    health,
    inbound_messages,
    letters,
    me,
    messages,
    patients,
    planned_courses,
    protocols,
    recipients,
    results,
    rota,
    samples,
    sending,
    signs,
    sites,
    transfers,
    treatments,
    trends,
    users,
)
from monitor.api.problem_api import open_api
from monitor.catalog import Catalog, load_catalog
from monitor.catalog.checking import check_or_refuse
from monitor.clock import now
from monitor.edge.db import db
from monitor.edge.errors import answer_errors
from monitor.edge.headers import protect
from monitor.edge.house import House, furnish
from monitor.edge.sign_in import SignIn, by_bearer_token, guard
from monitor.settings import Settings, read_settings
from monitor.store.engine import check_is_durable, reading
from monitor.store.schema import check_is_current

LARGEST_BODY = 5 * 1024 * 1024
_NOUNS = (
    patients, recipients, treatments, planned_courses, trends, dossier, administrations, follow_up_forms, results,
    samples, assessments, events, appointments, calls, letters, addresses, signs, declarations, agenda, alerts, rota,
    absences, messages, inbound_messages, sending, transfers, sites, protocols, users, audit, me, health,
)  # fmt: skip


def create_app(
    settings: Settings,
    *,
    catalog: Catalog | None = None,
    pages: Sequence[Blueprint] = (),
    sign_ins: Sequence[SignIn] = (),
    clock: Callable[[], dt.datetime] = now,
) -> Flask:
    """The application for these settings; `pages` and `sign_ins` are what other doors add to the API.

    Refuses to start, with a sentence that says what to do: `NotMigrated` where the database has not the tables of this
    release, `NotDurable` where a production database may lose what it acknowledged, `Unacceptable` where a protocol,
    the dictionary or a text is wrong (it names the file and the path in it).
    """
    reviewed = catalog if catalog is not None else load_catalog(settings.config_dir)
    check_or_refuse(reviewed)
    app = Flask("monitor", static_folder=None)
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
    )
    db.init_app(app)
    _require_database(app, settings)
    furnish(app, House(settings=settings, catalog=reviewed, clock=clock))
    answer_errors(app)
    protect(app)
    guard(app, ways=(by_bearer_token, *sign_ins))
    api = open_api(app, version=metadata.version("monitor"))
    for noun in _NOUNS:
        api.register_blueprint(noun.routes)
    app.register_blueprint(docs.routes)
    if settings.webhook_url is not None:
        from monitor.webhooks.twilio import receiving  # with the provider's library, which is slow to import

        app.register_blueprint(receiving(settings, webhook_url=settings.webhook_url, wording=reviewed.wording))
    for page in pages:
        app.register_blueprint(page)
    return app


def _require_database(app: Flask, settings: Settings) -> None:
    with app.app_context():
        try:
            check_is_current(reading(db.engine))
            if settings.is_production:
                check_is_durable(reading(db.engine))
        finally:
            db.engine.dispose()  # a server forks after this; no connection may be shared by two processes


def wsgi() -> Flask:
    """For any WSGI server, as `monitor.app:wsgi()`: the application, with the settings of the environment."""
    return create_app(read_settings(os.environ))
