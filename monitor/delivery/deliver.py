"""Open this to see one pass of the delivery worker: claim, commit, call with no session open, write the outcome."""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session, sessionmaker

from monitor.delivery.claim import Claims, Unprepared, claim_due, has_work
from monitor.delivery.clocks import clocks_disagree
from monitor.delivery.ending import set_aside, strike_out
from monitor.delivery.faults import is_of_one_record
from monitor.delivery.hands import Hands
from monitor.delivery.line import StoppedLine, read_line
from monitor.delivery.look_around import look_around
from monitor.delivery.outcome import give_back, record_outcome, record_outcomes
from monitor.delivery.pause import lasting_pauses
from monitor.delivery.take import Claimed
from monitor.delivery.transport import NotSent, NumberRefused, Outcome, Transport, Unknown
from monitor.delivery.unsettled import expire_lease, expired_leases
from monitor.delivery.worker import Worker, each
from monitor.settings import Settings
from monitor.store.database_time import database_now

if TYPE_CHECKING:
    from monitor.catalog import Catalog

_log = logging.getLogger(__name__)
_MOST_AT_ONCE = 8  # claims in one transaction: on SQLite nobody else writes meanwhile


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
    boot_of: Callable[[], float],
    at_most: int = 1000,
    hands: int = 1,
    goes_on: Callable[[], bool] = lambda: True,
    got_on: Callable[[], None] = lambda: None,
) -> Delivered:
    """Send what is due, at most so many messages; any number of workers may do this at once, and any may be killed.

    `at_of` tells the present moment, `boot_of` the time on a clock that nobody can set; where the clocks disagree about
    the former, nothing is touched. What is uncertain is looked for when its quarantine is over, and sent once more or
    given to a person. `hands`: how many calls to the provider may run at the same time. `goes_on` is asked before
    messages are claimed, `got_on` told when outcomes were written.
    """
    worker = Worker(sessions, catalog, settings, at_of)
    with worker.work(only_reads=True) as work:
        if (why := clocks_disagree(work.session, at=work.at, settings=settings)) is not None:
            _log.error("nothing is sent: %s", why)
            return Delivered(counts={}, stopped=StoppedLine(since=work.at, reason=why, probe_at=None))
        is_any_due = has_work(work)
    counts: Counter[str] = Counter()
    counts["uncertain"] += each(worker, "message", expired_leases, expire_lease)
    if is_any_due:
        counts += _send(worker, transport, boot_of, hands=hands, at_most=at_most, goes_on=goes_on, got_on=got_on)
    counts += look_around(worker, transport, hands=hands, goes_on=goes_on)
    with worker.work(only_reads=True) as work:
        stopped = read_line(work.session)
    return Delivered(counts={state: count for state, count in counts.items() if count}, stopped=stopped)


def _send(
    worker: Worker,
    transport: Transport,
    boot_of: Callable[[], float],
    *,
    hands: int,
    at_most: int,
    goes_on: Callable[[], bool],
    got_on: Callable[[], None],
) -> Counter[str]:
    """Claim for every free hand, let them call, and write down together whatever was answered meanwhile."""
    counts: Counter[str] = Counter()
    is_more = True
    with Hands[Claimed, Outcome](hands, lambda claimed: _call(boot_of, transport, claimed)) as at_work:
        while True:
            left = at_most - at_work.busy - counts.total()
            is_more = is_more and left > 0 and goes_on()
            if is_more and at_work.free:
                batch = _claim(worker, boot_of, transport, at_most=min(at_work.free, left, _MOST_AT_ONCE))
                counts += batch.others
                is_more = not batch.is_last
                for claimed in batch.claimed:
                    at_work.give(claimed)
            elif at_work.busy:
                counts += _record_all(worker, at_work.take())
                got_on()
            else:
                return counts


def _claim(worker: Worker, boot_of: Callable[[], float], transport: Transport, *, at_most: int) -> Claims:
    """Claim what is due, and commit; what then has too little time left for a call, or is stopped, is given back."""
    claimed_at = boot_of()
    try:
        with worker.work() as work:
            claims = claim_due(work, at_most=at_most)
    except Unprepared as fault:  # the claims beside it are undone with it, and come again
        return Claims((), Counter([_set_aside(worker, fault)]), is_last=False)
    if not claims.claimed:
        return claims
    looked_at = boot_of()
    with worker.work(only_reads=True) as work:
        calls_end_at = database_now(work.session) + transport.longest_call
        is_paused = bool(lasting_pauses(work.session))  # by a person who was a moment later than the claims
    late = [one for one in claims.claimed if is_paused or one.lease_until < calls_end_at]
    for one in late:
        with worker.work() as work:
            claims.others[give_back(work, one)] += 1
    in_time = tuple(
        dataclasses.replace(
            one, claimed_at=claimed_at, begin_by=looked_at + (one.lease_until - calls_end_at).total_seconds()
        )
        for one in claims.claimed
        if one not in late
    )
    return Claims(in_time, claims.others, is_last=claims.is_last or bool(late))


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


def _record_all(worker: Worker, answers: Sequence[tuple[Claimed, Outcome]]) -> Counter[str]:
    """Write these outcomes in one transaction; each in its own where that fails, or where it locks a patient."""
    alone = [one for one in answers if isinstance(one[1], NumberRefused)]
    together = [one for one in answers if one not in alone]
    counts: Counter[str] = Counter()
    if len(together) > 1:
        try:
            with worker.work() as work:
                counts = Counter(record_outcomes(work, together))
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is met again below, and raised where it must be
            _log.error("%d outcomes cannot be recorded together: %s", len(together), type(fault).__name__)
        else:
            together = []
    return counts + Counter(_record(worker, claimed, outcome) for claimed, outcome in (*together, *alone))


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


def _call(boot_of: Callable[[], float], transport: Transport, claimed: Claimed) -> Outcome:
    """A transport that breaks may have sent: whatever it raises is an unknown outcome, and is logged as our bug.

    Whoever was frozen since the claim does not call any more: others may have looked, and sent it (H31). What went by
    since the claim is no longer left of the window (H42).
    """
    begins_at = boot_of()
    if begins_at > claimed.begin_by:
        return NotSent("too_late_to_begin")
    left = claimed.text.valid_for - dt.timedelta(seconds=begins_at - claimed.claimed_at)
    try:
        return transport.send(dataclasses.replace(claimed.text, valid_for=left))
    except Exception as fault:  # noqa: BLE001 - one broken answer must not stop the line, nor be sent again
        _log.error("message %s: the transport broke: %s", claimed.message_id, type(fault).__name__)
        return Unknown("transport_broke")
