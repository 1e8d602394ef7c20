"""Nothing happens without a Work: who acts, at what moment, in which transaction, and the note that it leaves."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, event
from sqlalchemy.orm import Session, sessionmaker

from monitor.settings import Settings
from monitor.store.audit import make_entry
from monitor.store.engine import changes_so_far
from monitor.terms import Actor, Conflict, Role

if TYPE_CHECKING:
    from monitor.catalog import Catalog

SYSTEM = Actor(id=UUID(int=0), role=Role.SYSTEM, site_ids=frozenset())
"""The clock itself: it may look everywhere, and nobody can sign in as it."""

Sessions = sessionmaker[Session]
"""Makes a session for one piece of work; the doors hand it on and never look inside."""

_CHANGE = re.compile(
    r"\s*(INSERT|REPLACE|UPDATE|DELETE|MERGE|TRUNCATE|COPY)\b|\s*WITH\b.*\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM)\b",
    re.IGNORECASE | re.DOTALL,
)
_MATCHES_ROWS = re.compile(r"\s*(UPDATE|DELETE)\b", re.IGNORECASE)
_OF_THE_AUDIT = re.compile(r"\s*(INSERT\s+INTO|UPDATE)\s+audit_entry\b", re.IGNORECASE)


class UnnotedChange(Exception):
    """Rows were written and nobody said why: a bug of ours, so the transaction is undone."""


NAMES_PATIENT = "Patient-Id"
"""What a caller names the patient with whom they have before their eyes, whatever it is that they ask for."""


class OtherPatient(Conflict):
    """What is asked for belongs to somebody else than the caller has before their eyes (H52)."""

    def __init__(self) -> None:
        super().__init__("names another patient than this is about", field=NAMES_PATIENT)


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work by one actor at one moment; `at` is aware and in UTC.

    `for_patient`: whom the caller has before their eyes, None where they did not say. `about`: who was met so far.
    """

    session: Session
    catalog: Catalog
    by: Actor
    at: dt.datetime
    settings: Settings
    for_patient: UUID | None = None
    about: set[UUID] = field(default_factory=set)

    def meets(self, patient_id: UUID) -> None:
        """Say that what is opened or shown is this patient's; called wherever it is found. Raises OtherPatient."""
        if self.for_patient not in (None, patient_id):
            raise OtherPatient
        self.about.add(patient_id)

    def only_of(self, patient_id: UUID | None) -> UUID | None:
        """The one patient whose things a list may show: who is asked for, else whom the caller has before their eyes.

        None: everybody's. Raises OtherPatient.
        """
        wanted = self.for_patient if patient_id is None else patient_id
        if wanted is not None:
            self.meets(wanted)
        return wanted

    def today(self, timezone: str) -> dt.date:
        """The date of `at` on the wall of that zone."""
        return self.at.astimezone(ZoneInfo(timezone)).date()

    def note(
        self,
        action: str,
        *,
        patient_id: UUID | None = None,
        site_id: UUID | None = None,
        subject: str | None = None,
        why: str | None = None,
        content: Mapping[str, object] | None = None,
    ) -> None:
        """Write the audit entry of what is being done; `content` refers to rows and holds no personal value."""
        entry = make_entry(
            at=self.at, actor_id=self.by.id, role=self.by.role, site_id=site_id, action=action,
            patient_id=patient_id, subject=subject, why=why, content=content or {},
        )  # fmt: skip
        self.session.add(entry)
        self.session.info["notes"] = self.session.info.get("notes", 0) + 1


@contextmanager
def working(
    sessions: sessionmaker[Session] | Session,
    *,
    catalog: Catalog,
    by: Actor,
    at: dt.datetime,
    settings: Settings,
    only_reads: bool = False,
    for_patient: UUID | None = None,
    at_the_end: Callable[[Session], None] | None = None,
) -> Iterator[Work]:
    """One transaction: committed at the end, undone by any exception, refused if it wrote rows without a note.

    A session that is handed in must not be inside a transaction and is left open; with a factory we make and close our
    own. `only_reads`: a transaction that may write nothing and, on SQLite, does not wait for those who do.
    `at_the_end`: what a door itself has to write in the same transaction, about nobody, so that it needs no note.
    """
    if at.tzinfo is None:
        raise ValueError("naive datetime")
    session = sessions if isinstance(sessions, Session) else sessions()
    if session.in_transaction():
        raise RuntimeError("the session is already inside a transaction: whose changes would be committed?")
    session.info.update(notes=0, is_written=False)
    session.expire_all()  # what others committed since counts, not what this session remembers
    try:
        with session.begin():
            _watch(session, only_reads=only_reads)
            now = at.astimezone(dt.UTC)
            yield Work(session, catalog=catalog, by=by, at=now, settings=settings, for_patient=for_patient)
            session.flush()
            _refuse_unnoted(session, only_reads=only_reads)
            if at_the_end is not None:
                at_the_end(session)
    finally:
        if session is not sessions:
            session.close()


def _watch(session: Session, *, only_reads: bool) -> None:
    """See every statement of this transaction, from the ORM, in bulk or bare: each passes through its connection.

    An UPDATE or DELETE that found no row has written nothing: whoever loses a race has nothing to note.
    """
    connection = session.connection(execution_options={"only_reads": True} if only_reads else None)

    changes_before = session.info["changes_before"] = changes_so_far(connection)

    def look(
        _connection: Connection, cursor: Any, statement: str, _values: object, _context: object, _many: object
    ) -> None:
        if not _CHANGE.match(statement) or _OF_THE_AUDIT.match(statement):
            return
        if changes_before is None and _MATCHES_ROWS.match(statement) and cursor.rowcount == 0:
            return
        session.info["is_written"] = True

    event.listen(connection, "after_cursor_execute", look)


def _refuse_unnoted(session: Session, *, only_reads: bool) -> None:
    if not session.info["is_written"]:
        return
    changes_before = session.info["changes_before"]
    if changes_before is not None and changes_before == changes_so_far(session.connection()):
        return
    if only_reads:
        raise UnnotedChange("work that only reads has written rows")
    if not session.info["notes"]:
        raise UnnotedChange("rows were written without a note")
