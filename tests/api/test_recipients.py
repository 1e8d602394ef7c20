"""Who gets the texts about a patient, asked and changed as a program would."""

from __future__ import annotations

from tests.cast import Cast
from tests.client import Answer, Client

PAUL = {"name": "Paul Berger", "phone": "06 39 98 00 03", "language": "en"}


def change(client: Client, cast: Cast, path: str, *, method: str, body: object = None) -> Answer:
    """As Nora, on the version that stands there now."""
    base = f"/api/v1/patients/{cast.ada}/recipients"
    seen = client.get(base, headers=cast.nora.headers).headers["ETag"]
    headers = {**cast.nora.headers, "If-Match": seen}
    return client.open(base + path, method=method, headers=headers, json=body)


def test_it_shows_the_patient_alone_where_nothing_was_chosen(client: Client, cast: Cast) -> None:
    shown = client.get(f"/api/v1/patients/{cast.ada}/recipients", headers=cast.nora.headers).json

    assert (shown["recipients"], shown["caregiver"]) == ("self", None)
    assert shown["self"]["lacks"] == "no consent to text messages"
    assert shown["patient"]["given_name"] == "Ada"


def test_h39_a_caregiver_becomes_reachable_step_by_step(client: Client, cast: Cast) -> None:
    change(client, cast, "/caregiver", method="PUT", body=PAUL)
    change(client, cast, "/caregiver/sms-consent", method="PUT")
    called = {"recipient": "caregiver", "phone": "+33639980003"}
    confirmed = change(client, cast, "/confirm-number", method="POST", body=called)
    chosen = change(client, cast, "", method="PUT", body={"recipients": "both"})

    assert confirmed.status_code == chosen.status_code == 200
    assert chosen.json["recipients"] == "both"
    assert chosen.json["caregiver"]["name"] == "Paul Berger"
    assert chosen.json["caregiver"]["lacks"] is None
    assert chosen.json["caregiver"]["number_confirmed_at"]


def test_h34_a_number_that_was_not_called_cannot_be_confirmed_and_is_never_repeated(client: Client, cast: Cast) -> None:
    change(client, cast, "/caregiver", method="PUT", body=PAUL)
    called = {"recipient": "caregiver", "phone": "+33639980004"}
    refused = change(client, cast, "/confirm-number", method="POST", body=called)

    assert refused.status_code == 409
    assert "3998000" not in refused.text


def test_h34_somebody_elses_telephone_is_said_to_be_so(client: Client, cast: Cast) -> None:
    change(client, cast, "/caregiver", method="PUT", body=PAUL)
    change(client, cast, "/caregiver/sms-consent", method="PUT")
    wrong = {"recipient": "caregiver", "phone": "+33639980003", "reason": "a stranger answered"}
    told = change(client, cast, "/wrong-number", method="POST", body=wrong).json["caregiver"]

    assert (told["is_wrong_number"], told["lacks"]) == (True, "the telephone is said to be somebody else's")


def test_an_ended_caregiver_is_shown_no_more(client: Client, cast: Cast) -> None:
    change(client, cast, "/caregiver", method="PUT", body=PAUL)
    ended = change(client, cast, "/caregiver", method="DELETE", body={"reason": "moved away"})

    assert ended.json["caregiver"] is None
