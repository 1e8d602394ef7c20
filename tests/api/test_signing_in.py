"""Who holds a token is who they are, until it expires or is revoked."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from monitor.actions.users import issue_token, revoke_user
from monitor.store.staff import StaffTokenRow
from tests.cast import NOW, Cast, Stage
from tests.client import Client

ME = "/api/v1/me"


def test_it_says_who_one_is_and_for_which_sites(client: Client, cast: Cast) -> None:
    answer = client.get(ME, headers=cast.nora.headers)

    assert answer.status_code == 200
    assert answer.json["role"] == "nurse"
    assert [site["id"] for site in answer.json["sites"]] == [str(cast.north)]


def test_it_challenges_whoever_brings_no_token(client: Client, cast: Cast) -> None:
    answer = client.get(ME)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_it_refuses_tokens_that_open_nothing(client: Client, cast: Cast) -> None:
    sent = ["Bearer nonsense", "Bearer ", "Basic Tm9yYTpOb3Jh", "Bearer " + "x" * 5000, f"Token {cast.nora.token}"]

    assert [client.get(ME, headers={"Authorization": value}).status_code for value in sent] == [401] * len(sent)


def test_it_refuses_a_token_the_moment_it_expires(client: Client, cast: Cast, stage: Stage) -> None:
    with stage.work(at=NOW - dt.timedelta(days=1)) as work:
        expired = issue_token(work, staff_id=cast.nora.actor.id, life=dt.timedelta(days=1))

    assert client.get(ME, headers={"Authorization": f"Bearer {expired}"}).status_code == 401


def test_it_refuses_a_revoked_account_on_the_next_request(client: Client, cast: Cast, stage: Stage) -> None:
    assert client.get(ME, headers=cast.nora.headers).status_code == 200

    with stage.work() as work:
        revoke_user(work, staff_id=cast.nora.actor.id)

    assert client.get(ME, headers=cast.nora.headers).status_code == 401
    assert client.get(ME, headers=cast.noor.headers).status_code == 200


def test_it_keeps_no_token_that_could_be_stolen(cast: Cast, stage: Stage) -> None:
    with stage.sessions() as session:
        stored = list(session.scalars(select(StaffTokenRow.token_hash)))

    assert cast.nora.token not in " ".join(stored)
    assert {len(each) for each in stored} == {64}
