"""Holds the ledger of the provider against the database: who got nothing, who too much, who is whose task."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from monitor.schedules.topics import MESSAGE, REMINDER
from monitor.store.alert import AlertRow
from monitor.store.message import MessageRow, MessageState
from monitor.store.patient import PatientRow
from tests.chaos.timeline import timeline
from tests.provider.faults import Fate
from tests.provider.ledger import Accepted, Ledger, Listed

_BELIEVED_SENT = frozenset({MessageState.ACCEPTED, MessageState.DELIVERED, MessageState.UNDELIVERED})
_FINAL = frozenset({MessageState.DELIVERED, MessageState.CANCELLED})
_MOST_COPIES = 2
_CASES = 5
_ARRIVALS: Mapping[str, Fate] = {
    MessageState.DELIVERED: Fate.DELIVERED,
    MessageState.UNDELIVERED: Fate.UNDELIVERED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Of the patients who each had one reminder due.

    `lost`: no copy and no task, or a row that says sent where the provider has nothing. `duplicated`: a second copy
    that the list would have prevented. `late`: a second copy after two looks that could not show the first,
    because the provider, or a frozen process of ours, brought it forward only afterwards. `loose`: neither final nor
    somebody's task. `untrue`: a row that says delivered or undelivered where no copy was.
    """

    due: int
    lost: int
    duplicated: int
    late: int
    more_than_two: int
    needs_human: int
    loose: int
    untrue: int
    states: Mapping[str, int]
    cases: Sequence[str] = ()
    """What happened to the first few whom it went wrong with."""

    @property
    def is_good(self) -> bool:
        return not (self.lost or self.duplicated or self.more_than_two or self.loose or self.untrue)


@dataclass(frozen=True, slots=True)
class _Record:
    """What the database says of one patient."""

    phone: str
    states: Sequence[str]
    has_task: bool


def judge(engine: Engine, ledger: Ledger, *, fate_of: Callable[[str], Fate]) -> Report:
    """Count, once everything is settled."""
    records = list(_records(engine).values())
    copies = {record.phone: ledger.to(record.phone) for record in records}
    looks: dict[str, list[Listed]] = defaultdict(list)
    for look in ledger.listed:
        looks[look.to].append(look)
    second = [phone for phone, sent in copies.items() if len(sent) > 1]
    late = [phone for phone in second if _came_late(copies[phone], looks[phone])]
    bad = [phone for phone in second if phone not in late]
    bad += [record.phone for record in records if _is_lost(record, copies[record.phone]) or _is_loose(record)]
    return Report(
        due=len(records),
        lost=sum(_is_lost(record, copies[record.phone]) for record in records),
        duplicated=len(second) - len(late),
        late=len(late),
        more_than_two=sum(len(sent) > _MOST_COPIES for sent in copies.values()),
        needs_human=sum(record.has_task for record in records),
        loose=sum(_is_loose(record) for record in records),
        untrue=sum(_is_untrue(record, {fate_of(one.sid) for one in copies[record.phone]}) for record in records),
        states=Counter(state for record in records for state in record.states),
        cases=[line for phone in bad[:_CASES] for line in timeline(engine, ledger, phone)],
    )


def is_settled(engine: Engine) -> bool:
    """Whether nothing will happen by itself any more."""
    open_states = (MessageState.PENDING, MessageState.SENDING, MessageState.UNCERTAIN)
    wanted = select(MessageRow.id).where(MessageRow.state.in_(open_states) | MessageRow.look_at.is_not(None)).limit(1)
    with Session(engine) as session:
        return session.scalar(wanted) is None


def _records(engine: Engine) -> dict[uuid.UUID, _Record]:
    task = AlertRow.topic.startswith(MESSAGE) | AlertRow.topic.startswith(REMINDER)
    with Session(engine) as session:
        states: dict[uuid.UUID, list[str]] = defaultdict(list)
        for patient_id, state in session.execute(select(MessageRow.patient_id, MessageRow.state)):
            states[patient_id].append(state)
        tasks = set(session.scalars(select(AlertRow.patient_id).where(AlertRow.closed_at.is_(None), task)))
        people = session.execute(select(PatientRow.id, PatientRow.phone)).all()
    return {id: _Record(phone or "", states[id], id in tasks) for id, phone in people}


def _is_lost(record: _Record, sent: Sequence[Accepted]) -> bool:
    is_believed_sent = any(state in _BELIEVED_SENT for state in record.states)
    return not sent and (is_believed_sent or not record.has_task)


def _is_loose(record: _Record) -> bool:
    """Neither final nor somebody's task."""
    return not record.has_task and (not record.states or any(state not in _FINAL for state in record.states))


def _is_untrue(record: _Record, fates: set[Fate]) -> bool:
    """Whoever forges a receipt, or whose receipt overtakes another, must not have been believed (H40)."""
    return any(state in _ARRIVALS and _ARRIVALS[state] not in fates for state in record.states)


def _came_late(sent: Sequence[Accepted], looks: Sequence[Listed]) -> bool:
    """Whether two looks before the second copy showed none, and the last of them would have, had there been one."""
    before = [look for look in looks if look.at <= sent[1].at]
    return len(before) >= 2 and not before[-1].is_blind and not any(look.shown for look in before)
