"""The ALSFRS-R: a total of twelve items and of nothing less, and four parts that add up to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.dossier.alsfrs_r import AlsfrsR, SubScores, as_words, from_words
from monitor.terms import Unacceptable

TWELVE = st.lists(st.integers(0, 4), min_size=12, max_size=12).map(tuple)


def test_it_adds_the_parts_in_their_fixed_order() -> None:
    score = AlsfrsR(items=(4, 4, 3, 2, 2, 1, 3, 1, 0, 4, 4, 2), has_gastrostomy=True)

    assert score.total == 30
    assert score.sub_scores == SubScores(bulbar=11, fine_motor=5, gross_motor=4, respiratory=10)
    assert as_words(score)[3:6] == ("4:2", "5b:2", "6:1")


@given(TWELVE, st.booleans())
def test_it_is_the_sum_of_its_parts_and_can_be_kept_as_words(items: tuple[int, ...], has_gastrostomy: bool) -> None:  # noqa: FBT001
    score = AlsfrsR(items=items, has_gastrostomy=has_gastrostomy)
    parts = score.sub_scores

    assert score.total == parts.bulbar + parts.fine_motor + parts.gross_motor + parts.respiratory
    assert all(0 <= part <= 12 for part in (parts.bulbar, parts.fine_motor, parts.gross_motor, parts.respiratory))
    assert from_words(as_words(score)) == score


@pytest.mark.parametrize(
    ("items", "field"),
    (
        ((4,) * 11, "items"),
        ((4,) * 13, "items"),
        ((4,) * 4 + (5,) + (4,) * 7, "items[4]"),
        ((-1,) + (4,) * 11, "items[0]"),
        ((4,) * 11 + (True,), "items[11]"),
    ),
)
def test_it_refuses_what_is_no_score(items: tuple[int, ...], field: str) -> None:
    with pytest.raises(Unacceptable) as refusal:
        AlsfrsR(items=items, has_gastrostomy=False)

    assert refusal.value.field == field
