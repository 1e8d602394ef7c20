"""`monitor protocols check` and `show`: what a reviewer sees, and what keeps a wrong file from a release."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.catalog import Catalog
from tests.cli.conftest import Run
from tests.protocol_files import changed, config_with

ALL = ["tofersen", "alemtuzumab"]


def test_it_has_a_line_for_each_coherent_file(run: Run, catalog: Catalog) -> None:
    checked = run("protocols", "check")

    assert (checked.exit_code, checked.stderr) == (0, "")
    assert [text.partition(":")[0] for text in checked.stdout.splitlines()] == sorted(
        f"{protocol.name}.toml" for protocol in catalog.protocols
    )


def test_it_tells_of_every_fault_of_every_file(run: Run, tmp_path: Path) -> None:
    config = config_with(
        tmp_path / "config",
        tofersen=changed("tofersen", ("overdue = 4", "overdue = 0"), ('"csf_protein"', '"csf_protien"')),
        alemtuzumab=changed("alemtuzumab", ("version = 1", "version = 1\ncolour = 1")),
        invented=changed("invented"),
    )

    checked = run("protocols", "check", "--config", config)

    assert checked.exit_code == 2
    assert checked.stdout == "invented.v1.toml: coherent, 3 streams, 3 worked examples as promised\n"
    assert checked.stderr.splitlines() == [
        "alemtuzumab.v1.toml: the file: table contains unknown field `colour`",
        "tofersen.v1.toml: doses.phases[0].visit.window.overdue: overdue before the due date is over",
        "tofersen.v1.toml: streams[0].requires[2]: 'csf_protien' is no analyte of the dictionary",
    ]


def test_it_refuses_a_folder_without_protocols(run: Run, tmp_path: Path) -> None:
    checked = run("protocols", "check", "--config", tmp_path)

    assert (checked.exit_code, checked.stdout) == (2, "")
    assert "no protocol file" in checked.stderr


@pytest.mark.parametrize("command", [("check",), ("show", "invented")])
def test_it_looks_where_the_settings_of_the_installation_point(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    config = config_with(tmp_path / "config", invented=changed("invented"))
    monkeypatch.setenv("MONITOR_CONFIG_DIR", str(config))

    shown = run("protocols", *command)

    assert (shown.exit_code, shown.stderr) == (0, "")
    assert "invented.v1" in shown.stdout
    assert "tofersen.v1" not in shown.stdout


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("options", [[], ["--markdown"]])
def test_it_shows_every_rule_with_its_source(run: Run, catalog: Catalog, name: str, options: list[str]) -> None:
    protocol = catalog.protocol(name)

    shown = run("protocols", "show", name, *options)

    assert (shown.exit_code, shown.stderr) == (0, "")
    text = shown.stdout.replace("\\", "")
    sources = {source for stream in protocol.rules.streams for source in (stream.source, stream.window_source)}
    sources |= {protocol.rules.doses.source, protocol.rules.doses.window_source}
    sources |= {example.source for example in protocol.examples} | {timer.source for timer in protocol.timers}
    for source in sources:
        assert source in text
    for stream in protocol.rules.streams:
        assert f"{stream.id}: {stream.title}" in text
    for timer in protocol.timers:
        assert f"{timer.id}: {timer.title}" in text
    for example in protocol.examples:
        assert " ".join(example.title.split()) in " ".join(text.split())


@pytest.mark.parametrize("name", ALL)
def test_it_fits_eighty_columns(run: Run, name: str) -> None:
    assert max(map(len, run("protocols", "show", name).stdout.splitlines())) <= 80


def test_it_speaks_plainly(run: Run) -> None:
    shown = " ".join(run("protocols", "show", "alemtuzumab").stdout.split())

    assert (
        "nurse after 7 days, neurologist after 14, critical when two in a row are missed, letter to the patient"
        in shown
    )
    assert (
        "months 12-36 nurse after 5 days, neurologist after 7, critical when two in a row are missed, letter to the "
        "patient after 7 days, letter to the family doctor after 7 days, registered letter to the patient after 14 "
        "days [policy]"
    ) in shown
    assert "overdue 7 or more days late: overdue [policy]" in shown
    assert "window opens 10 days before the due date, closes when the next one opens [policy]" in shown
    assert "5 days before, on the due date and 3 days after, if not done [policy]" in shown
    assert "until 48 months after the last infusion of any course" in shown
    assert (
        "every 60 minutes from the beginning of the dose, for 240 minutes, and for as long as the dose lasts "
        "[SmPC Lemtrada 4.4] in the US the same [PI Lemtrada 2.5]" in shown
    )
    assert "the visit is not closed before it has run out" in shown
    assert (
        "every month after the last infusion of a course, 48 times; a new course starts anew [SmPC Lemtrada 4.4]"
        in shown
    )


def test_it_shows_the_numbers_of_the_file_and_no_others(run: Run, tmp_path: Path) -> None:
    config = config_with(tmp_path / "config", tofersen=changed("tofersen", ("overdue = 4", "overdue = 6")))

    shown = run("protocols", "show", "tofersen", "--config", config).stdout

    assert "6 or more days late: overdue" in shown
    assert "  overdue        4 or more days late" not in shown


def test_it_shows_a_therapy_that_is_only_a_file(run: Run, tmp_path: Path) -> None:
    config = config_with(tmp_path / "config", invented=changed("invented"))

    shown = run("protocols", "show", "invented.v1", "--config", config)

    assert shown.exit_code == 0
    assert "6 months after the last dose, once the treatment has been stopped" in " ".join(shown.stdout.split())


def test_it_knows_no_other_protocol(run: Run) -> None:
    shown = run("protocols", "show", "nothing")

    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr == "protocol: no such protocol\n"
