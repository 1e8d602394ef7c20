"""Patients: registered, shown, changed, and out of sight of other sites."""

from __future__ import annotations

from tests.cast import TODAY, Cast
from tests.client import Client

PATIENTS = "/api/v1/patients"


def form(cast: Cast, **other: object) -> dict[str, object]:
    return {
        "site_id": str(cast.north),
        "family_name": "Dubois",
        "given_name": "Ines",
        "birth_date": "1990-04-01",
        "sex": "female",
        "language": "fr",
        **other,
    }


def test_it_registers_a_patient_and_says_where(client: Client, cast: Cast) -> None:
    answer = client.post(PATIENTS, json=form(cast, phone="+33 6 39 98 00 17"), headers=cast.nora.headers)

    assert answer.status_code == 201
    shown = client.get(answer.headers["Location"], headers=cast.nora.headers)
    assert shown.json["id"] == answer.json["id"]
    assert shown.json["family_name"] == "Dubois"
    assert shown.json["phone"] == "+33639980017"
    assert shown.json["has_sms_consent"] is False


def test_it_cannot_register_at_another_site(client: Client, cast: Cast) -> None:
    answer = client.post(PATIENTS, json=form(cast, site_id=str(cast.south)), headers=cast.nora.headers)

    assert answer.status_code == 404


def test_it_lists_only_the_patients_of_ones_sites(client: Client, cast: Cast) -> None:
    north = client.get(PATIENTS, headers=cast.nora.headers).json
    south = client.get(PATIENTS, headers=cast.sven.headers).json

    assert [each["id"] for each in north["items"]] == sorted((str(cast.ada), str(cast.theo)))
    assert [each["id"] for each in south["items"]] == [str(cast.sofia)]


def test_it_shows_a_patient_of_another_site_exactly_as_one_that_does_not_exist(client: Client, cast: Cast) -> None:
    foreign = client.get(f"{PATIENTS}/{cast.ada}", headers=cast.sven.headers)
    nobody = client.get(f"{PATIENTS}/{cast.north}", headers=cast.sven.headers)

    assert foreign.status_code == nobody.status_code == 404
    assert foreign.data == nobody.data


def test_it_changes_what_is_sent_and_leaves_the_rest(client: Client, cast: Cast) -> None:
    path = f"{PATIENTS}/{cast.ada}"
    seen = client.get(path, headers=cast.nora.headers)

    answer = client.patch(
        path, json={"language": "en"}, headers={**cast.nora.headers, "If-Match": seen.headers["ETag"]}
    )

    assert answer.status_code == 200
    assert answer.json["language"] == "en"
    assert answer.json["phone"] == seen.json["phone"]
    assert answer.headers["ETag"] != seen.headers["ETag"]


def test_it_removes_a_number_that_is_set_to_null(client: Client, cast: Cast) -> None:
    path = f"{PATIENTS}/{cast.ada}"
    seen = client.get(path, headers=cast.nora.headers)

    answer = client.patch(path, json={"phone": None}, headers={**cast.nora.headers, "If-Match": seen.headers["ETag"]})

    assert answer.json["phone"] is None


def test_it_gives_and_withdraws_consent(client: Client, cast: Cast) -> None:
    path = f"{PATIENTS}/{cast.ada}"
    seen = client.get(path, headers=cast.nora.headers)

    given = client.put(f"{path}/sms-consent", headers={**cast.nora.headers, "If-Match": seen.headers["ETag"]})
    withdrawn = client.delete(
        f"{path}/sms-consent",
        json={"reason": "the patient sent STOP"},
        headers={**cast.nora.headers, "If-Match": given.headers["ETag"]},
    )

    assert (given.status_code, given.json["has_sms_consent"]) == (200, True)
    assert (withdrawn.status_code, withdrawn.json["has_sms_consent"]) == (200, False)


def test_it_does_not_give_back_a_consent_that_was_withdrawn_meanwhile(client: Client, cast: Cast) -> None:
    path = f"{PATIENTS}/{cast.ada}"
    seen = client.get(path, headers=cast.nora.headers).headers["ETag"]
    given = client.put(f"{path}/sms-consent", headers={**cast.nora.headers, "If-Match": seen}).headers["ETag"]
    client.delete(f"{path}/sms-consent", json={"reason": "STOP"}, headers={**cast.noor.headers, "If-Match": given})

    again = client.put(f"{path}/sms-consent", headers={**cast.nora.headers, "If-Match": given})

    assert again.status_code == 412
    assert client.get(path, headers=cast.nora.headers).json["has_sms_consent"] is False


def test_it_records_a_death_once(client: Client, cast: Cast) -> None:
    path = f"{PATIENTS}/{cast.ada}"
    seen = client.get(path, headers=cast.nora.headers).headers["ETag"]
    body = {"on": TODAY.isoformat()}

    answer = client.post(f"{path}/death", json=body, headers={**cast.nora.headers, "If-Match": seen})
    again = client.post(f"{path}/death", json=body, headers={**cast.nora.headers, "If-Match": answer.headers["ETag"]})

    assert (answer.status_code, answer.json["died_on"]) == (200, TODAY.isoformat())
    assert again.status_code == 409
    agenda = client.get(f"/api/v1/agenda?patient_id={cast.ada}", headers=cast.nora.headers)
    assert agenda.json["items"] == []
