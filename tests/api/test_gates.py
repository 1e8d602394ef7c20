"""What stands before the next dose, over the API: gate by gate, the refusal, the override, what was kept."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.cast import TODAY, Cast, Staff, Stage
from tests.client import Answer, Client
from tests.factories.papers import bring_papers

API = "/api/v1"
DAY = dt.timedelta(days=1)


def asked(client: Client, cast: Cast, by: Staff, *, of_ada: bool = False, on: dt.date | None = None) -> Answer:
    treatment = cast.ada_treatment if of_ada else cast.theo_treatment
    query = "" if on is None else f"?on={on}"
    return client.get(f"{API}/treatments/{treatment}/gates{query}", headers=by.headers)


def says(answer: Answer) -> dict[str, str]:
    return {gate["id"]: gate["answer"] for gate in answer.json["gates"]}


def count(client: Client, cast: Cast, value: str) -> None:
    values = [{"analyte": "platelets", "value": value, "unit": "G/L"}]
    body = {"patient_id": str(cast.theo), "collected_on": str(TODAY), "values": values}
    assert client.post(f"{API}/results", json=body, headers=cast.nora.headers).status_code == 201


def test_it_shows_every_gate_with_the_fact_it_stands_on_and_what_blocks_first(client: Client, cast: Cast) -> None:
    count(client, cast, "48")
    answer = asked(client, cast, cast.nora)
    assert (answer.status_code, answer.json["key"], answer.json["answer"]) == (200, "dose/1", "block")
    assert answer.json["patient"]["given_name"] == "Theo"
    first, second, third = answer.json["gates"][:3]
    assert first == {
        "id": "platelets", "title": "platelets before the lumbar puncture", "answer": "block",
        "because": "48 × 10⁹/L is below 50", "source": "policy", "found": "48", "unit": "10*9/L", "on": str(TODAY),
        "age_days": 0,
    }  # fmt: skip
    assert (second["id"], second["answer"], second["found"]) == ("open_alerts", "block", "platelets.below_50")
    assert (third["answer"], third["found"], third["because"]) == ("ask", None, "no value of inr")


def test_it_answers_for_the_day_on_which_the_dose_might_be_given(client: Client, cast: Cast) -> None:
    count(client, cast, "180")
    assert [says(asked(client, cast, cast.noor, on=TODAY + days * DAY))["platelets"] for days in (7, 8)] == [
        "pass", "ask",
    ]  # fmt: skip


def test_what_it_says_of_a_day_is_what_recording_on_that_day_does(client: Client, cast: Cast, stage: Stage) -> None:
    dose = {"treatment_id": str(cast.ada_treatment), "on": str(TODAY), "course": 1, "day": 1}
    before = asked(client, cast, cast.nora, of_ada=True).json["answer"]
    refused = client.post(f"{API}/administrations", json=dose, headers=cast.nora.headers)
    bring_papers(stage, cast, on=TODAY - 10 * DAY)
    after = asked(client, cast, cast.nora, of_ada=True).json["answer"]
    given = client.post(f"{API}/administrations", json=dose, headers=cast.nora.headers)
    assert (before, refused.status_code, after, given.status_code) == ("block", 422, "ask", 201)
    assert "commitment: nothing in the dossier about commitment" in refused.json["detail"]


@pytest.mark.parametrize(("on", "why"), ((TODAY - DAY, "in the past"), (TODAY + 367 * DAY, "within a year")))
def test_it_answers_for_no_day_that_lies_behind_or_far_ahead(client: Client, cast: Cast, on: dt.date, why: str) -> None:
    answer = asked(client, cast, cast.nora, on=on)
    assert (answer.status_code, why in answer.text) == (422, True)


def test_h52_it_is_closed_to_other_roles_and_hidden_from_other_sites(client: Client, cast: Cast) -> None:
    seen = {name: asked(client, cast, getattr(cast, name)).status_code for name in ("nora", "noor", "farah")}
    closed = {name: asked(client, cast, getattr(cast, name)).status_code for name in ("adam", "lab", "sven")}
    assert seen == {"nora": 200, "noor": 200, "farah": 200}
    assert closed == {"adam": 403, "lab": 403, "sven": 404}


def test_an_override_is_the_neurologists_and_is_listed_with_what_it_passed(client: Client, cast: Cast) -> None:
    count(client, cast, "48")
    dose = {"treatment_id": str(cast.theo_treatment), "on": str(TODAY)}
    override = {**dose, "reason_override": "transfused this morning"}
    path = f"{API}/administrations"
    statuses = [
        client.post(path, json=body, headers=who.headers).status_code
        for body, who in ((dose, cast.nora), (dose, cast.noor), (override, cast.nora), (override, cast.noor))
    ]
    assert statuses == [422, 422, 403, 201]
    (listed,) = client.get(f"{path}?treatment_id={cast.theo_treatment}", headers=cast.farah.headers).json["items"]
    assert listed["reason_override"] == "transfused this morning"
    assert [(gate["id"], gate["found"]) for gate in listed["gates"] if gate["answer"] == "block"] == [
        ("platelets", "48"),
        ("open_alerts", "platelets.below_50"),
    ]


@pytest.mark.parametrize("of_ada", (False, True))
def test_where_no_dose_is_pending_there_is_no_gate_and_nothing_passes(
    client: Client,
    cast: Cast,
    *,
    of_ada: bool,
) -> None:
    path = f"{API}/treatments/{cast.ada_treatment if of_ada else cast.theo_treatment}"
    seen = {**cast.noor.headers, "If-Match": client.get(path, headers=cast.noor.headers).headers["ETag"]}
    assert client.post(f"{path}/stop", json={"on": str(TODAY), "reason": "a wish"}, headers=seen).status_code == 200
    answer = asked(client, cast, cast.nora, of_ada=of_ada).json
    assert (answer["key"], answer["answer"], answer["gates"]) == (None, None, [])
