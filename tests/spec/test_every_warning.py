"""Every code a warning can have, each with the shortest story that earns it; the code knows no other."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.spec.builders import Story, alemtuzumab, alemtuzumab_after_course_1, in_a_row, tofersen, tofersen_on_time

CORE = Path(__file__).resolve().parents[2] / "monitor" / "schedules"


def _five_courses() -> Story:
    story = alemtuzumab_after_course_1()
    for course, first in enumerate(("2027-03-08", "2028-03-13", "2029-03-19", "2030-03-25"), start=2):
        story = story.infused(course, *in_a_row(first, 3))
    return story


STORIES: dict[str, tuple[Callable[[], Story], str]] = {
    "too_early": (lambda: tofersen("2026-01-05", "2026-01-12"), "2026-01-12"),
    "before_minimum_gap": (lambda: alemtuzumab_after_course_1().infused(2, *in_a_row("2027-03-02", 3)), "2027-03-04"),
    "split_course": (lambda: alemtuzumab("2026-03-02", "2026-03-03", "2026-03-09"), "2026-03-09"),
    "same_day_doses": (lambda: tofersen("2026-01-05", "2026-01-05"), "2026-01-05"),
    "long_interruption": (lambda: tofersen_on_time(4), "2026-04-28"),
    "beyond_label": (_five_courses, "2030-03-27"),
    "vaccine_interval": (lambda: alemtuzumab("2026-03-02").vaccinated("2026-02-02", live=False), "2026-03-02"),
    "course_out_of_order": (lambda: alemtuzumab_after_course_1().infused(3, "2028-03-13"), "2028-03-13"),
    "fact_after_stop": (lambda: tofersen_on_time(4).stopped("2026-02-10"), "2026-03-02"),
    "fact_after_death": (lambda: tofersen_on_time(4).died("2026-02-10"), "2026-03-02"),
    "future_fact": (lambda: tofersen_on_time(2), "2026-01-10"),
    "outside_window": (lambda: tofersen_on_time(4).moved("cbc/4", "2026-04-20", "2026-03-01"), "2026-03-01"),
    "unknown_item": (lambda: tofersen_on_time(4).waived("nonsense/1", "2026-03-02"), "2026-03-02"),
    "unknown_analyte": (lambda: tofersen("2026-01-05").with_result("zinc", "1", None, "2026-01-05"), "2026-01-05"),
}


@pytest.mark.parametrize("code", STORIES)
def test_a_story_earns_it(code: str) -> None:
    """With a reason, an authority, and the item it concerns where there is one."""
    story, on = STORIES[code]
    found = story().asked(on)
    (warning,) = {warning["item"]: warning for warning in found.warnings(code)}.values()
    assert warning["because"]
    assert warning["source"]
    concerns_no_item = code in {"future_fact", "unknown_analyte", "unknown_item"}
    assert (warning["item"] is None) == concerns_no_item


def test_there_is_no_other() -> None:
    written = {
        code
        for path in CORE.glob("*.py")
        for code in re.findall(r"Warning\(\s*\"([a-z_]+)\"", path.read_text(encoding="utf-8"))
    }
    assert written == set(STORIES)
