"""The mix of histories on which `simulate` is measured: half tofersen, half alemtuzumab after one course or two.

Tofersen with 0 to 19 doses; alemtuzumab asked 100 days after course 1; alemtuzumab with two courses and five years of
monthly panels. The same number gives the same histories.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from monitor.spans import add_months

Fact = dict[str, Any]
_DAY = dt.timedelta(days=1)
_WITH_DOSE = (
    ("csf_leukocytes", "3", "10*6/L"),
    ("csf_erythrocytes", "2", "10*6/L"),
    ("csf_protein", "0.4", "g/L"),
    ("csf_glucose", "3.1", "mmol/L"),
    ("inr", "1.1", None),
)


def histories(count: int, *, seed: int = 7) -> Iterator[Fact]:
    """`count` histories of the mix, in turn."""
    dice = random.Random(seed)
    for number in range(count):
        turn = number % 4
        if turn < 2:
            yield _tofersen(dice, f"t-{number}")
        else:
            yield _alemtuzumab(dice, f"a-{number}", has_second_course=turn == 3)


def write_mix(path: Path, *, count: int) -> None:
    """Writes the mix as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        for history in histories(count):
            file.write(json.dumps(history) + "\n")


def _tofersen(dice: random.Random, name: str) -> Fact:
    start = dt.date(2024, 1, 1) + dice.randrange(300) * _DAY
    given: list[dt.date] = []
    following = start
    for _ in range(dice.randrange(20)):
        given.append(following)
        following += ((14 if len(given) < 3 else 28) + dice.choice([0, 0, 0, 1, 3])) * _DAY
    results = [
        _result(analyte, value, unit, day)
        for day in given
        for analyte, value, unit in (*_WITH_DOSE, ("platelets", str(dice.randrange(150, 400)), "10*9/L"))
    ]
    return {
        "id": name,
        "protocol": "tofersen",
        "patient": {"sex": "male", "birth_date": "1970-01-01"},
        "started_on": str(start),
        "administrations": [{"on": str(day)} for day in given],
        "results": results,
        "assessments": [{"scale": "weight", "value": "70", "on": str(day)} for day in given],
        "on": str((given[-1] if given else start) + dice.randrange(30) * _DAY),
    }


def _alemtuzumab(dice: random.Random, name: str, *, has_second_course: bool) -> Fact:
    start = dt.date(2020, 3, 2) + 7 * dice.randrange(40) * _DAY
    given = _course(1, start, days=5)
    last = start + 4 * _DAY
    if has_second_course:
        panels = [_panel(dice, add_months(last, month), month) for month in range(1, 12)]
        second = add_months(last, 12)
        second += -second.weekday() % 7 * _DAY
        given += _course(2, second, days=3)
        last = second + 2 * _DAY
        panels += [_panel(dice, add_months(last, month), month) for month in range(1, 49)]
        on = add_months(last, 48)
    else:
        panels = [_panel(dice, add_months(last, month), month) for month in range(1, 4)]
        on = last + 100 * _DAY
    return {
        "id": name,
        "protocol": "alemtuzumab",
        "patient": {"sex": dice.choice(["female", "male"]), "birth_date": "1985-01-01"},
        "started_on": str(start),
        "administrations": given,
        "results": [row for panel in panels for row in panel],
        "on": str(on),
    }


def _course(number: int, start: dt.date, *, days: int) -> list[Fact]:
    return [{"on": str(start + day * _DAY), "course": number, "day": day + 1} for day in range(days)]


def _panel(dice: random.Random, day: dt.date, month: int) -> list[Fact]:
    rows = [
        ("platelets", str(dice.randrange(150, 400)), "10*9/L"),
        ("haemoglobin", str(dice.randrange(120, 160)), "g/L"),
        ("leukocytes", "5.5", "G/L"),
        ("neutrophils", "3.1", "G/L"),
        ("lymphocytes", "1.2", "G/L"),
        ("creatinine", str(dice.randrange(50, 100)), "umol/L"),
        ("urine_blood_strip", "neg", None),
        ("urine_protein_strip", "neg", None),
        ("alt", str(dice.randrange(10, 50)), "U/L"),
        ("ast", "22", "U/L"),
        ("bilirubin_total", "9", "umol/L"),
        *([("tsh", "2.1", "m[IU]/L")] if month % 3 == 0 else []),
    ]
    return [_result(analyte, value, unit, day) for analyte, value, unit in rows]


def _result(analyte: str, value: str, unit: str | None, day: dt.date) -> Fact:
    row = {"analyte": analyte, "value": value, "collected_on": str(day), "status": "final"}
    return row if unit is None else {**row, "unit": unit}


if __name__ == "__main__":
    if len(sys.argv) == 3:
        write_mix(Path(sys.argv[1]), count=int(sys.argv[2]))
    else:
        print("makes histories for the other benchmarks; to keep some: python -m benchmarks.mix FILE COUNT")
