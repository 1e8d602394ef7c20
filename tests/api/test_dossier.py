"""The dossier over the API: stated, corrected, taken back, read as it stands and as it came about."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.cast import TODAY, Cast, Staff
from tests.client import Answer, Client

API = "/api/v1"
SECRET = "Tiberius-Secretum"
ALS = {"sod1_variant": "p.Ala5Val", "onset": "bulbar", "age_at_diagnosis": 40}


def place(cast: Cast, *, of_ada: bool = False) -> str:
    return f"{API}/treatments/{cast.ada_treatment if of_ada else cast.theo_treatment}/dossier"


def state(client: Client, cast: Cast, section: str, content: Any, *, by: Staff | None = None) -> Answer:
    body = {"section": section, "content": content}
    return client.post(f"{place(cast)}/entries", json=body, headers=(by or cast.nora).headers)


def test_it_shows_what_stands_and_how_it_came_about(client: Client, cast: Cast) -> None:
    first = state(client, cast, "als", ALS).json["id"]
    right = {"content": ALS | {"onset": "spinal_lumbar"}, "reason": "the letter says so"}
    second = client.post(f"{place(cast)}/entries/{first}/correct", json=right, headers=cast.noor.headers).json["id"]
    drug = state(client, cast, "drug", {"name": "riluzole", "started_on": "2025-01-01"}).json["id"]
    why = {"reason": "another patient"}
    gone = client.post(f"{place(cast)}/entries/{drug}/retract", json=why, headers=cast.nora.headers).json["id"]

    whole = client.get(place(cast), headers=cast.farah.headers).json
    history = client.get(f"{place(cast)}/entries", headers=cast.farah.headers).json["items"]

    standing = {one["section"]: one["entries"] for one in whole["sections"]}
    sections = "access_request als drug prescriber not_started stop_reasons dose_check"
    assert list(standing) == sections.split()
    assert [(one["id"], one["content"]["onset"]) for one in standing["als"]] == [(second, "spinal_lumbar")]
    assert standing["drug"] == []
    told = {one["id"]: (one["replaces_id"], one["replaced_by"], one["is_retraction"], one["reason"]) for one in history}
    assert told == {
        first: (None, second, False, None),
        second: (first, None, False, "the letter says so"),
        drug: (None, gone, False, None),
        gone: (drug, None, True, "another patient"),
    }
    assert {one["recorded_by"] for one in history} == {str(cast.nora.actor.id), str(cast.noor.actor.id)}


def test_it_says_when_a_drug_was_taken(client: Client, cast: Cast) -> None:
    start = TODAY - dt.timedelta(days=10)  # no dose yet: the agreed day of the first one
    for name, began in (("riluzole", start - dt.timedelta(days=1)), ("quinine", start)):
        state(client, cast, "drug", {"name": name, "started_on": str(began)})

    whole = client.get(place(cast), headers=cast.nora.headers).json

    drugs = next(one["entries"] for one in whole["sections"] if one["section"] == "drug")
    kinds = {one["content"]["name"]: one["kind"] for one in drugs}
    assert kinds == {"riluzole": "prior_and_concomitant", "quinine": "concomitant"}


def test_it_hands_its_history_out_page_by_page(client: Client, cast: Cast) -> None:
    stated = [state(client, cast, "drug", {"name": f"drug {number}"}).json["id"] for number in range(5)]
    state(client, cast, "als", ALS)
    seen, path = [], f"{place(cast)}/entries?section=drug&limit=2"
    while path:
        page = client.get(path, headers=cast.nora.headers)
        seen += [one["id"] for one in page.json["items"]]
        path = f"{place(cast)}/entries?section=drug&limit=2&cursor={page.json['next']}" if page.json["next"] else ""

    assert sorted(seen) == sorted(stated)
    assert len(seen) == 5


WRONG: tuple[tuple[str, Any, str], ...] = (
    ("als", ALS | {"onset": SECRET}, "content.onset"),
    ("als", ALS | {"sod1_variant": SECRET}, "content.sod1_variant"),
    ("als", ALS | {SECRET: 1}, f"content.{SECRET}"),
    ("drug", {"name": "half \ud800"}, "content.name"),
    ("drug", {"name": "x", "started_on": "2999-01-01"}, "content.started_on"),
    ("drug", [SECRET], "content"),
    ("drug", SECRET, "content"),
    ("drug", None, "content"),
    (SECRET, ALS, "section"),
    ("relapse", {"on": "2026-01-01"}, "section"),
)


def test_it_names_the_field_inside_and_never_repeats_the_value(client: Client, cast: Cast) -> None:
    answers = [state(client, cast, section, content) for section, content, _ in WRONG]

    assert {answer.status_code for answer in answers} == {422}
    told = [[error["field"] for error in answer.json["errors"]] for answer in answers]
    assert told == [[field] for _, _, field in WRONG]
    quoted = [field for answer, (_, _, field) in zip(answers, WRONG, strict=True) if SECRET in answer.text]
    assert quoted == [f"content.{SECRET}"]  # the name of a field, not what it held
    assert client.get(f"{place(cast)}/entries", headers=cast.nora.headers).json["items"] == []


def test_it_takes_no_second_statement_where_one_stands(client: Client, cast: Cast) -> None:
    answers = [state(client, cast, "als", ALS | {"onset": onset}) for onset in ("bulbar", "spinal_lumbar")]

    assert [answer.status_code for answer in answers] == [201, 409]


def test_it_corrects_no_entry_under_the_name_of_another_treatment(client: Client, cast: Cast) -> None:
    entry = state(client, cast, "als", ALS).json["id"]

    path = f"{place(cast, of_ada=True)}/entries/{entry}/retract"

    assert client.post(path, json={"reason": "x"}, headers=cast.nora.headers).status_code == 404


def test_it_moves_the_version_of_the_treatment(client: Client, cast: Cast) -> None:
    path = f"{API}/treatments/{cast.theo_treatment}"
    seen = client.get(path, headers=cast.noor.headers).headers["ETag"]
    state(client, cast, "als", ALS)

    body = {"on": TODAY.isoformat(), "reason": "infection"}
    answer = client.post(f"{path}/suspend", json=body, headers={**cast.noor.headers, "If-Match": seen})

    assert answer.status_code == 412
