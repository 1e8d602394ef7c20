"""A nurse asks what a later day would move, the patient agrees, and what was promised is what stands in the list."""

from __future__ import annotations

import datetime as dt

from tests.cast import TODAY
from tests.journeys.hospital import Hospital

DAY = dt.timedelta(days=1)


def test_it_keeps_the_promise_it_made_before_the_dose(hospital: Hospital) -> None:
    # Given a patient whose second dose is due on 29 June and who would rather come on 2 July
    patient = hospital.a_patient_who_agrees_to_texts()
    treatment = hospital.starts(patient, protocol="tofersen", on=TODAY)
    hospital.gives_a_dose(treatment)
    later = TODAY + 17 * DAY

    # When the nurse asks beforehand
    promised = hospital.asks_what_if(treatment, on=later)
    standing = hospital.agenda_of(patient)

    # Then the answer moves the third dose and the bloods that go with it, and the work list has not changed
    assert promised["dose/3"] == "2026-07-16"
    assert promised["csf/3"] == "2026-07-16"
    assert standing["dose/2"] == ("2026-06-29", "upcoming")

    # And when the dose is given on that day, every date that was promised is the one in the list
    hospital.days_pass_until(later)
    hospital.gives_a_dose(treatment)
    kept = {key: due_on for key, (due_on, _) in hospital.agenda_of(patient).items() if key in promised}
    assert "dose/3" in kept
    assert kept == {key: promised[key] for key in kept}
