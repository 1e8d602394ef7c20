"""Two people at the same moment: one is served, the other is told to look again, and nothing happens twice."""

from __future__ import annotations

import threading
from collections.abc import Callable

from tests.cast import TODAY, Cast, Stage
from tests.client import Answer, Client
from tests.factories.papers import bring_papers

API = "/api/v1"


def at_once(*calls: Callable[[], Answer]) -> list[Answer]:
    """All of them, started together."""
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


def test_it_records_the_same_infusion_once(client: Client, cast: Cast, stage: Stage) -> None:
    bring_papers(stage, cast, on=TODAY)
    dose = {"treatment_id": str(cast.ada_treatment), "on": TODAY.isoformat(), "course": 1, "day": 1}
    path = f"{API}/administrations"

    answers = at_once(
        *(lambda who=who: client.post(path, json=dose, headers=who.headers) for who in (cast.nora, cast.noor) * 2)
    )

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    listed = client.get(f"{path}?treatment_id={cast.ada_treatment}", headers=cast.nora.headers).json["items"]
    assert len(listed) == 1


def test_it_stops_a_treatment_once(client: Client, cast: Cast) -> None:
    path = f"{API}/treatments/{cast.theo_treatment}"
    seen = client.get(path, headers=cast.noor.headers).headers["ETag"]
    headers = {**cast.noor.headers, "If-Match": seen}
    body = {"on": TODAY.isoformat(), "reason": "wish of the patient"}

    answers = at_once(*[lambda: client.post(f"{path}/stop", json=body, headers=headers)] * 3)

    assert sorted(answer.status_code for answer in answers) == [200, 412, 412]
    events = client.get(f"{API}/events?treatment_id={cast.theo_treatment}", headers=cast.noor.headers).json["items"]
    assert [event["kind"] for event in events] == ["stopped"]


def test_it_starts_the_same_therapy_once(client: Client, cast: Cast) -> None:
    body = {"patient_id": str(cast.theo), "protocol": "alemtuzumab", "started_on": TODAY.isoformat()}

    answers = at_once(*[lambda: client.post(f"{API}/treatments", json=body, headers=cast.noor.headers)] * 3)

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
