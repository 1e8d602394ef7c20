"""What the dictionary knows: analytes, scales, and how to find one by any of its names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from monitor.labs.thresholds import Bounds


@dataclass(frozen=True, slots=True, order=True)
class Ordinal:
    """One step of a test that has steps instead of a number; the lowest rank is 0, and steps compare by rank."""

    rank: int
    name: str


@dataclass(frozen=True, slots=True)
class Limits:
    """The lowest and the highest number that can be true, both included, in the canonical unit."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Interval:
    """The usual values of adults, both ends included; of one sex, or from an age on, where either is given."""

    low: Decimal | None
    high: Decimal | None
    sex: str | None = None
    from_age: int = 0


@dataclass(frozen=True, slots=True)
class GradeRule:
    """What a value must reach for a grade of CTCAE: as it is, in multiples of a limit or of the baseline, or a step.

    `uln` and `baseline` together: both, or the limit alone where no baseline is known.
    """

    grade: int
    bounds: Bounds | None = None
    uln: Bounds | None = None
    lln: Bounds | None = None
    baseline: Bounds | None = None
    step: Ordinal | None = None


@dataclass(frozen=True, slots=True)
class Slip:
    """Numbers that, typed in the canonical unit, look like `unit`; both ends included."""

    low: Decimal
    high: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Delta:
    """How far a value may lie from the one before, within so many days if any, before it looks like somebody else's.

    `size` is reached, or exceeded where `is_strict`; `direction` None where both count. `below`: such a value makes one
    ask whatever came before.
    """

    by: Literal["percent", "amount", "times", "steps"]
    size: Decimal
    is_strict: bool = False
    direction: Literal["fall", "rise"] | None = None
    within_days: int | None = None
    below: Decimal | None = None


# Analytes and scales are compared by identity: the dictionary holds one of each, and a cache may use them as keys.
@dataclass(frozen=True, slots=True, eq=False)
class Analyte:
    """Something a laboratory measures: either a number (`unit`, `factors`, `limits`) or a step (`levels`).

    `factors` maps each accepted spelling of a unit, as `one_spelling` folds it, to the exact factor that leads to the
    canonical unit. `levels` maps each accepted spelling of a step, in small letters, to the step. `normal_up_to`: the
    highest step that is usual, None where nobody speaks so. `grades`: the gravest first.
    """

    id: str
    code: str
    name_en: str
    name_fr: str
    loinc: tuple[str, ...]
    loinc_unconfirmed: tuple[str, ...]
    unit: str | None
    factors: Mapping[str, Decimal]
    limits: Limits | None
    levels: Mapping[str, Ordinal]
    intervals: tuple[Interval, ...] = ()
    normal_up_to: Ordinal | None = None
    grades: tuple[GradeRule, ...] = ()
    slips: tuple[Slip, ...] = ()
    delta: Delta | None = None
    shows_times_uln: bool = False

    @property
    def is_ordinal(self) -> bool:
        return self.unit is None

    @property
    def needs_unit(self) -> bool:
        """Steps and ratios are complete without a unit; a bare number of anything else could mean several things."""
        return self.unit not in {None, "1"}

    @property
    def steps(self) -> tuple[Ordinal, ...]:
        """The different steps, lowest first; none for an analyte that is a number."""
        return tuple(sorted(set(self.levels.values())))


@dataclass(frozen=True, slots=True)
class ScaleCode:
    """One answer of a scale that has named answers."""

    code: str
    name_en: str
    name_fr: str


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """Something a person assesses, not a sample: a number within `limits`, one of `codes`, or a finding in words."""

    id: str
    code: str
    name_en: str
    name_fr: str
    loinc: tuple[str, ...]
    loinc_unconfirmed: tuple[str, ...]
    unit: str | None
    limits: Limits | None
    codes: tuple[ScaleCode, ...]


class NameTaken(ValueError):
    """Two entries claim one name: whoever asked for it would get one of them by chance."""

    def __init__(self, name: str, *, by: str, claimed_by: str) -> None:
        super().__init__(f"{name!r} already names {by}")
        self.claimed_by = claimed_by


class Dictionary:
    """All analytes and scales, found by id, code or LOINC in any case of letters."""

    __slots__ = ("_analytes_by_name", "_scales_by_name", "analytes", "scales")

    def __init__(self, *, analytes: Iterable[Analyte], scales: Iterable[Scale]) -> None:
        self.analytes = tuple(analytes)
        self.scales = tuple(scales)
        self._analytes_by_name: dict[str, Analyte] = {}
        self._scales_by_name: dict[str, Scale] = {}
        owners: dict[str, str] = {}  # of both: a name for a sample and an assessment would credit the wrong one
        for analyte in self.analytes:
            self._analytes_by_name |= dict.fromkeys(_names(analyte, owners), analyte)
        for scale in self.scales:
            self._scales_by_name |= dict.fromkeys(_names(scale, owners), scale)

    def find(self, name: str) -> Analyte | None:
        return self._analytes_by_name.get(name) or self._analytes_by_name.get(name.lower())

    def find_scale(self, name: str) -> Scale | None:
        return self._scales_by_name.get(name) or self._scales_by_name.get(name.lower())


def _names(entry: Analyte | Scale, owners: dict[str, str]) -> tuple[str, ...]:
    """Every name of the entry in small letters, noted as taken; its id and its code may be the same word."""
    names = (*{entry.id.lower(), entry.code.lower()}, *entry.loinc, *entry.loinc_unconfirmed)
    for name in names:
        if name in owners:
            raise NameTaken(name, by=owners[name], claimed_by=entry.id)
        owners[name] = entry.id
    return names
