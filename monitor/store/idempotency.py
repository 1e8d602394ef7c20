"""The answers to requests that carried an `Idempotency-Key`, so that a retry gets the first one's answer."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import CheckConstraint, ColumnElement, and_, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.store.base import Base, Personal, at_most
from monitor.store.database_time import database_now
from monitor.store.upsert import insert_into


class IdempotencyRow(Base):
    """A key belongs to one client. `status` None: still running, by whoever holds `token`, until `expires_at`."""

    __tablename__ = "idempotency"
    __table_args__ = (
        at_most("key", 255),
        CheckConstraint("(status IS NULL) = (body IS NULL)", name="body_with_status"),
        CheckConstraint("(status IS NULL) = (headers IS NULL)", name="headers_with_status"),
    )

    client_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    token: Mapped[uuid.UUID]
    status: Mapped[int | None]
    headers: Mapped[str | None]
    body: Mapped[str | None] = mapped_column(Personal)  # an answer about a patient says who it is
    expires_at: Mapped[dt.datetime] = mapped_column(index=True)


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to act on behalf of this key, until somebody else is given it."""

    client_id: uuid.UUID
    key: str
    token: uuid.UUID


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What was answered; `headers` as JSON text."""

    status: int
    headers: str
    body: str


@dataclass(frozen=True, slots=True)
class StillRunning:
    """Somebody acts on this key at this moment, for so long at most."""

    free_in: dt.timedelta


@dataclass(frozen=True, slots=True)
class OtherRequest:
    """The key belongs to a request that asked for something else."""


def take_claim(
    session: Session, *, client_id: uuid.UUID, key: str, fingerprint: str, lease: dt.timedelta
) -> Claim | KeptAnswer | StillRunning | OtherRequest:
    """Begin to act on a key, unless that was done or is being done; commit at once, so that the others see it.

    What ran out, a lease or a kept answer, is taken over by compare-and-set: of two who try, one gets the claim.
    """
    now = database_now(session)
    claim = Claim(client_id=client_id, key=key, token=uuid.uuid4())
    ours = {"fingerprint": fingerprint, "token": claim.token, "status": None, "headers": None, "body": None}
    fresh = insert_into(session, IdempotencyRow).values(client_id=client_id, key=key, expires_at=now + lease, **ours)
    if session.scalar(fresh.on_conflict_do_nothing().returning(IdempotencyRow.key)) is not None:
        return claim
    row = session.scalar(select(IdempotencyRow).where(_of(claim)).execution_options(populate_existing=True))
    if row is None:  # purged between the two statements
        return StillRunning(free_in=dt.timedelta(0))
    if row.expires_at > now:
        return _standing(row, fingerprint=fingerprint, now=now)
    unchanged = and_(IdempotencyRow.token == row.token, IdempotencyRow.status.is_not_distinct_from(row.status))
    taken = update(IdempotencyRow).where(_of(claim), unchanged).values(expires_at=now + lease, **ours)
    found = session.scalar(taken.returning(IdempotencyRow.key), execution_options={"synchronize_session": False})
    return claim if found is not None else StillRunning(free_in=lease)


def _standing(row: IdempotencyRow, *, fingerprint: str, now: dt.datetime) -> KeptAnswer | StillRunning | OtherRequest:
    """What a key that counts says to whoever sends it again."""
    if row.fingerprint != fingerprint:
        return OtherRequest()
    if row.status is None or row.headers is None or row.body is None:
        return StillRunning(free_in=row.expires_at - now)
    return KeptAnswer(status=row.status, headers=row.headers, body=row.body)


def keep_answer(session: Session, claim: Claim, answer: KeptAnswer, *, life: dt.timedelta) -> bool:
    """End the claim with this answer; False where the claim was lost, and then nothing of it may be committed."""
    ended = (
        update(IdempotencyRow)
        .where(_held(claim))
        .values(status=answer.status, headers=answer.headers, body=answer.body,
                expires_at=database_now(session) + life)
        .returning(IdempotencyRow.key)
    )  # fmt: skip
    return session.scalar(ended, execution_options={"synchronize_session": False}) is not None


def give_back(session: Session, claim: Claim) -> None:
    """The request did nothing and said nothing final: the key is free again."""
    session.execute(delete(IdempotencyRow).where(_held(claim)), execution_options={"synchronize_session": False})


def purge_answers(session: Session) -> int:
    """Forget what ran out; how many keys that were."""
    gone = delete(IdempotencyRow).where(IdempotencyRow.expires_at <= database_now(session))
    return len(session.scalars(gone.returning(IdempotencyRow.key)).all())


def _of(claim: Claim) -> ColumnElement[bool]:
    return and_(IdempotencyRow.client_id == claim.client_id, IdempotencyRow.key == claim.key)


def _held(claim: Claim) -> ColumnElement[bool]:
    return and_(_of(claim), IdempotencyRow.token == claim.token, IdempotencyRow.status.is_(None))
