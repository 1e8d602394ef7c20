"""Ways of asking that the released protocols do not use yet, on worked values of other therapies."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec
import pytest

from monitor.catalog import load_catalog
from monitor.labs.action_lines import LimitsSpan, action_lines
from monitor.labs.chart import chart_of
from monitor.labs.conditions import look
from monitor.labs.judge import Finding, judge
from monitor.labs.measured import measure
from monitor.labs.subject import Rulebook, Subject
from monitor.labs.thresholds import Bounds, Change, Condition, Threshold, grows_worse
from monitor.labs.values import Value
from monitor.spans import Span
from monitor.terms import Level
from tests.protocol_files import ROOT

DAY = dt.date(2026, 6, 2)


class _File(msgspec.Struct):
    thresholds: tuple[Threshold, ...]


def _span(_wanted: type, value: Any) -> Span:
    return Span.parse(value)


@cache
def rules() -> Rulebook:
    text = (ROOT / "tests" / "data" / "thresholds" / "primitives.toml").read_text(encoding="utf-8")
    return Rulebook(msgspec.convert(tomllib.loads(text), _File, dec_hook=_span).thresholds)


def value(analyte: str, number: str, on: dt.date | str = DAY, *, upper: str | None = None) -> Value:
    known = load_catalog().dictionary.find(analyte)
    assert known is not None
    day = dt.date.fromisoformat(on) if isinstance(on, str) else on
    found = measure(known, value=number, unit=known.unit, collected_on=day, upper=upper)
    assert found is not None
    return found


def judged(*values: Value, sex: str | None = "male", baselines: dict[str, Decimal] | None = None) -> list[str]:
    """The rules met by the first of the values, the others beside it."""
    return [finding.rule for finding in findings(*values, sex=sex, baselines=baselines)]


def findings(
    *values: Value, sex: str | None = "male", baselines: dict[str, Decimal] | None = None
) -> tuple[Finding, ...]:
    subject = Subject(
        dictionary=load_catalog().dictionary,
        chart=chart_of(values),
        rules=rules(),
        sex=sex,
        born_on=dt.date(1986, 1, 1),
        baselines=baselines or {},
    )
    return judge(values[0], subject)


def test_l2_multiples_of_the_laboratorys_own_limit() -> None:
    found = findings(value("alt", "160", upper="45"))

    assert [one.rule for one in found] == ["fingolimod.more_often", "teriflunomide.confirm", "riluzole.more_often"]
    assert {one.numbers["times_uln"] for one in found} == {"3.56"}


@pytest.mark.parametrize(
    ("alt", "bilirubin", "rule"),
    [
        ("135", "20", "fingolimod.more_often"),
        ("134.9", "20", None),
        ("224.9", "20", "fingolimod.more_often"),
        ("160", "22", "fingolimod.stop"),
    ],
)
def test_another_analyte_excuses_or_aggravates(alt: str, bilirubin: str, rule: str | None) -> None:
    found = judged(value("alt", alt, upper="45"), value("bilirubin_total", bilirubin, upper="21"))
    assert [name for name in found if name.startswith("fingolimod")] == ([] if rule is None else [rule])


@pytest.mark.parametrize(
    ("before", "is_confirmed"),
    [
        ([("140", "2026-05-28")], True),
        ([("140", "2026-05-29")], False),
        ([("140", "2026-05-20"), ("100", "2026-05-28")], False),
        ([("140", "2026-05-20"), ("100", "2026-05-30")], True),
        ([], False),
    ],
)
def test_consecutive_values_far_enough_apart(before: list[tuple[str, str]], *, is_confirmed: bool) -> None:
    """Two in a row, at least five days apart; a value nearer than that is not asked."""
    earlier = [value("alt", number, day, upper="45") for number, day in before]
    found = judged(value("alt", "160", upper="45"), *earlier)
    assert ("teriflunomide.confirmed" in found) is is_confirmed


@pytest.mark.parametrize(
    ("values", "is_met"),
    [
        ([("0.45", "2026-01-12"), ("0.48", "2026-04-13"), ("0.44", "2026-07-13")], True),
        ([("0.45", "2026-01-12"), ("0.48", "2026-04-13"), ("0.44", "2026-07-12")], False),
        ([("0.45", "2026-01-12"), ("0.50", "2026-04-13"), ("0.44", "2026-07-13")], False),
        ([("0.45", "2026-01-12"), ("0.48", "2026-04-13"), ("0.50", "2026-07-13")], False),
        ([("0.44", "2026-07-13")], False),
        ([("0.45", "2026-01-12"), ("0.44", "2026-07-13")], True),
    ],
)
def test_d1_a_threshold_sustained_for_longer_than_six_months(values: list[tuple[str, str]], *, is_met: bool) -> None:
    made = [value("lymphocytes", number, day) for number, day in values]
    assert ("dimethyl_fumarate.stop" in judged(*reversed(made))) is is_met


@pytest.mark.parametrize("member", [name for name in Condition.__struct_fields__ if name != "bounds"])
def test_bounds_alone_decide_only_where_nothing_else_is_asked(member: str) -> None:
    """Whatever a condition will be able to ask for one day must be asked: this fails until it is named here."""
    inside = Bounds(above=Decimal(100))
    more: dict[str, Any] = {
        "uln": {"uln": Bounds(above=Decimal(3))},
        "lln": {"lln": Bounds(below=Decimal(1))},
        "outside": {"outside": "either"},
        "change": {"change": Change("fall", "previous", percent=Decimal(50))},
        "sustained": {"sustained": Span(months=6)},
        "ratio_to": {"ratio_to": "glu", "ratio": Bounds(above=Decimal(1))},
        "ratio": {"ratio_to": "glu", "ratio": Bounds(above=Decimal(1))},
        "step_at_least": {},  # of tests with steps, which have no bounds
        "step_at_most": {},
    }
    one = value("platelets", "250")
    subject = Subject(load_catalog().dictionary, chart=chart_of([one]), sex="male")

    assert look(Condition(bounds=inside), one, subject).is_met
    assert look(Condition(bounds=inside, **more[member]), one, subject).is_met == (more[member] == {})


@pytest.mark.parametrize(("now", "is_met"), [("50", True), ("49.9", True), ("50.1", False)])
def test_an_amount_below_the_baseline(now: str, *, is_met: bool) -> None:
    found = judged(value("hct", now), baselines={"hct": Decimal(60)})
    assert ("mitoxantrone.heart" in found) is is_met


def test_a_rule_for_one_sex_alone() -> None:
    assert "women.haemoglobin" in judged(value("haemoglobin", "110"), sex="female")
    assert "women.haemoglobin" not in judged(value("haemoglobin", "110"), sex="male")


@pytest.mark.parametrize("sex", ["other", None])
def test_a_rule_for_one_sex_leaves_out_nobody_who_is_recorded_as_neither(sex: str | None) -> None:
    assert "women.haemoglobin" in judged(value("haemoglobin", "110"), sex=sex)


def test_a_line_is_drawn_only_for_what_one_number_decides() -> None:
    limits = [LimitsSpan(DAY, DAY, Decimal(10), Decimal(45), is_fallback=False)]

    drawn = {
        line.rule
        for analyte in ("alt", "lymphocytes")
        for line in action_lines(analyte, rules(), limits, sex="male", from_on=DAY, until_on=DAY)
    }

    assert drawn & {"riluzole.stop", "riluzole.more_often"}
    assert not drawn & {"dimethyl_fumarate.stop", "teriflunomide.confirmed", "fingolimod.stop"}


@pytest.mark.parametrize(
    ("condition", "worse"),
    (
        (Condition(bounds=Bounds(above=Decimal(0))), "up"),
        (Condition(bounds=Bounds(below=Decimal(0))), "down"),
        (Condition(lln=Bounds(at_most=Decimal(1))), "down"),
        (Condition(change=Change("fall", "previous", percent=Decimal(50))), "down"),
        (Condition(outside="above"), "up"),
        (Condition(outside="either"), None),
        (Condition(bounds=Bounds(at_least=Decimal(100), below=Decimal(150))), None),
    ),
)
def test_a_rule_says_on_which_side_it_grows_worse(condition: Condition, worse: str | None) -> None:
    rule = Threshold("a.rule", ("platelets",), Level.SOON, (condition,), action="-", clears="-", source="policy")
    assert grows_worse(rule) == worse
