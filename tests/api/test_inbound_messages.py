"""Texts to us: who may read what, whose they are, and those of numbers that nobody has (H41)."""

from __future__ import annotations

from tests.cast import Cast, Stage
from tests.client import Client
from tests.factories.inbound import SENDER, WRITTEN, add_inbound

INBOUND = "/api/v1/inbound-messages"


def test_it_lists_the_newest_first_with_whose_number_it_was(client: Client, cast: Cast, stage: Stage) -> None:
    with stage.sessions.begin() as session:
        older = add_inbound(session, [cast.ada], days_ago=1)
        newer = add_inbound(session, [cast.theo])

    listed = client.get(f"{INBOUND}?read_as=other", headers=cast.nora.headers).json["items"]
    of_ada = client.get(f"{INBOUND}?patient_id={cast.ada}", headers=cast.nora.headers).json

    assert [(one["id"], one["patient_ids"]) for one in listed] == [
        (str(newer), [str(cast.theo)]),
        (str(older), [str(cast.ada)]),
    ]
    assert ([one["id"] for one in of_ada["items"]], of_ada["patient"]["id"]) == ([str(older)], str(cast.ada))
    assert client.get(f"{INBOUND}?read_as=done", headers=cast.nora.headers).json["items"] == []


def test_what_a_number_that_nobody_has_wrote_is_read_by_whoever_takes_care_h41(
    client: Client, cast: Cast, stage: Stage
) -> None:
    with stage.sessions.begin() as session:
        unknown = add_inbound(session, [])

    for nurse in (cast.nora, cast.sven):
        (one,) = client.get(INBOUND, headers=nurse.headers).json["items"]
        assert (one["id"], one["text"], one["patient_ids"]) == (str(unknown), WRITTEN, [])


def test_an_administrator_sees_that_somebody_wrote_but_neither_who_nor_what(
    client: Client, cast: Cast, stage: Stage
) -> None:
    with stage.sessions.begin() as session:
        inbound = add_inbound(session, [cast.ada])

    for path in (INBOUND, f"{INBOUND}/{inbound}"):
        seen = client.get(path, headers=cast.adam.headers)
        assert seen.status_code == 200
        assert WRITTEN not in seen.text
        assert SENDER not in seen.text
        assert WRITTEN in client.get(path, headers=cast.nora.headers).text


def test_another_site_sees_only_its_own_patient_of_a_shared_telephone(client: Client, cast: Cast, stage: Stage) -> None:
    with stage.sessions.begin() as session:
        of_ada = add_inbound(session, [cast.ada])
        shared = add_inbound(session, [cast.ada, cast.sofia], days_ago=1)

    listed = client.get(INBOUND, headers=cast.sven.headers).json["items"]
    assert [(one["id"], one["patient_ids"]) for one in listed] == [(str(shared), [str(cast.sofia)])]
    assert client.get(f"{INBOUND}/{of_ada}", headers=cast.sven.headers).status_code == 404
    as_sofia = {**cast.sven.headers, "Patient-Id": str(cast.sofia)}
    assert client.get(f"{INBOUND}/{shared}", headers=as_sofia).json["patient"]["id"] == str(cast.sofia)


def test_of_a_shared_telephone_no_single_patient_is_named_h52(client: Client, cast: Cast, stage: Stage) -> None:
    with stage.sessions.begin() as session:
        shared = add_inbound(session, [cast.ada, cast.theo])

    headers = cast.nora.headers
    assert client.get(f"{INBOUND}/{shared}", headers=headers).json["patient"] is None
    named = client.get(f"{INBOUND}/{shared}", headers={**headers, "Patient-Id": str(cast.theo)})
    assert named.json["patient"]["id"] == str(cast.theo)
    other = client.get(f"{INBOUND}/{shared}", headers={**headers, "Patient-Id": str(cast.sofia)})
    assert other.status_code == 409
