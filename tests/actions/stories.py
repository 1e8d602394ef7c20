"""Random stories told through the real actions: what a property about the record is tried out on."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from sqlalchemy import select

from monitor.actions.cancel_appointment import cancel_appointment
from monitor.actions.complete_task import complete_task
from monitor.actions.make_appointment import make_appointment
from monitor.actions.move_appointment import move_appointment
from monitor.actions.note_sample_taken import note_sample_taken
from monitor.actions.plan_course import plan_course
from monitor.actions.record_administration import record_administration
from monitor.actions.record_death import record_death
from monitor.actions.record_panel import record_panel
from monitor.actions.resume_treatment import resume_treatment
from monitor.actions.retract_administration import retract_administration
from monitor.actions.retract_event import retract_event
from monitor.actions.retract_sample_taken import retract_sample_taken
from monitor.actions.stop_treatment import stop_treatment
from monitor.actions.suspend_treatment import suspend_treatment
from monitor.actions.sweep import sweep
from monitor.actions.waive_item import waive_item
from monitor.store.administration import AdministrationRow
from monitor.store.appointment import AppointmentRow
from monitor.store.event import EventRow
from monitor.store.sample_taken import SampleTakenRow
from monitor.store.succession import counts
from monitor.terms import Refusal, Weekday
from tests.actions.acting import CBC, DAY, act, agenda, moment
from tests.cast import TODAY, Cast, Stage


class Story:
    """Ada, Theo and whatever befalls them; a refused action is part of the story."""

    def __init__(self, stage: Stage, cast: Cast) -> None:
        self.stage, self.cast, self.today = stage, cast, TODAY

    def take(self, step: tuple[str, int]) -> None:
        name, number = step
        try:
            getattr(self, name)(number)
        except Refusal:
            return

    def _act(self, action: Any, **more: Any) -> None:
        act(self.stage, action, self.cast.noor.actor, at=moment(self.today), **more)

    def days_pass(self, number: int) -> None:
        self.today += (number * 3 + 1) * DAY
        stage = self.stage
        sweep(stage.sessions, catalog=stage.catalog, settings=stage.settings, at=moment(self.today))

    def infusion(self, number: int) -> None:
        self._act(
            record_administration, treatment_id=self.cast.ada_treatment, on=self.today - number * DAY,
            course=1 + number // 10, day=1 + number % 5, reason_override="a story",
        )  # fmt: skip

    def dose(self, number: int) -> None:
        self._act(record_administration, treatment_id=self.cast.theo_treatment, on=self.today - number * DAY)

    def sheet(self, number: int) -> None:
        patient = (self.cast.ada, self.cast.theo)[number % 2]
        self._act(record_panel, patient_id=patient, collected_on=self.today - number * DAY, values=CBC[number % 3 :])

    def waiver(self, number: int) -> None:
        treatment, key = self._item(number)
        self._act(waive_item, treatment_id=treatment, key=key, reason="a story")

    def visit(self, number: int) -> None:
        treatment, key = self._item(number)
        time = dt.time(8 + number % 9) if number % 2 else None
        self._act(make_appointment, treatment_id=treatment, keys=[key], on=self.today + number * DAY, time=time)

    def move(self, number: int) -> None:
        if (visit := self._newest(AppointmentRow)) is not None:
            self._act(move_appointment, appointment_id=visit, on=self.today + number * DAY, reason="a story")

    def no_visit(self, _number: int) -> None:
        if (visit := self._newest(AppointmentRow)) is not None:
            self._act(cancel_appointment, appointment_id=visit, reason="a story")

    def sample(self, number: int) -> None:
        treatment, key = self._item(number)
        self._act(note_sample_taken, treatment_id=treatment, keys=[key], taken_on=self.today - number % 4 * DAY)

    def lost_sample(self, _number: int) -> None:
        if (sample := self._newest(SampleTakenRow)) is not None:
            self._act(retract_sample_taken, sample_id=sample, reason="a story")

    def next_course(self, number: int) -> None:
        starts_on = self.today + number * 20 * DAY
        self._act(
            plan_course, treatment_id=self.cast.ada_treatment, course=2, starts_on=starts_on,
            weekday=tuple(Weekday)[starts_on.weekday()], is_confirmed=True, reason_override="a story",
        )  # fmt: skip

    def task(self, number: int) -> None:
        treatment, key = self._item(number)
        self._act(complete_task, treatment_id=treatment, key=key, on=self.today)

    def pause(self, number: int) -> None:
        self._act(suspend_treatment, treatment_id=self._treatment(number), on=self.today, reason="a story")

    def resumption(self, number: int) -> None:
        self._act(resume_treatment, treatment_id=self._treatment(number), on=self.today)

    def stop(self, number: int) -> None:
        self._act(stop_treatment, treatment_id=self._treatment(number), on=self.today, reason="a story")

    def death(self, number: int) -> None:
        self._act(record_death, patient_id=(self.cast.ada, self.cast.theo)[number % 2], on=self.today)

    def regret(self, number: int) -> None:
        row = (EventRow, AdministrationRow)[number % 2]
        found = self._newest(row)
        if found is not None and row is EventRow:
            self._act(retract_event, event_id=found, reason="a story")
        elif found is not None:
            self._act(retract_administration, administration_id=found, reason="a story")

    def _newest(self, row: Any) -> UUID | None:
        with self.stage.sessions() as session:
            found: UUID | None = session.scalars(
                select(row.id).where(counts(row)).order_by(row.recorded_at.desc())
            ).first()
        return found

    def _treatment(self, number: int) -> UUID:
        return (self.cast.ada_treatment, self.cast.theo_treatment)[number % 2]

    def _item(self, number: int) -> tuple[UUID, str]:
        treatment = self._treatment(number)
        keys = sorted(agenda(self.stage, treatment)) or ["none/1"]
        return treatment, keys[number % len(keys)]


_VERBS = (
    "days_pass", "infusion", "dose", "sheet", "waiver", "visit", "move", "no_visit", "sample", "lost_sample",
    "next_course", "task", "pause", "resumption", "stop", "death", "regret",
)  # fmt: skip
_MANY = (
    "days_pass",
    "infusion",
    "infusion",
    "dose",
    "sheet",
    "sheet",
    "waiver",
    "visit",
    "move",
    "sample",
    "task",
    "regret",
)
STORIES = st.lists(st.tuples(st.sampled_from(_VERBS + _MANY), st.integers(0, 19)), min_size=1, max_size=14)
