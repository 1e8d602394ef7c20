"""How a scale went: slopes in points a month, from the score before treatment to the latest."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from monitor.labs.analyte import Dictionary
from monitor.labs.scale_trends import Score, number_of, scale_trend, slope_per_month
from monitor.labs.trends import DoseMark, Trend

ON = dt.date(2026, 7, 15)


def score(on: str, value: str, *, is_confirmed: bool = False) -> Score:
    return Score(dt.date.fromisoformat(on), Decimal(value), is_confirmed=is_confirmed)


def trend(dictionary: Dictionary, *scores: Score, name: str = "alsfrs_r", since: dt.date | None = None) -> Trend:
    scale = dictionary.find_scale(name)
    assert scale is not None
    return scale_trend(scale, scores, on=ON, since=since, doses=[DoseMark(dt.date(2026, 1, 5))])


def test_it_counts_the_slope_from_the_score_before_treatment(dictionary: Dictionary) -> None:
    """Five points in 181 days: 181 / 30.4375 = 5.947 months."""
    found = trend(dictionary, score("2025-07-01", "44"), score("2026-01-02", "38"), score("2026-07-02", "33"))

    assert (found.baseline, found.slope_per_month) == (Decimal(38), Decimal("-0.84"))
    assert [point.slope_per_month for point in found.points] == [None, Decimal("-0.99"), Decimal("-0.84")]
    assert [point.direction for point in found.points] == [None, "fall", "fall"]


def test_it_takes_the_first_score_where_none_is_older_than_the_treatment(dictionary: Dictionary) -> None:
    found = trend(dictionary, score("2026-02-01", "40"), score("2026-05-01", "40"))

    assert (found.baseline, found.slope_per_month) == (Decimal(40), Decimal("0.00"))


def test_it_has_no_slope_within_a_day(dictionary: Dictionary) -> None:
    found = trend(dictionary, score("2026-02-01", "40"), score("2026-02-01", "41"))

    assert found.slope_per_month is None
    assert [point.slope_per_month for point in found.points] == [None, None]
    assert slope_per_month(None, score("2026-02-01", "40")) is None


def test_h16_a_score_that_cannot_be_is_marked_and_counts_once_confirmed(dictionary: Dictionary) -> None:
    odd, confirmed = (
        trend(dictionary, score("2026-01-02", "70"), score("2026-07-02", "400", is_confirmed=sure), name="weight")
        for sure in (False, True)
    )

    assert [point.is_implausible for point in odd.points] == [False, True]
    assert (odd.slope_per_month, confirmed.points[1].is_implausible) == (None, False)
    assert confirmed.slope_per_month is not None


def test_it_shows_a_period_and_counts_from_before_it(dictionary: Dictionary) -> None:
    found = trend(dictionary, score("2026-01-02", "38"), score("2026-07-02", "33"), since=dt.date(2026, 6, 1))

    assert ([point.value for point in found.points], found.slope_per_month) == ([Decimal(33)], Decimal("-0.84"))


@pytest.mark.parametrize(
    ("text", "number"),
    [("38", Decimal(38)), ("72.5", Decimal("72.5")), ("normal", None), ("38,5", None), ("NaN", None), ("-1", None)],
)
def test_it_takes_numbers_and_no_words(text: str, number: Decimal | None) -> None:
    assert number_of(text) == number
