"""Values over the API: a sheet is judged while it is typed, recorded once, read back with what it means."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.cast import TODAY, Cast, Staff
from tests.client import Answer, Client

API = "/api/v1/results"
NINE = (
    ("platelets", "45", "10*9/L"), ("haemoglobin", "13,2", "g/dL"), ("leukocytes", "6,1", "G/L"),
    ("neutrophils", "3,4", "G/L"), ("lymphocytes", "1,1", "G/L"), ("creatinine", "72", "µmol/L"),
    ("alt", "31", "UI/L"), ("ast", "<5", "UI/L"), ("tsh", "2,1", "mUI/L"),
)  # fmt: skip


def sheet(cast: Cast, *values: dict[str, Any], **other: Any) -> dict[str, Any]:
    return {"patient_id": str(cast.ada), "collected_on": TODAY.isoformat(), "values": list(values), **other}


def nine(cast: Cast) -> dict[str, Any]:
    values = [{"analyte": name, "value": text, "unit": unit} for name, text, unit in NINE]
    return sheet(cast, *values, decimal="comma")


def listed(client: Client, cast: Cast, *, by: Staff | None = None) -> list[dict[str, Any]]:
    answer = client.get(f"{API}?patient_id={cast.ada}", headers=(by or cast.nora).headers)
    items: list[dict[str, Any]] = answer.json["items"]
    return items


def fields(answer: Answer) -> dict[str, dict[str, str]]:
    return {error["field"]: error for error in answer.json["errors"]}


def test_a_whole_panel_as_a_french_sheet_prints_it_is_one_request(client: Client, cast: Cast) -> None:
    answer = client.post(API, json=nine(cast), headers=cast.nora.headers)

    assert answer.status_code == 201
    assert [one["id"] for one in answer.json["values"]] == answer.json["result_ids"]
    assert [one["canonical"] for one in answer.json["values"][:2]] == ["45", "132.0"]
    assert answer.json["findings"][0]["rule"] == "platelets.below_50"
    assert answer.json["findings"][0]["treatment_id"] == str(cast.ada_treatment)


def test_the_list_tells_what_each_value_means_today(client: Client, cast: Cast) -> None:
    receipt = client.post(API, json=nine(cast), headers=cast.nora.headers).json
    platelets = next(one for one in listed(client, cast, by=cast.farah) if one["analyte"] == "platelets")

    assert {name: platelets[name] for name in ("is_plausible", "range", "ctcae_grade", "decimal", "not_done")} == {
        "is_plausible": True, "range": "low", "ctcae_grade": 3, "decimal": "comma", "not_done": None,
    }  # fmt: skip
    of_receipt = {one["rule"] for one in receipt["findings"] if one["result_id"] == platelets["id"]}
    assert {one["rule"] for one in platelets["findings"]} == of_receipt


def test_what_counts_no_more_has_no_verdict(client: Client, cast: Cast) -> None:
    line = {"analyte": "platelets", "value": "45", "unit": "10*9/L"}
    (result_id,) = client.post(API, json=sheet(cast, line), headers=cast.nora.headers).json["result_ids"]
    reason = {"reason": "of another patient"}
    client.post(f"{API}/{result_id}/retract", json=reason, headers=cast.noor.headers)

    shown = listed(client, cast)
    assert [(one["range"], one["findings"]) for one in shown] == [(None, []), (None, [])]
    assert {one["value"] for one in shown} == {"45"}  # struck through, and still to be read (H08)


def test_h08_a_retraction_is_told_to_whoever_reads_the_list(client: Client, cast: Cast) -> None:
    line = {"analyte": "platelets", "value": "212", "unit": "10*9/L"}
    (result_id,) = client.post(API, json=sheet(cast, line), headers=cast.nora.headers).json["result_ids"]
    told = client.post(f"{API}/{result_id}/retract", json={"reason": "of another"}, headers=cast.noor.headers).json

    old, new = sorted(listed(client, cast), key=lambda one: one["replaces_id"] is not None)
    assert (old["replaced_by"], new["status"], new["reason"]) == (told["id"], "entered_in_error", "of another")


def test_h01_a_slip_asks_with_a_suggestion_to_whoever_typed_it_alone(
    client: Client, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    line = {"analyte": "haemoglobin", "value": "13.2", "unit": "g/L"}
    asked = client.post(API, json=sheet(cast, line), headers=cast.nora.headers)
    taken = client.post(API, json=sheet(cast, {**line, "is_confirmed": True}), headers=cast.nora.headers)

    assert (asked.status_code, taken.status_code) == (422, 201)
    assert fields(asked)["values[0].unit"]["suggestion"] == "g/dL"
    assert "13.2" not in asked.text
    assert "g/dL" not in caplog.text


def test_h14_a_comma_is_no_point_unless_the_sheet_says_so(client: Client, cast: Cast) -> None:
    line = {"analyte": "lymphocytes", "value": "1,5", "unit": "G/L"}
    refused = client.post(API, json=sheet(cast, line), headers=cast.nora.headers)
    taken = client.post(API, json=sheet(cast, line, decimal="comma"), headers=cast.nora.headers)

    assert (refused.status_code, taken.status_code) == (422, 201)
    assert list(fields(refused)) == ["values[0].value"]
    assert "suggestion" not in fields(refused)["values[0].value"]
    assert taken.json["values"][0]["canonical"] == "1.5"


def test_h10_what_could_not_be_measured_is_entered_with_its_reason(client: Client, cast: Cast) -> None:
    line = {"analyte": "platelets", "unit": "10*9/L", "not_done": "clumped"}
    answer = client.post(API, json=sheet(cast, line), headers=cast.nora.headers)

    assert answer.status_code == 201
    (shown,) = listed(client, cast)
    assert (shown["value"], shown["not_done"], shown["canonical"], shown["range"]) == (None, "clumped", None, None)
    wrong = client.post(API, json=sheet(cast, {**line, "not_done": "tired"}), headers=cast.nora.headers)
    assert list(fields(wrong)) == ["values[0].not_done"]


def test_h15_a_moment_is_taken_with_its_offset_alone(client: Client, cast: Cast) -> None:
    line = {"analyte": "platelets", "value": "212", "unit": "10*9/L"}
    midnight = {"collected_at": "2026-06-14T22:30:00Z", "received_at": "2026-06-15T06:00:00Z"}
    body = {name: told for name, told in sheet(cast, line, **midnight).items() if name != "collected_on"}
    answer = client.post(API, json=body, headers=cast.nora.headers)
    naive = client.post(API, json={**body, "collected_at": "2026-06-14T22:30:00"}, headers=cast.nora.headers)

    assert (answer.status_code, answer.json["collected_on"]) == (201, "2026-06-15")
    assert (naive.status_code, list(fields(naive))) == (422, ["collected_at"])
    (shown,) = listed(client, cast)
    assert shown["collected_at"] == "2026-06-14T22:30:00+00:00"


def test_a_sheet_is_judged_while_it_is_typed_without_a_key_and_nothing_is_stored(client: Client, cast: Cast) -> None:
    checked = client.post(f"{API}/check", json=nine(cast), key=None, headers=cast.nora.headers)

    assert checked.status_code == 200
    assert checked.json["findings"][0]["rule"] == "platelets.below_50"
    assert checked.json["patient"]["given_name"] == "Ada"
    assert listed(client, cast) == []
    recorded = client.post(API, json=nine(cast), headers=cast.nora.headers).json
    told = [
        [(one["rule"], one["because"], one["level"]) for one in answer["findings"]]
        for answer in (checked.json, recorded)
    ]
    assert told[0] == told[1]


def test_checking_refuses_what_recording_would(client: Client, cast: Cast) -> None:
    wrong = sheet(cast, {"analyte": "platelets", "value": "1,5"}, {"analyte": "luck", "value": "7"})
    answers = [client.post(path, json=wrong, headers=cast.nora.headers) for path in (API, f"{API}/check")]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert fields(answers[0]) == fields(answers[1])
    assert set(fields(answers[0])) == {"values[0].unit", "values[1].analyte"}


def test_h06_a_correction_is_answered_with_what_the_new_value_means_as_an_entry_is(client: Client, cast: Cast) -> None:
    line = {"analyte": "platelets", "value": "245", "unit": "10*9/L"}
    entered = client.post(API, json=sheet(cast, line), headers=cast.nora.headers).json
    path, body = f"{API}/{entered['result_ids'][0]}/correct", {"value": "45", "reason": "a misprint"}
    corrected = client.post(path, json=body, headers=cast.nora.headers).json

    assert {**corrected, "id": None}.keys() == {**entered, "id": None}.keys()
    assert corrected["result_ids"] == [corrected["id"]] != entered["result_ids"]
    assert (corrected["panel_id"], corrected["patient"]) == (entered["panel_id"], entered["patient"])
    (value,) = corrected["values"]
    assert (value["id"], value["canonical"], value["range"]) == (corrected["id"], "45", "low")
    of_list = next(one for one in listed(client, cast) if one["id"] == corrected["id"])
    found = [(one["rule"], one["level"], one["because"]) for one in corrected["findings"]]
    assert found == [(one["rule"], one["level"], one["because"]) for one in of_list["findings"]]
    assert found[0][:2] == ("platelets.below_50", "critical")
    assert {one["result_id"] for one in corrected["findings"]} == {corrected["id"]}


def test_a_correction_that_is_sent_again_acts_once_and_is_answered_the_same(client: Client, cast: Cast) -> None:
    line = {"analyte": "platelets", "value": "245", "unit": "10*9/L"}
    (result_id,) = client.post(API, json=sheet(cast, line), headers=cast.nora.headers).json["result_ids"]
    path, body, key = f"{API}/{result_id}/correct", {"value": "45", "reason": "a misprint"}, str(uuid4())
    first, again = (client.post(path, json=body, key=key, headers=cast.nora.headers) for _ in range(2))

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.data == again.data
    assert len(listed(client, cast)) == 2


def test_h48_of_two_corrections_the_second_is_told_to_look_again(client: Client, cast: Cast) -> None:
    line = {"analyte": "platelets", "value": "212", "unit": "10*9/L"}
    (result_id,) = client.post(API, json=sheet(cast, line), headers=cast.nora.headers).json["result_ids"]
    path, body = f"{API}/{result_id}/correct", {"reason": "a misprint"}
    first = client.post(path, json={"value": "21.2", **body}, headers=cast.noor.headers)
    second = client.post(path, json={"value": "22.2", **body}, headers=cast.nora.headers)

    assert (first.status_code, second.status_code) == (201, 409)
    assert {one["value"] for one in listed(client, cast)} == {"212", "21.2"}


def test_h09_a_preliminary_value_is_shown_as_one_and_its_final_one_beside_it(client: Client, cast: Cast) -> None:
    line = {"analyte": "platelets", "value": "45", "unit": "10*9/L"}
    early = client.post(API, json=sheet(cast, line, status="preliminary"), headers=cast.nora.headers)
    late = client.post(API, json=sheet(cast, {**line, "value": "245"}), headers=cast.nora.headers)

    assert early.json["findings"][0]["level"] == "critical"  # a preliminary value may alert
    assert (late.status_code, late.json["findings"]) == (201, [])
    assert {(one["value"], one["status"]) for one in listed(client, cast)} == {("45", "preliminary"), ("245", "final")}
