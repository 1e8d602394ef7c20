"""How many histories a second the whole `monitor simulate` answers, reading and printing included, in what memory.

Beside it, in the same run: a plain script that reads the same file and writes the same answers with the standard json
module and does nothing else. Usage: `python benchmarks/simulate_throughput.py [histories]`, 10,000 by default.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))  # so that it also runs as a file

from benchmarks.mix import write_mix  # noqa: E402

GOAL = 600
# The floor's script reads each history, finds its answer ready made, and writes it: the cost of JSON alone.
FLOOR = """
import json, sys
with open(sys.argv[1], encoding="utf-8") as histories, open(sys.argv[2], encoding="utf-8") as answers:
    for history, answer in zip(histories, answers):
        json.loads(history)
        sys.stdout.write(json.dumps(json.loads(answer)) + "\\n")
"""
MEASURE = """
import resource, subprocess, sys, time
begun = time.perf_counter()
with open(sys.argv[1], "wb") as out:
    subprocess.run(sys.argv[2:], stdout=out, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


class Cost(NamedTuple):
    """What a command took: by the clock on the wall, of the processors, and the largest of its processes."""

    seconds: float
    processor_seconds: float
    kibibytes: int


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        histories, answers = Path(folder, "histories.jsonl"), Path(folder, "answers.jsonl")
        write_mix(histories, count=count)
        monitor = [sys.executable, "-m", "monitor", "simulate", str(histories)]
        floor = [sys.executable, "-c", FLOOR, str(histories), str(answers)]
        costs = {
            "simulate --json": cost([*monitor, "--json"], out=answers),
            "simulate, to read": cost(monitor, out=Path(os.devnull)),
            "standard json only": cost(floor, out=Path(os.devnull)),
        }
        megabytes = histories.stat().st_size / 1e6, answers.stat().st_size / 1e6
    print(f"{count} histories, {megabytes[0]:.0f} MB in, {megabytes[1]:.0f} MB out, {processors()} processors")
    for name, one in costs.items():
        rate, each = count / one.seconds, one.processor_seconds / count * 1e3
        mebibytes = one.kibibytes / 1024
        print(f"{name:<19} {rate:6.0f} a second  {each:5.2f} ms of processor each  {mebibytes:3.0f} MiB at most")
    ours, json_only = costs["simulate --json"], costs["standard json only"]
    print(f"goal: at least {GOAL} a second on two quiet cores; the floor computes nothing and runs in one process")
    print(f"ratio: simulate --json takes {ours.seconds / json_only.seconds:.2f} times the floor by the clock,")
    print(f"       {ours.processor_seconds / json_only.processor_seconds:.2f} times by processor time")


def cost(command: list[str], *, out: Path) -> Cost:
    measure = [sys.executable, "-c", MEASURE, str(out), *command]
    done = subprocess.run(measure, check=True, capture_output=True, cwd=HERE.parent)
    seconds, processor_seconds, kibibytes = done.stdout.split()
    return Cost(float(seconds), float(processor_seconds), int(kibibytes))


def processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
