"""Which warnings a change brings: what stood there before is not told again, and nothing new hides behind it."""

from __future__ import annotations

from monitor.schedules.calendar import Warning
from monitor.schedules.difference import new_warnings


def _outside(item: str | None, because: str = "moved to 1 June, outside the window") -> Warning:
    return Warning("outside_window", item, because, "a policy")


def test_the_same_words_about_another_item_are_new() -> None:
    old, new = _outside("cbc/1.2"), _outside("creatinine/1.2")
    assert new_warnings([old], [old, new]) == (new,)
    assert new_warnings([old], [new, old]) == (new,)


def test_one_more_of_no_item_in_the_same_words_is_new() -> None:
    assert new_warnings([_outside(None)], [_outside(None)] * 2) == (_outside(None),)
    assert new_warnings([_outside(None)] * 2, [_outside(None)] * 2) == ()


def test_an_old_one_under_another_key_is_not_new() -> None:
    other = _outside("dose/4", "moved to 2 June, outside the window")
    assert new_warnings([_outside("dose/2")], [_outside("dose/3")]) == ()
    assert new_warnings([_outside("dose/2")], [_outside("dose/3"), other]) == (other,)
