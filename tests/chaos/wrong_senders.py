"""Two senders as they are often written, each wrong in its own way, to show that the harness sees it."""

from __future__ import annotations

import datetime as dt
import os
import sys
import threading
import uuid
from dataclasses import dataclass

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from monitor.clock import now
from monitor.delivery.choose import transport_for
from monitor.delivery.transport import NotSent, NumberRefused, OutgoingText, Sent, Transport
from monitor.settings import read_settings
from monitor.store.engine import make_engine
from monitor.store.message import MessageRow, MessageState

_IN_HAND_FOR = dt.timedelta(seconds=3)
_SID = "SM" + "0" * 32


@dataclass(frozen=True, slots=True)
class _Sender:
    engine: Engine
    transport: Transport

    def run(self, *, marks_first: bool) -> None:
        pause = threading.Event()
        while True:
            if not (self._mark_then_send() if marks_first else self._send_then_mark()):
                pause.wait(0.1)

    def _mark_then_send(self) -> bool:
        """At most once: what fails after the mark is lost."""
        text = self._take(state=MessageState.ACCEPTED, provider_sid=_SID, settled_at=now())
        if text is not None:
            self.transport.send(text[1])
        return text is not None

    def _send_then_mark(self) -> bool:
        """At least once: what left before the mark leaves again."""
        text = self._take(not_before_at=now() + _IN_HAND_FOR)  # so that no other takes it meanwhile
        if text is None:
            return False
        told = self.transport.send(text[1])
        if isinstance(told, Sent | NumberRefused):
            state = MessageState.ACCEPTED if isinstance(told, Sent) else MessageState.FAILED
            self._mark(text[0], state=state, provider_sid=_SID, settled_at=now())
        elif isinstance(told, NotSent):
            self._mark(text[0], not_before_at=now())
        return True

    def _take(self, **values: object) -> tuple[uuid.UUID, OutgoingText] | None:
        """The oldest that waits, unless another was faster."""
        due = (MessageRow.state == MessageState.PENDING, MessageRow.not_before_at <= now())
        with Session(self.engine) as session, session.begin():
            wanted = select(MessageRow.id).where(*due).order_by(MessageRow.not_before_at).limit(1)
            message_id = session.scalar(wanted.with_for_update(skip_locked=True))
            if message_id is None:
                return None
            row = session.execute(
                update(MessageRow)
                .where(MessageRow.id == message_id, *due)
                .values(attempts=MessageRow.attempts + 1, **values)
                .returning(MessageRow.phone, MessageRow.text)
            ).one()
        token = uuid.uuid4().hex
        text = OutgoingText(
            to=row.phone, body=row.text, token=token, callback_token=token, valid_for=dt.timedelta(hours=1)
        )
        return message_id, text

    def _mark(self, message_id: uuid.UUID, **values: object) -> None:
        with Session(self.engine) as session, session.begin():
            session.execute(update(MessageRow).where(MessageRow.id == message_id).values(**values))


def main(name: str) -> None:
    settings = read_settings(os.environ)
    transport = transport_for(settings)
    if transport is None:
        sys.exit("no transport")
    _Sender(make_engine(settings.database_url), transport).run(marks_first=name == "mark_then_send")


if __name__ == "__main__":
    main(sys.argv[1])
