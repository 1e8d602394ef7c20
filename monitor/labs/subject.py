"""Whose value is judged, and by what: the chart, the person, the baselines, the signs, the rules of the protocol."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import product
from types import MappingProxyType

import msgspec
from msgspec.structs import replace

from monitor.labels import under
from monitor.labs.analyte import Dictionary
from monitor.labs.chart import Chart, chart_of
from monitor.labs.thresholds import NO_SPAN, Threshold
from monitor.spans import Span

_NONE: Mapping[str, tuple[dt.date, ...]] = MappingProxyType({})
_NO_NUMBERS: Mapping[str, Decimal] = MappingProxyType({})
_NO_SPANS: Mapping[str, Span] = MappingProxyType({})


class Rulebook:
    """The thresholds of one protocol and profile, by the analyte whose values they judge.

    `with_baseline`: the analytes whose personal baseline some rule asks for.
    """

    __slots__ = ("_beside", "_by_analyte", "thresholds", "with_baseline")

    def __init__(self, thresholds: Iterable[Threshold]) -> None:
        self.thresholds = tuple(thresholds)
        by_analyte: dict[str, list[Threshold]] = {}
        for threshold in self.thresholds:
            for analyte in threshold.analytes:
                by_analyte.setdefault(analyte, []).append(replace(threshold, rule=rule_for(threshold, analyte)))
        self._by_analyte = {analyte: tuple(found) for analyte, found in by_analyte.items()}
        self.with_baseline = tuple(
            analyte for analyte, found in self._by_analyte.items() if any(_asks_for_baseline(one) for one in found)
        )
        self._beside = _beside(self.thresholds)

    def of(self, analyte: str) -> tuple[Threshold, ...]:
        """The thresholds that judge values of this analyte; none where there are none."""
        return self._by_analyte.get(analyte, ())

    def beside(self, analyte: str) -> Mapping[str, Span]:
        """The analytes whose values are judged beside values of this one, and the longest time between the two."""
        return self._beside.get(analyte, _NO_SPANS)


def _beside(thresholds: Iterable[Threshold]) -> dict[str, dict[str, Span]]:
    found: dict[str, dict[str, Span]] = {}
    for threshold in thresholds:
        others = [*(one for group in threshold.together for one in group), *threshold.unless]
        asked = [(name, one.within) for one in others for name in one.analytes]
        asked += [(one.ratio_to, NO_SPAN) for one in threshold.when if one.ratio_to is not None]
        for (name, within), judged in product(asked, threshold.analytes):
            known = found.setdefault(name, {})
            known[judged] = max(known.get(judged, NO_SPAN), within, key=lambda span: (span.months, span.days))
    return found


NO_RULES = Rulebook(())


def _asks_for_baseline(threshold: Threshold) -> bool:
    changes = [condition.change for condition in threshold.when if condition.change is not None]
    return any(change.since == "baseline" for change in changes)


def rule_for(threshold: Threshold, analyte: str) -> str:
    """The id of the rule for one of its analytes: a rule called `{analyte}.above_5_uln` is one rule for each."""
    return threshold.rule.replace("{analyte}", analyte)


def rulebook_for(thresholds: Iterable[Threshold], *, profile: str) -> Rulebook:
    """The rules of one profile, each on the authority of the label that is followed."""
    return Rulebook(under(one, profile) for one in thresholds if one.profile in (None, profile))


class Subject(msgspec.Struct, frozen=True):
    """Everything that the judgement of a value may ask for.

    `sex`: `female`, `male`, `other` or None. `born_on`, or else `age` in years. `baselines`: by analyte, in the
    canonical unit. `signs`: the days on which each sign was noticed.
    """

    dictionary: Dictionary
    chart: Chart = chart_of(())
    rules: Rulebook = NO_RULES
    sex: str | None = None
    born_on: dt.date | None = None
    age: Decimal | None = None
    baselines: Mapping[str, Decimal] = _NO_NUMBERS
    signs: Mapping[str, tuple[dt.date, ...]] = _NONE

    def age_on(self, day: dt.date) -> int | None:
        """Completed years on a day; None where nobody knows."""
        if self.born_on is None:
            return None if self.age is None else int(self.age)
        had_birthday = (day.month, day.day) >= (self.born_on.month, self.born_on.day)
        return day.year - self.born_on.year - (not had_birthday)
