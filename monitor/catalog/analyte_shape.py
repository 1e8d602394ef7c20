"""What may stand in `config/analytes.toml`, field by field; what it means is decided in `analyte_file`."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

# Numbers stand in the file as strings: a TOML float would already be rounded when it arrives here.
_Id = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*\Z")]
_Code = Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9_]*\Z")]
_Text = Annotated[str, Meta(pattern=r"^\S(.*\S)?\Z")]
_Number = Annotated[str, Meta(pattern=r"^[0-9]+(\.[0-9]+)?\Z")]
_Loinc = Annotated[str, Meta(pattern=r"^[0-9]{1,7}-[0-9]\Z")]


class Entry(msgspec.Struct, forbid_unknown_fields=True):
    """What analytes and scales have in common."""

    id: _Id
    code: _Code
    name_en: _Text
    name_fr: _Text
    loinc: list[_Loinc]
    loinc_unconfirmed: list[_Loinc] = []
    unit: _Text | None = None
    limits: tuple[_Number, _Number] | None = None


class IntervalEntry(msgspec.Struct, forbid_unknown_fields=True):
    """The usual values of adults, or of some of them."""

    low: _Number | None = None
    high: _Number | None = None
    sex: Literal["female", "male"] | None = None
    from_age: Annotated[int, Meta(ge=18, le=120)] | None = None


class BoundsEntry(msgspec.Struct, forbid_unknown_fields=True):
    """One bound of a grade."""

    above: _Number | None = None
    at_least: _Number | None = None
    below: _Number | None = None


class GradeEntry(msgspec.Struct, forbid_unknown_fields=True):
    """What a value must reach for one grade."""

    grade: Annotated[int, Meta(ge=1, le=4)]
    bounds: BoundsEntry | None = None
    uln: BoundsEntry | None = None
    lln: BoundsEntry | None = None
    baseline: BoundsEntry | None = None
    step_at_least: _Text | None = None


class SlipEntry(msgspec.Struct, forbid_unknown_fields=True):
    """Numbers that look like another unit."""

    low: _Number
    high: _Number
    unit: _Text


class SizeEntry(msgspec.Struct, forbid_unknown_fields=True):
    """How far is too far: so far, or further than that."""

    above: _Number | None = None
    at_least: _Number | None = None


class DeltaEntry(msgspec.Struct, forbid_unknown_fields=True):
    """How far a value may lie from the one before."""

    direction: Literal["fall", "rise"] | None = None
    percent: SizeEntry | None = None
    amount: SizeEntry | None = None
    times: SizeEntry | None = None
    steps: SizeEntry | None = None
    within_days: Annotated[int, Meta(ge=1)] | None = None
    below: _Number | None = None


class AnalyteEntry(Entry, forbid_unknown_fields=True):
    """One `[[analyte]]`."""

    factors: dict[_Text, _Number] = {}
    levels: _Text | None = None
    intervals: list[IntervalEntry] = []
    normal_up_to: _Text | None = None
    grades: list[GradeEntry] = []
    slips: list[SlipEntry] = []
    delta: DeltaEntry | None = None
    shows_times_uln: bool = False


class CodeEntry(msgspec.Struct, forbid_unknown_fields=True):
    """What one code of a scale means."""

    en: _Text
    fr: _Text


class ScaleEntry(Entry, forbid_unknown_fields=True):
    """One `[[scale]]`."""

    codes: dict[_Text, CodeEntry] = {}


class AnalyteFile(msgspec.Struct, forbid_unknown_fields=True):
    """The whole file; an unknown key anywhere is refused."""

    spellings: dict[_Text, list[_Text]]
    levels: dict[_Text, Annotated[dict[_Text, list[_Text]], Meta(min_length=2)]]
    analyte: Annotated[list[AnalyteEntry], Meta(min_length=1)]
    scale: list[ScaleEntry]
