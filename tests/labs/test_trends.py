"""The series of one analyte: what is told of each point, where limits and action lines lie, what is left out."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from monitor.labs.chart import chart_of
from monitor.labs.measured import measure
from monitor.labs.subject import NO_RULES, Rulebook, Subject
from monitor.labs.trends import DoseMark, Trend, trend
from monitor.labs.values import NotDone, NotMeasured, Value
from monitor.terms import Level

if TYPE_CHECKING:
    from monitor.catalog import Catalog

ON = dt.date(2026, 6, 15)


class Bench:
    """Makes values and trends of one patient, in the words of the dictionary of the release."""

    def __init__(self, catalog: Catalog) -> None:
        self.dictionary = catalog.dictionary
        self.rules = catalog.protocol("alemtuzumab").rulebook_for("eu")

    def value(self, analyte: str, text: str, on: str, **given: object) -> Value:
        known = self.dictionary.find(analyte)
        assert known is not None
        found = measure(known, value=text, unit=known.unit, collected_on=dt.date.fromisoformat(on), **given)  # type: ignore[arg-type]
        assert found is not None
        return found

    def trend(
        self,
        analyte: str,
        *values: Value,
        rules: Rulebook | None = None,
        baseline: str | None = None,
        since: dt.date | None = None,
        corrected: tuple[Value, ...] = (),
        doses: tuple[DoseMark, ...] = (),
        failures: tuple[NotMeasured, ...] = (),
    ) -> Trend:
        known = self.dictionary.find(analyte)
        assert known is not None
        subject = Subject(
            dictionary=self.dictionary,
            chart=chart_of(values),
            rules=self.rules if rules is None else rules,
            sex="female",
            born_on=dt.date(1985, 1, 1),
            baselines={} if baseline is None else {analyte: Decimal(baseline)},
        )
        return trend(known, subject, on=ON, since=since, corrected=corrected, doses=doses, failures=failures)


@pytest.fixture(scope="session")
def bench(catalog: Catalog) -> Bench:
    return Bench(catalog)


def test_h12_a_steep_fall_inside_the_normal_range_is_marked_with_its_size(bench: Bench) -> None:
    found = bench.trend(
        "platelets", bench.value("platelets", "390", "2026-05-02"), bench.value("platelets", "190", "2026-06-02")
    ).points[1]

    assert (found.range.value, found.direction, found.change_percent) == ("normal", "fall", Decimal("-51.3"))
    assert (found.level, found.rules) == (Level.URGENT, ("platelets.steep_fall",))


def test_it_compares_in_the_order_of_samples_whatever_came_first(bench: Bench) -> None:
    late, early = bench.value("platelets", "220", "2026-06-02"), bench.value("platelets", "200", "2026-05-02")

    assert bench.trend("platelets", late, early) == bench.trend("platelets", early, late)
    assert [point.change_percent for point in bench.trend("platelets", late, early).points] == [None, Decimal("10.0")]


def test_h16_an_implausible_value_is_shown_and_compared_with_nothing(bench: Bench) -> None:
    points = bench.trend(
        "platelets",
        bench.value("platelets", "231000", "2026-05-02"),
        bench.value("platelets", "200", "2026-06-02"),
    ).points

    assert [(point.is_implausible, point.change_percent) for point in points] == [(True, None), (False, None)]
    assert "platelets.implausible" in points[0].rules


def test_h09_a_preliminary_value_is_marked_and_nothing_is_compared_with_it(bench: Bench) -> None:
    points = bench.trend(
        "platelets",
        bench.value("platelets", "240", "2026-05-02"),
        bench.value("platelets", "100", "2026-05-09", is_final=False),
        bench.value("platelets", "230", "2026-06-02"),
    ).points

    assert [point.is_preliminary for point in points] == [False, True, False]
    assert points[2].change_percent == Decimal("-4.2")


def test_it_marks_what_replaced_another_value(bench: Bench) -> None:
    right = bench.value("platelets", "240", "2026-05-02")

    points = bench.trend("platelets", right, bench.value("platelets", "230", "2026-06-02"), corrected=(right,)).points

    assert [point.is_corrected for point in points] == [True, False]


def test_it_keeps_the_limits_of_each_sample(bench: Bench) -> None:
    found = bench.trend(
        "tsh",
        bench.value("tsh", "2", "2026-01-05", lower="0.4", upper="4.0"),
        bench.value("tsh", "2", "2026-02-05", lower="0.4", upper="4.0"),
        bench.value("tsh", "2", "2026-03-05", lower="0.27", upper="4.2"),
    )

    spans = [(str(one.from_on), str(one.until_on), one.lower, one.upper, one.is_fallback) for one in found.limits]
    assert spans == [
        ("2026-01-05", "2026-03-05", Decimal("0.4"), Decimal("4.0"), False),
        ("2026-03-05", "2026-06-15", Decimal("0.27"), Decimal("4.2"), False),
    ]


def test_it_says_where_it_fell_back_on_usual_limits(bench: Bench) -> None:
    found = bench.trend("platelets", bench.value("platelets", "200", "2026-05-02"))

    assert (found.points[0].uses_usual_range, found.limits[0].is_fallback) == (True, True)


def test_it_draws_each_number_once_with_the_gravest_rule_that_begins_there(bench: Bench) -> None:
    lines = bench.trend("platelets").lines

    told = [(one.level.value, one.side, str(one.spans[0].value)) for one in lines]
    assert told == [("critical", "below", "50"), ("urgent", "below", "100"), ("soon", "below", "150")]


def test_it_moves_multiples_with_the_limit_of_the_laboratory(bench: Bench) -> None:
    found = bench.trend(
        "alt",
        bench.value("alt", "20", "2026-01-05", upper="40"),
        bench.value("alt", "20", "2026-03-05", upper="50"),
    )

    line = next(one for one in found.lines if one.rule == "alt.above_5_uln")
    assert (line.level, line.side, line.of, line.times) == (Level.URGENT, "above", "uln", Decimal(5))
    assert [(str(one.from_on), one.value) for one in line.spans] == [
        ("2026-01-05", Decimal(200)),
        ("2026-03-05", Decimal(250)),
    ]


def test_it_draws_no_line_for_what_needs_more_than_the_number(bench: Bench) -> None:
    rules = {line.rule for analyte in ("platelets", "tsh", "creatinine") for line in bench.trend(analyte).lines}

    assert not rules & {"platelets.steep_fall", "platelets.with_bleeding", "creatinine.rise"}
    assert bench.trend("platelets", rules=NO_RULES).lines == ()


def test_it_knows_steps(bench: Bench) -> None:
    found = bench.trend("urine_blood_strip", bench.value("urine_blood_strip", "++", "2026-05-02"))

    assert (found.unit, found.steps[0], found.points[0].step, found.points[0].value) == (None, "neg", "2+", None)
    assert [(line.step, line.spans) for line in found.lines] == [("1+", ())]


def test_it_tells_the_change_from_the_baseline(bench: Bench) -> None:
    found = bench.trend("nfl_plasma", bench.value("nfl_plasma", "40", "2026-05-02"), baseline="80")

    assert (found.baseline, found.shows_baseline, found.points[0].baseline_percent) == (
        Decimal(80),
        True,
        Decimal("-50.0"),
    )


def test_it_shows_the_baseline_where_a_rule_asks_for_it_or_nothing_else_says_what_a_value_means(bench: Bench) -> None:
    shown = [
        bench.trend(analyte, bench.value(analyte, "200", "2026-05-02"), baseline="100").shows_baseline
        for analyte in ("creatinine", "nfl_plasma", "platelets")
    ]

    assert shown == [True, True, False]


def test_it_divides_by_no_baseline_of_zero(bench: Bench) -> None:
    found = bench.trend("csf_leukocytes", bench.value("csf_leukocytes", "4", "2026-05-02"), baseline="0")

    assert found.points[0].baseline_percent is None


def test_it_tells_how_far_from_each_other_even_absurd_numbers_are(bench: Bench) -> None:
    huge = bench.value("platelets", "9" * 60, "2026-05-02")

    found = bench.trend("platelets", bench.value("platelets", "200", "2026-04-02"), huge)

    assert found.points[1].change_percent is not None


def test_it_begins_with_the_first_value_or_dose_and_ends_on_the_day(bench: Bench) -> None:
    doses = (DoseMark(dt.date(2026, 3, 2), 1, 1), DoseMark(dt.date(2026, 7, 1), 1, 2))
    after = bench.value("platelets", "200", "2026-06-16")

    found = bench.trend("platelets", bench.value("platelets", "200", "2026-05-02"), after, doses=doses)

    assert (str(found.from_on), str(found.until_on)) == ("2026-03-02", "2026-06-15")
    assert (len(found.points), found.doses) == (1, doses[:1])


def test_it_compares_with_what_lies_before_the_period_it_shows(bench: Bench) -> None:
    found = bench.trend(
        "platelets",
        bench.value("platelets", "248", "2026-01-02"),
        bench.value("platelets", "118", "2026-06-02"),
        since=dt.date(2026, 5, 1),
    )

    assert (str(found.from_on), len(found.points)) == ("2026-05-01", 1)
    assert found.points[0].change_percent == Decimal("-52.4")


def test_it_is_a_year_of_nothing_where_nothing_is_known(bench: Bench) -> None:
    found = bench.trend("platelets")

    assert (str(found.from_on), found.points, found.limits, found.doses) == ("2025-06-15", (), (), ())


def test_h10_a_sample_without_a_value_is_a_mark_and_no_point(bench: Bench) -> None:
    lost = NotMeasured("platelets", NotDone.CLUMPED, dt.date(2026, 5, 2), "r-1")
    other = NotMeasured("tsh", NotDone.LOST, dt.date(2026, 5, 2))

    found = bench.trend("platelets", failures=(lost, lost, other))

    assert found.points == ()
    assert [(str(one.on), one.reason) for one in found.failures] == [("2026-05-02", NotDone.CLUMPED)]
