"""Asks the provider at once about every message whose end is open, for a person who does not want to wait.

What is found settles its message. What is not found proves nothing before its turn: the looks that may lead to a second
copy keep their quarantine and their distance, whoever is in a hurry (G3). While the database counts as restored, what
waits is looked for too: it may have left after the copy was made (H57).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from monitor.delivery.clocks import clocks_disagree
from monitor.delivery.faults import is_of_one_record
from monitor.delivery.look_around import ask, prove_the_list, record, take
from monitor.delivery.looking import Looked, peek
from monitor.delivery.receipts import hold_whose_number_it_is, record_receipt
from monitor.delivery.restored import adopt, copied_at, other_words
from monitor.delivery.transport import CannotLook, Found, Look, NotThere, Transport
from monitor.delivery.unsettled import expire_lease, expired_leases
from monitor.delivery.worker import Worker, each
from monitor.store.message import IS_PENDING, IS_TO_BE_LOOKED_AT, MessageRow, MessageState
from monitor.work import Work

_UNANSWERED = "unanswered"
_UNRECORDED = "unrecorded"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settled:
    """So many came into this state."""

    state: str
    count: int


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What one round did: how many were asked about, came into each state by it, and were not asked about.

    `unanswered`: the provider could not be asked, or what it said could not be kept. `next`: after which message to go
    on; None: none is left. `list_shows`: whether its list shows what is there; None: unproven. `is_restored`: what
    waits was asked about too. `why_not`: why nothing was asked.
    """

    asked: int = 0
    settled: tuple[Settled, ...] = ()
    unanswered: int = 0
    left: int = 0
    next: uuid.UUID | None = None
    list_shows: bool | None = None
    is_restored: bool = False
    why_not: str | None = None

    @property
    def is_done(self) -> bool:
        """Whether every open message was asked about, and answers could be believed.

        What is not in an unproven list may have left all the same: where the next step is to send it, that is not done.
        """
        is_believed = self.list_shows is not False and not self.is_unproven
        return self.why_not is None and not self.unanswered and not self.left and is_believed

    @property
    def is_unproven(self) -> bool:
        """Whether a restored database asked in a list of which nobody knows whether it shows what is there."""
        return self.is_restored and self.asked > 0 and self.list_shows is None


def reconcile(
    worker: Worker,
    transport: Transport,
    *,
    site_ids: Collection[uuid.UUID] | None = None,
    at_most: int | None = None,
    after: uuid.UUID | None = None,
    goes_on: Callable[[], bool] = lambda: True,
) -> Reconciled:
    """Ask about all that is open (of these sites; None: of all), one after the other, until one cannot be asked about.

    `after`: only about those that come after this one. Where the clocks disagree nothing is asked: nobody would know
    what is due.
    """
    with worker.work(only_reads=True) as work:
        if (why := clocks_disagree(work.session, at=work.at, settings=worker.settings)) is not None:
            return Reconciled(why_not=why)
    each(worker, "message", expired_leases, expire_lease)
    list_shows = prove_the_list(worker, transport, every=dt.timedelta(0))
    with worker.work(only_reads=True) as work:
        copied = copied_at(work)
        open_ones = _open(work, site_ids, after=after, is_restored=copied is not None)
    counts: Counter[str] = Counter()
    asked = 0
    for message_id in open_ones[:at_most]:
        if counts[_UNANSWERED] or not goes_on():
            break
        asked += 1
        counts[_ask_about(worker, transport, message_id, copied)] += 1
    unanswered, unrecorded = counts.pop(_UNANSWERED, 0), counts.pop(_UNRECORDED, 0)
    done_with = asked - unanswered
    return Reconciled(
        asked=asked,
        settled=tuple(Settled(state, count) for state, count in sorted(counts.items()) if state and count),
        unanswered=unanswered + unrecorded,
        left=len(open_ones) - asked,
        next=after if not done_with else open_ones[done_with - 1] if done_with < len(open_ones) else None,
        list_shows=list_shows,
        is_restored=copied is not None,
    )


def _open(
    work: Work, site_ids: Collection[uuid.UUID] | None, *, after: uuid.UUID | None, is_restored: bool
) -> Sequence[uuid.UUID]:
    """Those that wait for a look, and what waits in a restored database; the oldest first, each kind by its index."""
    kinds = (IS_TO_BE_LOOKED_AT, IS_PENDING) if is_restored else (IS_TO_BE_LOOKED_AT,)
    columns = (MessageRow.created_at, MessageRow.id, MessageRow.site_id)
    found = [row for kind in kinds for row in work.session.execute(select(*columns).where(kind))]
    if after is not None:
        (last,) = work.session.execute(select(*columns).where(MessageRow.id == after))
        found = [row for row in found if row[:2] > last[:2]]
    return [row.id for row in sorted(found, key=lambda row: row[:2]) if site_ids is None or row.site_id in site_ids]


def _ask_about(worker: Worker, transport: Transport, message_id: uuid.UUID, copied: dt.datetime | None) -> str:
    """What became of it by this; empty where it stayed what it was."""
    looked, is_due = take(worker, message_id), True
    if looked is None:
        is_due = False
        with worker.work(only_reads=True) as work:
            looked = peek(work, message_id, since=copied)
    if looked is None:
        return ""
    look = ask(transport, looked)
    if copied is not None and isinstance(look, NotThere):
        look = _ask_of_earlier_days(worker, transport, looked, copied)
    if is_due:
        became = record(worker, transport, looked, look)
    elif isinstance(look, Found):
        became = _record_found(worker, looked, look, copied)
    else:
        became = MessageState.UNCERTAIN
    if isinstance(look, CannotLook):
        return _UNANSWERED
    stayed = MessageState.UNCERTAIN if looked.sid is None else MessageState.ACCEPTED
    return "" if became in (stayed, "lost") else became


def _ask_of_earlier_days(worker: Worker, transport: Transport, looked: Looked, copied: dt.datetime) -> Look:
    """The same text may have left on a day that the copy knows nothing of, under the letters of that day."""
    with worker.work(only_reads=True) as work:
        said = other_words(work, looked.message_id, copied=copied)
    for words in said:
        earlier = dataclasses.replace(looked, sent=dataclasses.replace(looked.sent, body=words, since=copied))
        if not isinstance(look := ask(transport, earlier), NotThere):
            return look
    return NotThere()


def _record_found(worker: Worker, looked: Looked, found: Found, copied: dt.datetime | None) -> str:
    """What was found out of its turn counts at once; one that cannot be kept stops none of the others."""
    try:
        with worker.work() as work:
            hold_whose_number_it_is(work, looked.message_id, found)
            if copied is not None:
                adopt(work, looked.message_id, found, since=copied)
            return record_receipt(work, looked.message_id, found)
    except Exception as fault:
        if not is_of_one_record(fault):
            raise
        _log.error("what was seen of message %s cannot be recorded: %s", looked.message_id, type(fault).__name__)
        return _UNRECORDED
