"""The whole ladder of a sample that does not come: texts, calls, letters, the neurologist, critical; what ends it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.client import Client
from tests.journeys.hospital import API, Hospital
from tests.journeys.test_an_overdue_sample import DAY, MONTHLY, a_patient_after_the_first_course

DUE_ON = dt.date(2026, 7, 19)  # the samples of month 1
SECOND_MISSED_ON = dt.date(2026, 9, 9)  # the window of month 2 closes
KEYS = ["cbc/1.1", "creatinine/1.1", "liver/1.1", "urinalysis/1.1"]


def treatment_of(hospital: Hospital, patient: str) -> str:
    found: str = hospital._get(f"treatments?patient_id={patient}")[0]["id"]
    return found


def alert_of(hospital: Hospital, patient: str, topic: str = "overdue:cbc", *, state: str = "open") -> dict[str, Any]:
    found = hospital._get(f"alerts?patient_id={patient}&state={state}&limit=200")
    return next(one for one in found if one["topic"] == topic)


def ladder_of(hospital: Hospital, patient: str) -> set[tuple[str, str]]:
    """Whom the monthly samples have reached, and how pressing that is."""
    return {(one[1], one[2]) for one in hospital.alerts_of(patient) if one[0] in MONTHLY}


def letters_of(hospital: Hospital, patient: str, *, state: str = "to_send") -> dict[str, bool]:
    """To whom a letter is asked for, and whether by registered post."""
    found = hospital._get(f"letters/asked?patient_id={patient}&state={state}")
    return {one["to"]: one["is_registered"] for one in found}


def calls(hospital: Hospital, treatment: str, outcome: str, *, callee: str = "patient") -> None:
    body = {"treatment_id": treatment, "callee": callee, "outcome": outcome, "keys": KEYS}
    hospital._send("POST", "calls", hospital.cast.nora, body)


def prints_and_posts(hospital: Hospital, treatment: str, to: str, *, registered: bool = False) -> None:
    sheet = Client(hospital.app).get(
        f"{API}/letters/sheet?treatment_id={treatment}&to={to}", headers=hospital.cast.nora.headers
    )
    assert sheet.data.startswith(b"%PDF-")
    body = {"treatment_id": treatment, "to": to, "keys": KEYS, "is_registered": registered}
    hospital._send("POST", "letters", hospital.cast.nora, body)


def puts_off(hospital: Hospital, patient: str, *, days: int) -> None:
    """The nurse has seen it, and looks again later."""
    alert = alert_of(hospital, patient)
    seen = hospital._send(
        "POST", f"alerts/{alert['id']}/acknowledge", hospital.cast.nora, None, version=alert["version"]
    )
    until = (hospital.watch.at + days * DAY).isoformat()
    body = {"until": until, "reason": "she promised to go on Monday"}
    hospital._send("POST", f"alerts/{alert['id']}/snooze", hospital.cast.nora, body, version=seen["version"])


def everything_is_tried(hospital: Hospital, patient: str, treatment: str) -> None:
    """Both letters, two more calls, and a week later a registered letter."""
    for to in ("patient", "family_doctor"):
        prints_and_posts(hospital, treatment, to)
    for outcome in ("moved", "refused"):
        calls(hospital, treatment, outcome)
    assert letters_of(hospital, patient) == {}
    assert {one["to"] for one in alert_of(hospital, patient)["letters"] if one["sent_on"]} == {
        "patient", "family_doctor"
    }  # fmt: skip
    hospital.days_pass_until(DUE_ON + 14 * DAY)
    assert letters_of(hospital, patient) == {"patient": True}
    assert letters_of(hospital, patient, state="sent") == {"family_doctor": False}
    prints_and_posts(hospital, treatment, "patient", registered=True)


def test_it_climbs_rung_by_rung_whatever_is_tried_and_ends_with_the_sample(hospital: Hospital) -> None:
    # Given a patient whose samples of month 1 are due on 19 July
    patient = a_patient_after_the_first_course(hospital)
    treatment = treatment_of(hospital, patient)

    # When they do not come, the nurse is told, calls twice, and puts it off
    hospital.days_pass_until(DUE_ON + 5 * DAY)
    assert ladder_of(hospital, patient) == {("nurse", "soon")}
    for outcome in ("no_answer", "reached"):
        calls(hospital, treatment, outcome)
    puts_off(hospital, patient, days=6)
    assert "overdue:cbc" not in {topic for topic, _, _ in hospital.alerts_of(patient)}

    # Then the neurologist is told in time all the same, and letters are asked for
    hospital.days_pass_until(DUE_ON + 7 * DAY)
    assert ladder_of(hospital, patient) == {("neurologist", "urgent")}
    assert alert_of(hospital, patient)["acknowledged_at"] is None
    assert letters_of(hospital, patient) == {"patient": False, "family_doctor": False}

    # And letters that were posted, a call that moved it, a call that was refused end nothing
    everything_is_tried(hospital, patient, treatment)

    # And two missed months in a row are critical
    hospital.days_pass_until(SECOND_MISSED_ON - DAY)
    assert ladder_of(hospital, patient) == {("neurologist", "urgent")}
    hospital.days_pass_until(SECOND_MISSED_ON)
    assert ladder_of(hospital, patient) == {("neurologist", "critical")}

    # And the sample ends alerts and letters
    hospital.files_the_monthly_sheet(patient)
    assert ladder_of(hospital, patient) == set()
    assert letters_of(hospital, patient) == letters_of(hospital, patient, state="sent") == {}


def test_a_stop_ends_nothing_of_it_and_a_death_everything_h36(hospital: Hospital) -> None:
    # Given a patient whose samples are a week late
    patient = a_patient_after_the_first_course(hospital)
    treatment = treatment_of(hospital, patient)
    hospital.days_pass_until(DUE_ON + 7 * DAY)
    climbed, asked = ladder_of(hospital, patient), letters_of(hospital, patient)
    assert (climbed, len(asked)) == ({("neurologist", "urgent")}, 2)

    # When the treatment is stopped, the surveillance goes on
    today = hospital.watch.today.isoformat()
    version = hospital._get(f"treatments?patient_id={patient}")[0]["version"]
    stop = {"on": today, "reason": "a wish of the patient"}
    hospital._send("POST", f"treatments/{treatment}/stop", hospital.cast.noor, stop, version=version)
    assert (ladder_of(hospital, patient), letters_of(hospital, patient)) == (climbed, asked)

    # And when the patient dies, nobody is alerted, written to or texted any more
    person = Client(hospital.app).get(f"{API}/patients/{patient}", headers=hospital.cast.nora.headers).json
    hospital._send(
        "POST", f"patients/{patient}/death", hospital.cast.noor, {"on": today}, version=person["version"]
    )  # fmt: skip
    assert (hospital.alerts_of(patient), letters_of(hospital, patient)) == (set(), {})
    texts = len(hospital.phone_of(patient))
    hospital.days_pass_until(DUE_ON + 35 * DAY)
    assert (hospital.alerts_of(patient), letters_of(hospital, patient)) == (set(), {})
    assert len(hospital.phone_of(patient)) == texts
