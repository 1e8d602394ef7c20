"""From one value as it is written to its judgement: how a line of `labs evaluate` is read and answered."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import msgspec

from monitor.catalog import Catalog
from monitor.cli.compared import Compared, compared
from monitor.cli.value_shape import FindingOut, Judgement, Refusal, ValueIn
from monitor.cli.wrong_line import refusal_of
from monitor.labs.analyte import Analyte
from monitor.labs.chart import chart_of
from monitor.labs.judge import judge
from monitor.labs.measured import limit_of
from monitor.labs.quantities import DecimalMark, Unreadable, read
from monitor.labs.ranges import Range
from monitor.labs.slips import looks_like
from monitor.labs.subject import NO_RULES, Rulebook, Subject
from monitor.labs.values import Value
from monitor.labs.verdict import verdict
from monitor.terms import Unacceptable

_PROFILE = "eu"
_OLDEST = 200  # years
_NO_DAY = dt.date(2199, 12, 31)  # of a value without a day: every earlier value was collected before it


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
    try:
        lower, upper = _limits(asked, analyte, mark)
        beside = compared(analyte, mark, baseline=asked.baseline, previous=asked.previous or ())
    except Unacceptable as refusal:
        return _refused(analyte, str(refusal))
    value = Value(analyte.id, quantity, asked.collected_on or _NO_DAY, lower, upper)
    return _judged(asked, analyte, value, beside, catalog)


def _limits(asked: ValueIn, analyte: Analyte, mark: DecimalMark) -> tuple[Decimal | None, Decimal | None]:
    """The limits of the laboratory, canonical. Raises Unacceptable."""
    found: list[Decimal | None] = []
    for name, limit in (("lower", asked.lower), ("upper", asked.upper)):
        found.append(None if limit is None else limit_of(analyte, limit, asked.unit, mark))
        if limit is not None and found[-1] is None:
            raise Unacceptable("is not a number", field=name)
    lower, upper = found
    if lower is not None and upper is not None and lower > upper:
        raise Unacceptable("lies below the lower limit", field="upper")
    return lower, upper


def _judged(asked: ValueIn, analyte: Analyte, value: Value, beside: Compared, catalog: Catalog) -> Judgement:
    quantity, subject = value.quantity, _subject(asked, analyte, value, beside, catalog)
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
        looks_like=looks_like(analyte, quantity, unit=asked.unit),
        not_compared=beside.not_compared,
    )


def _subject(asked: ValueIn, analyte: Analyte, value: Value, beside: Compared, catalog: Catalog) -> Subject:
    rules: Rulebook = NO_RULES if asked.protocol is None else catalog.protocol(asked.protocol).rulebook_for(_PROFILE)
    return Subject(
        dictionary=catalog.dictionary,
        chart=chart_of((value, *beside.earlier)),
        rules=rules,
        sex=asked.sex,
        age=None if asked.age is None else Decimal(int(asked.age)),
        baselines={} if beside.baseline is None else {analyte.id: beside.baseline},
    )


def _refused(analyte: Analyte | None, because: str) -> Refusal:
    empty: dict[str, Any] = dict.fromkeys(("value", "unit", "plausible", "times_uln", "ctcae_grade"))
    return Refusal(
        analyte=None if analyte is None else analyte.id,
        accepted=False, range=Range.UNKNOWN, uln_fallback=False, findings=(), refused_because=because, **empty,
    )  # fmt: skip
