"""A dictionary with a mistake in it is refused, and the refusal says where the mistake stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.catalog.analyte_file import parse_analytes, read_analyte_file
from monitor.catalog.analyte_judgement import WrongAnalyteFile

GOOD = """
[spellings]
"10*9/L" = ["G/L"]
"/uL" = ["/mm3"]
"g/L" = []

[levels.strip]
neg = ["negative"]
"1+" = ["+"]

[[analyte]]
id = "platelets"
code = "PLT"
name_en = "Platelets"
name_fr = "Plaquettes"
loinc = ["777-3"]
unit = "10*9/L"
factors = { "/uL" = "0.001" }
limits = ["0", "3000"]

[[analyte]]
id = "strip"
code = "STRIP"
name_en = "Strip"
name_fr = "Bandelette"
loinc = ["20454-5"]
levels = "strip"

[[scale]]
id = "weight"
code = "WEIGHT"
name_en = "Weight"
name_fr = "Poids"
loinc = ["29463-7"]
unit = "kg"
limits = ["25", "350"]
"""

MISTAKES = (
    ('limits = ["0", "3000"]', 'limits = ["0", "3000"]\nupper = 3', "analyte platelets", "upper"),
    ('name_en = "Strip"', 'nam_en = "Strip"', "analyte strip", "nam"),
    ('name_en = "Strip"\n', "", "analyte strip", "name_en"),
    ("[levels.strip]", "[grades]\n[levels.strip]", "", "grades"),
    ('unit = "kg"', 'unit = "kg"\nstep = "1"', "scale weight", "step"),
    ('code = "PLT"', 'code = "plt"', "analyte platelets.code", "regex"),
    ('loinc = ["777-3"]', 'loinc = "777-3"', "analyte platelets.loinc", "array"),
    ('loinc = ["777-3"]', 'loinc = ["777-4"]', "analyte platelets.loinc", "check digit"),
    ('loinc = ["777-3"]', 'loinc = []\nloinc_unconfirmed = ["777-4"]', "platelets.loinc_unconfirmed", "check digit"),
    ('loinc = ["777-3"]', 'loinc = ["777-3", "777-3"]', "platelets", "777-3"),
    ('loinc = ["20454-5"]', 'loinc = ["777-3"]', "strip", "'777-3' already names platelets"),
    ('loinc = ["29463-7"]', 'loinc = ["777-3"]', "weight", "'777-3' already names platelets"),
    ('id = "strip"', 'id = "platelets"', "platelets", "'platelets' already names platelets"),
    ('code = "STRIP"', 'code = "PLATELETS"', "strip", "'platelets' already names platelets"),
    ('id = "weight"', 'id = "plt"', "plt", "'plt' already names platelets"),
    ('"/uL" = "0.001"', '"/uL" = "0"', "analyte platelets.factors./uL", "greater than 0"),
    ('"/uL" = "0.001"', '"/uL" = "-1"', "analyte platelets.factors", "regex"),
    ('"/uL" = "0.001"', '"/uL" = 0.001', "analyte platelets.factors", "float"),
    ('"/uL" = "0.001"', '"/mL" = "0.001"', "analyte platelets.factors./mL", "not among the spellings"),
    ('"/uL" = "0.001"', '"10*9/L" = "1"', "analyte platelets.factors.10*9/L", "canonical"),
    ('"/uL" = ["/mm3"]', '"/uL" = ["G/l"]', "analyte platelets.factors./uL", "another unit"),
    ('unit = "10*9/L"', 'unit = "T/L"', "analyte platelets.unit", "not among the spellings"),
    ('limits = ["0", "3000"]', 'limits = ["3000", "3000"]', "analyte platelets.limits", "not below"),
    ('limits = ["0", "3000"]', 'limits = ["0"]', "analyte platelets.limits", "length 2"),
    ('limits = ["25", "350"]', 'limits = ["350", "25"]', "scale weight.limits", "not below"),
    ('limits = ["0", "3000"]', "", "analyte platelets", "limits"),
    ('levels = "strip"', 'levels = "band"', "analyte strip.levels", "[levels.band]"),
    ('levels = "strip"', 'levels = "strip"\nunit = "g/L"', "analyte strip", "either a unit or levels"),
    ('levels = "strip"', 'levels = "strip"\nlimits = ["0", "4"]', "analyte strip", "limits"),
    ('levels = "strip"\n', "", "analyte strip", "either a unit or levels"),
    ('"1+" = ["+"]', '"1+" = ["Negative"]', "levels.strip.1+", "another step"),
    ("[levels.strip]", "[levels.strip", "", "not TOML"),
)


def test_it_takes_a_good_file() -> None:
    dictionary = parse_analytes(GOOD)

    assert [analyte.id for analyte in dictionary.analytes] == ["platelets", "strip"]
    assert [scale.id for scale in dictionary.scales] == ["weight"]


@pytest.mark.parametrize(("good", "bad", "where", "what"), MISTAKES)
def test_it_says_where_the_mistake_stands(good: str, bad: str, where: str, what: str) -> None:
    assert GOOD.count(good) == 1

    with pytest.raises(WrongAnalyteFile) as refusal:
        parse_analytes(GOOD.replace(good, bad))

    assert where in str(refusal.value)
    assert what in str(refusal.value)


def test_it_says_that_there_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(WrongAnalyteFile, match=r"analytes\.toml: cannot be read"):
        read_analyte_file(tmp_path / "analytes.toml")


def test_it_refuses_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "analytes.toml"
    path.write_bytes(GOOD.encode("latin-1") + b"# \xe9")

    with pytest.raises(WrongAnalyteFile, match="UTF-8"):
        read_analyte_file(path)
