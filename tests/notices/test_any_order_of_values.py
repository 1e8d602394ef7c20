"""The same values in any order, corrected, retracted and repeated, give rise to the same alerts (H06, H07, G7)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from monitor.catalog import load_catalog
from monitor.catalog.catalog import Catalog
from monitor.labs.judge import judge
from monitor.labs.measured import measure
from monitor.labs.values import Value
from monitor.protocols.judged import NO_SIGNS, Judged, judged
from monitor.protocols.readings import reading
from monitor.schedules.facts import Administration, History, Person, Reading, Sex, Status
from monitor.terms import Level

FIRST = dt.date(2026, 3, 6)
ON = dt.date(2026, 9, 1)
ANALYTES = {
    "platelets": st.sampled_from(
        ["20", "49", "50", "98", "104", "118", "149", "150", "212", "248", "420", "3500", "<50"]
    ),
    "creatinine": st.sampled_from(["70", "78", "90", "101.4", "104", "140"]),
    "urine_rbc": st.sampled_from(["0", "10", "11", "200"]),
    "tsh": st.sampled_from(["0.01", "0.4", "2.1", "4.0", "6.5"]),
}


@cache
def catalog() -> Catalog:
    return load_catalog()


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it was filed; its place in the story is its name."""

    analyte: str
    value: str
    day: int
    status: Status
    replaces: int | None


@st.composite
def stories(draw: st.DrawFn) -> list[Row]:
    """Rows as people file them: each of them new, or the correction or retraction of one that nobody replaced yet."""
    rows: list[Row] = []
    for _ in range(draw(st.integers(1, 9))):
        replaced = {row.replaces for row in rows}
        standing = [
            place
            for place, row in enumerate(rows)
            if place not in replaced and row.status is not Status.ENTERED_IN_ERROR
        ]
        if standing and draw(st.integers(0, 2)) == 0:
            place = draw(st.sampled_from(standing))
            status = draw(st.sampled_from([Status.CORRECTED, Status.ENTERED_IN_ERROR]))
            old = rows[place]
            rows.append(Row(old.analyte, draw(ANALYTES[old.analyte]), old.day, status, place))
        else:
            analyte = draw(st.sampled_from(sorted(ANALYTES)))
            status = draw(st.sampled_from([Status.FINAL, Status.FINAL, Status.PRELIMINARY]))
            rows.append(Row(analyte, draw(ANALYTES[analyte]), draw(st.integers(0, 6)), status, None))
    return rows


def read(place: int, row: Row) -> Reading:
    analyte = catalog().dictionary.find(row.analyte)
    assert analyte is not None
    day = FIRST + dt.timedelta(days=20 * row.day)
    made = measure(
        analyte, value=row.value, unit=analyte.unit, collected_on=day,
        is_final=row.status is not Status.PRELIMINARY, ref=str(place),
    )  # fmt: skip
    assert made is not None
    replaces = None if row.replaces is None else str(row.replaces)
    return reading(row.analyte, made, collected_on=day, status=row.status, row=str(place), replaces=replaces)


def asked(readings: list[Reading]) -> Judged:
    history = History(
        person=Person(sex=Sex.FEMALE, birth_date=dt.date(1990, 4, 2)),
        started_on=dt.date(2026, 3, 2),
        administrations=tuple(Administration(dt.date(2026, 3, 1 + day), 1, day) for day in range(1, 6)),
        readings=tuple(readings),
    )
    return judged(catalog().basis("alemtuzumab", "eu", country="FR"), history, on=ON, until=ON, signs=NO_SIGNS)


def told(answer: Judged) -> list[tuple[str, Level, dt.date, str]]:
    return [(one.alert.topic, one.alert.level, one.alert.since, one.alert.because) for one in answer.results]


@given(rows=stories(), data=st.data())
def test_h06_h07_no_order_of_arrival_changes_an_alert(rows: list[Row], data: st.DataObject) -> None:
    readings = [read(place, row) for place, row in enumerate(rows)]
    shuffled = data.draw(st.permutations(readings))

    first, second = asked(readings), asked(shuffled)

    assert told(first) == told(second)
    assert first.repeats.items == second.repeats.items


@given(rows=stories(), data=st.data())
def test_h05_what_is_sent_twice_alerts_as_once(rows: list[Row], data: st.DataObject) -> None:
    readings = [read(place, row) for place, row in enumerate(rows)]
    repeated = data.draw(st.lists(st.sampled_from(readings), max_size=4))

    assert told(asked([*readings, *repeated])) == told(asked(readings))


@given(rows=stories())
def test_an_alert_holds_until_a_later_usable_value_does_not_show_it(rows: list[Row]) -> None:
    """The rule of the contract, worked out the long way: every value against every later one."""
    answer = asked([read(place, row) for place, row in enumerate(rows)])
    subject = answer.subject
    values = [value for name in ANALYTES for value in subject.chart.of(name)]

    def shows(value: Value, rule: str) -> bool:
        return any(finding.rule == rule for finding in judge(value, subject))

    def has_ended(value: Value) -> bool:
        later = (one for one in values if one.analyte == value.analyte and one.collected_on > value.collected_on)
        return any(one.is_usable for one in later)

    expected = {
        f"result:{finding.rule}"
        for value in values
        if not has_ended(value)
        for finding in judge(value, subject)
        if finding.level is not Level.INFO
    }
    assert {one.alert.topic for one in answer.results} == expected
    for one in answer.results:
        first = [value for value in values if value.collected_on == one.alert.since]
        assert any(shows(value, one.finding.rule) for value in first)
