"""Asks the provider at once about every message whose end is open, for a person who does not want to wait.

What is found settles its message. What is not found proves nothing before its turn: the looks that may lead to a second
copy keep their quarantine and their distance, whoever is in a hurry (G3). While the database counts as restored, what
waits is looked for too: it may have left after the copy was made (H57).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from monitor.delivery.clocks import clocks_disagree
from monitor.delivery.look_around import ask, prove_the_list, record, take
from monitor.delivery.looking import peek
from monitor.delivery.receipts import record_receipt
from monitor.delivery.restored import adopt, copied_at
from monitor.delivery.transport import CannotLook, Found, Transport
from monitor.delivery.unsettled import expire_lease, expired_leases
from monitor.delivery.worker import Worker, each
from monitor.store.message import MessageRow, MessageState
from monitor.work import Work

_UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Settled:
    """So many came into this state."""

    state: str
    count: int


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What one round did: how many were asked about, came into each state by it, and were not asked about.

    `unanswered`: the provider could not be asked. `list_shows`: whether its list shows what is there; None: unproven.
    `why_not`: why nothing was asked.
    """

    asked: int = 0
    settled: tuple[Settled, ...] = ()
    unanswered: int = 0
    left: int = 0
    list_shows: bool | None = None
    why_not: str | None = None

    @property
    def is_done(self) -> bool:
        """Whether every open message was asked about, and answers could be believed."""
        return self.why_not is None and not self.unanswered and not self.left and self.list_shows is not False


def reconcile(
    worker: Worker,
    transport: Transport,
    *,
    site_ids: Collection[uuid.UUID] | None = None,
    at_most: int | None = None,
    goes_on: Callable[[], bool] = lambda: True,
) -> Reconciled:
    """Ask about all that is open (of these sites; None: of all), one after the other, until one cannot be asked about.

    Where the clocks disagree nothing is asked: nobody would know what is due.
    """
    with worker.work(only_reads=True) as work:
        if (why := clocks_disagree(work.session, at=work.at, settings=worker.settings)) is not None:
            return Reconciled(why_not=why)
    each(worker, "message", expired_leases, expire_lease)
    list_shows = prove_the_list(worker, transport, every=dt.timedelta(0))
    with worker.work(only_reads=True) as work:
        open_ones = _open(work, site_ids)
    counts: Counter[str] = Counter()
    asked = 0
    for message_id in open_ones[:at_most]:
        if counts[_UNANSWERED] or not goes_on():
            break
        asked += 1
        counts[_ask_about(worker, transport, message_id)] += 1
    unanswered = counts.pop(_UNANSWERED, 0)
    settled = tuple(Settled(state, count) for state, count in sorted(counts.items()) if state and count)
    return Reconciled(asked, settled, unanswered, left=len(open_ones) - asked, list_shows=list_shows)


def _open(work: Work, site_ids: Collection[uuid.UUID] | None) -> Sequence[uuid.UUID]:
    """The unclear ones first, then those that were accepted, then what waits in a restored database."""
    states = [MessageState.UNCERTAIN, MessageState.ACCEPTED]
    if copied_at(work) is not None:
        states.append(MessageState.PENDING)
    query = select(MessageRow.id, MessageRow.state).where(MessageRow.state.in_(states))
    if site_ids is not None:
        query = query.where(MessageRow.site_id.in_(site_ids))
    found = work.session.execute(query.order_by(MessageRow.created_at, MessageRow.id)).all()
    return [row.id for row in sorted(found, key=lambda row: states.index(row.state))]


def _ask_about(worker: Worker, transport: Transport, message_id: uuid.UUID) -> str:
    """What became of it by this; empty where it stayed what it was."""
    looked, is_due = take(worker, message_id), True
    if looked is None:
        is_due = False
        with worker.work(only_reads=True) as work:
            looked = peek(work, message_id, since=copied_at(work))
    if looked is None:
        return ""
    look = ask(transport, looked)
    if is_due:
        became = record(worker, transport, looked, look)
    elif isinstance(look, Found):
        with worker.work() as work:
            adopt(work, message_id, look)
            became = record_receipt(work, message_id, look)
    else:
        became = MessageState.UNCERTAIN
    if isinstance(look, CannotLook):
        return _UNANSWERED
    stayed = MessageState.UNCERTAIN if looked.sid is None else MessageState.ACCEPTED
    return "" if became in (stayed, "lost", "unrecorded") else became
