"""One round of looks at the provider: for what is uncertain, and after what was accepted and never heard of again."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections import Counter
from collections.abc import Callable

from monitor.delivery.faults import is_of_one_record
from monitor.delivery.hands import Hands
from monitor.delivery.list_check import canary, is_check_due, record_check
from monitor.delivery.looking import Looked, due_looks, record_look, take_look
from monitor.delivery.transport import CannotLook, Look, NotThere, Transport
from monitor.delivery.worker import Worker
from monitor.store.message import MessageState

_log = logging.getLogger(__name__)


def look_around(
    worker: Worker, transport: Transport, *, hands: int, goes_on: Callable[[], bool] = lambda: True
) -> Counter[str]:
    """Look for all that is due; counts what came of each that did not stay as it was.

    No session is open during a call. Once a day the list is proven whether or not anybody needs it, so that a blind
    one is known before the night in which it would matter. Ends at the first look that could not be taken: the others
    of the round would fare no better.
    """
    with worker.work(only_reads=True) as work:
        due = list(due_looks(work))[::-1]
    if goes_on():
        prove_the_list(worker, transport, every=worker.settings.list_checked_every)
    counts: Counter[str] = Counter()
    is_there = True
    with Hands[Looked, Look](hands, lambda looked: ask(transport, looked)) as at_work:
        while True:
            if due and is_there and at_work.free and goes_on():
                if (looked := take(worker, due.pop())) is not None:
                    at_work.give(looked)
            elif at_work.busy:
                for looked, look in at_work.take():
                    is_there = is_there and not isinstance(look, CannotLook)
                    counts[record(worker, transport, looked, look)] += 1
            else:
                return Counter({state: count for state, count in counts.items() if state != MessageState.UNCERTAIN})


def take(worker: Worker, message_id: uuid.UUID) -> Looked | None:
    """The look that is due for this message, for us alone; None where none is."""
    try:
        with worker.work() as work:
            return take_look(work, message_id)
    except Exception as fault:
        if not is_of_one_record(fault):
            raise
        _log.error("message %s cannot be looked after: %s", message_id, type(fault).__name__)
        return None


def record(worker: Worker, transport: Transport, looked: Looked, look: Look) -> str:
    """Write what a look showed; an empty one is believed only while the list is proven."""
    if isinstance(look, NotThere):
        prove_the_list(worker, transport, every=worker.settings.list_trusted_for / 2)
    try:
        with worker.work() as work:
            return record_look(work, looked, look)
    except Exception as fault:
        if not is_of_one_record(fault):
            raise
        _log.error("what was seen of message %s cannot be recorded: %s", looked.message_id, type(fault).__name__)
        return "unrecorded"


def ask(transport: Transport, looked: Looked) -> Look:
    """One call to the provider, with no session open."""
    return _safely(lambda: transport.find(looked.sent) if looked.sid is None else transport.receipt(looked.sid))


def prove_the_list(worker: Worker, transport: Transport, *, every: dt.timedelta) -> bool | None:
    """Look for a message that the provider is known to have, unless that was done not long ago (H61).

    Gives whether the list showed it; None where nothing was or could be asked.
    """
    with worker.work(only_reads=True) as work:
        looked_for = canary(work) if is_check_due(work, every=every) else None
    if looked_for is None:
        return None
    look = _safely(lambda: transport.find(looked_for.sent))
    with worker.work(only_reads=isinstance(look, CannotLook)) as work:
        is_shown = record_check(work, looked_for, look)
    if is_shown is False:
        _log.error("the provider's list does not show a message that it has: what is unclear goes to a person")
    return is_shown


def _safely(ask: Callable[[], Look]) -> Look:
    try:
        return ask()
    except Exception as fault:  # noqa: BLE001 - a look that breaks says nothing, and is logged as our bug
        _log.error("a look at the provider's list broke: %s", type(fault).__name__)
        return CannotLook("the transport broke")
