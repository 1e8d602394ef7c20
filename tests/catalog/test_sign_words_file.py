"""The words of signs: what is missing or contradicts the texts by SMS keeps the service from starting."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.catalog import load_catalog
from monitor.catalog.checking import check_files, check_or_refuse
from monitor.terms import Unacceptable
from tests.protocol_files import changed, config_with

MYELITIS = 'suspects = "myelitis, radiculitis"'
WRONG = (
    ('language = "fr"', 'language = "en"', "fr.toml:language"),
    ('FR = "Appelez le 15', 'FR = "Appelez le 18', "fr.toml:worse.FR"),
    ('anywhere = "Appelez maintenant', 'nowhere = "Appelez maintenant', "fr.toml:emergency.anywhere"),
    ('same_day = "', 'some_day = "', "fr.toml:advice.same_day"),
    ("{telephone}", "{number}", "fr.toml:reach_us"),
    ('fever = "Fièvre de 38 °C ou plus"', 'fever = " "', "fr.toml:signs.fever"),
    ('reach_us = "', 'call_us = "', "fr.toml:top"),
    ("[signs]", "[signs", "fr.toml"),
)  # fmt: skip


def changed_words(folder: Path, old: str, new: str) -> Path:
    config = config_with(folder / "config", tofersen=changed("tofersen"))
    path = config / "wording" / "signs" / "fr.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return config


@pytest.mark.parametrize(("old", "new", "field"), WRONG)
def test_it_names_the_place_that_is_wrong(tmp_path: Path, old: str, new: str, field: str) -> None:
    with pytest.raises(Unacceptable) as refusal:
        _ = load_catalog(changed_words(tmp_path, old, new)).sign_words
    assert refusal.value.field == field


def test_other_numbers_than_those_of_the_texts_by_sms_are_refused_h41(tmp_path: Path) -> None:
    """Whoever corrects a number in one place must correct it in the other."""
    config = changed_words(tmp_path, "le 15 ou le 112 maintenant", "le 18 ou le 112 maintenant")
    path = config / "wording" / "signs" / "fr.toml"
    text = path.read_text(encoding="utf-8").replace("appelez le 15 ou", "appelez le 18 ou", 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Unacceptable) as refusal:
        check_or_refuse(load_catalog(config))
    assert refusal.value.field == "signs/fr.toml:emergency.FR"


def test_a_language_of_patients_without_words_for_signs_is_refused(tmp_path: Path) -> None:
    config = config_with(tmp_path / "config", tofersen=changed("tofersen"))
    (config / "wording" / "signs" / "fr.toml").unlink()
    with pytest.raises(Unacceptable) as refusal:
        check_or_refuse(load_catalog(config))
    assert refusal.value.field == "signs/fr.toml"


def test_a_sign_without_words_keeps_a_protocol_from_being_used(tmp_path: Path) -> None:
    config = changed_words(tmp_path, "light_hurts = ", "light_hurts_much = ")
    (checked,) = check_files(load_catalog(config))
    assert [(fault.path, fault.because) for fault in checked.faults] == [
        ("signs[light_hurts]", "has no words in config/wording/signs/fr.toml")
    ]
    with pytest.raises(Unacceptable):
        check_or_refuse(load_catalog(config))


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('"legs_cannot_move"]\nsuspects', '"new_weakness"]\nsuspects', "signs[new_weakness]"),
        ('"more_falls"', '"More falls"', "signs[More falls]"),
        (MYELITIS, f'{MYELITIS}\nin_pregnancy = "same_day"', "signs[new_weakness].in_pregnancy"),
        (MYELITIS, 'suspects = ""', "signs[new_weakness].suspects"),
        ('"stiff_neck", "light_hurts", "confusion", "fever"], within', '"stif_neck"], within', "thresholds[1].signs"),
    ],
)  # fmt: skip
def test_it_refuses_what_can_be_no_sign(tmp_path: Path, old: str, new: str, path: str) -> None:
    config = config_with(tmp_path / "config", tofersen=changed("tofersen", (old, new)))
    (checked,) = check_files(load_catalog(config))
    assert path in {fault.path for fault in checked.faults}


def test_an_urgency_that_nobody_knows_is_refused_with_its_place(tmp_path: Path) -> None:
    config = config_with(tmp_path / "config", tofersen=changed("tofersen", ('"same_day"', '"some_day"')))
    (checked,) = check_files(load_catalog(config))
    assert [fault.path for fault in checked.faults] == ["signs[2].urgency"]
