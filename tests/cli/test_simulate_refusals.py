"""Wrong input to `monitor simulate`: status 2, an empty stdout, one message with line and path, and never a value."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from monitor.catalog import load_catalog
from monitor.cli.simulated import read_question
from monitor.terms import Unacceptable
from tests.cli.conftest import Run, line
from tests.protocol_files import changed, config_with

SECRET = "S3CRET"
_RESULT = {"analyte": "inr", "value": "1.0", "collected_on": "2026-01-19", "status": "final"}
_WEIGHT = {"scale": "weight", "value": "70", "on": "2026-01-19"}
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"extra": SECRET}, "extra: unknown member"),
    ({"protocol": SECRET}, "protocol: no such protocol"),
    ({"protocol": "tofersen.v99"}, "protocol: no such protocol"),
    ({"protocol": None}, "protocol: expected str, got null"),
    ({"profile": SECRET}, "profile: not one of the values known here"),
    ({"patient": {"sex": "male"}}, "patient.birth_date: missing"),
    ({"patient": {"sex": SECRET, "birth_date": "1970-01-01"}}, "patient.sex: not one of the values known here"),
    ({"patient": {"sex": "male", "birth_date": SECRET}}, "patient.birth_date: not a date"),
    ({"patient": {"sex": "male", "birth_date": "1970-01-01", "name": SECRET}}, "patient.name: unknown member"),
    ({"started_on": "2026-02-30"}, "started_on: not a date"),
    ({"started_on": "2026-01-05T00:00:00"}, "started_on: not a date"),
    ({"started_on": 20260105}, "started_on: "),
    ({"on": None}, "on: not a date"),
    ({"id": ["p"]}, "id: expected"),
    ({"administrations": None}, "administrations: expected array, got null"),
    ({"administrations": [{"on": "2026-01-05"}, {"on": SECRET}]}, "administrations[1].on: not a date"),
    ({"administrations": [{"on": "2026-01-05", "course": 1}]}, "administrations[0].course: unknown"),
    ({"administrations": [{"on": "2026-01-05", "dose": SECRET}]}, "administrations[0].dose: unknown member"),
    ({"planned_courses": [{"course": 2, "starts_on": "2027-01-05"}]}, "planned_courses: unknown"),
    ({"results": [{**_RESULT, "value": 1.2}]}, "results[0].value: expected str, got float"),
    ({"results": [{**_RESULT, "unit": None}]}, "results[0].unit: expected str, got null"),
    ({"results": [_RESULT, {**_RESULT, "status": SECRET}]}, "results[1].status: not one of the values known here"),
    ({"results": [{**_RESULT, "confirmed": "yes"}]}, "results[0].confirmed: expected bool, got str"),
    ({"results": [{"analyte": "inr"}]}, "results[0].value: missing"),
    ({"results": [{**_RESULT, "id": SECRET, "replaces": SECRET}]}, "results[0].replaces: leads back to the row itself"),
    (
        {
            "results": [
                {**_RESULT, "id": "a", "replaces": "b"},
                {**_RESULT, "id": "b", "replaces": "c"},
                {**_RESULT, "id": "c", "replaces": "d"},
                {**_RESULT, "id": "d", "replaces": "b"},
            ]
        },
        "results[1].replaces: leads back to the row itself",
    ),
    (
        {"results": [{**_RESULT, "id": SECRET}, _RESULT, {**_RESULT, "id": SECRET, "value": "3.1"}]},
        "results[2].id: is the id of another row too",
    ),
    ({"assessments": [{**_WEIGHT, "on": "19.01.2026"}]}, "assessments[0].on: not a date"),
    ({"assessments": [{**_WEIGHT, "unit": SECRET}]}, "assessments[0].unit: unknown member"),
    ({"events": [{"on": "2026-01-19"}]}, "events[0].kind: missing"),
    ({"events": [{"kind": SECRET, "on": "2026-01-19"}]}, "events[0].kind: not one of the values known here"),
    ({"events": [{"kind": "suspended", "on": "2026-01-19"}]}, "events[0].reason: missing"),
    ({"events": [{"kind": "died", "on": "2026-01-19", "reason": SECRET}]}, "events[0].reason: unknown member"),
    ({"events": [{"kind": "moved", "on": "2026-01-19", "key": "dose/3"}]}, "events[0].to: missing"),
]


@pytest.mark.parametrize(("changes", "message"), WRONG, ids=[message for _, message in WRONG])
def test_it_says_where_and_why(run: Run, history: dict[str, Any], changes: dict[str, Any], message: str) -> None:
    refused = run("simulate", "-", "--json", stdin=line(history, **changes))

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith(f"line 1: {message}")
    assert refused.stderr.count("\n") == 1
    assert SECRET not in refused.stderr


@pytest.mark.parametrize("missing", ["protocol", "patient", "started_on", "on"])
def test_it_asks_for_what_is_required(run: Run, history: dict[str, Any], missing: str) -> None:
    del history[missing]

    refused = run("simulate", "-", stdin=line(history))

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith(f"line 1: {missing}: missing")


@pytest.mark.parametrize("member", ["course", "day"])
def test_it_asks_for_course_and_day_where_there_are_courses(run: Run, infused: dict[str, Any], member: str) -> None:
    del infused["administrations"][2][member]

    refused = run("simulate", "-", stdin=line(infused))

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith(f"line 1: administrations[2].{member}: missing")


@pytest.mark.parametrize("as_json", [True, False])
def test_it_answers_nothing_when_a_late_line_is_wrong(run: Run, history: dict[str, Any], *, as_json: bool) -> None:
    lines = [line(history)] * 16 + [line(history, administrations=[{"on": "x"}])] + [line(history)] * 3

    refused = run("simulate", "-", *(["--json"] if as_json else []), stdin=b"\n".join(lines))

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == "line 17: administrations[0].on: not a date\n"


def test_it_names_the_first_wrong_line_of_many(run: Run, history: dict[str, Any]) -> None:
    """Many lines are checked by several processes, and the first wrong one is still the one that is named."""
    lines = [line(history)] * 400
    lines[137] = lines[399] = line(history, extra=1)

    refused = run("simulate", "-", "--json", stdin=b"\n".join(lines))

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == "line 138: extra: unknown member\n"


@pytest.mark.parametrize(
    "text",
    [
        b"{",
        b"nonsense",
        b"[]",
        b"[{}]",
        b"3",
        b"null",
        b'"S3CRET"',
        b"{} {}",
        b'{"id": NaN}',
        b'{"id": "\xff"}',
        b"\xff\xfe{",
    ],
)
def test_it_refuses_what_is_no_object(run: Run, text: bytes) -> None:
    refused = run("simulate", "-", stdin=text)

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith("line 1: ")
    assert refused.stderr.count("\n") == 1
    assert SECRET not in refused.stderr


def test_it_survives_what_is_nested_without_end(run: Run) -> None:
    refused = run("simulate", "-", stdin=b'{"id": ' + b"[" * 100_000 + b"]" * 100_000 + b"}")

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith("line 1: ")
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize("text", [b"", b"\n", b"  \n\r\n", b"\xef\xbb\xbf"])
def test_it_refuses_a_file_without_a_history(run: Run, text: bytes) -> None:
    refused = run("simulate", "-", "--json", stdin=text)

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "no history" in refused.stderr


def test_it_refuses_a_day_that_is_none_on_the_command_line(run: Run, history: dict[str, Any]) -> None:
    refused = run("simulate", "-", "--on", "2026-02-30", stdin=line(history))

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "--on" in refused.stderr


def test_it_refuses_a_file_that_is_not_there(run: Run) -> None:
    refused = run("simulate", "nowhere.json")

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert json.dumps("nowhere.json") in refused.stderr.replace("'", '"')


def test_it_refuses_a_label_that_the_protocol_does_not_describe(tmp_path: Path, history: dict[str, Any]) -> None:
    one_label = load_catalog(config_with(tmp_path, invented=changed("invented")))

    with pytest.raises(Unacceptable, match=r"^profile: this protocol version does not describe that profile$"):
        read_question(line(history, protocol="invented", profile="us"), one_label)
