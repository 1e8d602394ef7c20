"""Open this to see one pass of the delivery worker: claim, commit, call with no session open, write the outcome."""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session, sessionmaker

from monitor.delivery.claim import Claimed, Unprepared, claim_next, has_work
from monitor.delivery.clocks import clocks_disagree
from monitor.delivery.ending import set_aside, strike_out
from monitor.delivery.faults import is_of_one_record
from monitor.delivery.line import StoppedLine, read_line
from monitor.delivery.look_around import look_around
from monitor.delivery.outcome import give_back, record_outcome
from monitor.delivery.transport import Outcome, Transport, Unknown
from monitor.delivery.unsettled import expire_lease, expired_leases
from monitor.delivery.worker import Worker, each, side_by_side
from monitor.settings import Settings
from monitor.store.database_time import database_now

if TYPE_CHECKING:
    from monitor.catalog import Catalog

_log = logging.getLogger(__name__)
_PASS_ENDS_AFTER = frozenset({"given_back", "line_stopped"})


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one pass did: how many messages came into each state, and why the line stands still if it does."""

    counts: Mapping[str, int]
    stopped: StoppedLine | None


def deliver_once(
    sessions: sessionmaker[Session],
    *,
    catalog: Catalog,
    settings: Settings,
    transport: Transport,
    at_of: Callable[[], dt.datetime],
    at_most: int = 1000,
    hands: int = 1,
    goes_on: Callable[[], bool] = lambda: True,
) -> Delivered:
    """Send what is due, at most so many messages; any number of workers may do this at once, and any may be killed.

    `at_of` tells the present moment; where the clocks disagree about it, nothing is touched. What is uncertain
    is looked for when its quarantine is over, and sent once more or given to a person. `hands`: how many calls to the
    provider may run at the same time. `goes_on` is asked before each message.
    """
    worker = Worker(sessions, catalog, settings, at_of)
    with worker.work(only_reads=True) as work:
        if (why := clocks_disagree(work.session, at=work.at, settings=settings)) is not None:
            _log.error("nothing is sent: %s", why)
            return Delivered(counts={}, stopped=StoppedLine(since=work.at, reason=why, probe_at=None))
    counts: Counter[str] = Counter()
    counts["uncertain"] += each(worker, expired_leases, expire_lease)
    turns = iter(range(at_most))
    counts += side_by_side(hands, lambda: _send_in_turn(worker, transport, turns, goes_on))
    counts += look_around(worker, transport, hands=hands, goes_on=goes_on)
    with worker.work(only_reads=True) as work:
        stopped = read_line(work.session)
    return Delivered(counts={state: count for state, count in counts.items() if count}, stopped=stopped)


def _send_in_turn(
    worker: Worker, transport: Transport, turns: Iterator[int], goes_on: Callable[[], bool]
) -> Counter[str]:
    """One hand: message after message while there are turns left; hands may share the turns."""
    counts: Counter[str] = Counter()
    for _ in turns:
        if not goes_on():
            break
        became = _one(worker, transport)
        if became is None:
            break
        counts[became] += 1
        if became in _PASS_ENDS_AFTER:
            break
    return counts


def _one(worker: Worker, transport: Transport) -> str | None:
    """Send one message; gives what became of it, or None when nothing was due."""
    with worker.work(only_reads=True) as work:
        if not has_work(work):
            return None
    try:
        with worker.work() as work:
            claimed = claim_next(work)
    except Unprepared as fault:
        return _set_aside(worker, fault)
    if not isinstance(claimed, Claimed):
        return claimed
    with worker.work(only_reads=True) as work:
        left = claimed.lease_until - database_now(work.session)
    if left < transport.longest_call:
        with worker.work() as work:
            return give_back(work, claimed)
    return _record(worker, claimed, _call(transport, claimed))


def _set_aside(worker: Worker, unprepared: Unprepared) -> str:
    """Hand over what cannot be prepared, or at least end it: the others are not to wait behind it."""
    _log.error("message %s cannot be prepared: %s", unprepared.message_id, unprepared.kind)
    try:
        with worker.work() as work:
            return set_aside(work, unprepared.message_id, kind=unprepared.kind)
    except Exception as fault:
        if not is_of_one_record(fault):
            raise
        _log.error("message %s cannot be handed over: %s", unprepared.message_id, type(fault).__name__)
    with worker.work() as work:
        return strike_out(work, unprepared.message_id, kind=unprepared.kind)


def _record(worker: Worker, claimed: Claimed, outcome: Outcome) -> str:
    """Write a definite answer, even where something that follows from it cannot be done."""
    for only_the_answer in (False, True):
        try:
            with worker.work() as work:
                return record_outcome(work, claimed, outcome, only_the_answer=only_the_answer)
        except Exception as fault:
            if not is_of_one_record(fault):
                raise
            _log.error("message %s: its outcome cannot be recorded: %s", claimed.message_id, type(fault).__name__)
    return "unrecorded"  # its lease runs out, and a person looks at it


def _call(transport: Transport, claimed: Claimed) -> Outcome:
    """A transport that breaks may have sent: whatever it raises is an unknown outcome, and is logged as our bug."""
    try:
        return transport.send(claimed.text)
    except Exception as fault:  # noqa: BLE001 - one broken answer must not stop the line, nor be sent again
        _log.error("message %s: the transport broke: %s", claimed.message_id, type(fault).__name__)
        return Unknown("transport_broke")
