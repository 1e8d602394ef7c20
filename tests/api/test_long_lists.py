"""A list of hundreds is read in pages of two hundred at most, from first to last, in order."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import insert

from monitor.store.patient import PatientRow
from tests.cast import NOW, Cast, Stage
from tests.client import Client

MANY = 450


def test_it_reads_hundreds_of_patients_registered_at_the_same_moment(client: Client, cast: Cast, stage: Stage) -> None:
    rows = [
        {
            "site_id": cast.north,
            "family_name": f"Name {number}",
            "given_name": "Given",
            "birth_date": dt.date(1980, 1, 1),
            "sex": "other",
            "language": "en",
            "created_at": NOW,
        }
        for number in range(MANY)
    ]
    with stage.sessions.begin() as session:
        session.execute(insert(PatientRow), rows)

    seen: list[str] = []
    sizes: list[int] = []
    path: str | None = "/api/v1/patients?limit=200"
    while path is not None and len(seen) <= MANY + 2:
        answer = client.get(path, headers=cast.nora.headers)
        seen += [each["id"] for each in answer.json["items"]]
        sizes.append(len(answer.json["items"]))
        link = answer.headers.get("Link")
        path = link[1 : link.index(">")] if link else None

    assert sizes == [200, 200, 52]
    assert seen == sorted(set(seen))
