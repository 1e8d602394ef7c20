"""The words of letters: a protocol that asks for one that could not be written keeps the service from starting."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.catalog import load_catalog
from monitor.catalog.checking import check_files, check_or_refuse
from monitor.terms import Unacceptable
from tests.protocol_files import changed, config_with


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("old", "name"), [("[items.tsh]", "tsh"), ("alemtuzumab = ", "alemtuzumab"), ("[items.cd4]", "cd4")]
)
def test_each_letter_that_is_asked_for_can_be_written(tmp_path: Path, language: str, old: str, name: str) -> None:
    config = config_with(tmp_path / "config", alemtuzumab=changed("alemtuzumab"), tofersen=changed("tofersen"))
    path = config / "wording" / "letters" / f"{language}.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, old.replace(name, f"other_{name}")), encoding="utf-8")

    faults = {one.name: [fault.path for fault in one.faults] for one in check_files(load_catalog(config))}

    assert faults == {"alemtuzumab.v1.toml": [f"letters[{name}]"], "tofersen.v1.toml": []}


@pytest.mark.parametrize("gone", ["letter.typ", "en.toml"])
def test_the_layout_and_the_language_of_whoever_reads_no_other_must_be_there(tmp_path: Path, gone: str) -> None:
    config = config_with(tmp_path / "config", tofersen=changed("tofersen"))
    (config / "wording" / "letters" / gone).unlink()

    with pytest.raises(Unacceptable) as refusal:
        check_or_refuse(load_catalog(config))

    assert refusal.value.field == f"letters/{gone}"
