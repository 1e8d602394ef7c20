"""How values went, from one route: as numbers or as a picture, always out of what stands in the record now."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from tests.cast import TODAY, Cast
from tests.client import Answer, Client

SVG = "image/svg+xml"
EARLIER = TODAY - dt.timedelta(days=30)


def enter(client: Client, cast: Cast, value: str, on: dt.date, **given: Any) -> str:
    row = {"analyte": "platelets", "value": value, "unit": "10*9/L", **given}
    body = {"patient_id": str(cast.ada), "collected_on": on.isoformat(), "values": [row]}
    answer = client.post("/api/v1/results", json=body, headers=cast.nora.headers)
    assert answer.status_code == 201, answer.text
    return str(answer.json["result_ids"][0])


def ask(client: Client, cast: Cast, analyte: str = "platelets", query: str = "", accept: str | None = None) -> Answer:
    headers = {**cast.nora.headers, **({} if accept is None else {"Accept": accept})}
    return client.get(f"/api/v1/treatments/{cast.ada_treatment}/trends/{analyte}{query}", headers=headers)


@pytest.mark.parametrize("name", ["platelets", "PLT", "777-3"])
def test_it_finds_the_analyte_by_any_of_its_names(client: Client, cast: Cast, name: str) -> None:
    enter(client, cast, "248", EARLIER, lower="150", upper="400")
    enter(client, cast, "118", TODAY, lower="150", upper="400")

    found = ask(client, cast, name).json

    assert (found["analyte"], found["unit"], found["until_on"]) == ("platelets", "10*9/L", TODAY.isoformat())
    first, last = found["points"]
    assert (first["value"], first["range"], first["uses_usual_range"]) == ("248", "normal", False)
    assert (last["change_percent"], last["direction"], last["level"]) == ("-52.4", "fall", "urgent")
    assert found["limits"][0]["lower"] == "150"
    assert [(line["level"], line["spans"][0]["value"]) for line in found["lines"]] == [
        ("critical", "50"), ("urgent", "100"), ("soon", "150"),
    ]  # fmt: skip


def test_h07_a_corrected_value_takes_the_place_of_the_wrong_one_and_says_so(client: Client, cast: Cast) -> None:
    wrong = enter(client, cast, "48", EARLIER)
    put_right = {"value": "248", "reason": "a digit was missing"}
    assert client.post(f"/api/v1/results/{wrong}/correct", json=put_right, headers=cast.nora.headers).status_code == 201

    points = ask(client, cast).json["points"]

    assert [(point["value"], point["is_corrected"]) for point in points] == [("248", True)]


def test_h08_a_retracted_value_is_gone(client: Client, cast: Cast) -> None:
    other = enter(client, cast, "48", EARLIER)
    body = {"reason": "of another patient"}
    assert client.post(f"/api/v1/results/{other}/retract", json=body, headers=cast.nora.headers).status_code == 201

    assert ask(client, cast).json["points"] == []


def test_it_shows_doses(client: Client, cast: Cast) -> None:
    body = {"treatment_id": str(cast.ada_treatment), "on": str(EARLIER), "course": 1, "day": 1}
    body["reason_override"] = "the papers are in the letter"
    assert client.post("/api/v1/administrations", json=body, headers=cast.noor.headers).status_code == 201

    assert ask(client, cast).json["doses"] == [{"on": str(EARLIER), "course": 1, "day": 1}]


def test_it_draws_for_a_letter(client: Client, cast: Cast) -> None:
    enter(client, cast, "118", TODAY)

    answer = ask(client, cast, query="?format=svg&language=fr&width=400")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith(SVG)
    assert 'role="img"' in answer.text
    assert "Plaquettes (10⁹/L)" in answer.text
    assert 'width="400"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_h52_a_picture_says_whose_it_is_beside_itself_and_shows_no_name(client: Client, cast: Cast) -> None:
    answer = ask(client, cast, query="?format=svg")

    assert answer.headers["Patient-Id"] == str(cast.ada)
    assert not any(hidden in answer.text for hidden in ("Berger", "Ada", "1980", str(cast.ada)))


@pytest.mark.parametrize(
    ("accept", "query", "kind"),
    [
        (None, "", "application/json"),
        ("*/*", "", "application/json"),
        ("application/json", "?format=svg", SVG),
        (SVG, "", SVG),
        (SVG, "?format=json", "application/json"),
        ("image/avif,image/webp,image/svg+xml,image/*,*/*;q=0.8", "", SVG),  # a browser that fills an image in
        ("text/html,application/xhtml+xml,*/*;q=0.8", "", "application/json"),
    ],
)
def test_it_gives_the_form_that_was_asked_for(
    client: Client, cast: Cast, accept: str | None, query: str, kind: str
) -> None:
    answer = ask(client, cast, query=query, accept=accept)

    assert answer.headers["Content-Type"].split(";")[0] == kind
    assert "Accept" in answer.headers.get("Vary", "")


def test_it_is_missing_to_another_site_as_what_does_not_exist(client: Client, cast: Cast) -> None:
    theirs, nobodys = (
        client.get(f"/api/v1/treatments/{one}/trends/platelets?format=svg", headers=cast.selma.headers)
        for one in (cast.ada_treatment, uuid4())
    )

    assert (theirs.status_code, theirs.data) == (404, nobodys.data)


def test_it_knows_no_other_analyte(client: Client, cast: Cast) -> None:
    answer = ask(client, cast, "phlogiston")

    assert answer.status_code == 404
    assert answer.json["errors"] == [
        {"field": "analyte", "reason": "the dictionary has no such analyte, and no such scale of numbers"}
    ]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?since=2999-01-01", "since"),
        ("?since=2026-06-16", "since"),
        ("?width=10", "width"),
        ("?language=de", "language"),
        ("?format=png", "format"),
        ("?no_such=1", "no_such"),
    ],
)
def test_it_refuses_what_it_cannot_show(client: Client, cast: Cast, query: str, field: str) -> None:
    answer = ask(client, cast, query=query)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]


def test_it_shows_what_was_sampled_from_a_day_on(client: Client, cast: Cast) -> None:
    enter(client, cast, "248", EARLIER)
    enter(client, cast, "118", TODAY)

    found = ask(client, cast, query=f"?since={TODAY}").json

    assert [(point["value"], point["change_percent"]) for point in found["points"]] == [("118", "-52.4")]


def test_it_shows_how_a_scale_went(client: Client, cast: Cast) -> None:
    for value, on in (("38", EARLIER), ("36", TODAY)):
        body = {"patient_id": str(cast.ada), "scale": "alsfrs_r", "value": value, "on": on.isoformat()}
        assert client.post("/api/v1/assessments", json=body, headers=cast.nora.headers).status_code == 201

    found = ask(client, cast, "alsfrs_r").json

    assert [(point["value"], point["slope_per_month"]) for point in found["points"]] == [("38", None), ("36", "-2.03")]
    assert "36" in ask(client, cast, "alsfrs_r", "?format=svg").text


def test_it_draws_no_scale_that_is_no_number(client: Client, cast: Cast) -> None:
    assert ask(client, cast, "respiratory_status").status_code == 404
