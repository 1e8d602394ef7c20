"""How long judging one value takes, and how many lines a second the whole `monitor labs evaluate` answers.

One value: read, converted, placed in its range, graded, and asked by every rule of the protocol, against a previous
value. The floor multiplies and compares as often as a hand-written rule for platelets would. For the command the floor
is a script that reads the same file and writes the same answers with the standard json module.
Usage: `python benchmarks/judging.py [lines]`, 100,000 by default.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))  # so that it also runs as a file

from benchmarks.simulate_throughput import FLOOR, cost, processors  # noqa: E402
from monitor.catalog import load_catalog  # noqa: E402
from monitor.labs.analyte import Analyte  # noqa: E402
from monitor.labs.chart import chart_of  # noqa: E402
from monitor.labs.judge import judge  # noqa: E402
from monitor.labs.quantities import Quantity, read  # noqa: E402
from monitor.labs.subject import Subject  # noqa: E402
from monitor.labs.values import Value  # noqa: E402
from monitor.labs.verdict import verdict  # noqa: E402

GOAL_MICROSECONDS, GOAL_LINES = 20, 5_000
_ROUNDS, _BATCH = 200, 100
_THIS_DAY, _DAY_BEFORE = dt.date(2026, 6, 2), dt.date(2026, 5, 2)
_MIX = (
    ("platelets", 40, 420, "G/L"), ("alt", 5, 300, "U/L"), ("creatinine", 4, 20, "mg/L"), ("tsh", 0, 9, "mUI/L"),
    ("neutrophils", 0, 8, "10*9/L"), ("lymphocytes", 0, 4, "10*9/L"), ("bilirubin_total", 2, 40, "umol/L"),
    ("haemoglobin", 7, 17, "g/dL"), ("csf_leukocytes", 0, 40, "/mm3"), ("upcr", 5, 400, "mg/g"),
)  # fmt: skip


def main(lines: int) -> None:
    ours, floor = median_microseconds()
    print(f"one value, {_ROUNDS} rounds of {_BATCH} different ones, medians")
    print(f"{'judged':<20} {ours:8.2f} us")
    print(f"{'bare comparisons':<20} {floor:8.2f} us")
    print(f"goal: at most {GOAL_MICROSECONDS} us; ratio: {ours / floor:.1f} times bare comparisons")
    evaluate_file(lines)


def median_microseconds() -> tuple[float, float]:
    """Of judging a platelet count, and of the floor, in turns."""
    catalog = load_catalog()
    analyte = next(one for one in catalog.dictionary.analytes if one.id == "platelets")
    rules = catalog.protocol("alemtuzumab").rulebook_for("eu")
    previous = Value(analyte.id, quantity_of(analyte, "248"), _DAY_BEFORE)

    def judged(text: str) -> int:
        value = Value(analyte.id, quantity_of(analyte, text), _THIS_DAY)
        subject = Subject(catalog.dictionary, chart_of((previous, value)), rules, "female", age=Decimal(38))
        return len(judge(value, subject)) + verdict(analyte, value, subject).range.value.count("w")

    dice, taken = random.Random(7), {judged: list[float](), bare: list[float]()}
    for _ in range(_ROUNDS):
        texts = [f"{dice.uniform(20, 400):.3f}" for _ in range(_BATCH)]  # none is remembered from before
        for work, times in taken.items():
            times.append(seconds(work, texts) / _BATCH)
    ours, floor = (statistics.median(times) * 1e6 for times in taken.values())
    return ours, floor


def quantity_of(analyte: Analyte, text: str) -> Quantity:
    found = read(analyte, value=text, unit="G/L")
    if not isinstance(found, Quantity):
        raise TypeError(found.reason)
    return found


def bare(text: str) -> int:
    """What a rule for one analyte, written by hand, could not do without."""
    number = Decimal(text) * Decimal(1)
    fell = (number - 248) * 100 / 248 <= -50
    return (number < 50) + (number < 100) + (number < 150) + (number < 150 or number > 400) + (number < 75) + fell


def seconds(work: Callable[[str], int], texts: list[str]) -> float:
    begun = time.perf_counter()
    for text in texts:
        work(text)
    return time.perf_counter() - begun


def evaluate_file(lines: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        values, answers = Path(folder, "values.jsonl"), Path(folder, "answers.jsonl")
        values.write_text("".join(f"{json.dumps(value)}\n" for value in mix(lines)), encoding="utf-8")
        monitor = [sys.executable, "-m", "monitor", "labs", "evaluate", str(values)]
        floor = [sys.executable, "-c", FLOOR, str(values), str(answers)]
        costs = {
            "labs evaluate --json": cost([*monitor, "--json"], out=answers),
            "labs evaluate, read": cost(monitor, out=Path(os.devnull)),
            "standard json only": cost(floor, out=Path(os.devnull)),
        }
    print(f"{lines} lines, {processors()} processors, the whole command")
    for name, one in costs.items():
        each = one.processor_seconds / lines * 1e6
        print(f"{name:<20} {lines / one.seconds:7.0f} a second {each:6.0f} us of processor each "
              f"{one.kibibytes / 1024:4.0f} MiB at most")  # fmt: skip
    ours, json_only = costs["labs evaluate --json"], costs["standard json only"]
    print(f"goal: at least {GOAL_LINES} a second; labs evaluate --json takes {ours.seconds / json_only.seconds:.2f}")
    print("times the floor by the clock; the floor computes nothing and runs in one process")


def mix(count: int, *, seed: int = 7) -> Iterator[dict[str, Any]]:
    """Values of ten analytes in turn, most with earlier ones, half with the laboratory's limits; the same each time."""
    dice = random.Random(seed)
    for number in range(count):
        analyte, low, high, unit = _MIX[number % len(_MIX)]
        value: dict[str, Any] = {
            "analyte": analyte, "value": f"{dice.uniform(low, high):.2f}", "unit": unit, "sex": "female", "age": 38,
            "protocol": "tofersen" if analyte == "csf_leukocytes" else "alemtuzumab", "collected_on": "2026-06-02",
        }  # fmt: skip
        if number % 2:
            value |= {"lower": f"{low + (high - low) / 4:.1f}", "upper": f"{high / 2:.1f}"}
        if number % 3:
            earlier = [{"value": f"{dice.uniform(low, high):.2f}", "unit": unit, "collected_on": day}
                       for day in ("2026-05-02", "2026-04-02")]  # fmt: skip
            value |= {"previous": earlier, "baseline": {"value": f"{dice.uniform(low, high):.2f}", "unit": unit}}
        yield value


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
