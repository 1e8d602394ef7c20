"""`monitor outbox`: how far each text came, for whoever looks after the machine; never what it said or to whom."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import click
import msgspec
from sqlalchemy import select

from monitor.actions.pause_sending import pause_sending
from monitor.actions.resume_sending import resume_sending
from monitor.cli.installed import installed
from monitor.clock import now
from monitor.delivery.line import open_line, trust_the_clock
from monitor.delivery.pause import lasting_pauses
from monitor.overviews.messages import STATES, Message, message, messages
from monitor.store.sending_pause import PauseCause
from monitor.store.site import SiteRow
from monitor.terms import Actor, Role
from monitor.work import SYSTEM, Work, working


@contextmanager
def _looking() -> Iterator[Work]:
    """Work that only reads, with the eyes of an administrator of every site."""
    with installed(os.environ) as place:
        with place.sessions() as session:
            sites = frozenset(session.scalars(select(SiteRow.id)))
        operator = Actor(id=SYSTEM.id, role=Role.ADMIN, site_ids=sites)
        with working(
            place.sessions, catalog=place.catalog, by=operator, at=now(), settings=place.settings, only_reads=True
        ) as work:
            yield work


@contextmanager
def _acting() -> Iterator[Work]:
    """Work of the operator of this machine."""
    with (
        installed(os.environ) as place,
        working(place.sessions, catalog=place.catalog, by=SYSTEM, at=now(), settings=place.settings) as work,
    ):
        yield work


@click.group()
def outbox() -> None:
    """Text messages and how far they came."""


@outbox.command("list")
@click.option("--state", type=click.Choice(STATES), help="Only those in this state.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
def show_list(state: str | None, limit: int) -> None:
    """The newest first: id, local day, state, attempts, reason."""
    with _looking() as work:
        found = messages(work, cursor=None, limit=limit, state=state)
    for one in found.items:
        click.echo(_line(one))
    if found.next is not None:
        click.echo(f"… and more; --limit shows more than {limit}", err=True)


@outbox.command("show")
@click.argument("message_id", type=click.UUID)
def show_one(message_id: UUID) -> None:
    """Everything about one message but its text and its number."""
    with _looking() as work:
        found = message(work, message_id=message_id)
    for name, value in msgspec.structs.asdict(found).items():
        if name not in ("text", "phone"):
            click.echo(f"{name:<16}{_spelled(value)}")


@outbox.command("pause")
@click.option("--reason", required=True, help="Why nothing may leave; kept, and shown to the staff.")
def pause(reason: str) -> None:
    """Let no text leave until somebody resumes, whatever is started meanwhile."""
    with _acting() as work:
        pause_sending(work, reason=reason)
    click.echo("no text leaves any more; what was being sent at this moment cannot be called back")


@outbox.command("hold")
@click.option("--reason", default="restored from a copy", show_default=True, help="Kept, and shown to the staff.")
def hold(reason: str) -> None:
    """After restoring an older copy: let no text leave until the outbox was reconciled with the provider."""
    with _acting() as work:
        pause_sending(work, reason=reason, cause=PauseCause.RESTORED)
    click.echo("no text leaves any more; reconcile, then resume with a reason")


@outbox.command("resume")
@click.option("--reason", help="Ends the pauses that people made as well; kept.")
def resume(reason: str | None) -> None:
    """Let texts leave again, once you have seen to it that the clock of this machine and the account are right."""
    with _acting() as work:
        trust_the_clock(work)
        open_line(work)
        lasting = lasting_pauses(work.session)
        for one in lasting if reason is not None else ():
            resume_sending(work, pause_id=one.id, reason=reason or "")
    if lasting and reason is None:
        for one in lasting:
            click.echo(f"since {one.paused_at.isoformat(timespec='minutes')}: {one.said}: {one.reason}", err=True)
        raise click.ClickException("clock and line are trusted again, but the sending stays paused: give a --reason")
    click.echo("the line is open; /health/ready tells whether anything else keeps texts from leaving")


def _line(one: Message) -> str:
    reason = one.because or one.error_code or ""
    return "\t".join((str(one.id), one.local_day.isoformat(), one.state, f"{one.attempts} attempts", reason)).rstrip()


def _spelled(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds")
    return "-" if value is None else str(value)
