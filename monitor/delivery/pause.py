"""Open this to see how a person stops the sending of texts, and how it goes on; what is in flight cannot be stopped."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from monitor.store.sending_pause import LASTS, PauseCause, SendingPauseRow
from monitor.store.upsert import insert_into
from monitor.work import Work

_SAID = {
    PauseCause.PERSON: "a person paused the sending",
    PauseCause.RESTORED: "the database was restored from a copy, and may know less than the provider",
}


@dataclass(frozen=True, slots=True)
class Pause:
    """One pause that lasts; `said` is what everybody may read of it, `reason` what somebody typed."""

    id: uuid.UUID
    cause: PauseCause
    reason: str
    paused_at: dt.datetime
    paused_by: uuid.UUID

    @property
    def said(self) -> str:
        return _SAID[self.cause]


_LASTING = (
    select(
        SendingPauseRow.id,
        SendingPauseRow.cause,
        SendingPauseRow.reason,
        SendingPauseRow.paused_at,
        SendingPauseRow.paused_by,
    )
    .where(SendingPauseRow.resumed_at.is_(None))
    .order_by(SendingPauseRow.paused_at, SendingPauseRow.id)
)


def lasting_pauses(session: Session) -> Sequence[Pause]:
    """What keeps texts from leaving on the word of a person, the oldest first."""
    return [Pause(row.id, PauseCause(row.cause), *row[2:]) for row in session.execute(_LASTING)]


def pause(work: Work, *, cause: PauseCause, reason: str) -> Pause:
    """Nothing leaves from now on; where that holds already, the first pause of this cause stays the one that counts."""
    wanted = {"id": uuid.uuid4(), "cause": cause, "reason": reason, "paused_at": work.at, "paused_by": work.by.id}
    statement = insert_into(work.session, SendingPauseRow).values(**wanted)
    work.session.execute(statement.on_conflict_do_nothing(index_elements=["cause"], index_where=LASTS))
    lasting = next(one for one in lasting_pauses(work.session) if one.cause is cause)
    work.note("sending.pause", subject=f"pause {lasting.id}", why=reason, content={"cause": cause.value})
    return lasting


def resume(work: Work, pause_id: uuid.UUID, *, because: str) -> bool:
    """End this pause; False where it ended already."""
    ended = work.session.execute(
        update(SendingPauseRow)
        .where(SendingPauseRow.id == pause_id, SendingPauseRow.resumed_at.is_(None))
        .values(resumed_at=work.at, resumed_by=work.by.id, resumed_because=because)
        .execution_options(synchronize_session=False)
        .returning(SendingPauseRow.id)
    ).first()
    if ended is None:
        return False
    work.note("sending.resume", subject=f"pause {pause_id}", why=because)
    return True
