"""From the first visit to a reminder on the phone: a patient on tofersen, over the API and through the outbox."""

from __future__ import annotations

import datetime as dt

from tests.cast import TODAY
from tests.journeys.hospital import Hospital

DAY = dt.timedelta(days=1)


def test_it_reminds_a_patient_of_the_dose_that_follows_the_one_recorded(hospital: Hospital) -> None:
    # Given a patient who agrees to texts, and whose treatment starts today
    patient = hospital.a_patient_who_agrees_to_texts()
    treatment = hospital.starts(patient, protocol="tofersen", on=TODAY)

    # When the first dose is recorded and a week passes
    hospital.gives_a_dose(treatment)
    hospital.days_pass_until(TODAY + 7 * DAY)

    # Then the next dose stands in the agenda two weeks after the first, and the phone says that something is due
    assert hospital.agenda_of(patient)["dose/2"] == ("2026-06-29", "upcoming")
    assert len(hospital.phone_of(patient)) == 1
    assert "29/06" in hospital.phone_of(patient)[0]
    assert not any(word in hospital.phone_of(patient)[0].lower() for word in ("tofersen", "dose", "ponction", "sla"))


def test_it_counts_from_the_dose_that_was_given_late(hospital: Hospital) -> None:
    # Given a patient whose second dose is due on 29 June
    patient = hospital.a_patient_who_agrees_to_texts()
    treatment = hospital.starts(patient, protocol="tofersen", on=TODAY)
    hospital.gives_a_dose(treatment)

    # When it is given two days late
    hospital.days_pass_until(TODAY + 16 * DAY)
    late = hospital.agenda_of(patient)["dose/2"]
    hospital.gives_a_dose(treatment)

    # Then it was late, is so no more, and the third is counted from the day it was given
    assert late == ("2026-06-29", "late")
    assert hospital.agenda_of(patient)["dose/3"] == ("2026-07-15", "upcoming")
    assert not any(topic == "overdue:dose" for topic, _, _ in hospital.alerts_of(patient))
