"""A visit at an hour, and a sample whose result does not come."""

from __future__ import annotations

import datetime as dt

from tests.cast import TODAY
from tests.journeys.hospital import Hospital

DAY = dt.timedelta(days=1)
FIRST_MONTH = TODAY + dt.timedelta(days=30)  # 15 July 2026, a Wednesday
MONTHLY = ["cbc/1.1", "creatinine/1.1", "liver/1.1", "urinalysis/1.1"]


def a_patient_whose_first_month_is_near(hospital: Hospital) -> tuple[str, str]:
    """One infusion on 15 June: the samples of the first month are due on 15 July."""
    patient = hospital.a_patient_who_agrees_to_texts()
    treatment = hospital.starts(patient, protocol="alemtuzumab", on=TODAY)
    hospital.prepares_the_course(patient, treatment)
    hospital.gives_a_dose(treatment, course=1, day=1)
    return patient, treatment


def test_it_says_the_hour_on_the_eve_and_leaves_the_patient_in_peace_once_the_sample_is_taken(
    hospital: Hospital,
) -> None:
    # Given a patient whose monthly samples were agreed for 17 July at half past nine
    patient, treatment = a_patient_whose_first_month_is_near(hospital)
    visit_on = FIRST_MONTH + 2 * DAY
    hospital.agrees_a_visit(treatment, MONTHLY, on=visit_on, time="09:30")

    # When the eve has come, the phone tells the hour
    hospital.days_pass_until(visit_on - DAY)
    assert hospital.agenda_of(patient)["cbc/1.1"] == ("2026-07-17", "late")
    assert any("17/07 à 9h30" in text for text in hospital.phone_of(patient))

    # And when the sample is taken, nobody reminds of it any more
    hospital.days_pass_until(visit_on)
    texts = len(hospital.phone_of(patient))
    hospital.notes_a_sample(treatment, MONTHLY)
    hospital.days_pass_until(visit_on + 3 * DAY)
    assert len(hospital.phone_of(patient)) == texts

    # But lateness counts from the day that the label asks for, and the laboratory has to be called
    assert "overdue:cbc" in {topic for topic, _, _ in hospital.alerts_of(patient)}
    assert hospital.agenda_of(patient)["call_laboratory/cbc/1.1"] == ("2026-07-20", "today")

    # And only the result ends all of it
    hospital.files_the_monthly_sheet(patient)
    assert not [key for key in hospital.agenda_of(patient) if key.startswith("call_laboratory/")]
    assert "overdue:cbc" not in {topic for topic, _, _ in hospital.alerts_of(patient)}
