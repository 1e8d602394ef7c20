"""Results arrive in any order, are corrected, taken back and sent twice: the inbox says what the values say (G7)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.actions.correct_result import correct_result
from monitor.actions.follow_up import read_facts, work_out
from monitor.actions.record_panel import record_panel
from monitor.actions.register_patient import register_patient
from monitor.actions.retract_result import retract_result
from monitor.actions.sheet_line import PanelValue
from monitor.actions.start_treatment import start_treatment
from monitor.schedules.facts import Sex
from monitor.store.alert import AlertRow
from tests.actions.acting import act, moment, open_alerts
from tests.cast import TODAY, Cast, Stage

DAY = dt.timedelta(days=1)
UNITS = {"platelets": "G/L", "neutrophils": "G/L", "tsh": "mUI/L"}
VALUES = {
    "platelets": ("45", "80", "104", "149", "212", "248"),
    "neutrophils": ("0.4", "1.2", "3.4"),
    "tsh": ("2.1", "6.5"),
}


CRITICAL = {
    ("platelets", "45"): "result:platelets.below_50",
    ("neutrophils", "0.4"): "result:neutrophils.below_0_5",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody does: file a value, put the last one right, take it back, or send it again."""

    what: str
    analyte: str
    value: str
    days_ago: int


STEPS = st.builds(
    lambda what, analyte, pick, days_ago: Step(what, analyte, VALUES[analyte][pick % len(VALUES[analyte])], days_ago),
    st.sampled_from(["file", "file", "file", "correct", "retract", "again"]),
    st.sampled_from(sorted(VALUES)),
    st.integers(0, 5),
    st.integers(1, 12),
)


@dataclass(slots=True)
class Story:
    """What was done so far to one patient, one minute a step."""

    stage: Stage
    cast: Cast
    patient_id: UUID
    treatment_id: UUID
    filed: list[tuple[UUID, Step]] = field(default_factory=list)
    minutes: int = 0
    critical: set[str] = field(default_factory=set)

    @property
    def at(self) -> dt.datetime:
        return moment(TODAY, hour=9) + dt.timedelta(minutes=self.minutes)

    def take(self, step: Step) -> None:
        self.minutes += 1
        if step.what == "file" or not self.filed:
            self._file(step)
        elif step.what == "again":
            self._file(self.filed[-1][1])
        elif step.what == "correct":
            row, old = self.filed.pop()
            value = VALUES[old.analyte][(VALUES[old.analyte].index(old.value) + 1) % len(VALUES[old.analyte])]
            given = {"result_id": row, "reason": "the sheet says otherwise", "value": value, "is_confirmed": True}
            new = act(self.stage, correct_result, self.cast.noor.actor, at=self.at, **given)
            self._keep(new.result_ids[0], Step("file", old.analyte, value, old.days_ago))
        else:
            row, _ = self.filed.pop()
            given = {"result_id": row, "reason": "another patient"}
            act(self.stage, retract_result, self.cast.noor.actor, at=self.at, **given)

    def _file(self, step: Step) -> None:
        receipt = act(
            self.stage, record_panel, self.cast.nora.actor, at=self.at, patient_id=self.patient_id,
            collected_on=TODAY - step.days_ago * DAY,
            values=[PanelValue(step.analyte, step.value, UNITS[step.analyte])],
        )  # fmt: skip
        (row,) = receipt.result_ids
        if all(row != known for known, _ in self.filed):
            self._keep(row, step)

    def _keep(self, row: UUID, step: Step) -> None:
        self.filed.append((row, step))
        if (step.analyte, step.value) in CRITICAL:
            self.critical.add(CRITICAL[step.analyte, step.value])

    def wanted(self) -> set[str]:
        """What the values say now, whatever happened before."""
        with self.stage.work(at=self.at) as work:
            facts = read_facts(work, treatment_ids=(self.treatment_id,))[self.treatment_id]
            return {one.alert.topic for one in work_out(work, facts).judged.results}

    def inbox(self) -> dict[str, AlertRow]:
        found = open_alerts(self.stage, self.treatment_id)
        return {topic: row for topic, row in found.items() if topic.startswith("result:")}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=1, max_size=7))
def test_h06_the_inbox_says_what_the_values_say_in_any_order(stage: Stage, cast: Cast, steps: list[Step]) -> None:
    """Each alert that holds is one that the values ask for, and none that they ask for is missing.

    And every critical value that ever arrived has alerted, and waits for a person, whatever became of it.
    """
    story = begin(stage, cast)
    for step in steps:
        story.take(step)
        inbox = story.inbox()
        assert {topic for topic, row in inbox.items() if row.holds} == story.wanted()
        assert {topic for topic in story.critical if topic not in inbox} == set()


def begin(stage: Stage, cast: Cast) -> Story:
    """Another patient of the site, on alemtuzumab since two months."""
    patient_id = act(
        stage, register_patient, cast.nora.actor, site_id=cast.north, family_name="Roux", given_name="Anouk",
        birth_date=dt.date(1991, 5, 4), sex=Sex.FEMALE, language="fr", phone="+33639980009",
    )  # fmt: skip
    start: dict[str, Any] = {
        "patient_id": patient_id,
        "protocol": "alemtuzumab",
        "profile": "eu",
        "started_on": TODAY - 60 * DAY,
    }
    treatment_id = act(stage, start_treatment, cast.noor.actor, **start)
    return Story(stage, cast, patient_id, treatment_id)
