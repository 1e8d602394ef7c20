"""One round of looks at the provider: for what is uncertain, and after what was accepted and never heard of again."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections import Counter
from collections.abc import Callable, Iterator

from monitor.delivery.faults import is_of_one_record
from monitor.delivery.list_check import canary, is_check_due, record_check
from monitor.delivery.looking import Looked, due_looks, record_look, take_look
from monitor.delivery.transport import CannotLook, Look, NotThere, Transport
from monitor.delivery.worker import Worker, side_by_side
from monitor.store.message import MessageState

_log = logging.getLogger(__name__)


def look_around(
    worker: Worker, transport: Transport, *, hands: int, goes_on: Callable[[], bool] = lambda: True
) -> Counter[str]:
    """Look for all that is due; counts what came of each that did not stay as it was.

    No session is open during a call. Once a day the list is proven whether or not anybody needs it, so that a blind
    one is known before the night in which it would matter.
    """
    with worker.work(only_reads=True) as work:
        due = due_looks(work)
    if goes_on():
        _prove_the_list(worker, transport, every=worker.settings.list_checked_every)
    turns = iter(due)
    return side_by_side(min(hands, len(due)), lambda: _look_in_turn(worker, transport, turns, goes_on))


def _look_in_turn(
    worker: Worker, transport: Transport, due: Iterator[uuid.UUID], goes_on: Callable[[], bool]
) -> Counter[str]:
    """One hand; it ends at the first look that could not be taken: the others of the round would fare no better."""
    counts: Counter[str] = Counter()
    for message_id in due:
        if not goes_on():
            break
        try:
            became = _one_look(worker, transport, message_id)
        except Exception as fault:
            if not is_of_one_record(fault):
                raise
            _log.error("message %s cannot be looked after: %s", message_id, type(fault).__name__)
            continue
        if became is None:
            break
        if became != MessageState.UNCERTAIN:
            counts[became] += 1
    return counts


def _one_look(worker: Worker, transport: Transport, message_id: uuid.UUID) -> str | None:
    """Look for one message; gives what became of it, or None where the provider could not be asked."""
    with worker.work() as work:
        looked = take_look(work, message_id)
    if looked is None:
        return "lost"
    look = _ask(transport, looked)
    if isinstance(look, NotThere):
        _prove_the_list(worker, transport, every=worker.settings.list_trusted_for / 2)
    with worker.work() as work:
        became = record_look(work, looked, look)
    return None if isinstance(look, CannotLook) else became


def _ask(transport: Transport, looked: Looked) -> Look:
    return _safely(lambda: transport.find(looked.sent) if looked.sid is None else transport.receipt(looked.sid))


def _prove_the_list(worker: Worker, transport: Transport, *, every: dt.timedelta) -> None:
    """Look for a message that the provider is known to have, unless that was done not long ago (H61)."""
    with worker.work(only_reads=True) as work:
        looked_for = canary(work) if is_check_due(work, every=every) else None
    if looked_for is None:
        return
    look = _safely(lambda: transport.find(looked_for.sent))
    with worker.work(only_reads=isinstance(look, CannotLook)) as work:
        if record_check(work, looked_for, look) is False:
            _log.error("the provider's list does not show a message that it has: what is unclear goes to a person")


def _safely(ask: Callable[[], Look]) -> Look:
    try:
        return ask()
    except Exception as fault:  # noqa: BLE001 - a look that breaks says nothing, and is logged as our bug
        _log.error("a look at the provider's list broke: %s", type(fault).__name__)
        return CannotLook("the transport broke")
