"""What the laboratories print: one patient's usual values with everyday scatter, now and then one out of range."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from monitor.cli.cohort.story import Line, Sheet

_OUT_OF_RANGE = 0.004  # of all values: enough to be met, rare enough to be an exception


@dataclass(frozen=True, slots=True)
class Body:
    """The values around which one patient's results scatter, in the units of a French sheet."""

    platelets: float
    leukocytes: float
    haemoglobin: float
    creatinine: float
    alt: float
    tsh: float
    ck: float
    nfl: float
    weight: float
    alsfrs_r: float
    vital_capacity: float


def some_body(dice: Random) -> Body:
    """A body for a new patient."""
    return Body(
        platelets=dice.uniform(190, 330),
        leukocytes=dice.uniform(4.6, 8.4),
        haemoglobin=dice.uniform(12.6, 15.4),
        creatinine=dice.uniform(56, 92),
        alt=dice.uniform(14, 32),
        tsh=dice.uniform(0.9, 2.8),
        ck=dice.uniform(90, 330),
        nfl=dice.uniform(40, 130),
        weight=dice.uniform(52, 94),
        alsfrs_r=dice.uniform(31, 44),
        vital_capacity=dice.uniform(68, 104),
    )


def blood_count(dice: Random, body: Body, *, depleted: float = 0.0) -> Sheet:
    """A blood count with differential; `depleted` by how much lymphocytes fell after an infusion, from 0 to 1."""
    leukocytes = max(1.8, _near(dice, body.leukocytes, 0.12) - 1.6 * depleted)
    lymphocytes = max(0.1, leukocytes * dice.uniform(0.24, 0.34) * (1 - 0.8 * depleted))
    neutrophils = max(1.6, leukocytes * dice.uniform(0.55, 0.66))
    return (
        ("leukocytes", f"{max(leukocytes, lymphocytes + neutrophils + 0.2):.1f}", "G/L"),
        ("neutrophils", f"{neutrophils:.1f}", "G/L"),
        ("lymphocytes", f"{lymphocytes:.1f}", "G/L"),
        ("haemoglobin", f"{_near(dice, body.haemoglobin, 0.03):.1f}", "g/dL"),
        platelets(dice, body),
    )


def platelets(dice: Random, body: Body) -> Line:
    low = dice.random() < _OUT_OF_RANGE
    return "platelets", f"{dice.uniform(72, 140) if low else _near(dice, body.platelets, 0.08):.0f}", "G/L"


def monthly(dice: Random, body: Body, *, depleted: float) -> Sheet:
    """Blood, urine and liver, as every month after alemtuzumab."""
    alt = dice.uniform(60, 140) if dice.random() < _OUT_OF_RANGE else _near(dice, body.alt, 0.2)
    return (
        *blood_count(dice, body, depleted=depleted),
        ("creatinine", f"{_near(dice, body.creatinine, 0.06):.0f}", "µmol/L"),
        ("alt", f"{alt:.0f}", "UI/L"),
        ("ast", f"{alt * dice.uniform(0.8, 1.1):.0f}", "UI/L"),
        ("bilirubin_total", f"{dice.uniform(5, 14):.0f}", "µmol/L"),
        _strip(dice, "urine_blood_strip"),
        _strip(dice, "urine_protein_strip"),
    )


def thyroid(dice: Random, body: Body) -> Sheet:
    is_out = dice.random() < 10 * _OUT_OF_RANGE  # the thyroid is what alemtuzumab harms most often
    value = dice.choice((dice.uniform(0.01, 0.2), dice.uniform(6, 19))) if is_out else _near(dice, body.tsh, 0.15)
    return (("tsh", f"{value:.2f}", "mUI/L"),)


def before_the_puncture(dice: Random, body: Body) -> Sheet:
    """What must be known before a lumbar puncture."""
    return (
        *blood_count(dice, body),
        ("inr", f"{dice.uniform(0.95, 1.12):.2f}", None),
        ("aptt_ratio", f"{dice.uniform(0.92, 1.1):.2f}", None),
    )


def spinal_fluid(dice: Random) -> Sheet:
    return (
        ("csf_leukocytes", f"{dice.choice((0, 1, 1, 2, 2, 3, 4, 7)):d}", "/mm3"),
        ("csf_erythrocytes", f"{dice.choice((0, 0, 1, 2, 4, 9, 60)):d}", "/mm3"),
        ("csf_protein", f"{dice.uniform(0.28, 0.62):.2f}", "g/L"),
        ("csf_glucose", f"{dice.uniform(2.9, 3.9):.1f}", "mmol/L"),
    )


def quarterly(dice: Random, body: Body, *, turn: int) -> Sheet:
    """What is asked every three months under tofersen; neurofilament falls from turn to turn."""
    return (
        ("creatinine", f"{_near(dice, body.creatinine, 0.06):.0f}", "µmol/L"),
        ("ck", f"{_near(dice, body.ck, 0.2):.0f}", "UI/L"),
        _strip(dice, "urine_protein_strip"),
        ("nfl_plasma", f"{body.nfl * max(0.35, 0.93**turn) * dice.uniform(0.95, 1.05):.1f}", "pg/mL"),
    )


def alsfrs_r_of(body: Body, *, turn: int) -> tuple[int, ...]:
    """The twelve scores of a quarter: function is lost slowly, speech and breath last."""
    total = round(max(6, body.alsfrs_r - 0.6 * turn))
    score, rest = divmod(total, 12)
    first_lost = (7, 8, 5, 4, 6, 3, 2, 1, 0, 9, 10, 11)
    kept = set(first_lost[12 - rest :])
    return tuple(score + (place in kept) for place in range(12))


def vital_capacity_of(body: Body, *, turn: int) -> dict[str, str]:
    """Slow and forced, in percent of what is expected."""
    return {
        "svc": f"{max(20, body.vital_capacity - 0.9 * turn):.0f}",
        "fvc": f"{max(20, body.vital_capacity - 1.5 - 0.9 * turn):.0f}",
    }


def status_of(body: Body, *, turn: int) -> dict[str, str]:
    """Weight and the three status scales of a dose."""
    score = body.alsfrs_r - 0.2 * turn
    return {
        "weight": f"{body.weight - 0.1 * turn:.1f}",
        "respiratory_status": "0" if score > 33 else "1",
        "nutritional_status": "0" if score > 31 else "1",
        "ambulatory_status": "0" if score > 42 else "1" if score > 34 else "2",
    }


def _near(dice: Random, usual: float, spread: float) -> float:
    return usual * dice.uniform(1 - spread, 1 + spread)


def _strip(dice: Random, analyte: str) -> Line:
    return analyte, "trace" if dice.random() < 2 * _OUT_OF_RANGE else "neg", None
