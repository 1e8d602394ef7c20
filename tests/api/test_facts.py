"""Doses, panels, assessments and events: recorded, listed, corrected, taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.cast import TODAY, Cast, Stage
from tests.client import Client
from tests.factories.papers import bring_papers

API = "/api/v1"
CBC = {"platelets": "212", "haemoglobin": "13.4", "leukocytes": "5.1", "neutrophils": "3.0", "lymphocytes": "1.2"}
UNITS = {"platelets": "10*9/L", "haemoglobin": "g/dL"}


def day(before: int) -> str:
    return (TODAY - dt.timedelta(days=before)).isoformat()


def panel(cast: Cast, **other: object) -> dict[str, Any]:
    values = [{"analyte": name, "value": value, "unit": UNITS.get(name, "10*9/L")} for name, value in CBC.items()]
    return {"patient_id": str(cast.ada), "collected_on": day(1), "values": values, **other}


def test_it_records_a_dose_corrects_it_and_keeps_what_was_wrong(client: Client, cast: Cast, stage: Stage) -> None:
    bring_papers(stage, cast, on=TODAY - dt.timedelta(days=80))
    given = client.post(
        f"{API}/administrations",
        json={"treatment_id": str(cast.ada_treatment), "on": day(70), "course": 1, "day": 1},
        headers=cast.nora.headers,
    )
    corrected = client.post(
        f"{API}/administrations/{given.json['id']}/correct",
        json={"on": day(69), "reason": "wrong day typed"},
        headers=cast.nora.headers,
    )
    listed = client.get(f"{API}/administrations?treatment_id={cast.ada_treatment}", headers=cast.nora.headers).json

    assert (given.status_code, corrected.status_code) == (201, 201)
    right, wrong = listed["items"]
    assert (right["on"], right["replaces_id"], right["reason"]) == (day(69), given.json["id"], "wrong day typed")
    assert (wrong["on"], wrong["replaced_by"]) == (day(70), corrected.json["id"])


def test_it_tells_the_second_of_two_who_correct_the_same_dose(client: Client, cast: Cast, stage: Stage) -> None:
    bring_papers(stage, cast, on=TODAY - dt.timedelta(days=80))
    given = client.post(
        f"{API}/administrations",
        json={"treatment_id": str(cast.ada_treatment), "on": day(70), "course": 1, "day": 1},
        headers=cast.nora.headers,
    ).json["id"]
    body = {"reason": "never given"}
    first = client.post(f"{API}/administrations/{given}/retract", json=body, headers=cast.nora.headers)

    second = client.post(f"{API}/administrations/{given}/retract", json=body, headers=cast.noor.headers)

    assert (first.status_code, second.status_code) == (201, 409)


def test_it_lets_only_a_neurologist_override_a_gate(client: Client, cast: Cast) -> None:
    dose = {"treatment_id": str(cast.theo_treatment), "reason_override": "leaves the country"}
    client.post(f"{API}/administrations", json={**dose, "on": day(10)}, headers=cast.noor.headers)
    body = {**dose, "on": day(7)}

    nurse = client.post(f"{API}/administrations", json=body, headers=cast.nora.headers)
    neurologist = client.post(f"{API}/administrations", json=body, headers=cast.noor.headers)

    assert (nurse.status_code, neurologist.status_code) == (403, 201)


def test_it_records_a_whole_panel_and_credits_it(client: Client, cast: Cast, stage: Stage) -> None:
    bring_papers(stage, cast, on=TODAY - dt.timedelta(days=50))
    for number in range(5):
        client.post(
            f"{API}/administrations",
            json={"treatment_id": str(cast.ada_treatment), "on": day(45 - number), "course": 1, "day": number + 1},
            headers=cast.nora.headers,
        )
    answer = client.post(f"{API}/results", json=panel(cast, collected_on=day(3)), headers=cast.nora.headers)
    calendar = client.get(f"{API}/treatments/{cast.ada_treatment}/calendar", headers=cast.nora.headers).json

    assert answer.status_code == 201
    assert len(answer.json["result_ids"]) == len(CBC)
    assert answer.json["findings"] == []
    assert {one["range"] for one in answer.json["values"]} == {"normal"}
    assert next(item for item in calendar["items"] if item["key"] == "cbc/1.1")["state"] == "done"


def test_it_finds_an_analyte_by_any_of_its_names_and_refuses_none(client: Client, cast: Cast) -> None:
    """An empty list for a name that nobody knows would say that nothing was ever measured."""
    client.post(f"{API}/results", json=panel(cast), headers=cast.nora.headers)

    def listed(analyte: str) -> tuple[int, int]:
        path = f"{API}/results?patient_id={cast.ada}&analyte={analyte}"
        answer = client.get(path, headers=cast.nora.headers)
        return answer.status_code, len(answer.json.get("items", ()))

    assert [listed(name) for name in ("platelets", "PLT", "777-3", "unobtainium")] == [(200, 1)] * 3 + [(422, 0)]


def test_it_stores_nothing_of_a_panel_with_one_wrong_line(client: Client, cast: Cast) -> None:
    body = panel(cast)
    body["values"][2]["unit"] = "furlongs"
    body["values"][3]["value"] = "1,5"

    answer = client.post(f"{API}/results", json=body, headers=cast.nora.headers)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == ["values[2].unit", "values[3].value"]
    assert "furlongs" not in answer.text
    assert client.get(f"{API}/results?patient_id={cast.ada}", headers=cast.nora.headers).json["items"] == []


def test_it_asks_a_person_to_confirm_a_value_that_can_hardly_be_true(client: Client, cast: Cast) -> None:
    line = {"analyte": "platelets", "value": "99999", "unit": "10*9/L"}
    once = client.post(f"{API}/results", json=panel(cast, values=[line]), headers=cast.nora.headers)
    twice = client.post(
        f"{API}/results", json=panel(cast, values=[{**line, "is_confirmed": True}]), headers=cast.nora.headers
    )

    assert (once.status_code, twice.status_code) == (422, 201)
    assert "99999" not in once.text


def test_it_corrects_a_value_and_keeps_the_old_one(client: Client, cast: Cast) -> None:
    ids = client.post(f"{API}/results", json=panel(cast), headers=cast.nora.headers).json["result_ids"]

    corrected = client.post(
        f"{API}/results/{ids[0]}/correct",
        json={"value": "122", "reason": "typed from the wrong line"},
        headers=cast.noor.headers,
    )

    path = f"{API}/results?patient_id={cast.ada}&analyte=platelets"
    rows = client.get(path, headers=cast.farah.headers).json["items"]
    assert corrected.status_code == 201
    assert {(row["value"], row["status"], row["replaced_by"]) for row in rows} == {
        ("212", "final", corrected.json["id"]),
        ("122", "corrected", None),
    }
    assert {row["canonical"] for row in rows} == {"212", "122"}


def test_it_retracts_a_value_of_another_patient(client: Client, cast: Cast) -> None:
    ids = client.post(f"{API}/results", json=panel(cast, decimal="point"), headers=cast.lab.headers).json["result_ids"]

    answer = client.post(
        f"{API}/results/{ids[0]}/retract", json={"reason": "sample of another patient"}, headers=cast.noor.headers
    )

    assert answer.status_code == 201


def test_it_records_and_retracts_an_assessment(client: Client, cast: Cast) -> None:
    body = {"patient_id": str(cast.theo), "scale": "alsfrs_r", "value": "38", "on": day(2)}
    recorded = client.post(f"{API}/assessments", json=body, headers=cast.nora.headers)
    retracted = client.post(
        f"{API}/assessments/{recorded.json['id']}/retract", json={"reason": "wrong form"}, headers=cast.nora.headers
    )

    rows = client.get(f"{API}/assessments?patient_id={cast.theo}", headers=cast.farah.headers).json["items"]

    assert (recorded.status_code, retracted.status_code) == (201, 201)
    assert sorted(row["is_retraction"] for row in rows) == [False, True]


def test_it_waives_and_notes_a_vaccination(client: Client, cast: Cast) -> None:
    treatment = {"treatment_id": str(cast.theo_treatment)}
    waived = client.post(
        f"{API}/events/waivers", json={**treatment, "key": "alsfrs_r/0", "reason": "too ill"}, headers=cast.noor.headers
    )
    vaccinated = client.post(
        f"{API}/events/vaccinations",
        json={**treatment, "on": day(5), "vaccine": "influenza", "live": False},
        headers=cast.nora.headers,
    )

    assert [each.status_code for each in (waived, vaccinated)] == [201, 201]
    taken_back = client.post(
        f"{API}/events/{waived.json['id']}/retract", json={"reason": "feels better"}, headers=cast.noor.headers
    )
    assert taken_back.status_code == 201


def test_it_lets_only_a_neurologist_take_a_waiver_back(client: Client, cast: Cast) -> None:
    waived = client.post(
        f"{API}/events/waivers",
        json={"treatment_id": str(cast.theo_treatment), "key": "alsfrs_r/0", "reason": "too ill"},
        headers=cast.noor.headers,
    ).json["id"]

    answer = client.post(f"{API}/events/{waived}/retract", json={"reason": "why not"}, headers=cast.nora.headers)

    assert answer.status_code == 403


def test_it_completes_a_task(client: Client, cast: Cast, stage: Stage) -> None:
    bring_papers(stage, cast, on=TODAY - dt.timedelta(days=80))
    client.post(
        f"{API}/administrations",
        json={"treatment_id": str(cast.ada_treatment), "on": day(70), "course": 1, "day": 1},
        headers=cast.nora.headers,
    )
    answer = client.post(
        f"{API}/events/completions",
        json={"treatment_id": str(cast.ada_treatment), "key": "antiherpetic_stop/1", "on": day(0)},
        headers=cast.nora.headers,
    )

    assert answer.status_code == 201
