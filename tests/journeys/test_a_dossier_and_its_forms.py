"""A patient enters the compassionate access programme: the access, the dose, its form, the renewal, and the end."""

from __future__ import annotations

import datetime as dt

from tests.cast import TODAY
from tests.journeys.hospital import Hospital

DAY = dt.timedelta(days=1)
WELL = {"had_adverse_event": False, "pregnancy_exposure": "no", "had_device_problem": False}


def test_it_accompanies_a_patient_from_the_request_to_the_renewal(hospital: Hospital) -> None:
    # Given a patient whose access was accepted ten months ago, and whose disease is described
    patient = hospital.a_patient_who_agrees_to_texts()
    treatment = hospital.starts(patient, protocol="tofersen", on=TODAY)
    hospital.states(
        treatment, "access_request", requested_on=str(TODAY - 310 * DAY), decision="accepted", number="AAC-17",
        decided_on=str(TODAY - 300 * DAY), expires_on=str(TODAY + 65 * DAY),
    )  # fmt: skip
    hospital.states(treatment, "als", sod1_variant="p.Asp91Ala", onset="spinal_lumbar", age_at_diagnosis=37)
    hospital.states(treatment, "drug", name="riluzole", started_on=str(TODAY - 200 * DAY))

    # When the first dose is given and the patient weighed
    hospital.gives_a_dose(treatment)
    hospital.weighs(patient, "64")

    # Then the form of the dose is open, and knows the weight and the drug
    (line,) = hospital.forms_of(treatment)
    form = hospital.form_of(line["dose_id"])
    assert line["is_open"]
    assert [(one["scale"], one["value"]) for one in form["prefilled"]["measures"]] == [("weight", "64")]
    assert form["prefilled"]["concomitant_drugs"] == ["riluzole"]

    # When the nurse answers the question about adverse events with yes
    hospital.files_the_form(line["dose_id"], WELL | {"had_adverse_event": True, "adverse_event": "back pain"})

    # Then the form is filed, and says that a report is owed
    (line,) = hospital.forms_of(treatment)
    assert (line["is_open"], line["is_report_owed"]) == (False, True)

    # And sixty days before the access ends, its renewal is asked for, until the next acceptance
    assert hospital.agenda_of(patient)["access_renewal/1"][0] == str(TODAY + 5 * DAY)
    hospital.days_pass_until(TODAY + 6 * DAY)
    assert hospital.agenda_of(patient)["access_renewal/1"][1] == "late"
    today = str(hospital.watch.today)
    hospital.states(
        treatment, "access_request", requested_on=today, decision="accepted", number="AAC-18", decided_on=today,
        expires_on=str(TODAY + 370 * DAY),
    )  # fmt: skip
    assert hospital.agenda_of(patient)["access_renewal/1"] == (str(TODAY + 310 * DAY), "upcoming")
