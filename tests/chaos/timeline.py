"""What happened to one number, moment by moment, from the provider's ledger and from the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from monitor.store.message import MessageAttemptRow, MessageRow
from tests.provider.ledger import Ledger


def timeline(engine: Engine, ledger: Ledger, phone: str) -> list[str]:
    """In order; the telephone numbers of a try are fictional."""
    told = sorted([*_of_provider(ledger, phone), *_of_database(engine, phone)])
    return [f"{phone} {at:%H:%M:%S.%f} {words}" for at, words in told]


def _of_provider(ledger: Ledger, phone: str) -> Iterator[tuple[dt.datetime, str]]:
    for copy in ledger.to(phone):
        yield copy.at, f"provider: accepted {copy.sid[-6:]} of {copy.token[:6]}, shown from {copy.shown_from:%H:%M:%S}"
    for met in ledger.met:
        if met.to == phone:
            yield met.at, f"provider: {met.what}"
    for look in ledger.listed:
        if look.to == phone:
            shown = ", ".join(sid[-6:] for sid in look.shown) or "nothing"
            yield look.at, f"provider: {'blind ' if look.is_blind else ''}list shows {shown}"


def _of_database(engine: Engine, phone: str) -> Iterator[tuple[dt.datetime, str]]:
    wanted = (
        select(MessageAttemptRow)
        .join(MessageRow, MessageRow.id == MessageAttemptRow.message_id)
        .where(MessageRow.phone == phone)
    )
    with Session(engine) as session:
        for attempt in session.scalars(wanted):
            name = (attempt.callback_token or attempt.token)[:6]
            yield attempt.started_at, f"attempt {name} claimed"
            if attempt.ended_at is not None:
                yield attempt.ended_at, f"attempt {name} {attempt.outcome} {attempt.error_code or ''}"
