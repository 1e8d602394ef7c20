"""Random but well-formed histories: any order, any gap, any contradiction that a record can hold."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from tests.spec.builders import PANELS, SCALES

History = dict[str, Any]

quick = settings(max_examples=60, deadline=None)

_TOFERSEN_STREAMS = (
    "csf", "status_scales", "weight", "coagulation", "cbc", "creatinine",
    "ck", "urine_protein", "nfl", "alsfrs_r", "svc", "fvc",
)  # fmt: skip
_ALEMTUZUMAB_STREAMS = (
    "platelets_in_course", "cbc", "creatinine", "urinalysis", "liver", "tsh", "skin", "hpv", "edss", "mri", "cd4",
)  # fmt: skip
_KEYS = (
    "dose/1", "dose/2", "dose/4", "dose/9", "csf/1", "csf/3", "coagulation/2", "alsfrs_r/0", "alsfrs_r/1",
    "creatinine/2", "infusion/1.1", "infusion/1.4", "infusion/2.1", "infusion/2.2", "cbc/1.0", "cbc/1.1", "cbc/1.2",
    "cbc/1.13", "cbc/2.0", "cbc/2.1", "tsh/1.1", "tsh/1.4", "skin/1.1", "liver/1.48", "platelets_in_course/1.3",
    "antiherpetic_stop/1", "antiherpetic_stop/2", "contraception_end/1", "corticosteroid/1.2", "antiherpetic_start/1",
    "contact/1", "post_lp/1.1", "post_lp/2.7", "access_renewal/1", "surveillance_end/1", "tsh_reminder/1",
    "prescription/1.1", "prescription/1.2", "prescription/2.1", "course_planning/2", "rems_form/1", "rems_form/3",
    "edss/1.1", "mri/1.2", "cd4/1.2", "cd4/2.3", "nonsense", "",
)  # fmt: skip


def iso(day: dt.date) -> str:
    return day.isoformat()


def _after(start: dt.date, low: int, high: int) -> st.SearchStrategy[str]:
    return st.integers(low, high).map(lambda days: iso(start + dt.timedelta(days=days)))


def _persons() -> st.SearchStrategy[History]:
    return st.fixed_dictionaries(
        {"sex": st.sampled_from(("female", "male", "other")), "birth_date": st.just("1980-02-29")},
        optional={
            "childbearing_potential": st.booleans(),
            "access_expires_on": st.dates(dt.date(2024, 1, 1), dt.date(2029, 1, 1)).map(iso),
            "vzv": st.sampled_from(("immune", "negative", "unknown")),
        },
    )


@st.composite
def panel_rows(draw: st.DrawFn, stream: str, on: str) -> list[History]:
    """The rows of one panel, now and then with one missing or not final."""
    rows: list[History] = []
    if stream == "cd4":
        value = draw(st.sampled_from(("150", "199", "200", "240", ">200", "<250")))
        return [{"analyte": "cd4", "value": value, "unit": "/uL", "collected_on": on, "status": "final"}]
    for analyte, value, unit in PANELS[stream]:
        row: History = {"analyte": analyte, "value": value, "collected_on": on, "status": "final"}
        rows.append(row if unit is None else {**row, "unit": unit})
    if draw(st.integers(0, 5)) == 0:
        rows[draw(st.integers(0, len(rows) - 1))]["status"] = "preliminary"
    return rows


def scale_rows(stream: str, on: str) -> list[History]:
    return [{"scale": scale, "value": value, "on": on} for scale, value in SCALES[stream]]


@st.composite
def _events(draw: st.DrawFn, start: dt.date, days: int) -> list[History]:
    events: list[History] = []
    kinds = ("suspended", "resumed", "waived", "moved", "task_done", "vaccinated", "stopped", "died")
    for kind in draw(st.lists(st.sampled_from(kinds), max_size=5)):
        event: History = {"kind": kind, "on": draw(_after(start, -60, days))}
        if kind in {"suspended", "stopped", "waived"}:
            event["reason"] = "a reason"
        if kind in {"waived", "moved", "task_done"}:
            event["key"] = draw(st.sampled_from(_KEYS))
        if kind == "moved":
            event["to"] = draw(_after(start, -60, days))
        if kind == "vaccinated":
            event |= {"vaccine": "any", "live": draw(st.booleans())}
        events.append(event)
    return events


@st.composite
def _tofersen_doses(draw: st.DrawFn, start: dt.date) -> list[History]:
    gaps = draw(st.lists(st.one_of(st.sampled_from((14, 28)), st.integers(0, 70)), max_size=9))
    day, doses = start + dt.timedelta(days=draw(st.sampled_from((0, 0, 0, -5, 9)))), []
    for gap in gaps:
        doses.append({"on": iso(day)})
        day += dt.timedelta(days=gap)
    return doses


@st.composite
def _infusions(draw: st.DrawFn, start: dt.date) -> list[History]:
    """0 to 3 courses, complete or not, consecutive or not; now and then an infusion that fits nowhere."""
    infusions, first = [], start + dt.timedelta(days=draw(st.sampled_from((0, 0, 7, -3))))
    for course in range(1, draw(st.integers(0, 3)) + 1):
        day = first
        for number in range(1, draw(st.integers(1, 5 if course == 1 else 3)) + 1):
            infusions.append({"on": iso(day), "course": course, "day": number})
            day += dt.timedelta(days=draw(st.sampled_from((1, 1, 1, 1, 4, 0))))
        first = day + dt.timedelta(days=draw(st.one_of(st.integers(360, 500), st.integers(20, 360))))
    if draw(st.integers(0, 9)) == 0:
        stray = {"course": draw(st.integers(1, 6)), "day": draw(st.integers(1, 5))}
        infusions.append({"on": draw(_after(start, -30, 900)), **stray})
    return infusions


@st.composite
def histories(draw: st.DrawFn, protocol: str | None = None, *, eventful: bool = True) -> History:
    """One history with `on`; facts lie before and after that day."""
    name = protocol or draw(st.sampled_from(("tofersen", "alemtuzumab")))
    start = draw(st.dates(dt.date(2024, 1, 1), dt.date(2028, 3, 1)))
    days = 400 if name == "tofersen" else 1800
    streams = draw(
        st.lists(st.sampled_from(_TOFERSEN_STREAMS if name == "tofersen" else _ALEMTUZUMAB_STREAMS), max_size=8)
    )
    results: list[History] = []
    assessments: list[History] = []
    for stream in streams:
        on = draw(_after(start, -35, days))
        if stream in PANELS:
            results += draw(panel_rows(stream, on))
        else:
            assessments += scale_rows(stream, on)
    history: History = {
        "protocol": name,
        "profile": draw(st.sampled_from(("eu", "eu", "us"))),
        "patient": draw(_persons()),
        "started_on": iso(start),
        "administrations": draw(_tofersen_doses(start) if name == "tofersen" else _infusions(start)),
        "results": results,
        "assessments": assessments,
        "events": draw(_events(start, days)) if eventful else [],
        "on": draw(_after(start, -40, days + 200)),
    }
    if name == "alemtuzumab" and draw(st.booleans()):
        history["planned_courses"] = [{"course": draw(st.integers(2, 5)), "starts_on": draw(_after(start, 200, 1500))}]
    return history
