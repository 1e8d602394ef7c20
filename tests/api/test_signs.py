"""Signs and declarations over the API: what a client shows to be ticked, and what the patient is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from monitor.actions.add_site import add_site
from monitor.actions.register_patient import register_patient
from monitor.actions.start_treatment import start_treatment
from monitor.schedules.facts import Sex
from monitor.terms import Role
from tests.cast import TODAY, Cast, Stage, hire
from tests.client import Answer, Client

API = "/api/v1"
DAY = str(TODAY)
KEY = {"Idempotency-Key": "1b0a4f6c-70c4-4a6e-9f1c-1f1f6f6f0001"}


def report(client: Client, cast: Cast, *signs: str, key: dict[str, str] | None = None, **more: Any) -> Answer:
    body = {"signs": list(signs), "noticed_on": DAY, **more}
    path = f"{API}/treatments/{cast.ada_treatment}/signs"
    return client.post(path, json=body, headers={**cast.nora.headers, **(key or {})})


def test_a_client_gets_the_signs_by_urgency_the_emergencies_first_and_the_numbers_before_them_h41(
    client: Client, cast: Cast
) -> None:
    answer = client.get(f"{API}/protocols/alemtuzumab/signs?language=fr", headers=cast.nora.headers)
    assert answer.status_code == 200
    told = answer.json
    assert (told["protocol"], told["language"]) == ("alemtuzumab.v1", "fr")
    assert [one["country"] for one in told["emergency"]] == ["BE", "FR", "US", "anywhere"]
    assert [group["urgency"] for group in told["groups"]] == [
        "emergency", "same_day", "within_24_hours", "within_48_hours", "within_a_week", "within_two_weeks",
    ]  # fmt: skip
    assert {"sign": "neck_lump", "words": "Boule dans le cou", "holds_dose": False, "in_pregnancy": None} in told[
        "groups"
    ][-1]["signs"]
    assert sum(len(group["signs"]) for group in told["groups"]) == 56


def test_in_a_language_or_of_a_protocol_that_is_not_there_it_says_so(client: Client, cast: Cast) -> None:
    for path, status in (
        ("alemtuzumab/signs?language=de", 422),
        ("alemtuzumab/signs", 422),
        ("aspirin/signs?language=fr", 404),
    ):
        assert client.get(f"{API}/protocols/{path}", headers=cast.nora.headers).status_code == status


def test_the_answer_tells_what_to_do_and_the_inbox_whom_to_call(client: Client, cast: Cast) -> None:
    answer = report(client, cast, "neck_lump", "bruising", note="since the weekend")
    assert answer.status_code == 201
    told = answer.json
    assert (told["level"], told["urgency"], told["language"]) == ("urgent", "same_day", "fr")
    assert told["advice"][0] == "Appelez-nous aujourd'hui. Si personne ne répond, allez aux urgences aujourd'hui."
    assert any("n'attendez pas" in line for line in told["advice"])
    assert [one["sign"] for one in told["signs"]] == ["bruising", "neck_lump"]
    inbox = client.get(f"{API}/alerts?patient_id={cast.ada}", headers=cast.noor.headers).json["items"]
    signs = [(one["topic"], one["level"]) for one in inbox if one["topic"].startswith("sign:")]
    assert signs == [("sign:bruising", "urgent"), ("sign:neck_lump", "soon")]
    listed = client.get(f"{API}/treatments/{cast.ada_treatment}/signs", headers=cast.farah.headers).json["items"]
    assert [(one["signs"], one["note"]) for one in listed] == [(["neck_lump", "bruising"], "since the weekend")]


def test_sent_again_it_is_one_report_with_one_answer(client: Client, cast: Cast) -> None:
    first, second = (report(client, cast, "fever", key=KEY) for _ in range(2))
    assert (first.status_code, first.data) == (second.status_code, second.data)
    listed = client.get(f"{API}/treatments/{cast.ada_treatment}/signs", headers=cast.nora.headers).json["items"]
    assert len(listed) == 1


@pytest.mark.parametrize(
    ("country", "timezone", "numbers"),
    [
        ("FR", "Europe/Paris", ("15", "112", "114")),
        ("BE", "Europe/Brussels", ("112",)),
        ("US", "America/New_York", ("911",)),
        ("CH", "Europe/Zurich", ()),
    ],
)
def test_the_numbers_are_those_of_the_country_of_the_site_h41(
    client: Client, stage: Stage, country: str, timezone: str, numbers: tuple[str, ...]
) -> None:
    with stage.work() as work:
        site = add_site(work, name="Neurology Away", country=country, timezone=timezone, telephone="+33 1 99 00 00 01")
        doctor = hire(work, "Nia", Role.NEUROLOGIST, site)
    with stage.work(by=doctor.actor) as work:
        patient = register_patient(
            work, site_id=site, family_name="Away", given_name="Ann", birth_date=dt.date(1980, 1, 1), sex=Sex.FEMALE,
            language="en",
        )  # fmt: skip
        treatment = start_treatment(work, patient_id=patient, protocol="tofersen", profile="eu", started_on=TODAY)
    body = {"signs": ["more_falls", "seizure"], "noticed_on": str(TODAY - dt.timedelta(days=1))}
    told = client.post(f"{API}/treatments/{treatment}/signs", json=body, headers=doctor.headers).json
    assert told["advice"][0].startswith("Call ")
    assert all(number in told["advice"][0] for number in numbers)
    assert any(letter.isdigit() for letter in told["advice"][0]) == bool(numbers)
    assert "To reach us: +33 1 99 00 00 01" in told["advice"]


def test_a_declaration_is_shown_on_the_work_list_h49(client: Client, cast: Cast) -> None:
    path = f"{API}/treatments/{cast.ada_treatment}/declarations"
    listed = client.get(f"{API}/agenda?patient_id={cast.ada}&limit=200", headers=cast.nora.headers).json["items"]
    key = next(one["key"] for one in listed if one["kind"] == "lab")
    body = {"key": key, "declared_on": DAY}
    made = client.post(path, json=body, headers=cast.nora.headers)
    assert made.status_code == 201
    after = client.get(f"{API}/agenda?patient_id={cast.ada}&limit=200", headers=cast.nora.headers).json["items"]
    assert {one["key"]: one["declared_on"] for one in after}[key] == DAY
    assert [{**one, "declared_on": None} for one in after] == listed
    back = client.post(f"{path}/{made.json['id']}/retract", json={"reason": "no"}, headers=cast.nora.headers)
    assert back.status_code == 201
    rows = client.get(path, headers=cast.farah.headers).json["items"]
    assert [one["is_retraction"] for one in rows if one["replaced_by"] is None] == [True]
