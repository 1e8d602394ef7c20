"""Whatever JSON comes in, the answer is an answer or a refusal that names the place: never a crash."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from monitor.terms import Unacceptable
from tests.answer import answer
from tests.schedules.histories import History, histories, quick

ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(
        ("2026-02-30", "2026-03-02", "alemtuzumab", "eu", "us", "final", "stopped", "died", "cbc/1.1", "9999-12-31")
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place, *(found for key, below in inner for found in places(below, (*place, key)))]


def replaced(value: Any, place: tuple[str | int, ...], by: object) -> Any:
    if not place:
        return by
    copy = value.copy()
    copy[place[0]] = replaced(value[place[0]], place[1:], by)
    return copy


@quick
@given(history=histories(), data=st.data())
def test_one_wrong_member_is_answered_or_refused_by_name(history: History, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(places(history)[1:]))
    changed = replaced(history, place, data.draw(ANY_JSON))
    try:
        answered = answer(changed)
    except Unacceptable as refused:
        assert refused.field  # noqa: PT017
        assert refused.reason  # noqa: PT017
    else:
        assert json.loads(json.dumps(answered)) == answered


@quick
@given(anything=ANY_JSON)
def test_anything_at_all_is_answered_or_refused(anything: Any) -> None:
    try:
        answer(anything, on="2026-06-15")
    except Unacceptable as refused:
        assert refused.reason  # noqa: PT017
