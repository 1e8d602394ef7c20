"""A request that is sent again acts once: its first answer is given again, and stands or falls with the action."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from monitor.actions.purge import purge
from monitor.store.administration import AdministrationRow
from monitor.store.idempotency import IdempotencyRow
from monitor.store.result import ResultRow
from tests.api.test_facts import panel
from tests.cast import TODAY, Cast, Stage
from tests.client import Answer, Client

DOSES, RESULTS, PATIENTS = "/api/v1/administrations", "/api/v1/results", "/api/v1/patients"
KEY = "4c1f3a2e-5b0d-4e0e-9a51-6f2f0a6f7d11"
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def dose(cast: Cast, **other: object) -> dict[str, Any]:
    given = {"treatment_id": str(cast.ada_treatment), "on": TODAY.isoformat(), "course": 1, "day": 1}
    return {**given, "reason_override": "the papers are in the letter", **other}


def person(cast: Cast) -> dict[str, Any]:
    return {
        "site_id": str(cast.north), "family_name": "Dubois", "given_name": "Ines", "birth_date": "1990-04-01",
        "sex": "female", "language": "fr",
    }  # fmt: skip


def told(answer: Answer) -> tuple[int, bytes, str | None, str | None]:
    return answer.status_code, answer.data, answer.headers["Content-Type"], answer.headers.get("Location")


def count(stage: Stage, table: type[Any]) -> int:
    with stage.sessions() as session:
        return len(session.scalars(select(table)).all())


@pytest.mark.parametrize("key", (None, "with a space", "x" * 256, '"half', "a,b", "clé", '""'))
@pytest.mark.parametrize("path", (DOSES, RESULTS))
def test_it_acts_on_no_dose_and_no_result_without_a_key(
    client: Client, cast: Cast, stage: Stage, path: str, key: str | None
) -> None:
    headers = {**cast.nora.headers, **({"Idempotency-Key": key.encode().decode("latin-1")} if key else {})}

    answer = client.post(path, json=dose(cast) if path == DOSES else panel(cast), headers=headers, key=None)

    assert (answer.status_code, "Idempotency-Key" in answer.json["detail"]) == (400, True)
    assert (count(stage, AdministrationRow), count(stage, ResultRow)) == (0, 0)


def test_it_gives_the_same_answer_again_and_acts_once(client: Client, cast: Cast, stage: Stage) -> None:
    """Recorded a second time the dose would be a conflict, and the patient a second person of the same name."""
    for path, body, table in ((DOSES, dose(cast), AdministrationRow), (PATIENTS, person(cast), None)):
        first, again, spaced = (
            client.post(path, headers=cast.noor.headers, key=KEY + path, **sent)
            for sent in (
                {"json": body},
                {"json": body},
                {"data": client.app.json.dumps(body, indent=3), "content_type": "application/json"},
            )
        )
        assert first.status_code == 201
        assert told(first) == told(again) == told(spaced)
        assert table is None or count(stage, table) == 1
    assert first.headers["Location"].endswith(first.json["id"])
    found = client.get(f"{PATIENTS}?limit=200", headers=cast.nora.headers).json["items"]
    assert [one["family_name"] for one in found].count("Dubois") == 1


def test_it_takes_the_key_with_its_quotes_or_without(client: Client, cast: Cast) -> None:
    first = client.post(DOSES, json=dose(cast), headers=cast.noor.headers, key=KEY)

    assert told(client.post(DOSES, json=dose(cast), headers=cast.noor.headers, key=f'"{KEY}"')) == told(first)


def test_it_refuses_the_key_of_another_request(client: Client, cast: Cast, stage: Stage) -> None:
    client.post(DOSES, json=dose(cast), headers=cast.noor.headers, key=KEY)

    other_body = client.post(DOSES, json=dose(cast, day=2), headers=cast.noor.headers, key=KEY)
    other_route = client.post(RESULTS, json=panel(cast), headers=cast.noor.headers, key=KEY)

    assert (other_body.status_code, other_route.status_code) == (422, 422)
    assert (count(stage, AdministrationRow), count(stage, ResultRow)) == (1, 0)


def test_a_key_belongs_to_whoever_sent_it(client: Client, cast: Cast, stage: Stage) -> None:
    client.post(RESULTS, json=panel(cast), headers=cast.nora.headers, key=KEY)

    other = client.post(DOSES, json=dose(cast), headers=cast.noor.headers, key=KEY)

    assert other.status_code == 201
    assert count(stage, IdempotencyRow) == 2


def test_it_says_no_again_to_whoever_was_told_no(client: Client, cast: Cast) -> None:
    """A copy that comes late must not do what its sender was told is not done."""
    body = {"treatment_id": str(cast.theo_treatment), "on": TODAY.isoformat()}
    given = client.post(DOSES, json=body, headers=cast.nora.headers)
    refused = client.post(DOSES, json=body, headers=cast.nora.headers, key=KEY)
    client.post(f"{DOSES}/{given.json['id']}/retract", json={"reason": "never given"}, headers=cast.nora.headers)

    late = client.post(DOSES, json=body, headers=cast.nora.headers, key=KEY)
    anew = client.post(DOSES, json=body, headers=cast.nora.headers)

    assert refused.status_code == 409
    assert told(late) == told(refused)
    assert anew.status_code == 201


def test_it_gives_the_key_back_where_the_form_did_not_fit(client: Client, cast: Cast) -> None:
    refused = client.post(DOSES, json=dose(cast, course="one"), headers=cast.noor.headers, key=KEY)
    mended = client.post(DOSES, json=dose(cast), headers=cast.noor.headers, key=KEY)

    assert (refused.status_code, mended.status_code) == (422, 201)


@pytest.fixture
def failing() -> Iterator[Callable[[Exception], None]]:
    """Makes the commit of the next action fail."""
    waiting: list[Exception] = []

    def fail(session: Session) -> None:
        if waiting and session.info.get("notes") and not session.in_nested_transaction():
            raise waiting.pop()

    event.listen(Session, "before_commit", fail)
    yield waiting.append
    event.remove(Session, "before_commit", fail)


def test_it_keeps_no_answer_of_what_failed(
    client: Client, cast: Cast, stage: Stage, failing: Callable[[Exception], None]
) -> None:
    failing(KeyError("a mistake of ours"))

    failed = client.post(DOSES, json=dose(cast), headers=cast.noor.headers, key=KEY)
    tried_again = client.post(DOSES, json=dose(cast), headers=cast.noor.headers, key=KEY)

    assert (failed.status_code, tried_again.status_code) == (500, 201)
    assert count(stage, AdministrationRow) == 1


def at_once(calls: list[Callable[[], Answer]]) -> list[Answer]:
    start = threading.Barrier(len(calls))
    answers: list[Answer] = []

    def run(call: Callable[[], Answer]) -> None:
        start.wait()
        answers.append(call())

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_of_many_copies_at_once_one_acts_and_the_others_wait_or_have_its_answer(
    client: Client, cast: Cast, stage: Stage
) -> None:
    copies = at_once([lambda: client.post(DOSES, json=dose(cast), headers=cast.noor.headers, key=KEY)] * 6)

    done = [answer for answer in copies if answer.status_code == 201]
    busy = [answer for answer in copies if answer.status_code == 409]
    assert len(done) >= 1
    assert len(done) + len(busy) == 6
    assert len({answer.data for answer in done}) == 1
    assert all(int(answer.headers["Retry-After"]) >= 1 for answer in busy)
    assert count(stage, AdministrationRow) == 1


@pytest.fixture
def meanwhile(stage: Stage) -> Iterator[Callable[[Callable[[], None]], None]]:
    """Does something at the moment at which a request has taken its turn and not yet begun to act."""
    waiting: list[Callable[[], None]] = []

    def look(_session: Session) -> None:
        if waiting and count(stage, IdempotencyRow):
            other = threading.Thread(target=waiting.pop())  # in this one it would be given the same session
            other.start()
            other.join()

    event.listen(Session, "after_commit", look)
    yield waiting.append
    event.remove(Session, "after_commit", look)


def test_a_copy_that_comes_while_the_first_one_runs_is_told_to_ask_again(
    client: Client, cast: Cast, stage: Stage, meanwhile: Callable[[Callable[[], None]], None]
) -> None:
    copies: list[Answer] = []
    meanwhile(lambda: copies.append(client.post(DOSES, json=dose(cast), headers=cast.noor.headers, key=KEY)))

    first = client.post(DOSES, json=dose(cast), headers=cast.noor.headers, key=KEY)

    assert (first.status_code, copies[0].status_code) == (201, 409)
    assert 1 <= int(copies[0].headers["Retry-After"]) <= 60
    assert count(stage, AdministrationRow) == 1


def test_whoever_was_overtaken_undoes_what_it_did(
    client: Client, cast: Cast, stage: Stage, meanwhile: Callable[[Callable[[], None]], None]
) -> None:
    """The first one was held up for longer than its lease, and both would register the same person."""
    copies: list[Answer] = []

    def overtake() -> None:
        with stage.sessions.begin() as session:
            session.execute(update(IdempotencyRow).values(expires_at=LONG_AGO))
        copies.append(client.post(PATIENTS, json=person(cast), headers=cast.nora.headers, key=KEY))

    meanwhile(overtake)
    first = client.post(PATIENTS, json=person(cast), headers=cast.nora.headers, key=KEY)
    again = client.post(PATIENTS, json=person(cast), headers=cast.nora.headers, key=KEY)

    assert (first.status_code, copies[0].status_code) == (409, 201)
    assert told(again) == told(copies[0])
    found = client.get(f"{PATIENTS}?limit=200", headers=cast.nora.headers).json["items"]
    assert [one["family_name"] for one in found].count("Dubois") == 1


def test_it_goes_on_after_a_crash_once_the_lease_has_run_out(client: Client, cast: Cast, stage: Stage) -> None:
    """What a killed process leaves: a turn that nobody will end."""
    client.post(DOSES, json=dose(cast), headers=cast.noor.headers, key=KEY)
    with stage.sessions.begin() as session:
        values = {"status": None, "headers": None, "body": None}
        session.execute(update(IdempotencyRow).values(**values))
    held = client.post(DOSES, json=dose(cast, day=1), headers=cast.noor.headers, key=KEY)
    with stage.sessions.begin() as session:
        session.execute(update(IdempotencyRow).values(expires_at=LONG_AGO))

    freed = client.post(DOSES, json=dose(cast), headers=cast.noor.headers, key=KEY)

    assert held.status_code == 409
    assert (freed.status_code, freed.json["errors"][0]["field"]) == (409, "on")  # it did act, and found the dose there


def test_it_forgets_an_answer_after_its_time(client: Client, cast: Cast, stage: Stage) -> None:
    client.post(DOSES, json=dose(cast), headers=cast.noor.headers, key=KEY)
    client.post(RESULTS, json=panel(cast), headers=cast.nora.headers, key="another")
    with stage.sessions.begin() as session:
        session.execute(update(IdempotencyRow).where(IdempotencyRow.key == KEY).values(expires_at=LONG_AGO))

    assert purge(stage.sessions) == 1
    assert count(stage, IdempotencyRow) == 1
