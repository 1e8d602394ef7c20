"""What happens to the named patients at the end: values that call somebody, and what people do about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from monitor.actions.acknowledge_alert import acknowledge_alert
from monitor.actions.correct_result import correct_result
from monitor.actions.record_administration import record_administration
from monitor.actions.record_panel import record_panel
from monitor.actions.report_signs import report_signs
from monitor.actions.sheet_line import PanelValue
from monitor.actions.sheet_receipt import PanelReceipt
from monitor.actions.snooze_alert import snooze_alert
from monitor.cli.cohort.play import Known
from monitor.cli.cohort.story import Person
from monitor.cli.demonstration import people
from monitor.store.alert import AlertRow
from monitor.terms import Role
from monitor.work import Work

Act = Callable[[Role, dt.time, Callable[[Work], Any]], Any]
"""Does something as somebody of that role, at that time of the day at the hospital of the patient."""


@dataclass(frozen=True, slots=True)
class Patient:
    """One of the named, with the day on which it happens."""

    known: Known
    on: dt.date
    act: Act

    def sheet(self, at: dt.time, *values: PanelValue) -> UUID:
        """The nurse enters a sheet of this day; the id of its first row."""
        patient_id, on = self.known.patient_id, self.on
        receipt: PanelReceipt = self.act(
            Role.NURSE, at, lambda work: record_panel(work, patient_id=patient_id, collected_on=on, values=values)
        )
        return receipt.result_ids[0]

    def alert(self, topic: str, work: Work) -> UUID:
        """The open alert of that topic."""
        query = select(AlertRow.id).where(
            AlertRow.patient_id == self.known.patient_id, AlertRow.topic == topic, AlertRow.closed_at.is_(None)
        )
        return work.session.scalars(query).one()


def _steep_fall(patient: Patient, at: dt.time) -> None:
    """Less than half of what it was: urgent, and to be repeated today."""
    patient.sheet(at, PanelValue("platelets", "118", "G/L"))


def _critical_and_seen(patient: Patient) -> None:
    """The neurologist saw it ten minutes later; it stays open until somebody closes it."""
    patient.sheet(dt.time(10, 20), PanelValue("platelets", "41", "G/L"))
    patient.act(
        Role.NEUROLOGIST,
        dt.time(10, 30),
        lambda work: acknowledge_alert(work, alert_id=patient.alert("result:platelets.below_50", work)),
    )


def _put_off(patient: Patient) -> None:
    """Seen by the nurse, and known to the endocrinologist, who sees her in three days."""
    until = dt.timedelta(days=3)
    patient.act(
        Role.NURSE,
        dt.time(10, 58),
        lambda work: acknowledge_alert(work, alert_id=patient.alert("result:tsh.outside_range", work)),
    )
    patient.act(
        Role.NURSE,
        dt.time(11),
        lambda work: snooze_alert(
            work,
            alert_id=patient.alert("result:tsh.outside_range", work),
            until=work.at + until,
            reason="seen by the endocrinologist in three days",
        ),
    )


def _typed_wrongly(patient: Patient) -> None:
    """A count without its last digit called the neurologist; put right, it waits until somebody has seen that."""
    row = patient.sheet(dt.time(9, 50), PanelValue("platelets", "31", "G/L"))
    patient.act(
        Role.NURSE,
        dt.time(9, 58),
        lambda work: correct_result(work, result_id=row, value="231", reason="the sheet says 231"),
    )


def _clotted(patient: Patient) -> None:
    """No count at all: it credits nothing, and another sample is asked for."""
    patient.sheet(dt.time(10, 5), PanelValue("platelets", not_done="clotted"))


def _traumatic_tap(patient: Patient) -> None:
    """Blood from the puncture: the white cells are to be read with care."""
    patient.sheet(
        dt.time(12, 10),
        PanelValue("csf_leukocytes", "12", "/mm3"),
        PanelValue("csf_erythrocytes", "2400", "/mm3"),
        PanelValue("csf_protein", "0.62", "g/L"),
        PanelValue("csf_glucose", "3.1", "mmol/L"),
    )


def _weaker_legs(patient: Patient) -> None:
    """Told by telephone: it holds the next dose until a neurologist has closed it."""
    treatment_id, on = patient.known.treatment_id, patient.on
    patient.act(
        Role.NURSE,
        dt.time(15, 30),
        lambda work: report_signs(work, treatment_id=treatment_id, signs=["new_weakness"], noticed_on=on),
    )


def _given_against_a_gate(patient: Patient) -> None:
    """The INR of the laboratory stands before the puncture; the neurologist gives the dose, and says why."""
    treatment_id, on = patient.known.treatment_id, patient.on
    patient.sheet(dt.time(8, 40), PanelValue("inr", "1.6", None))
    patient.act(
        Role.NEUROLOGIST,
        dt.time(11, 20),
        lambda work: record_administration(
            work,
            treatment_id=treatment_id,
            on=on,
            reason_override="1.2 on the device at the bedside; the haematologist agrees, with an atraumatic needle",
        ),
    )


LAST_DAY: tuple[tuple[Person, Callable[[Patient], None]], ...] = (
    (people.NAIS, _critical_and_seen),
    (people.ODILE, _put_off),
    (people.PERRINE, _typed_wrongly),
    (people.ROMANE, _clotted),
    (people.QUENTIN, _traumatic_tap),
    (people.SYLVAIN, _weaker_legs),
    (people.THIBAUD, _given_against_a_gate),
)
"""Who it happens to on the day before today, and what."""

JUST_NOW: tuple[tuple[Person, Callable[[Patient, dt.time], None]], ...] = ((people.MARIN, _steep_fall),)
"""Who it happens to at the moment at which the demonstration is made."""
