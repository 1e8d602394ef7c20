"""From one value as it is written to its judgement: the public shapes of `labs evaluate`, and how they are answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Literal

import msgspec
from msgspec import Struct

from monitor.catalog import Catalog
from monitor.cli.wrong_line import refusal_of
from monitor.labs.analyte import Analyte
from monitor.labs.chart import chart_of
from monitor.labs.judge import judge
from monitor.labs.measured import limit_of, measure
from monitor.labs.quantities import DecimalMark, Unreadable, read
from monitor.labs.ranges import Range
from monitor.labs.slips import looks_like
from monitor.labs.subject import NO_RULES, Rulebook, Subject
from monitor.labs.values import Value
from monitor.labs.verdict import verdict
from monitor.terms import Level, Unacceptable

_PROFILE = "eu"
_OLDEST = 200  # years
_NO_DAY = dt.date(2199, 12, 31)  # of a value without a day: every earlier value was collected before it


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
    """The answer; `value` is the exact canonical value, without its `comparator`."""

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


_decoder = msgspec.json.Decoder(ValueIn)
_encoder = msgspec.json.Encoder(decimal_format="number")


def encode(answer: Judgement | Refusal) -> bytes:
    """The answer as one line of JSON; a multiple of the upper limit is a number."""
    return _encoder.encode(answer) + b"\n"


def read_value(raw: bytes | str, catalog: Catalog) -> ValueIn:
    """Reads one line. Raises Unacceptable naming the path and the reason, never a value."""
    try:
        asked = _decoder.decode(raw)
    except msgspec.ValidationError as error:
        raise refusal_of(str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Unacceptable("not a JSON object") from None
    if asked.protocol is not None:
        catalog.protocol(asked.protocol)
    if asked.age is not None and not 0 <= asked.age < _OLDEST:
        raise Unacceptable("not a number of years", field="age")
    return asked


def evaluate(asked: ValueIn, catalog: Catalog) -> Judgement | Refusal:
    """The judgement of one value, or why it cannot be taken."""
    analyte = catalog.dictionary.find(asked.analyte)
    if analyte is None:
        return _refused(None, "analyte: the dictionary has no such analyte")
    mark: DecimalMark = asked.decimal or "point"
    quantity = read(analyte, value=asked.value, unit=asked.unit, decimal=mark)
    if isinstance(quantity, Unreadable):
        return _refused(analyte, f"{quantity.field}: {quantity.reason}")
    limits: dict[str, Decimal | None] = {}
    for name, limit in (("lower", asked.lower), ("upper", asked.upper)):
        limits[name] = None if limit is None else limit_of(analyte, limit, asked.unit, mark)
        if limit is not None and limits[name] is None:
            return _refused(analyte, f"{name}: is not a number")
    day = asked.collected_on or _NO_DAY
    value = Value(analyte.id, quantity, day, limits["lower"], limits["upper"])
    subject = _subject(asked, analyte, value, catalog, mark)
    return _judged(analyte, value, subject, looks=looks_like(analyte, quantity, unit=asked.unit))


def _judged(analyte: Analyte, value: Value, subject: Subject, *, looks: str | None) -> Judgement:
    quantity = value.quantity
    found = verdict(analyte, value, subject)
    return Judgement(
        analyte=analyte.id,
        value=quantity.text,
        unit=quantity.unit,
        accepted=True,
        plausible=found.is_plausible,
        range=found.range,
        uln_fallback=found.is_fallback,
        times_uln=found.times_uln,
        ctcae_grade=found.ctcae_grade,
        findings=tuple(
            FindingOut(one.rule, one.level, one.because, one.action, one.source, one.clears, one.numbers)
            for one in judge(value, subject)
        ),
        comparator=None if quantity.comparator is None else quantity.comparator.value,
        looks_like=looks,
    )


def _subject(asked: ValueIn, analyte: Analyte, value: Value, catalog: Catalog, mark: DecimalMark) -> Subject:
    rules: Rulebook = NO_RULES if asked.protocol is None else catalog.protocol(asked.protocol).rulebook_for(_PROFILE)
    baselines: dict[str, Decimal] = {}
    if asked.baseline is not None:
        found = read(analyte, value=asked.baseline.value, unit=asked.baseline.unit, decimal=mark)
        if not isinstance(found, Unreadable) and found.is_usable and isinstance(found.value, Decimal):
            baselines[analyte.id] = found.value
    return Subject(
        dictionary=catalog.dictionary,
        chart=chart_of([value, *_earlier(asked, analyte, mark)]) if asked.previous else chart_of((value,)),
        rules=rules,
        sex=asked.sex,
        age=None if asked.age is None else Decimal(int(asked.age)),
        baselines=baselines,
    )


def _earlier(asked: ValueIn, analyte: Analyte, mark: DecimalMark) -> Iterator[Value]:
    """The earlier values that can be read; which of them were collected before this one, the chart says."""
    for row in asked.previous or ():
        found = measure(analyte, value=row.value, unit=row.unit, collected_on=row.collected_on, decimal=mark)
        if found is not None:
            yield found


def _refused(analyte: Analyte | None, because: str) -> Refusal:
    empty: dict[str, Any] = dict.fromkeys(("value", "unit", "plausible", "times_uln", "ctcae_grade"))
    return Refusal(
        analyte=None if analyte is None else analyte.id,
        accepted=False, range=Range.UNKNOWN, uln_fallback=False, findings=(), refused_because=because, **empty,
    )  # fmt: skip
