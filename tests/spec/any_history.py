"""An acceptable history with one fact of every kind, and the way to spoil one member of it."""

from __future__ import annotations

import json
from typing import Any

from tests.spec.builders import alemtuzumab_after_course_1, tofersen

SECRET = "Zebra-4711"
MISSING = object()


def valid(protocol: str = "alemtuzumab") -> dict[str, Any]:
    """One fact of every kind, all of them acceptable."""
    story = tofersen("2026-01-05") if protocol == "tofersen" else alemtuzumab_after_course_1().agreed(2, "2027-03-08")
    story = story.with_result("tsh", "2.1", "m[IU]/L", "2026-02-06", id="r1").with_assessment("weight", "2026-02-06")
    key, to = ("dose/2", "2026-01-20") if protocol == "tofersen" else ("cbc/1.3", "2026-06-08")
    story = story.suspended("2026-02-01").resumed("2026-02-02").moved(key, to, on="2026-01-06")
    story = story.waived(key, on="2026-01-07").vaccinated("2025-06-01", live=False).task_done(key, on="2026-01-08")
    history: dict[str, Any] = json.loads(json.dumps(story.stopped("2026-02-03").history))
    return history


def change(history: dict[str, Any], path: str, value: object) -> None:
    """Set, or with MISSING delete, the member at a path such as `results[0].value`."""
    *way, last = path.replace("[", ".").replace("]", "").split(".")
    place: Any = history
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    name = int(last) if last.isdigit() else last
    if value is MISSING:
        del place[name]
    else:
        place[name] = value
