"""Samples of the second course count for the second course, however far the series of the first one reached."""

from __future__ import annotations

import pytest

from tests.spec.builders import alemtuzumab_after_course_1, in_a_row


@pytest.mark.parametrize(("key", "sampled"), [("cbc/2.1", "2027-04-08"), ("cbc/2.6", "2027-09-10")])
def test_it_credits_a_sample_taken_after_the_second_course(key: str, sampled: str) -> None:
    story = alemtuzumab_after_course_1().infused(2, *in_a_row("2027-03-08", 3)).with_panel("cbc", sampled)

    answer = story.asked("2027-10-05")

    assert answer.of(key).state == "done"
    assert answer.of(key).done == sampled
