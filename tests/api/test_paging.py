"""Every list comes in pages that follow each other, and a cursor that is not ours is refused, whatever is in it."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from monitor.actions.record_assessment import record_assessment
from tests.api.every_route import TABLE, Route, ids_in, request_of
from tests.api.one_of_each import one_of_each
from tests.cast import TODAY, Cast, Staff, Stage
from tests.client import Client


def is_list(row: str, route: Route, paths: dict[str, dict[str, object]]) -> bool:
    method, path = row.split(" ")
    described = paths.get(path.replace("<", "{").replace(">", "}"), {}).get(method.lower(), {})
    return '"in": "query", "name": "cursor"' in json.dumps(described)


def written(parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


ODD = (
    "x", "%00", "=", "e30", quote("é"), "A" * 500, written([]), written({}), written(None), written("a"), written([1]),
    written(["a"] * 9), written([None, None]), "W1tbW1tb" * 60, written("[" * 300),
)  # fmt: skip
KINDS = (
    "2026-06-15", "2026-06-15T09:30:00", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "9" * 30,
    "-" + "9" * 30, "1e400", "NaN", "00000000-0000-0000-0000-000000000000", "a\x00b", "\ud800",
    "\U0010ffff", "", "x" * 300,
)  # fmt: skip


@pytest.fixture
def lists(client: Client, cast: Cast, stage: Stage) -> dict[str, tuple[str, Staff]]:
    """Each list of the table, about Ada, with somebody who may read it."""
    ids = one_of_each(stage, cast)
    with stage.work(by=cast.noor.actor) as work:
        for value in ("40", "39", "38"):
            record_assessment(work, patient_id=cast.ada, scale="alsfrs_r", value=value, on=TODAY)
    paths = client.get("/api/v1/openapi.json").json["paths"]
    known = (cast.noor, cast.adam)
    return {
        row: (request_of(row, {name: ids[name] for name in ids_in(row)}).path,
              next(who for who in known if who.actor.role.value in route.roles.split()))
        for row, route in TABLE.items()
        if is_list(row, route, paths)
    }  # fmt: skip


ON_SQLITE = pytest.mark.parametrize("database_url", ("sqlite",), indirect=True)  # the order on both: test_work_lists


@ON_SQLITE
def test_every_list_is_a_page_with_a_place_to_go_on(client: Client, lists: dict[str, tuple[str, Staff]]) -> None:
    nouns = {row.split("/")[3] for row in lists}
    assert {"patients", "treatments", "results", "assessments", "events", "agenda", "alerts", "messages"} <= nouns
    for row, (path, who) in lists.items():
        page = client.get(path, headers=who.headers)
        assert (page.status_code, set(page.json) - {"patient"}) == (200, {"items", "next"}), row


@ON_SQLITE
def test_it_bounds_the_length_of_a_page(client: Client, lists: dict[str, tuple[str, Staff]]) -> None:
    for row, (path, who) in lists.items():
        joint = "&" if "?" in path else "?"
        for limit in ("0", "-1", "201", "1.5", "ten", "", "%00", "9" * 30, "%D9%A1"):
            assert client.get(f"{path}{joint}limit={limit}", headers=who.headers).status_code == 422, (row, limit)
        assert client.get(f"{path}{joint}limit=200", headers=who.headers).status_code == 200, row


def test_it_goes_through_every_list_one_by_one(client: Client, lists: dict[str, tuple[str, Staff]]) -> None:
    """Nothing twice, nothing left out; and `Link` leads where `next` does."""
    longer = set()
    for row, (path, who) in lists.items():
        joint = "&" if "?" in path else "?"
        whole = client.get(f"{path}{joint}limit=200", headers=who.headers).json["items"]
        found: list[object] = []
        following: str | None = f"{path}{joint}limit=1"
        while following is not None:
            page = client.get(following, headers=who.headers)
            found += page.json["items"]
            link = page.headers.get("Link")
            assert (link is None) == (page.json["next"] is None)
            following = None if link is None else link[1 : link.index(">")]
        assert found == whole, row
        longer |= {row} if len(whole) > 1 else set()
    assert len(longer) >= 5  # else this shows little


def test_it_refuses_a_cursor_that_is_not_one_of_its_own(client: Client, lists: dict[str, tuple[str, Staff]]) -> None:
    """Where a cursor of the right shape is made up, it is only a place to read on from, at one's own sites."""
    wrong, pages = {}, 0
    for row, (path, who) in lists.items():
        joint = "&" if "?" in path else "?"
        for cursor in ODD:
            answer = client.get(f"{path}{joint}cursor={cursor}", headers=who.headers)
            if answer.status_code != 422 or answer.json["errors"][0]["field"] != "cursor":
                wrong[row, cursor] = answer.status_code
        following = client.get(f"{path}{joint}limit=1", headers=who.headers).json["next"]
        pages += following is not None
        for parts in tampered(following) if following else ():
            answer = client.get(f"{path}{joint}cursor={written(parts)}", headers=who.headers)
            if answer.status_code not in {200, 422}:
                wrong[row, str(parts)] = answer.status_code
    assert wrong == {}
    assert pages >= 5


def tampered(cursor: str) -> Iterator[list[str]]:
    """A cursor of this list with another place in it, part by part."""
    parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    for number in range(len(parts)):
        yield from ([*parts[:number], odd, *parts[number + 1 :]] for odd in KINDS)
