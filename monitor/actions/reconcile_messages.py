"""Somebody wants to know now what became of the texts whose end is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from uuid import UUID

from sqlalchemy import select

from monitor.actions.permitted import permitted
from monitor.catalog import Catalog
from monitor.delivery.choose import transport_for
from monitor.delivery.no_transport import NoTransport
from monitor.delivery.reconcile import Reconciled, reconcile
from monitor.delivery.worker import Worker
from monitor.settings import Settings, WrongSetting
from monitor.store.message import MessageRow
from monitor.terms import Missing
from monitor.work import Sessions, Work


@permitted
def ask_for_reconciliation(work: Work, *, after: UUID | None = None) -> frozenset[UUID]:
    """Note who asks; the sites whose texts they may ask about. `Missing` where `after` is no text of theirs."""
    if after is not None:
        site_id = work.session.scalar(select(MessageRow.site_id).where(MessageRow.id == after))
        if site_id not in work.by.site_ids:
            raise Missing("no such message", field="after")
    work.note("messages.reconcile")
    return work.by.site_ids


def reconcile_messages(
    sessions: Sessions,
    *,
    catalog: Catalog,
    settings: Settings,
    at_of: Callable[[], dt.datetime],
    site_ids: Collection[UUID] | None = None,
    at_most: int | None = None,
    after: UUID | None = None,
) -> Reconciled:
    """Ask the provider about them, with no transaction open during a call; each answer is a transaction of its own.

    Where this process cannot reach the provider as it is configured, the answer says so.
    """
    try:
        transport = transport_for(settings) or NoTransport()
    except WrongSetting as wrong:
        return Reconciled(why_not=str(wrong))
    worker = Worker(sessions, catalog, settings, at_of)
    return reconcile(worker, transport, site_ids=site_ids, at_most=at_most, after=after)
