"""Open this to see how one worker takes messages for itself, and what it checks before it may send them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Date, Uuid, bindparam, exists, func, select

from monitor.delivery.contact import read_contact, sending_days
from monitor.delivery.ending import end_message, hold_message
from monitor.delivery.faults import is_of_one_record
from monitor.delivery.line import StoppedLine, last_opened_at, read_line, stop_line
from monitor.delivery.standing import read_standing
from monitor.delivery.take import Claimed, Taking, take
from monitor.delivery.verdict import End, Wait, verdict
from monitor.store.message import MessageAttemptRow, MessageRow, MessageState
from monitor.work import Work

_TRIED = (
    select(func.count())
    .select_from(MessageRow)
    .where(
        MessageRow.site_id == bindparam("site", type_=Uuid()),
        MessageRow.local_day == bindparam("day", type_=Date()),
        MessageRow.attempts > 0,
    )
)
_TRIED_SINCE = _TRIED.where(
    exists().where(
        MessageAttemptRow.message_id == MessageRow.id,
        MessageAttemptRow.started_at > bindparam("since", type_=MessageAttemptRow.started_at.type),
    )
)


class Unprepared(Exception):
    """What is stored about this message or its patient cannot be used: it must not stop the others (H28)."""

    def __init__(self, message_id: uuid.UUID, kind: str) -> None:
        super().__init__(f"message {message_id}: {kind}")
        self.message_id = message_id
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Claims:
    """What was claimed, how many messages became something else instead, and whether nothing more is due."""

    claimed: tuple[Claimed, ...]
    others: Counter[str]
    is_last: bool


def claim_due(work: Work, *, at_most: int) -> Claims:
    """Take the oldest messages whose turn has come; commit before anything is sent.

    Those that may not be sent become something else instead (`suppressed`, `waiting`, …). Raises `Unprepared` for one
    that cannot be judged. While the line is stopped only what has run out of time is looked at, to become somebody's
    task, and now and then one message that tries whether it is open again.
    """
    line = read_line(work.session)
    limit = 1 if line is not None and line.may_probe(work.at) else at_most
    found = _due(work, line, limit=limit)
    batch = _Batch(work, is_probe=line is not None)
    for message in _read(work, found):
        try:
            batch.decide(message)
        except Exception as fault:
            if is_of_one_record(fault):
                raise Unprepared(message.id, type(fault).__name__) from fault
            raise
    is_last = (len(found) < limit and not batch.put_off) or batch.is_over_ceiling
    return Claims(take(work, batch.takings, is_probe=batch.is_probe), batch.others, is_last)


@dataclass(slots=True)
class _Batch:
    """What becomes of the messages of one transaction; of each patient it takes one, whose day the next one minds."""

    work: Work
    is_probe: bool
    takings: list[Taking] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    tried: Counter[tuple[uuid.UUID, dt.date]] = field(default_factory=Counter)
    put_off: int = 0
    is_over_ceiling: bool = False

    def decide(self, message: MessageRow) -> None:
        work = self.work
        if self.is_over_ceiling or any(one.message.patient_id == message.patient_id for one in self.takings):
            self.put_off += 1
            return
        contact = read_contact(
            work.session, patient_id=message.patient_id, site_id=message.site_id, settings=work.settings
        )
        days = sending_days(work, contact.country)
        decision = verdict(read_standing(work, message, contact), at=work.at, zone=contact.zone, days=days)
        if isinstance(decision, End):
            self.others[end_message(work, message, decision.why)] += 1
        elif isinstance(decision, Wait):
            self.others[hold_message(work, message, decision.until)] += 1
        elif self._exceeds(message, decision.local_day):
            stop_line(
                work, reason="more messages than one site may send in a day", probe_after=work.settings.back_off_longest
            )
            self.others["line_stopped"] += 1
            self.is_over_ceiling = True
        else:
            self.takings.append(Taking(message, contact.reach_of(message.recipient), decision))

    def _exceeds(self, message: MessageRow, day: dt.date) -> bool:
        """A bound on what a fault of ours can do to everybody at once (H37)."""
        if message.attempts > 0:
            return False
        place = (message.site_id, day)
        if place not in self.tried:
            since = last_opened_at(self.work.session)
            told = {"site": message.site_id, "day": day} | ({} if since is None else {"since": since})
            self.tried[place] = self.work.session.scalar(_TRIED if since is None else _TRIED_SINCE, told) or 0
        self.tried[place] += 1
        return self.tried[place] > self.work.settings.messages_per_site_and_day


def has_work(work: Work) -> bool:
    """True if some message's turn has come; reads only, so that idle workers never queue behind writers."""
    found = exists().where(*_is_due(work, read_line(work.session)))
    return bool(work.session.scalar(select(found)))


def _is_due(work: Work, line: StoppedLine | None) -> list[ColumnElement[bool]]:
    due = [MessageRow.state == MessageState.PENDING, MessageRow.not_before_at <= work.at]
    if line is not None and not line.may_probe(work.at):
        due.append(MessageRow.deadline_at <= work.at)
    return due


def _due(work: Work, line: StoppedLine | None, *, limit: int) -> Sequence[uuid.UUID]:
    """Held, but not read: what cannot be read must be known by its id."""
    return work.session.scalars(
        select(MessageRow.id)
        .where(*_is_due(work, line))
        .order_by(MessageRow.not_before_at, MessageRow.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()


def _read(work: Work, ids: Sequence[uuid.UUID]) -> Iterator[MessageRow]:
    """Each of them in turn; where they cannot be read together, one by one: what is at fault is met alone."""
    wanted = select(MessageRow).where(MessageRow.id.in_(ids)).execution_options(populate_existing=True)
    found: dict[uuid.UUID, MessageRow] = {}
    try:
        found = {row.id: row for row in work.session.scalars(wanted)}
    except Exception as fault:
        if not is_of_one_record(fault):
            raise
    for message_id in ids:
        try:
            yield found.get(message_id) or work.session.get_one(MessageRow, message_id, populate_existing=True)
        except Exception as fault:
            if is_of_one_record(fault):
                raise Unprepared(message_id, type(fault).__name__) from fault
            raise
