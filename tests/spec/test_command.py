"""What does the command print, on which stream, and with which exit status?"""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from monitor.cli import main
from tests.answer import answer
from tests.spec.any_history import SECRET, change, valid
from tests.spec.tables import table


def run(*lines: object, options: tuple[str, ...] = ("--on", "2026-06-15", "--json")) -> tuple[int, str, str]:
    text = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)
    result = CliRunner().invoke(main, ["simulate", "-", *options], input=text)
    return result.exit_code, result.stdout, result.stderr


def test_one_history_gives_one_object_and_many_give_one_line_each() -> None:
    """The answer has the shape of the question."""
    code, out, err = run({**valid(), "id": "a"})
    assert (code, json.loads(out)["id"], err) == (0, "a", "")
    code, out, err = run({**valid(), "id": "a"}, {**valid("tofersen"), "id": "b"}, {**valid(), "id": None})
    assert (code, [json.loads(line)["id"] for line in out.splitlines()], err) == (0, ["a", "b", None], "")


def test_one_history_may_span_several_lines() -> None:
    """A file that a person wrote is indented."""
    code, out, _ = run(json.dumps({**valid(), "id": "a"}, indent=2))
    assert (code, json.loads(out)["id"]) == (0, "a")


def test_the_command_answers_what_the_function_answers() -> None:
    """Nothing is added or lost on the way."""
    code, out, _ = run(valid(), options=("--on", "2026-06-15", "--until", "2026-12-31", "--json"))
    assert (code, json.loads(out)) == (0, answer(valid(), on="2026-06-15", until="2026-12-31"))


def test_without_json_the_answer_is_a_calendar_for_reading() -> None:
    """It says which protocol was asked and is no JSON."""
    code, out, _ = run(valid(), options=("--on", "2026-06-15"))
    assert code == 0
    assert "alemtuzumab.v1" in out
    with pytest.raises(json.JSONDecodeError):
        json.loads(out)


@table("""
    bad line | path                    | value
    1        | administrations[2].on   | 2026-02-30
    2        | administrations[2].on   | Zebra-4711
    3        | results[0].status       | Zebra-4711
    3        | events[4].live          | Zebra-4711
    2        | profile                 | fr
""")
def test_a_bad_line_gives_one_message_and_nothing_else(bad_line: str, path: str, value: str) -> None:
    """Exit status 2, `line N: path: reason` on the error stream, nothing on the output, no value repeated."""
    lines = [valid() for _ in range(3)]
    change({"lines": lines}, f"lines[{int(bad_line) - 1}].{path}", value)
    code, out, err = run(*lines)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert f"line {bad_line}: {path}: " in err
    assert value == "fr" or value not in err


@table("""
    bad line | text
    1        | {"protocol": "Zebra-4711"
    2        | not json Zebra-4711
    2        | [1, 2, 3]
    3        | "Zebra-4711"
    2        | {"protocol": NaN}
""")
def test_a_line_that_is_no_json_object_is_refused_by_its_number(bad_line: str, text: str) -> None:
    """The number of the line is named, its content is not."""
    lines: list[object] = [valid() for _ in range(3)]
    lines[int(bad_line) - 1] = text
    code, out, err = run(*lines)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert f"line {bad_line}: " in err
    assert SECRET not in err


@pytest.mark.parametrize(
    "option", [("--on", "2026-02-30"), ("--on", SECRET), ("--on", "2026-06-15", "--until", SECRET)]
)
def test_a_bad_option_is_refused(option: tuple[str, ...]) -> None:
    """Exit status 2 and nothing on the output."""
    code, out, err = run(valid(), options=(*option, "--json"))
    assert (code, out) == (2, "")
    assert err


def test_a_file_that_is_not_there_is_refused() -> None:
    """Exit status 2 and nothing on the output."""
    result = CliRunner().invoke(main, ["simulate", "no-such-file.json", "--on", "2026-06-15"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 50_000], ids=["lists", "objects"])
def test_json_nested_without_end_is_refused_by_its_line(text: str) -> None:
    """Exit status 2, one message, nothing on the output: no traceback."""
    code, out, err = run(text)
    assert (code, out, len(err.splitlines())) == (2, "", 1)


def test_a_message_is_one_line_whatever_the_member_is_called() -> None:
    """A member whose name holds a line break does not break the message."""
    code, out, err = run({**valid(), "a\nb": 1})
    assert (code, out, len(err.splitlines())) == (2, "", 1)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('{"protocol": "tofersen", "on": "2026-06-15", "on": "2026-06-16"', "on"),
        ('{"protocol": "tofersen", "results": [], "\\u0072esults": []', "results"),
        ('{"protocol": "tofersen", "administrations": [{"on": "2026-01-05", "on": "2026-01-06"}]', "on"),
    ],
)
def test_a_member_given_twice_is_refused(text: str, named: str) -> None:
    """The second would hide the first, whatever it holds."""
    whole = text + ', "patient": {"sex": "male", "birth_date": "1970-01-01"}, "started_on": "2026-01-05"}'
    result = CliRunner().invoke(main, ["simulate", "-", "--on", "2026-06-15", "--json"], input=whole)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"line 1: {named}: given twice\n")
