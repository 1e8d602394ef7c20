"""Open this to see what is made of a database that is older than what the provider sent (H57)."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid

from sqlalchemy import select

from monitor.delivery.envelope import reference_of
from monitor.delivery.pause import lasting_pauses
from monitor.delivery.transport import Found
from monitor.store.audit import AuditEntryRow
from monitor.store.database_time import database_now
from monitor.store.message import AttemptOutcome, MessageAttemptRow, MessageRow, MessageState
from monitor.store.sending_pause import PauseCause
from monitor.work import Work

_DAYS_BACK = 3
_BY_ANOTHER_RECORD = "sent after the copy was made"


def copied_at(work: Work) -> dt.datetime | None:
    """When the copy was made at the latest, by its last trace before the line was held; None where it is not held."""
    held = next((one for one in lasting_pauses(work.session) if one.cause is PauseCause.RESTORED), None)
    if held is None:
        return None
    last_trace = work.session.scalar(
        select(AuditEntryRow.at).where(AuditEntryRow.at < held.paused_at).order_by(AuditEntryRow.id.desc()).limit(1)
    )
    return (last_trace or held.paused_at) - work.settings.clock_skew


def other_words(work: Work, message_id: uuid.UUID, *, copied: dt.datetime) -> tuple[str, ...]:
    """What this text would have said, had it left on an earlier day after the copy was made: its letters name the day.

    The same is decided again on the day of the restore. Not further back than a few days: the next reminder of a ladder
    may say the same of the same date.
    """
    message = work.session.get_one(MessageRow, message_id)
    if message.state != MessageState.PENDING:
        return ()
    days = [message.local_day - dt.timedelta(days=back) for back in range(1, _DAYS_BACK + 1)]
    letters = [reference_of(message.patient_id, message.recipient, day) for day in days if day >= copied.date()]
    return tuple(message.text.replace(message.reference, one) for one in letters)


def adopt(work: Work, message_id: uuid.UUID, found: Found, *, since: dt.datetime) -> None:
    """Take over an attempt that our own record lost: the provider has this text, so it left, at some time since then.

    Not at this moment: whoever looks for it again, to prove the list, would look only among what came later.
    """
    message = work.session.get_one(MessageRow, message_id, with_for_update=True, populate_existing=True)
    if message.state != MessageState.PENDING:
        return
    work.session.add(
        MessageAttemptRow(
            id=uuid.uuid4(),
            message_id=message_id,
            token=secrets.token_urlsafe(32),
            started_at=since,
            ended_at=database_now(work.session),
            outcome=AttemptOutcome.ACCEPTED,
            provider_sid=found.sid,
        )
    )
    message.attempts += 1
    work.session.flush()
    work.note("message.adopt", patient_id=message.patient_id, site_id=message.site_id, subject=str(message_id),
              why=_BY_ANOTHER_RECORD)  # fmt: skip
