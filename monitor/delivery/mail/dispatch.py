"""One pass of the worker over the mail to colleagues: claim, commit, call with no session open, write the outcome."""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session, sessionmaker

from monitor.delivery.faults import is_of_one_record
from monitor.delivery.mail.claim import ClaimedMail, MailInHand, UnpreparedMail, claim_mail, has_mail
from monitor.delivery.mail.ending import set_mail_aside
from monitor.delivery.mail.mailer import Mailer, MailOutcome
from monitor.delivery.mail.outcome import expire_mail, expired_mails, give_back_mail, record_mail
from monitor.delivery.transport import Unknown
from monitor.delivery.worker import Worker, each
from monitor.settings import Settings
from monitor.store.database_time import database_now

if TYPE_CHECKING:
    from monitor.catalog import Catalog

_log = logging.getLogger(__name__)
_PASS_ENDS_AFTER = frozenset({"given_back", "lost"})


def send_mail_once(
    sessions: sessionmaker[Session],
    *,
    catalog: Catalog,
    settings: Settings,
    mailer: Mailer,
    at_of: Callable[[], dt.datetime],
    at_most: int = 1000,
    goes_on: Callable[[], bool] = lambda: True,
) -> Mapping[str, int]:
    """Tell by mail whoever waits to be told; any number of workers may do this at once, and any may be killed.

    At every hour, and whatever else stands still: a colleague who is not told is worse than one who is told at night.
    Gives how many mails came into each state.
    """
    worker = Worker(sessions, catalog, settings, at_of)
    counts: Counter[str] = Counter()
    counts["expired"] += each(worker, "mail", expired_mails, expire_mail)
    for _ in range(at_most):
        if not goes_on():
            break
        became = _one(worker, mailer)
        if became is None:
            break
        counts[became] += 1
        if became in _PASS_ENDS_AFTER:
            break
    return {state: count for state, count in counts.items() if count}


def _one(worker: Worker, mailer: Mailer) -> str | None:
    with worker.work(only_reads=True) as work:
        if not has_mail(work):
            return None
    try:
        with worker.work() as work:
            claimed = claim_mail(work)
    except MailInHand:
        return "lost"
    except UnpreparedMail as unprepared:
        _log.error("mail to staff %s cannot be prepared: %s", unprepared.staff_id, unprepared.kind)
        with worker.work() as work:
            return set_mail_aside(work, staff_id=unprepared.staff_id, kind=unprepared.kind)
    if not isinstance(claimed, ClaimedMail):
        return claimed
    with worker.work(only_reads=True) as work:
        left = claimed.lease_until - database_now(work.session)
    if left < mailer.longest_call:
        with worker.work() as work:
            return give_back_mail(work, claimed)
    outcome = _call(mailer, claimed)
    try:
        with worker.work() as work:
            return record_mail(work, claimed, outcome)
    except Exception as fault:
        if not is_of_one_record(fault):
            raise
        _log.error("mail %s: its outcome cannot be recorded: %s", claimed.mail_id, type(fault).__name__)
        return "unrecorded"  # its lease runs out, and it is uncertain


def _call(mailer: Mailer, claimed: ClaimedMail) -> MailOutcome:
    """A mailer that breaks may have sent: whatever it raises is an unknown outcome, and is logged as our bug."""
    try:
        return mailer.send(claimed.mail)
    except Exception as fault:  # noqa: BLE001 - one broken answer must not stop the line, nor be sent again
        _log.error("mail %s: the mailer broke: %s", claimed.mail_id, type(fault).__name__)
        return Unknown("mailer_broke")
