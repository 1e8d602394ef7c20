"""Our factors and spellings beside those of a general library of units: equal where it is right, and else told why not.

The library is compared with everything that the dictionary holds. What it cannot answer, or answers wrongly, is listed
here with the reason; a new version that answers one of these differently fails, and so does a new unit that is in none
of the lists.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pint
import pytest
import ucumvert

# Between a mass and an amount of substance stands the molar mass, which a library of units does not know: g/mol.
MOLAR_MASS = {
    "creatinine": "113.12",
    "bilirubin_total": "584.66",
    "dbil": "584.66",
    "haemoglobin": "16114",  # the monomer
    "tg": "885.7",  # triolein, as laboratories agree
    "glu": "180.156",
    "csf_glucose": "180.156",
    "ft4": "776.87",
    "ft3": "650.97",
    "upcr": "113.12",  # of the creatinine that the protein is related to
    "ualb_cr": "113.12",
}
# In g/L the urea itself is weighed (French sheets), in mg/dL its nitrogen (American sheets).
MOLAR_MASS_OF_UREA = {"g/L": "60.055", "mg/dL": "28.0134"}
# To the library a unit of an enzyme is a rate (µmol/min) and an international unit is a thing of its own; laboratories
# write either for both.
ARBITRARY_UNITS = {
    ("[IU]/L", "U/L"), ("U/L", "[IU]/L"), ("mU/L", "m[IU]/L"), ("uU/mL", "m[IU]/L"), ("U/mL", "k[IU]/L"),
    ("kU/L", "k[IU]/L"),
}  # fmt: skip
# The clinical literature rounds its constants to three or four digits; so do we.
ROUNDED = Fraction(2, 1000)
FLOATING = Fraction(1, 10**12)

# Spellings that the library reads as the unit they stand for …
READ = {
    "10*3/uL", "10*3/mm3", "10*6/mL", "/nL", "10*6/uL", "10*6/mm3", "10*3/mL", "/mm3", "{cells}/uL", "/cm3",
    "{cells}/mL", "[iU]/L", "[iU]/mL", "k[iU]/L", "m[iU]/L", "m[iU]/mL", "u[iU]/mL", "um3", "mL/min/{1.73m2}",
    "mg/mmol{creat}", "mg/g{creat}", "g/g{creat}", "mg/mg", "mg/mg{creat}", "{cells}/[HPF]", "g/d", "mg/d",
}  # fmt: skip
# … those that it takes for something else, which is why our table and no library reads the sheets …
MISREAD = {
    "G/L": "gauss by the litre; French for thousand millions by the litre",
    "T/L": "tesla by the litre; French for million millions by the litre",
    "K/uL": "kelvin by the microlitre; American for thousands by the microlitre",
    "K/mm3": "kelvin by the cubic millimetre; American for thousands",
    "[beth'U]/mL": "a Bethesda unit is already one by the millilitre of plasma",
    "g/24.h": "gram times hours, divided by 24",
    "mg/24.h": "milligram times hours, divided by 24",
    "{INR}": "a remark without a unit, which it hands back as text",
    "{ratio}": "a remark without a unit, which it hands back as text",
}
# … and every other one it refuses, because it is no UCUM: what people write.


@pytest.fixture(scope="module")
def library() -> Any:
    return ucumvert.PintUcumRegistry()


@cache
def written(config_dir: Path) -> dict[str, Any]:
    return tomllib.loads((config_dir / "analytes.toml").read_text(encoding="utf-8"))


def ratio(library: Any, one: str, other: str, *, molar_mass: str | None = None) -> Fraction | None:
    """How much of the other unit one of the first is, in the opinion of the library; None where it has none."""
    try:
        measured, wanted = 1.0 * library.from_ucum(one), 1.0 * library.from_ucum(other)
        if molar_mass is None:
            return Fraction((measured / wanted).to("dimensionless").magnitude)
        of_one_mole = float(molar_mass) * library.from_ucum("g/mol")
        for candidate in (measured / of_one_mole, measured * of_one_mole):
            if candidate.is_compatible_with(wanted):
                return Fraction((candidate / wanted).to("dimensionless").magnitude)
    except (ucumvert.InvalidUcumError, pint.DimensionalityError, TypeError):
        return None
    return None


def is_near(one: Fraction, other: Fraction, *, by: Fraction) -> bool:
    return abs(one / other - 1) <= by


def pairs(config_dir: Path) -> list[tuple[str, str, str, Decimal]]:
    return [
        (entry["id"], unit, entry["unit"], Decimal(factor))
        for entry in written(config_dir)["analyte"]
        for unit, factor in entry.get("factors", {}).items()
    ]


def molar_mass_of(analyte: str, unit: str) -> str | None:
    return MOLAR_MASS_OF_UREA[unit] if analyte == "urea" else MOLAR_MASS.get(analyte)


def test_every_factor_is_that_of_the_library_where_it_knows_one(library: Any, config_dir: Path) -> None:
    compared, unanswered = 0, []
    for analyte, unit, canonical, factor in pairs(config_dir):
        found = ratio(library, unit, canonical)
        if found is None:
            unanswered.append((analyte, unit, canonical))
        else:
            compared += 1
            by = ROUNDED if unit == "mm[Hg]" else FLOATING
            assert is_near(found, Fraction(factor), by=by), (analyte, unit)

    assert compared > 40
    for analyte, unit, canonical in unanswered:
        assert (unit, canonical) in ARBITRARY_UNITS or molar_mass_of(analyte, unit) is not None, (analyte, unit)


def test_every_factor_between_mass_and_substance_follows_from_the_molar_mass(library: Any, config_dir: Path) -> None:
    compared = set()
    for analyte, unit, canonical, factor in pairs(config_dir):
        molar_mass = molar_mass_of(analyte, unit)
        if molar_mass is None or ratio(library, unit, canonical) is not None:
            continue
        found = ratio(library, unit, canonical, molar_mass=molar_mass)
        assert found is not None, (analyte, unit)
        assert is_near(found, Fraction(factor), by=ROUNDED), (analyte, unit, float(found))
        compared.add(analyte)

    assert compared == {*MOLAR_MASS, "urea"}


def test_every_factor_between_arbitrary_units_is_as_if_they_were_the_same(library: Any, config_dir: Path) -> None:
    met = set()
    for analyte, unit, canonical, factor in pairs(config_dir):
        if (unit, canonical) not in ARBITRARY_UNITS:
            continue
        assert ratio(library, unit, canonical) is None, (analyte, unit)
        as_international = [one.replace("[IU]", "U").replace("U", "[IU]") for one in (unit, canonical)]
        found = ratio(library, *as_international)
        assert found is not None, (analyte, unit)
        assert is_near(found, Fraction(factor), by=FLOATING), (analyte, unit)
        met.add((unit, canonical))

    assert met == ARBITRARY_UNITS


def test_every_spelling_is_that_unit_to_the_library_too_or_listed(library: Any, config_dir: Path) -> None:
    read: set[str] = set()
    misread: set[str] = set()
    for unit, spellings in written(config_dir)["spellings"].items():
        for spelling in spellings:
            if not is_ucum(library, spelling):
                continue
            found = ratio(library, spelling, unit)
            is_same = found is not None and is_near(found, Fraction(1), by=FLOATING)
            (read if is_same else misread).add(spelling)

    assert read == READ
    assert misread == set(MISREAD)


def test_every_unit_of_the_dictionary_is_ucum(library: Any, config_dir: Path) -> None:
    assert [unit for unit in written(config_dir)["spellings"] if unit != "1" and not is_ucum(library, unit)] == []


def is_ucum(library: Any, unit: str) -> bool:
    try:
        library.from_ucum(unit)
    except ucumvert.InvalidUcumError:
        return False
    return True
