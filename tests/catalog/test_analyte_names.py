"""The dictionary of the release holds what the calendars require, under every name it may be called by."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.catalog.analyte_file import read_analyte_file
from monitor.labs.analyte import Dictionary

# id, code of the clinical reference, a LOINC code where one is sure, canonical unit, hard limits
REQUIRED_BY_CALENDARS = (
    ("platelets", "PLT", "777-3", "10*9/L", "0", "3000"),
    ("haemoglobin", "HGB", "718-7", "g/L", "20", "260"),
    ("leukocytes", "WBC", "6690-2", "10*9/L", "0", "500"),
    ("neutrophils", "NEUT", "751-8", "10*9/L", "0", "200"),
    ("lymphocytes", "LYMPH", "731-0", "10*9/L", "0", "300"),
    ("creatinine", "CREA", "14682-9", "umol/L", "10", "2500"),
    ("ck", "CK", "2157-6", "U/L", "1", "200000"),
    ("inr", "INR", "6301-6", "1", "0.5", "20"),
    ("aptt", "APTT", "14979-9", "s", "10", "300"),
    ("aptt_ratio", "APTT_R", "63561-5", "1", "0.4", "10"),
    ("alt", "ALT", "1742-6", "U/L", "1", "20000"),
    ("ast", "AST", "1920-8", "U/L", "1", "20000"),
    ("bilirubin_total", "TBIL", "14631-6", "umol/L", "0", "1000"),
    ("tsh", "TSH", "3016-3", "m[IU]/L", "0", "1000"),
    ("urine_rbc", "URBC", "798-9", "10*6/L", "0", "1000000"),
    ("urine_rbc_hpf", "URBC_HPF", "13945-1", "/[HPF]", "0", "10000"),
    ("urine_protein", "UPRO", "2888-6", "g/L", "0", "50"),
    ("urine_protein_24h", "UPRO24", "2889-4", "g/(24.h)", "0", "50"),
    ("upcr", "UPCR", "34366-5", "mg/mmol", "0", "5000"),
    ("nfl_plasma", "NFL_P", "94505-5", "pg/mL", "0.1", "20000"),
    ("csf_leukocytes", "CSF_WBC", "26465-5", "10*6/L", "0", "100000"),
    ("csf_erythrocytes", "CSF_RBC", "26454-9", "10*6/L", "0", "10000000"),
    ("csf_protein", "CSF_PROT", "2880-3", "g/L", "0.01", "50"),
    ("csf_glucose", "CSF_GLU", "14744-7", "mmol/L", "0", "40"),
    ("cd4", "CD4", "24467-3", "10*6/L", "0", "10000"),
)
STRIPS = (("urine_blood_strip", "UHB_STRIP", "5794-3"), ("urine_protein_strip", "UPRO_STRIP", "20454-5"))
UNDER_THEIR_CODE = (
    "MONO", "EOS", "BASO", "RBC", "HCT", "MCV", "CD19", "RETIC", "PT_S", "PT_PCT", "FIB", "F8INH", "EGFR", "UREA",
    "K", "NA", "UALB_CR", "UWBC_HPF", "UNIT", "ULEU", "UMENS", "ALP", "GGT", "DBIL", "ALB", "LDH", "FERR", "TG",
    "GLU", "CRP", "FT4", "FT3", "TPOAB", "TRAB", "HCG_U", "HCG_S", "CSF_LYMPH_PCT", "CSF_OP", "NFL_CSF", "JCV_IDX",
    "HBSAG", "HBCAB", "HBSAB", "HCVAB", "HIV", "VZVG", "IGRA", "IGG", "IGM", "IGA", "CYP2C9",
)  # fmt: skip
SCALES = (
    "alsfrs_r", "svc", "fvc", "weight", "respiratory_status", "nutritional_status", "ambulatory_status", "skin",
    "hpv", "edss", "mri",
)  # fmt: skip


@pytest.fixture(scope="module")
def dictionary(config_dir: Path) -> Dictionary:
    return read_analyte_file(config_dir / "analytes.toml")


@pytest.mark.parametrize("row", REQUIRED_BY_CALENDARS, ids=lambda row: row[0])
def test_it_knows_what_calendars_require(dictionary: Dictionary, row: tuple[str, ...]) -> None:
    name, code, loinc, unit, low, high = row

    analyte = dictionary.find(name)

    assert analyte is not None
    assert (analyte.id, analyte.code, analyte.unit) == (name, code, unit)
    assert analyte.limits is not None
    assert (str(analyte.limits.low), str(analyte.limits.high)) == (low, high)
    assert dictionary.find(code) is dictionary.find(loinc) is analyte


@pytest.mark.parametrize(("name", "code", "loinc"), STRIPS)
def test_it_knows_the_strips(dictionary: Dictionary, name: str, code: str, loinc: str) -> None:
    analyte = dictionary.find(name)

    assert analyte is not None
    assert analyte.is_ordinal
    assert dictionary.find(code) is dictionary.find(loinc) is analyte


@pytest.mark.parametrize("code", UNDER_THEIR_CODE)
def test_it_calls_all_others_by_their_code(dictionary: Dictionary, code: str) -> None:
    analyte = dictionary.find(code)

    assert analyte is not None
    assert (analyte.id, analyte.code) == (code.lower(), code)


def test_it_holds_nothing_that_these_tables_do_not_name(dictionary: Dictionary) -> None:
    named = {row[0] for row in REQUIRED_BY_CALENDARS + STRIPS} | {code.lower() for code in UNDER_THEIR_CODE}

    assert {analyte.id for analyte in dictionary.analytes} == named


@pytest.mark.parametrize("name", SCALES)
def test_it_knows_the_assessments(dictionary: Dictionary, name: str) -> None:
    scale = dictionary.find_scale(name)

    assert scale is not None
    assert scale.id == name
    assert dictionary.find_scale(scale.code) is scale


def test_it_minds_no_capitals(dictionary: Dictionary) -> None:
    assert dictionary.find("Platelets") is dictionary.find("pLt") is dictionary.find("platelets")
    assert dictionary.find_scale("Alsfrs_R") is dictionary.find_scale("alsfrs_r")


@pytest.mark.parametrize("name", ("", "plaquettes", "777", "777-4", "platelets ", "hpv", "alsfrs_r"))
def test_it_guesses_no_name(dictionary: Dictionary, name: str) -> None:
    assert dictionary.find(name) is None


def test_it_keeps_apart_what_is_sure_and_what_is_not(dictionary: Dictionary) -> None:
    unsure = {code for analyte in dictionary.analytes for code in analyte.loinc_unconfirmed}

    assert unsure == {"63561-5", "94505-5", "101281-4", "94677-2", "71773-6", "45323-3"}
