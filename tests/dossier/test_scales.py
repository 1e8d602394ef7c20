"""What scales add to their limits, and weights that change too fast to be believed at once."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from monitor.dossier.scales import fault_of_score, is_steep_change

DAY = dt.date(2026, 6, 15)


@pytest.mark.parametrize(
    ("scale", "value", "is_good"),
    (
        ("edss", "0", True), ("edss", "1", True), ("edss", "1.5", True), ("edss", "9.50", True), ("edss", "10", True),
        ("edss", "0.5", False), ("edss", "1.25", False), ("edss", "3.4", False),
        ("alsfrs_r", "38", True), ("alsfrs_r", "38.0", True), ("alsfrs_r", "38.5", False),
        ("weight", "71.35", True),
    ),
)  # fmt: skip
def test_it_knows_the_steps_of_a_score(scale: str, value: str, is_good: bool) -> None:  # noqa: FBT001
    assert (fault_of_score(scale, Decimal(value)) is None) == is_good


@pytest.mark.parametrize(
    ("weight", "days_before", "is_steep"),
    (
        ("77", 30, False),  # a tenth, and no more
        ("77.1", 30, True),
        ("77.1", 31, False),
        ("62.9", 0, True),
        ("63", 0, False),
        ("62.9", -30, True),  # entered later for an earlier day
        ("62.9", -31, False),
    ),
)
def test_it_doubts_a_weight_a_tenth_away_within_thirty_days(weight: str, days_before: int, is_steep: bool) -> None:  # noqa: FBT001
    others = [(DAY - dt.timedelta(days=days_before), Decimal(70))]

    assert is_steep_change(Decimal(weight), on=DAY, others=others) == is_steep


def test_it_believes_the_first_weight() -> None:
    assert not is_steep_change(Decimal(70), on=DAY, others=())
