"""The public shapes of `labs evaluate`: a value as it is read, and its judgement as it is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from monitor.labs.quantities import DecimalMark
from monitor.labs.ranges import Range
from monitor.terms import Level


class AmountIn(Struct, frozen=True, forbid_unknown_fields=True):
    """A baseline."""

    value: str
    unit: str | None = None


class PreviousIn(Struct, frozen=True, forbid_unknown_fields=True):
    """An earlier value."""

    value: str
    collected_on: dt.date
    unit: str | None = None


class ValueIn(Struct, frozen=True, forbid_unknown_fields=True):
    """One value to judge; only `analyte` and `value` are required (contract, section 2)."""

    analyte: str
    value: str
    unit: str | None = None
    decimal: DecimalMark | None = None
    sex: Literal["female", "male", "other"] | None = None
    age: int | float | None = None
    lower: str | None = None
    upper: str | None = None
    protocol: str | None = None
    baseline: AmountIn | None = None
    previous: tuple[PreviousIn, ...] | None = None
    collected_on: dt.date | None = None


class FindingOut(Struct, frozen=True):
    """One finding, as it is written."""

    rule: str
    level: Level
    because: str
    action: str
    source: str
    clears: str
    numbers: Mapping[str, str]


class Judgement(Struct, frozen=True):
    """The answer; `value` is the exact canonical value, without its `comparator`.

    `not_compared`: which earlier values count for nothing, and why.
    """

    analyte: str
    value: str | None
    unit: str | None
    accepted: bool
    plausible: bool | None
    range: Range
    uln_fallback: bool
    times_uln: Decimal | None
    ctcae_grade: int | None
    findings: tuple[FindingOut, ...]
    comparator: str | None = None
    looks_like: str | None = None
    not_compared: tuple[str, ...] = ()


class Refusal(Struct, frozen=True):
    """The answer to a value that cannot be taken: `refused_because` names the member and the reason."""

    analyte: str | None
    value: None
    unit: None
    accepted: bool
    plausible: None
    range: Range
    uln_fallback: bool
    times_uln: None
    ctcae_grade: None
    findings: tuple[()]
    refused_because: str
