"""A wrong wording file is refused with the path inside it, and never half used."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.catalog.wording_file import BadWordingFile, read_wording
from tests.conftest import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("fr.toml", "en.toml"):
        (tmp_path / name).write_text((ROOT / "config" / "wording" / name).read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def spoil(folder: Path, old: str, new: str) -> None:
    text = (folder / "fr.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "fr.toml").write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    (
        ('language = "fr"', 'language = "fr"\nlangue = "fr"', "fr.toml:top"),
        ('date = "{dd}/{mm}"', "date = 3", "fr.toml:date"),
        ('date = "{dd}/{mm}"\n', "", "fr.toml:top"),
        ('time = "{hour}h{minutes}"\n', "", "fr.toml:top"),
        ("{date} à {time}.", "{date}.", "fr.toml:reminder.before_at"),
        ('language = "fr"', 'language = "de"', "fr.toml:language"),
        ("several = ", "plusieurs = ", "fr.toml:reminder.plusieurs"),
        ("quelque chose est prévu ce jour", "votre prélèvement est ce jour", "fr.toml:reminder.today"),
        (
            "quelque chose est prévu ce jour",
            "un rendez-vous vous attend, n'oubliez pas, ce jour",
            "fr.toml:reminder.today",
        ),
        ("quelque chose est prévu ce jour", "fenêtre ce jour", "fr.toml:reminder.today"),
        ("ce jour, {date}.", "ce jour.", "fr.toml:reminder.today"),
        ("ce jour, {date}.", "{patient}, {date}.", "fr.toml:reminder.today"),
        ("[reminder]", "[reminder", "fr.toml"),
    ),
)
def test_it_names_the_place_of_the_mistake_h37(folder: Path, old: str, new: str, field: str) -> None:
    spoil(folder, old, new)

    with pytest.raises(BadWordingFile) as refused:
        read_wording(folder)

    assert refused.value.field == field


def test_it_refuses_a_folder_without_wording_h37(tmp_path: Path) -> None:
    with pytest.raises(BadWordingFile):
        read_wording(tmp_path)
