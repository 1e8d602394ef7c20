"""What follows from the facts of many new treatments: worked out as a follow-up works it out, and written in bulk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import bindparam, update

from monitor.actions.follow_up import Outcome, read_facts, work_out
from monitor.cli.cohort.ids import Ids, Kind
from monitor.delivery.contact import sending_days
from monitor.delivery.desk import visit_times
from monitor.delivery.patience import patience_of
from monitor.notices.reminder_steps import reminder_steps
from monitor.notices.reminders import WantedReminder, next_reminder_on, wanted_reminders
from monitor.schedules.topics import OVERDUE
from monitor.store.agenda import AgendaRow, agenda_values
from monitor.store.alert import AlertRow, opening_values
from monitor.store.asked_letter import AskedLetterRow, letter_values
from monitor.store.bulk import Row, add_rows
from monitor.store.finding import NOTHING_FOUND, found_in
from monitor.store.recipient import Recipient
from monitor.store.reminder import ReminderOutcome, ReminderRow
from monitor.store.treatment import TreatmentRecord, TreatmentRow
from monitor.work import Work

_AGENDA = tuple(column.name for column in AgendaRow.__table__.columns)
_ALERT = (
    "id", "treatment_id", "patient_id", "site_id", "topic", "audience", "level", "rank", "since", "because", "source",
    "opened_at", "holds", "acknowledge_by", "escalate_at", "step", "version", "calls", "evidence", "finding",
)  # fmt: skip
_LETTER = tuple(column.name for column in AskedLetterRow.__table__.columns)
_REMINDER = (
    "id",
    "treatment_id",
    "item_key",
    "due_on",
    "step",
    "channel",
    "recipient",
    "last_on",
    "outcome",
    "created_at",
)
_DATES = (
    update(TreatmentRow.__table__)  # type: ignore[arg-type]
    .where(TreatmentRow.__table__.c.id == bindparam("treatment"))
    .values(
        attention_on=bindparam("attends_on"),
        surveillance_ends_on=bindparam("ends_on"),
        followed_up_on=bindparam("looked_on"),
    )
)


@dataclass(slots=True)
class _Written:
    """The rows of a slice, as they come together."""

    agenda: list[Row] = field(default_factory=list)
    alerts: list[Row] = field(default_factory=list)
    letters: list[Row] = field(default_factory=list)
    reminders: list[Row] = field(default_factory=list)
    dates: list[dict[str, object]] = field(default_factory=list)


def write_projections(work: Work, *, ids: Ids, numbers: dict[UUID, int]) -> None:
    """Write agenda, open alerts and dates of new treatments (each with the number of its patient), as of `work.at`.

    No text is queued, and none is owed for what lay before: each reminder of the past is noted as dropped. Texts begin
    with the first reminder of a later day.
    """
    written = _Written()
    for key, facts in read_facts(work, treatment_ids=tuple(numbers)).items():
        _collect(work, facts.treatment, work_out(work, facts), written, ids=ids, number=numbers[key])
    add_rows(work.session, AgendaRow, columns=_AGENDA, rows=written.agenda)
    add_rows(work.session, AlertRow, columns=_ALERT, rows=written.alerts)
    add_rows(work.session, AskedLetterRow, columns=_LETTER, rows=written.letters)
    add_rows(work.session, ReminderRow, columns=_REMINDER, rows=written.reminders)
    if written.dates:
        work.session.connection().execute(_DATES, written.dates)


def _collect(
    work: Work, treatment: TreatmentRecord, found: Outcome, written: _Written, *, ids: Ids, number: int
) -> None:
    for entry in found.entries():
        values = agenda_values(treatment, entry)
        written.agenda.append(tuple(values[name] for name in _AGENDA))
    patience = patience_of(work, timezone=treatment.timezone, country=treatment.country)
    opened = [(alert, NOTHING_FOUND) for alert in found.overdue if alert.topic.startswith(OVERDUE)]
    opened += [(one.alert, found_in(one)) for one in found.judged.results]
    for place, (alert, finding) in enumerate(opened):
        opening = opening_values(alert, at=work.at, patience=patience) | finding
        written.alerts.append((
            ids.of(Kind.ALERT, number, place), treatment.id, treatment.patient_id, treatment.site_id,
            *(opening[name] for name in _ALERT[4:]),
        ))  # fmt: skip
    for letter in found.letters:
        asked = letter_values(treatment, letter)
        written.letters.append(tuple(asked[name] for name in _LETTER))
    wanted, next_on = _reminders(work, treatment, found)
    for place, one in enumerate(wanted):
        written.reminders.append((
            ids.of(Kind.REMINDER, number, place), treatment.id, one.item_key, one.due_on, one.step, "sms",
            Recipient.SELF.value, one.last_on, ReminderOutcome.DROPPED.value, work.at,
        ))  # fmt: skip
    written.dates.append({
        "treatment": treatment.id,
        "attends_on": found.attention_on(next_on),
        "ends_on": found.calendar.surveillance_ends_on,
        "looked_on": work.today(treatment.timezone),
    })  # fmt: skip


def _reminders(
    work: Work, treatment: TreatmentRecord, found: Outcome
) -> tuple[Sequence[WantedReminder], dt.date | None]:
    """The reminders that today, or some day before, asked for; and the next day that asks for one."""
    items = [item for item in found.calendar.shown if item.key not in found.awaited]
    times = visit_times(found.circumstances.visits, items)
    steps, days = reminder_steps(found.calendar), sending_days(work, treatment.country)
    today = work.today(treatment.timezone)
    wanted = wanted_reminders(items, steps=steps, on=today, days=days, times=times)
    return wanted, next_reminder_on(items, steps=steps, on=today, days=days, times=times)
