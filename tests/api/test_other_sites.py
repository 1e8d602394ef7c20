"""What is of another site and what does not exist look the same, on every route."""

from __future__ import annotations

from uuid import uuid4

from tests.cast import TODAY, Cast
from tests.client import Answer, Client

API = "/api/v1"
DAY = TODAY.isoformat()


def asked(client: Client, cast: Cast, *, patient: object, treatment: object) -> dict[str, Answer]:
    """Everything that somebody of the south may try with an id of the north."""
    who = {**cast.selma.headers, "If-Match": '"1"'}
    of_treatment = {"treatment_id": str(treatment)}
    of_patient = {"patient_id": str(patient)}
    line = {"analyte": "platelets", "value": "200", "unit": "10*9/L"}
    posts = {
        f"patients/{patient}/death": {"on": DAY},
        "treatments": {**of_patient, "protocol": "tofersen", "started_on": DAY},
        f"treatments/{treatment}/suspend": {"on": DAY, "reason": "x"},
        f"treatments/{treatment}/resume": {"on": DAY},
        f"treatments/{treatment}/stop": {"on": DAY, "reason": "x"},
        "administrations": {**of_treatment, "on": DAY},
        "results": {**of_patient, "collected_on": DAY, "values": [line]},
        "assessments": {**of_patient, "scale": "alsfrs_r", "value": "40", "on": DAY},
        "events/waivers": {**of_treatment, "key": "dose/1", "reason": "x"},
        "events/moves": {**of_treatment, "key": "dose/1", "to": DAY},
        "events/completions": {**of_treatment, "key": "contact/1", "on": DAY},
        "events/vaccinations": {**of_treatment, "on": DAY, "vaccine": "influenza", "live": False},
    }
    gets = (
        f"patients/{patient}",
        f"treatments/{treatment}",
        f"treatments/{treatment}/calendar",
        f"administrations?treatment_id={treatment}",
        f"events?treatment_id={treatment}",
        f"results?patient_id={patient}",
        f"assessments?patient_id={patient}",
        f"treatments?patient_id={patient}",
        f"agenda?patient_id={patient}",
        f"alerts?patient_id={patient}",
        f"messages?patient_id={patient}",
    )
    found = {f"POST {path}": client.post(f"{API}/{path}", json=body, headers=who) for path, body in posts.items()}
    found |= {f"GET {path}": client.get(f"{API}/{path}", headers=who) for path in gets}
    path = f"{API}/patients/{patient}"
    found["PATCH"] = client.patch(path, json={"language": "en"}, headers=who)
    found["PUT"] = client.put(f"{path}/sms-consent", headers=who)
    found["DELETE"] = client.delete(f"{path}/sms-consent", json={"reason": "x"}, headers=who)
    return found


def test_it_answers_for_another_site_as_for_nothing_at_all(client: Client, cast: Cast) -> None:
    foreign = asked(client, cast, patient=cast.ada, treatment=cast.ada_treatment)
    nobody = asked(client, cast, patient=uuid4(), treatment=uuid4())

    told = [(answer.status_code, answer.data) for answer in foreign.values()]
    assert told == [(answer.status_code, answer.data) for answer in nobody.values()]
    lists = [answer.json for answer in foreign.values() if answer.status_code == 200]
    assert lists == [{"items": [], "next": None}] * 4
    assert {answer.status_code for answer in foreign.values()} == {200, 404}


def test_it_keeps_single_alerts_of_another_site_to_that_site(client: Client, cast: Cast) -> None:
    alert = client.get(f"{API}/alerts", headers=cast.nora.headers).json["items"][0]["id"]

    shown = client.get(f"{API}/alerts/{alert}", headers=cast.selma.headers)
    seen = client.post(f"{API}/alerts/{alert}/acknowledge", headers=cast.selma.headers)
    closed = client.post(f"{API}/alerts/{alert}/close", json={"reason": "x"}, headers=cast.selma.headers)

    assert [each.status_code for each in (shown, seen, closed)] == [404, 404, 404]
    assert client.get(f"{API}/alerts/{alert}", headers=cast.nora.headers).json["acknowledged_at"] is None


def test_it_lists_nothing_to_whoever_asks_for_the_list_of_another_site(client: Client, cast: Cast) -> None:
    for noun in ("patients", "agenda", "alerts"):
        mine = client.get(f"{API}/{noun}?site_id={cast.north}", headers=cast.nora.headers).json["items"]
        theirs = client.get(f"{API}/{noun}?site_id={cast.south}", headers=cast.nora.headers).json["items"]

        assert (bool(mine), theirs) == (True, [])
