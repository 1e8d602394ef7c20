"""`monitor outbox`: how far each text came, for whoever looks after the machine; never what it said or to whom."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import click
from sqlalchemy import select

from monitor.actions.pause_sending import pause_sending
from monitor.actions.reconcile_messages import reconcile_messages
from monitor.actions.resume_sending import resume_sending
from monitor.actions.retry_message import retry_message
from monitor.cli.installed import installed
from monitor.cli.message_lines import told
from monitor.clock import now
from monitor.delivery.choose import check_texts
from monitor.delivery.line import MAIL, open_line, trust_the_clock
from monitor.delivery.pause import lasting_pauses
from monitor.overviews.message_life import message_life
from monitor.overviews.messages import STATES, Message, messages
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
    """The life of one message but its text and number: attempts, looks, what was noted, whose task it became."""
    with _looking() as work:
        found = message_life(work, message_id=message_id)
    for line in told(found):
        click.echo(line)


@outbox.command("reconcile")
def reconcile() -> None:
    """Ask the provider now about every text whose end is open; status 0 only if it answered for all of them."""
    with installed(os.environ) as place:
        check_texts(place.settings, place.catalog.wording)
        done = reconcile_messages(place.sessions, catalog=place.catalog, settings=place.settings, at_of=now)
    for one in done.settled:
        click.echo(f"{one.count} {one.state}")
    click.echo(f"{done.asked} asked about, {done.unanswered} unanswered, {done.left} not asked about")
    if done.list_shows is False:
        click.echo("the provider's list does not show a message that it has: not finding one proves nothing", err=True)
    if done.is_unproven:
        click.echo("no text was known to be there, so nothing proves the list: ask again, or look there", err=True)
    if done.why_not is not None:
        click.echo(done.why_not, err=True)
    if not done.is_done:
        raise click.exceptions.Exit(1)


@outbox.command("retry")
@click.argument("message_id", type=click.UUID)
@click.option("--reason", required=True, help="Why; kept with what is noted of the message.")
def retry(message_id: UUID, reason: str) -> None:
    """Send once more a text that failed or needs a person; never a third copy, and never one that is too late."""
    with _acting() as work:
        retry_message(work, message_id=message_id, reason=reason)
    click.echo("it waits for a worker, who checks everything again")


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
    """Let texts and mail leave again, once you have seen to the clock of this machine and the accounts."""
    with _acting() as work:
        trust_the_clock(work)
        open_line(work, by_person=True)
        open_line(work, name=MAIL, by_person=True)
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
