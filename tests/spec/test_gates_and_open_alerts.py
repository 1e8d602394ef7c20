"""What nobody has settled stands before a dose, whatever else its gates ask."""

from __future__ import annotations

import datetime as dt

from monitor.protocols.gate_answers import OpenAlert
from monitor.terms import Level
from tests.spec.builders import Story, tofersen
from tests.spec.gated import gates_before, told
from tests.spec.tables import table

DAY = "2026-01-19"


def story() -> Story:
    """The first dose was given; the second is due on 19 January 2026."""
    return tofersen("2026-01-05")


@table("""
    level    | since      | holds | says
    critical | 2026-01-19 | yes   | block
    critical | 2026-01-19 | no    | ask
    urgent   | 2026-01-19 | yes   | ask
    soon     | 2026-01-01 | yes   | pass
    info     | 2026-01-01 | yes   | pass
    critical | 2026-01-20 | yes   | pass
""")
def test_h45_what_nobody_has_settled_stands_before_a_dose(level: str, since: str, holds: str, says: str) -> None:
    """A critical value holds it, an urgent or eased one asks; alerts of later days do not count."""
    alert = OpenAlert("platelets.below_50", Level(level), dt.date.fromisoformat(since), holds == "yes")
    found = gates_before(story(), DAY, alerts=[alert])["open_alerts"]
    assert told(found) == says
    assert found.found == (None if says == "pass" else "platelets.below_50")


def test_of_several_that_nobody_has_settled_those_that_hold_the_dose_are_named() -> None:
    day = dt.date.fromisoformat(DAY)
    alerts = [OpenAlert("alt.above_5_uln", Level.URGENT, day), OpenAlert("platelets.below_50", Level.CRITICAL, day)]
    found = gates_before(story(), DAY, alerts=alerts)["open_alerts"]
    assert (told(found), found.found) == ("block", "platelets.below_50")
