"""`monitor protocols diff`: a reviewer reads what changed and whom it touches, a script reads the exit status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.protocol_files import ROOT, changed, config_with

OVERDUE = ("overdue = 4", "overdue = 6")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A release with two versions of tofersen, the second of which is patient with loading doses."""
    folder = config_with(tmp_path / "config", tofersen=changed("tofersen"), invented=changed("invented"))
    text = changed("tofersen", ("version = 1", "version = 2"), OVERDUE)
    (folder / "protocols" / "tofersen.v2.toml").write_text(text, encoding="utf-8")
    return folder


def words(text: str) -> str:
    return " ".join(text.split())


def test_it_tells_what_changed_in_plain_language_and_whom_it_touches(run: Run, config: Path) -> None:
    told = run("protocols", "diff", "tofersen.v1", "tofersen.v2", "--config", config)

    assert (told.exit_code, told.stderr) == (1, "")
    text = words(told.stdout)
    assert text.startswith("tofersen.v1 → tofersen.v2 1 difference")
    assert "loading, visit, window was opens on the due date, stays open until it is done; 4 or more days late" in text
    assert "is opens on the due date, stays open until it is done; 6 or more days late: overdue" in text
    assert "EU changes: doses" in text
    assert "Treatments pinned to tofersen.v1 stay on tofersen.v1 until somebody moves them." in text
    assert max(map(len, told.stdout.splitlines())) <= 80


def test_it_answers_a_program_with_one_object(run: Run, config: Path) -> None:
    told = run("protocols", "diff", "tofersen.v1", "tofersen", "--json", "--config", config)

    found: dict[str, Any] = json.loads(told.stdout)
    assert (told.exit_code, found["before"], found["after"], found["is_same"]) == (
        1,
        "tofersen.v1",
        "tofersen.v2",
        False,
    )
    [change] = found["changes"]
    assert (change["rule"], change["path"], change["happened"]) == (
        "doses",
        "doses.phases[loading].visit.window",
        "changed",
    )
    assert found["by_profile"]["eu"] == {"added": [], "removed": [], "changed": ["doses"]}
    assert "stay on tofersen.v1" in found["touched"]


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_it_says_that_nothing_changed(run: Run, options: tuple[str, ...]) -> None:
    told = run("protocols", "diff", "alemtuzumab", "alemtuzumab.v1", *options)

    assert (told.exit_code, told.stderr) == (0, "")
    assert "the rules are the same" in words(told.stdout)


def test_it_compares_two_files(run: Run, tmp_path: Path) -> None:
    earlier, later = ROOT / "config" / "protocols" / "tofersen.v1.toml", tmp_path / "tofersen.v2.toml"
    later.write_text(
        changed("tofersen", ("version = 1", "version = 2"), ("# ", "# Another remark. ")), encoding="utf-8"
    )

    told = run("protocols", "diff", earlier, later)

    assert told.exit_code == 0
    assert "Only the name or the writing of the files differs." in words(told.stdout)


def test_it_finds_a_released_version_that_was_edited(run: Run, tmp_path: Path) -> None:
    """The same name in another release must say the same: every treatment pinned to it would change at once."""
    earlier = config_with(tmp_path / "earlier", tofersen=changed("tofersen"))
    later = config_with(tmp_path / "later", tofersen=changed("tofersen", OVERDUE))

    told = run("protocols", "diff", "tofersen.v1", "--against", earlier, "--config", later)

    assert told.exit_code == 1
    assert "every treatment pinned to it would follow the change at once" in words(told.stdout)
    assert "was opens on the due date, stays open until it is done; 4 or more days late" in words(told.stdout)


def test_it_shows_a_stream_that_is_new_as_a_whole(run: Run, config: Path) -> None:
    path = config / "protocols" / "invented.v2.toml"
    text = changed("invented", ("version = 1", "version = 2"), ('id = "weight"', 'id = "mass"'))
    path.write_text(text, encoding="utf-8")

    told = run("protocols", "diff", "invented.v1", "invented.v2", "--config", config)

    text = words(told.stdout)
    assert "gone: the whole was weight (assessment); when: every 6 months after the first dose" in text
    assert "new: the whole is weight (assessment); when: every 6 months after the first dose" in text
    assert "EU begins: mass; ends: weight" in text


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("tofersen.v1", "tofersen.v9"), "protocol: no such protocol"),
        (("tofersen", "alemtuzumab"), "two versions of one protocol"),
        (("tofersen", "nowhere.v2.toml"), "nowhere.v2.toml: no such file"),
        (("tofersen",), "name two protocols"),
        ((), "name two protocols"),
        (("tofersen", "tofersen", "tofersen"), "name two protocols"),
        (("tofersen.v1", "tofersen.v1", "--against", "config"), "name two protocols"),
        (("tofersen", "--against", "nowhere"), "nowhere"),
        (("tofersen", "--against", "docs"), "no protocol file in it"),
    ],
)
def test_it_refuses_what_cannot_be_compared(run: Run, arguments: tuple[str, ...], word: str) -> None:
    refused = run("protocols", "diff", *(str(ROOT / one) if one in ("config", "docs") else one for one in arguments))

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert word in refused.stderr


def test_it_refuses_a_file_that_is_no_protocol(run: Run, tmp_path: Path) -> None:
    wrong = tmp_path / "tofersen.v2.toml"
    wrong.write_text(changed("tofersen", ("version = 1", "version = 2\ncolour = 1")), encoding="utf-8")

    refused = run("protocols", "diff", "tofersen.v1", wrong)

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == "tofersen.v2.toml: table contains unknown field `colour`\n"


def test_its_help_says_what_the_exit_status_means(run: Run) -> None:
    told = words(run("protocols", "diff", "--help").stdout)

    assert "0 where the rules are the same, 1 where they differ, 2 where they cannot be compared" in told
