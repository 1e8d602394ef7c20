"""`simulate` answers by the files it is pointed at, and refuses wrong ones before it reads a history."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from click.testing import CliRunner

from monitor.catalog import CONFIG_DIR
from monitor.cli import main
from tests.spec.any_history import valid

ASKED = ("simulate", "-", "--on", "2026-06-15", "--json")


def copied(folder: Path, *, old: str, new: str) -> Path:
    """The reviewed files, with one word of the alemtuzumab protocol replaced."""
    copy = folder / "config"
    shutil.copytree(CONFIG_DIR, copy)
    file = copy / "protocols" / "alemtuzumab.v1.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return copy


def test_it_reads_the_folder_that_the_environment_names(tmp_path: Path) -> None:
    config = copied(tmp_path, old='title = "serum creatinine"', new='title = "creatinine in serum"')
    environment = {"MONITOR_CONFIG_DIR": str(config)}
    result = CliRunner().invoke(main, [*ASKED], input=json.dumps(valid()), env=environment)
    assert result.exit_code == 0
    assert "creatinine in serum" in result.stdout


def test_a_wrong_protocol_file_is_named_before_any_line(tmp_path: Path) -> None:
    config = copied(tmp_path, old="count = 48", new="count = 48, colour = 7")
    result = CliRunner().invoke(main, [*ASKED, "--config", str(config)], input=json.dumps(valid()))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("alemtuzumab.v1.toml: streams[")
    assert "colour" in result.stderr
