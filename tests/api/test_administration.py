"""Accounts, the audit and the protocols: what an administrator and a reviewer may see of them, and what not."""

from __future__ import annotations

from monitor.store.staff import StaffSiteRow
from monitor.terms import Role
from tests.cast import Cast, Stage
from tests.client import Client

USERS, AUDIT, PROTOCOLS = "/api/v1/users", "/api/v1/audit", "/api/v1/protocols"


def test_it_adds_an_account_that_opens_nothing_yet_and_closes_one_at_once(client: Client, cast: Cast) -> None:
    body = {"name": "Nils", "role": "nurse", "site_ids": [str(cast.north)]}
    made = client.post(USERS, json=body, headers=cast.adam.headers)
    again = client.post(USERS, json=body, headers=cast.adam.headers)
    shown = client.get(made.headers["Location"], headers=cast.adam.headers)
    nora = f"{USERS}/{cast.nora.actor.id}"
    unseen = client.post(f"{nora}/deactivate", headers=cast.adam.headers)
    seen = client.get(nora, headers=cast.adam.headers).headers["ETag"]
    closed = client.post(f"{nora}/deactivate", headers={**cast.adam.headers, "If-Match": seen})
    stale = client.post(f"{nora}/deactivate", headers={**cast.adam.headers, "If-Match": seen})
    once_more = client.post(f"{nora}/deactivate", headers={**cast.adam.headers, "If-Match": closed.headers["ETag"]})

    assert (made.status_code, again.status_code, again.json["errors"][0]["field"]) == (201, 409, "name")
    assert (shown.json["role"], shown.json["is_active"], shown.json["site_ids"]) == ("nurse", True, [str(cast.north)])
    assert (closed.status_code, closed.json["is_active"]) == (200, False)
    assert (unseen.status_code, stale.status_code) == (428, 412)
    assert once_more.json == closed.json
    assert client.get("/api/v1/me", headers=cast.nora.headers).status_code == 401


def test_an_administrator_reaches_the_accounts_of_their_own_sites_and_no_other(
    client: Client, cast: Cast, stage: Stage
) -> None:
    """An account that works elsewhere too is of another administrator too: to close it would reach across."""
    with stage.sessions.begin() as session:
        session.add(StaffSiteRow(staff_id=cast.noor.actor.id, site_id=cast.south))

    listed = client.get(f"{USERS}?limit=200", headers=cast.adam.headers).json["items"]
    beyond = [
        client.post(f"{USERS}/{one.actor.id}/deactivate", headers={**cast.adam.headers, "If-Match": '"1"'}).status_code
        for one in (cast.noor, cast.sven)
    ]
    elsewhere = client.post(
        USERS, json={"name": "Nils", "role": "admin", "site_ids": [str(cast.south)]}, headers=cast.adam.headers
    )
    nowhere = client.post(USERS, json={"name": "Nils", "role": "admin", "site_ids": []}, headers=cast.adam.headers)

    assert {one["name"] for one in listed} == {"Nora", "Farah", "Adam", "Lab"}
    assert beyond == [404, 404]
    assert (elsewhere.status_code, nowhere.status_code) == (404, 422)
    assert client.get("/api/v1/me", headers=cast.sven.headers).status_code == 200


def test_an_administrator_does_not_lock_themselves_out(client: Client, cast: Cast) -> None:
    adam = {**cast.adam.headers, "If-Match": '"1"'}
    answer = client.post(f"{USERS}/{cast.adam.actor.id}/deactivate", headers=adam)

    assert answer.status_code == 409
    assert client.get("/api/v1/me", headers=cast.adam.headers).status_code == 200


def test_the_audit_says_who_did_what_about_a_patient_and_no_word_that_was_typed(client: Client, cast: Cast) -> None:
    secret = "Secretum Tiberii"
    version = client.get(f"/api/v1/treatments/{cast.ada_treatment}", headers=cast.noor.headers).headers["ETag"]
    client.post(
        f"/api/v1/treatments/{cast.ada_treatment}/suspend",
        json={"on": "2026-06-15", "reason": secret},
        headers={**cast.noor.headers, "If-Match": version},
    )

    for reader in (cast.adam, cast.farah):
        answer = client.get(f"{AUDIT}?patient_id={cast.ada}", headers=reader.headers)
        done = next(one for one in answer.json["items"] if one["action"] == "suspend_treatment")
        assert (done["actor_id"], done["role"]) == (str(cast.noor.actor.id), Role.NEUROLOGIST.value)
        assert secret not in answer.text
        assert "Berger" not in answer.text
        assert {one["patient_id"] for one in answer.json["items"]} == {str(cast.ada)}


def test_it_shows_a_protocol_rule_by_rule_with_its_sources(client: Client, cast: Cast) -> None:
    listed = client.get(PROTOCOLS, headers=cast.nora.headers).json["items"]
    newest, named = (
        client.get(f"{PROTOCOLS}/{name}", headers=cast.nora.headers) for name in ("tofersen", "tofersen.v1")
    )
    unknown = [
        client.get(f"{PROTOCOLS}/{name}", headers=cast.nora.headers) for name in ("nothing", "tofersen.v9", "%00")
    ]

    assert [one["name"] for one in listed] == ["alemtuzumab.v1", "tofersen.v1"]
    assert newest.json == named.json
    assert newest.json["digest"] == listed[1]["digest"]
    lines = [line for part in newest.json["sections"] for block in part["blocks"] for line in block["lines"]]
    assert any(line["source"] for line in lines)
    assert [answer.status_code for answer in unknown] == [404, 404, 404]
