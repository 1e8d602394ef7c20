"""Proves that the provider's list shows what is there, before anybody trusts it not to show what is not (H61).

Whoever redacts bodies in the provider's console, or looks with other credentials, sees an empty list: without this
proof each unclear text would be sent twice.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from monitor.delivery.transport import CannotLook, Found, Look, SentText
from monitor.store.database_time import database_now
from monitor.store.list_check import ListCheckRow
from monitor.store.message import MessageAttemptRow, MessageRow, MessageState
from monitor.work import Work

_NEWEST = select(ListCheckRow.checked_at, ListCheckRow.is_shown).order_by(ListCheckRow.checked_at.desc()).limit(1)
_AT_THE_PROVIDER = (MessageState.ACCEPTED, MessageState.DELIVERED, MessageState.UNDELIVERED)


@dataclass(frozen=True, slots=True)
class Canary:
    """A message that the provider is known to have."""

    message_id: uuid.UUID
    sent: SentText


class Proof(StrEnum):
    """What is known of the list when an empty look must be believed."""

    SEES = "sees"  # a moment ago it showed what is there
    BLIND = "blind"  # it did not, or there is nothing yet that it could show
    OLD = "old"  # it did, but nobody could ask it again since


def proof_of_list(work: Work) -> Proof:
    """What the newest check says, and whether it is new enough to say it."""
    newest = work.session.execute(_NEWEST).one_or_none()
    if newest is None or not newest.is_shown:
        return Proof.BLIND
    age: dt.timedelta = database_now(work.session) - newest.checked_at
    if age <= work.settings.list_trusted_for:
        return Proof.SEES
    return Proof.BLIND if canary(work) is None else Proof.OLD


def is_check_due(work: Work, *, every: dt.timedelta) -> bool:
    """Whether the newest check is older than that, or there was none."""
    newest = work.session.execute(_NEWEST).one_or_none()
    return newest is None or bool(database_now(work.session) - newest.checked_at > every)


def canary(work: Work) -> Canary | None:
    """The newest message that the provider took; None where it has none yet, so that nothing can be proven."""
    found = work.session.execute(
        select(MessageRow.id, MessageRow.phone, MessageRow.text, MessageAttemptRow.started_at)
        .join(MessageAttemptRow, MessageAttemptRow.message_id == MessageRow.id)
        .where(MessageRow.state.in_(_AT_THE_PROVIDER), MessageAttemptRow.provider_sid.is_not(None))
        .order_by(MessageAttemptRow.started_at.desc())
        .limit(1)
    ).one_or_none()
    if found is None:
        return None
    since = found.started_at - work.settings.clock_skew
    return Canary(message_id=found.id, sent=SentText(to=found.phone, body=found.text, since=since))


def record_check(work: Work, looked_for: Canary, look: Look) -> bool | None:
    """Keep what the look proved, and whether that is that the list can be trusted; None where it could not look."""
    if isinstance(look, CannotLook):
        return None
    is_shown = isinstance(look, Found)
    work.session.add(
        ListCheckRow(
            id=uuid.uuid4(),
            message_id=looked_for.message_id,
            checked_at=database_now(work.session),
            is_shown=is_shown,
        )
    )
    work.session.flush()
    work.note("list.check", why="it shows what is there" if is_shown else "it does not show what is there")
    return is_shown
