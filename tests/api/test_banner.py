"""A's data is never shown, or written, under B's name: each answer says whose it is, and may be asked for one alone."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from monitor.store.audit import AuditEntryRow
from monitor.terms import Role
from tests.api.every_route import ANYBODY, TABLE, ids_in, request_of
from tests.api.one_of_each import one_of_each
from tests.cast import TODAY, Cast, Staff, Stage
from tests.client import Answer, Client

API = "/api/v1"
ABOUT_NOBODY = frozenset({"users", "sites", "rota", "absences", "protocols", "me", "sending"})
NOT_OF_ONE = frozenset({"POST /api/v1/patients", "GET /api/v1/patients", "GET /api/v1/alerts/ledger",
                         "POST /api/v1/messages/reconcile"})  # fmt: skip
ABOUT_PATIENTS = tuple(
    row
    for row, route in TABLE.items()
    if route.roles != ANYBODY and row.split("/")[3].split(" ")[0] not in ABOUT_NOBODY and row not in NOT_OF_ONE
)
SAYS_IT_ITSELF = ("/patients", "/transfers")  # these answers are the identity, or carry it
ADA = {"family_name": "Berger", "given_name": "Ada", "birth_date": "1980-02-29"}
ORDER = (Role.NEUROLOGIST, Role.NURSE, Role.ADMIN, Role.PHARMACOVIGILANCE)
Ids = Mapping[str, object]


@pytest.fixture
def ids(stage: Stage, cast: Cast) -> Ids:
    return one_of_each(stage, cast)


def may(cast: Cast, row: str) -> Staff:
    return cast.of(next(role for role in ORDER if role.value in TABLE[row].roles.split()))


def ask(client: Client, cast: Cast, row: str, ids: Ids, *, patient: str | None = None) -> Answer:
    request = request_of(row, {name: ids[name] for name in ids_in(row)})
    headers = {**may(cast, row).headers, "If-Match": '"1"'}
    if patient is not None:
        headers["Patient-Id"] = patient
    return client.open(request.path, method=request.method, json=request.json, headers=headers)


def entries(stage: Stage) -> int:
    with stage.sessions() as session:
        return session.scalar(select(func.count()).select_from(AuditEntryRow)) or 0


def panel(cast: Cast, **other: Any) -> dict[str, Any]:
    values = [{"analyte": "platelets", "value": "212", "unit": "10*9/L"}]
    return {"patient_id": str(cast.ada), "collected_on": TODAY.isoformat(), "values": values, **other}


def test_h52_no_route_shows_or_changes_anything_of_another_patient_than_is_named(
    client: Client, stage: Stage, cast: Cast, ids: Ids
) -> None:
    """Each is asked for beside Ada's number and beside Theo's: it is refused once, or a list without a line."""
    passed_over, written = [], []
    for row in ABOUT_PATIENTS:
        refused = []
        for named in (cast.ada, cast.theo):
            before = entries(stage)
            answer = ask(client, cast, row, ids, patient=str(named))
            if answer.status_code == 409 and b"Patient-Id" in answer.data:
                refused.append(named)
                written += [row] if entries(stage) != before else []
            elif row.startswith("GET") and answer.json is not None and answer.json.get("items") == []:
                refused.append(named)
        passed_over += [row] if not refused else []

    assert (passed_over, written) == ([], [])


def test_h52_a_refusal_names_the_header_and_nothing_else_and_writes_nothing(
    client: Client, stage: Stage, cast: Cast
) -> None:
    before = entries(stage)
    headers = {**cast.nora.headers, "Patient-Id": str(cast.theo)}
    answer = client.post(f"{API}/results", json=panel(cast), headers=headers)

    assert answer.status_code == 409
    assert [error["field"] for error in answer.json["errors"]] == ["Patient-Id"]
    assert not any(known in answer.text for known in (str(cast.ada), str(cast.theo), "Berger", "Marchand", "212"))
    assert entries(stage) == before
    assert client.get(f"{API}/results?patient_id={cast.ada}", headers=cast.nora.headers).json["items"] == []


@pytest.mark.parametrize("named", ("", "Ada", "{}", "0" * 40))
def test_h52_what_is_no_identifier_names_nobody_here(client: Client, cast: Cast, named: str) -> None:
    headers = {**cast.nora.headers, "Patient-Id": named}
    assert client.get(f"{API}/results?patient_id={cast.ada}", headers=headers).status_code == 409
    assert client.get(f"{API}/alerts", headers=headers).status_code == 409


def test_h52_a_list_of_many_shows_the_named_patient_alone(client: Client, cast: Cast) -> None:
    headers = {**cast.noor.headers, "Patient-Id": str(cast.theo)}
    for noun in ("agenda", "treatments"):
        page = client.get(f"{API}/{noun}", headers=headers).json
        assert {item["patient_id"] for item in page["items"]} == {str(cast.theo)}, noun
        assert page["patient"]["id"] == str(cast.theo)
        assert client.get(f"{API}/{noun}", headers=cast.noor.headers).json["patient"] is None
        assert client.get(f"{API}/{noun}?patient_id={cast.ada}", headers=headers).status_code == 409


def test_h52_every_answer_about_one_patient_says_whose_it_is(client: Client, cast: Cast, ids: Ids) -> None:
    """Of each route, its first success: some come too late for another one's."""
    wrong, seen = {}, 0
    for row in ABOUT_PATIENTS:
        answer = ask(client, cast, row, ids)
        if answer.status_code >= 400 or not isinstance(answer.json, dict):
            continue
        if any(row.split(" ")[1].startswith(f"{API}{noun}") for noun in SAYS_IT_ITSELF):
            continue
        seen += 1
        shown = answer.json.get("patient")
        if shown is None or UUID(shown["id"]) not in {cast.ada, cast.theo}:
            wrong[row] = answer.text
    assert wrong == {}
    assert seen > 30


def test_h52_the_banner_and_what_it_stands_over_are_of_one_answer(client: Client, cast: Cast) -> None:
    receipt = client.post(f"{API}/results", json=panel(cast), headers=cast.nora.headers).json
    page = client.get(f"{API}/results?patient_id={cast.ada}", headers=cast.noor.headers).json
    calendar = client.get(f"{API}/treatments/{cast.ada_treatment}/calendar", headers=cast.noor.headers).json

    for answer in (receipt, page, calendar):
        assert answer["patient"] == {"id": str(cast.ada), **ADA}
    assert [item["patient_id"] for item in page["items"]] == [str(cast.ada)]


def test_who_may_not_read_identities_sees_the_number_alone(client: Client, cast: Cast) -> None:
    nameless = {"id": str(cast.ada), **dict.fromkeys(ADA)}
    receipt = client.post(f"{API}/results", json=panel(cast, decimal="point"), headers=cast.lab.headers)
    page = client.get(f"{API}/results?patient_id={cast.ada}", headers=cast.farah.headers)

    for answer in (receipt, page):
        assert answer.json["patient"] == nameless
        assert not any(name in answer.text for name in ADA.values())


def test_the_right_patient_may_be_named_everywhere(client: Client, cast: Cast) -> None:
    headers = {**cast.nora.headers, "Patient-Id": str(cast.ada)}
    assert client.post(f"{API}/results", json=panel(cast), headers=headers).status_code == 201
    assert client.get(f"{API}/treatments/{cast.ada_treatment}", headers=headers).status_code == 200


def test_h52_an_answer_that_is_kept_is_not_given_for_another_patient(client: Client, cast: Cast) -> None:
    key = str(uuid4())
    first = client.post(f"{API}/results", json=panel(cast), key=key, headers=cast.nora.headers)
    headers = {**cast.nora.headers, "Patient-Id": str(cast.theo)}
    again = client.post(f"{API}/results", json=panel(cast), key=key, headers=headers)

    assert first.status_code == 201
    assert again.status_code == 422
    assert "Berger" not in again.text


def test_what_is_out_of_reach_stays_missing_whoever_is_named(client: Client, cast: Cast) -> None:
    for named in (cast.sofia, cast.ada, uuid4()):
        headers = {**cast.nora.headers, "Patient-Id": str(named)}
        answer = client.get(f"{API}/treatments/{cast.sofia_treatment}", headers=headers)
        assert (answer.status_code, json.loads(answer.data)["detail"]) == (404, "no such treatment")


def test_the_banner_is_as_it_stands_now(client: Client, cast: Cast) -> None:
    day = TODAY - dt.timedelta(days=1)
    client.post(f"{API}/results", json=panel(cast, collected_on=day.isoformat()), headers=cast.nora.headers)
    page = client.get(f"{API}/results?patient_id={cast.theo}", headers=cast.nora.headers).json
    assert (page["items"], page["patient"]["given_name"]) == ([], "Theo")
