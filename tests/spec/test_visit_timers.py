"""What is timed inside a visit: vital signs around a dose, and until when the patient is watched."""

from __future__ import annotations

import datetime as dt

from monitor.catalog import load_catalog
from monitor.schedules.visit_timers import VisitTimes, timers_of, visit_times
from tests.spec.tables import table

_CATALOG = load_catalog()


def moment(clock: str) -> dt.datetime:
    """On a Monday, in the zone of the site; the visit is looked at as it begins."""
    return dt.datetime.fromisoformat(f"2026-06-15T{clock}+02:00")


def clock(at: dt.datetime | None) -> str:
    return "-" if at is None else f"{at.astimezone(moment('00:00').tzinfo):%H:%M}"


def timed(protocol: str, began: str, ended: str, *, profile: str = "eu", is_first_dose: bool = False) -> VisitTimes:
    timers = timers_of(_CATALOG.protocol(f"{protocol}.v1").timers, profile=profile)
    ended_at = None if ended == "-" else moment(ended)
    began_at = moment(began)
    return visit_times(timers, began_at=began_at, ended_at=ended_at, is_first_dose=is_first_dose, at=began_at)


def taken(found: VisitTimes) -> str:
    return " ".join(clock(one.at) for one in found.prompts if one.timer.startswith("vital_signs")) or "-"


@table("""
    began | ended | vital signs                               | may leave
    09:00 | 13:00 | 09:00 10:00 11:00 12:00 13:00             | 15:00
    09:00 | 12:40 | 09:00 10:00 11:00 12:00 13:00             | 14:40
    09:00 | 13:59 | 09:00 10:00 11:00 12:00 13:00             | 15:59
    09:00 | 15:10 | 09:00 10:00 11:00 12:00 13:00 14:00 15:00 | 17:10
    09:00 | 09:20 | 09:00 10:00 11:00 12:00 13:00             | 11:20
    09:00 | -     | 09:00 10:00 11:00 12:00 13:00             | -
""")
def test_during_and_after_an_infusion_of_alemtuzumab(began: str, ended: str, vital_signs: str, may_leave: str) -> None:
    """Hourly for four hours and for as long as the infusion lasts; two hours of observation from its end."""
    for profile in ("eu", "us"):
        found = timed("alemtuzumab", began, ended, profile=profile)
        assert (taken(found), clock(found.may_close_at), found.waits_for) == (vital_signs, may_leave, ("observation",))


@table("""
    dose  | ended | vital signs | may leave
    first | 10:03 | 10:03 12:03 | 12:03
    later | 10:03 | 10:03 11:03 | 11:03
    first | -     | -           | -
    later | -     | -           | -
""")
def test_after_an_injection_of_tofersen(dose: str, ended: str, vital_signs: str, may_leave: str) -> None:
    """Begun at 10:00. At the end of the injection and before leaving: an hour on site, two after the first dose."""
    found = timed("tofersen", "10:00", ended, is_first_dose=dose == "first")
    assert (taken(found), clock(found.may_close_at), found.waits_for) == (vital_signs, may_leave, ("observation",))


@table("""
    protocol    | profile | timer                       | source
    alemtuzumab | eu      | vital_signs                 | SmPC Lemtrada 4.4
    alemtuzumab | eu      | observation                 | SmPC Lemtrada 4.4
    alemtuzumab | us      | vital_signs                 | PI Lemtrada 2.5
    alemtuzumab | us      | observation                 | PI Lemtrada 2.5
    tofersen    | eu      | vital_signs_after_injection | policy
    tofersen    | eu      | vital_signs_before_leaving  | policy
    tofersen    | eu      | observation                 | policy
    tofersen    | us      | observation                 | policy
""")
def test_on_whose_authority(protocol: str, profile: str, timer: str, source: str) -> None:
    """No label says how long somebody stays after a lumbar puncture."""
    found = timed(protocol, "09:00", "13:00", profile=profile)
    assert {one.source for one in found.prompts if one.timer == timer} == {source}
