"""Lends the request a session: Flask-SQLAlchemy opens and closes it, our own engine decides how it talks."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine

from monitor.store.base import Base
from monitor.store.engine import make_engine, make_sessions
from monitor.work import Sessions


class LentSession(SQLAlchemy):
    """The session of the request, on the engine that every other process uses too."""

    def _apply_driver_defaults(self, options: dict[str, Any], app: Flask) -> None:
        """None: a relative path is relative to where the process runs, as it is for every other command."""

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:  # noqa: ARG002
        return make_engine(options.pop("url"), **options)


# The metadata, not the base: the base has its own map of types, which Flask-SQLAlchemy could not share.
db = LentSession(metadata=Base.metadata, session_options={"expire_on_commit": False}, add_models_to_shell=False)


def sessions() -> Sessions:
    """For what is no one transaction: sessions of its own, on the engine of the application."""
    return make_sessions(db.engine)
