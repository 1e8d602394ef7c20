"""Blood that was not taken: the nurse is told, then the neurologist, and only a sample makes it end."""

from __future__ import annotations

import datetime as dt

from tests.cast import TODAY
from tests.journeys.hospital import Hospital

DAY = dt.timedelta(days=1)
MONTHLY = ("overdue:cbc", "overdue:creatinine", "overdue:liver", "overdue:urinalysis")


def a_patient_after_the_first_course(hospital: Hospital) -> str:
    """Five infusions on five days, the last one four days after today: the first samples are due on 19 July."""
    patient = hospital.a_patient_who_agrees_to_texts()
    treatment = hospital.starts(patient, protocol="alemtuzumab", on=TODAY)
    hospital.prepares_the_course(patient, treatment)
    for day in range(1, 6):
        hospital.days_pass_until(TODAY + (day - 1) * DAY)
        hospital.gives_a_dose(treatment, course=1, day=day)
    return patient


def test_it_tells_the_nurse_then_the_neurologist_and_ends_with_the_sample(hospital: Hospital) -> None:
    # Given a patient whose first monthly samples are due on 19 July
    patient = a_patient_after_the_first_course(hospital)
    texts_before = len(hospital.phone_of(patient))
    due_on = dt.date(2026, 7, 19)
    assert hospital.agenda_of(patient)["cbc/1.1"] == ("2026-07-19", "upcoming")

    # When nobody takes them
    hospital.days_pass_until(due_on + 4 * DAY)
    assert {alert for alert in hospital.alerts_of(patient) if alert[0] in MONTHLY} == set()

    # Then the nurse hears of it on the fifth day, and the neurologist on the seventh
    hospital.days_pass_until(due_on + 5 * DAY)
    assert {alert for alert in hospital.alerts_of(patient) if alert[0] in MONTHLY} == {
        (topic, "nurse", "soon") for topic in MONTHLY
    }
    hospital.days_pass_until(due_on + 7 * DAY)
    assert {alert for alert in hospital.alerts_of(patient) if alert[0] in MONTHLY} == {
        (topic, "neurologist", "urgent") for topic in MONTHLY
    }

    # And the patient was reminded before the day and after it, in words that fit everybody
    texts = hospital.phone_of(patient)[texts_before:]
    assert any("prévu le 19/07" in text for text in texts)
    assert any("était prévu le 19/07" in text for text in texts)
    assert not any(word in text.lower() for text in texts for word in ("sang", "bilan", "alemtuzumab", "sep "))

    # And when the sample is filed, the alerts end and the next month is waited for
    hospital.files_the_monthly_sheet(patient)
    assert {alert for alert in hospital.alerts_of(patient) if alert[0] in MONTHLY} == set()
    assert hospital.agenda_of(patient)["cbc/1.2"] == ("2026-08-19", "upcoming")
