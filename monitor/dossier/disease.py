"""The disease that is treated: ALS with its SOD1 variant and onset, or MS with its course."""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from typing import Annotated

import msgspec

from monitor.dossier.entry import Age, Entry, Lifetime, in_order
from monitor.terms import Unacceptable

LAST_RESIDUE = 154  # of SOD1, counted with the first methionine as the recommendations of the HGVS count
_AMINO = "Ala|Arg|Asn|Asp|Cys|Gln|Glu|Gly|His|Ile|Leu|Lys|Met|Phe|Pro|Ser|Thr|Trp|Tyr|Val|Ter|\\*"
_REFERENCE = r"(?:(?:NM|NP|NC|NG|ENST|ENSP)_?\d{1,12}(?:\.\d{1,3})?:)?"
_PROTEIN = re.compile(
    rf"{_REFERENCE}p\.(\()?(?:{_AMINO})(?P<residue>\d{{1,3}})[A-Za-z0-9_*=]{{1,40}}(?(1)\))", re.ASCII
)
_CODING = re.compile(
    rf"{_REFERENCE}c\.[-*]?\d{{1,4}}(?:[+-]\d{{1,6}})?(?:_[-*]?\d{{1,4}}(?:[+-]\d{{1,6}})?)?"
    r"(?:[ACGT]{1,40}>[ACGT]{1,40}|(?:del|dup|inv)[ACGT]{0,40}|(?:del)?ins[ACGT]{1,40})",
    re.ASCII,
)


class Onset(StrEnum):
    """Where ALS began."""

    SPINAL_LUMBAR = "spinal_lumbar"
    SPINAL_CERVICAL = "spinal_cervical"
    SPINAL_DORSAL = "spinal_dorsal"
    BULBAR = "bulbar"


class Phenotype(StrEnum):
    """The course of MS."""

    CLINICALLY_ISOLATED = "clinically_isolated"
    RELAPSING_REMITTING = "relapsing_remitting"
    SECONDARY_PROGRESSIVE = "secondary_progressive"
    PRIMARY_PROGRESSIVE = "primary_progressive"


class Als(Entry, frozen=True, kw_only=True):
    """ALS with a SOD1 variant, as HGVS writes it (`p.Ala5Val`, `c.14C>T`). When it was diagnosed: a day, an age."""

    sod1_variant: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
    onset: Onset
    onset_on: dt.date | None = None
    diagnosed_on: dt.date | None = None
    age_at_diagnosis: Age | None = None

    def check(self, life: Lifetime) -> None:
        """Source: ANSM, tofersen compassionate access, report 6 (what the programme records)."""
        _check_variant(self.sod1_variant)
        _check_diagnosis(self, life)


class Ms(Entry, frozen=True, kw_only=True):
    """MS: its course, and since when. When it was diagnosed: a day, an age."""

    phenotype: Phenotype
    is_active: bool | None = None
    onset_on: dt.date | None = None
    diagnosed_on: dt.date | None = None
    age_at_diagnosis: Age | None = None

    def check(self, life: Lifetime) -> None:
        """Source: SmPC Lemtrada 4.1 (the course decides whether it is indicated)."""
        _check_diagnosis(self, life)


def _check_variant(variant: str) -> None:
    """Legacy names such as A4V count without the methionine: whether they mean residue 4 or 5 is not guessed."""
    protein = _PROTEIN.fullmatch(variant)
    if protein is None and not _CODING.fullmatch(variant):
        raise Unacceptable("write it as HGVS does, such as p.Ala5Val or c.14C>T", field="sod1_variant")
    if protein is not None and not 1 <= int(protein["residue"]) <= LAST_RESIDUE + 1:  # the stop codon may change too
        raise Unacceptable("the protein has no such residue", field="sod1_variant")


def _check_diagnosis(disease: Als | Ms, life: Lifetime) -> None:
    day, age, onset = disease.diagnosed_on, disease.age_at_diagnosis, disease.onset_on
    if day is None and age is None:
        raise Unacceptable("the day of the diagnosis is needed, or the age at it", field="diagnosed_on")
    in_order(onset, day, field="diagnosed_on", because="lies before the onset")
    if age is None:
        return
    if age > life.age_on(life.died_on or life.today):
        raise Unacceptable("the patient has not reached this age", field="age_at_diagnosis")
    if onset is not None and age < life.age_on(onset):
        raise Unacceptable("is less than the age at the onset", field="age_at_diagnosis")
    if day is not None and abs(age - life.age_on(day)) > 1:  # some count the year begun, some round
        raise Unacceptable("does not fit the day of the diagnosis", field="age_at_diagnosis")
