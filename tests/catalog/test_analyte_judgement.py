"""What the dictionary says of good and bad values is refused where it contradicts itself, and the place is named."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monitor.catalog.analyte_file import parse_analytes
from monitor.catalog.analyte_judgement import WrongAnalyteFile
from monitor.labs.analyte import Delta, Interval, Slip

GOOD = """
[spellings]
"g/L" = []
"g/dL" = []
"mg/dL" = []

[levels.strip]
neg = []
"1+" = []
"2+" = []

[[analyte]]
id = "haemoglobin"
code = "HGB"
name_en = "Haemoglobin"
name_fr = "Hémoglobine"
loinc = []
unit = "g/L"
factors = { "g/dL" = "10" }
limits = ["20", "260"]
intervals = [{ sex = "male", low = "130", high = "170" }, { sex = "female", low = "120", high = "160" }]
grades = [
  { grade = 1, lln = { below = "1" } },
  { grade = 2, bounds = { below = "100" } },
  { grade = 3, bounds = { below = "80" } },
]
slips = [{ low = "5", high = "20", unit = "g/dL" }]
delta = { direction = "fall", amount = { at_least = "20" }, within_days = 30 }
shows_times_uln = true

[[analyte]]
id = "strip"
code = "STRIP"
name_en = "Strip"
name_fr = "Bandelette"
loinc = []
levels = "strip"
grades = [{ grade = 1, step_at_least = "1+" }, { grade = 2, step_at_least = "2+" }]
delta = { steps = { at_least = "2" } }

[[scale]]
id = "weight"
code = "WEIGHT"
name_en = "Weight"
name_fr = "Poids"
loinc = []
unit = "kg"
limits = ["25", "350"]
"""
MALE = 'sex = "male", low = "130", high = "170"'
FIRST_INTERVAL = "analyte haemoglobin.intervals[0]"
SECOND_GRADE = 'grade = 2, bounds = { below = "100" }'
THE_SLIP = 'slips = [{ low = "5", high = "20", unit = "g/dL" }]'
THE_DELTA = 'amount = { at_least = "20" }'

MISTAKES = (
    (MALE, 'sex = "male", low = "170", high = "130"', FIRST_INTERVAL, "not below"),
    (MALE, 'sex = "male", low = "130", high = "130"', FIRST_INTERVAL, "not below"),
    (MALE, 'sex = "male"', FIRST_INTERVAL, "no end"),
    (MALE, 'sex = "male", low = "19", high = "170"', FIRST_INTERVAL, "hard limits"),
    (MALE, 'sex = "male", low = "130", high = "261"', FIRST_INTERVAL, "hard limits"),
    (MALE, 'sex = "man", low = "130", high = "170"', f"{FIRST_INTERVAL}.sex", "Invalid enum value"),
    (MALE, 'sex = "male", low = "130", high = 170', f"{FIRST_INTERVAL}.high", "Expected `str"),
    (MALE, 'sex = "male", low = "-1", high = "170"', f"{FIRST_INTERVAL}.low", "regex"),
    (MALE, 'sex = "male", from_age = 17, low = "130", high = "170"', f"{FIRST_INTERVAL}.from_age", ">= 18"),
    (MALE, 'sex = "female", low = "130", high = "170"', "analyte haemoglobin.intervals", "the same people"),
    (MALE, 'low = "130", high = "170"', "analyte haemoglobin.intervals", "the same people"),
    (MALE, 'sex = "male", lowest = "130", high = "170"', FIRST_INTERVAL, "lowest"),
    (SECOND_GRADE, 'grade = 5, bounds = { below = "100" }', "analyte haemoglobin.grades[1].grade", "<= 4"),
    (SECOND_GRADE, 'grade = 2, bounds = { below = "79" }', "analyte haemoglobin.grades", "grades 2 and 3 overlap"),
    (SECOND_GRADE, 'grade = 2, bounds = { below = "80" }', "analyte haemoglobin.grades", "overlap"),
    (SECOND_GRADE, 'grade = 3, bounds = { below = "100" }', "analyte haemoglobin.grades", "grades 3 and 3 overlap"),
    (SECOND_GRADE, 'grade = 4, bounds = { below = "100" }', "analyte haemoglobin.grades", "grades 4 and 3 overlap"),
    (SECOND_GRADE, "grade = 2", "analyte haemoglobin.grades[1]", "exactly one of"),
    (SECOND_GRADE, "grade = 2, bounds = { }", "analyte haemoglobin.grades[1]", "exactly one of above"),
    (SECOND_GRADE, 'grade = 2, bounds = { below = "100", above = "1" }', "grades[1]", "exactly one of above"),
    (SECOND_GRADE, 'grade = 2, bounds = { below = "9" }, lln = { below = "1" }', "grades[1]", "exactly one"),
    (SECOND_GRADE, 'grade = 2, step_at_least = "1+"', "analyte haemoglobin.grades[1]", "steps are graded by steps"),
    ('grade = 1, step_at_least = "1+"', 'grade = 1, step_at_least = "5+"', "grades[0].step_at_least", "no such step"),
    ('grade = 1, step_at_least = "1+"', 'grade = 3, step_at_least = "1+"', "strip.grades", "grades 3 and 2 overlap"),
    ('grade = 1, step_at_least = "1+"', 'grade = 1, bounds = { above = "1" }', "analyte strip.grades[0]", "by steps"),
    (THE_SLIP, 'slips = [{ low = "20", high = "5", unit = "g/dL" }]', "analyte haemoglobin.slips[0]", "not below"),
    (THE_SLIP, 'slips = [{ low = "5", high = "20", unit = "mg/dL" }]', "haemoglobin.slips[0].unit", "has not"),
    (THE_SLIP, 'slips = [{ low = "5", high = "20", unit = "g/L" }]', "haemoglobin.slips[0].unit", "its own"),
    (THE_SLIP, 'slips = [{ low = "5", high = "20", unit = "G/L" }]', "haemoglobin.slips[0].unit", "has not"),
    (THE_SLIP, f'{THE_SLIP[:-1]}, {{ low = "20", high = "30", unit = "g/dL" }}]', "slips[1]", "two units"),
    (THE_DELTA, 'amount = { at_least = "0" }', "analyte haemoglobin.delta.amount", "every value"),
    (THE_DELTA, "amount = { }", "analyte haemoglobin.delta.amount", "exactly one of above, at_least"),
    (THE_DELTA, 'amount = { above = "1", at_least = "1" }', "haemoglobin.delta.amount", "exactly one of above"),
    (THE_DELTA, 'percent = { above = "101" }', "analyte haemoglobin.delta.percent", "none can"),
    (THE_DELTA, 'times = { above = "1" }', "analyte haemoglobin.delta.times", "every value"),
    (THE_DELTA, 'steps = { above = "1" }', "analyte haemoglobin.delta", "numbers by numbers"),
    (THE_DELTA, f'{THE_DELTA}, times = {{ above = "2" }}', "analyte haemoglobin.delta", "exactly one of percent"),
    (THE_DELTA, f'{THE_DELTA}, below = "19"', "analyte haemoglobin.delta.below", "hard limits"),
    ("within_days = 30", "within_days = 0", "analyte haemoglobin.delta.within_days", ">= 1"),
    ('direction = "fall"', 'direction = "down"', "analyte haemoglobin.delta.direction", "Invalid enum value"),
    ('steps = { at_least = "2" }', 'percent = { at_least = "50" }', "analyte strip.delta", "steps change by steps"),
    ('steps = { at_least = "2" }', 'steps = { at_least = "2" }, below = "1"', "analyte strip.delta", "steps"),
    ('levels = "strip"', 'levels = "strip"\nintervals = [{ high = "1" }]', "analyte strip.intervals", "no interval"),
    ('levels = "strip"', 'levels = "strip"\nnormal_up_to = "pale"', "analyte strip.normal_up_to", "no such step"),
    ('levels = "strip"', 'levels = "strip"\nnormal_up_to = "2+"', "analyte strip.normal_up_to", "none above it"),
    ('levels = "strip"', 'levels = "strip"\nshows_times_uln = true', "analyte strip.shows_times_uln", "needs one"),
)  # fmt: skip


def test_it_takes_what_makes_sense() -> None:
    haemoglobin, strip = parse_analytes(GOOD).analytes

    assert haemoglobin.intervals[1] == Interval(Decimal(120), Decimal(160), sex="female")
    assert [rule.grade for rule in haemoglobin.grades] == [3, 2, 1]
    assert haemoglobin.slips == (Slip(Decimal(5), Decimal(20), "g/dL"),)
    assert haemoglobin.delta == Delta("amount", Decimal(20), direction="fall", within_days=30)
    assert strip.delta == Delta("steps", Decimal(2))


@pytest.mark.parametrize(("good", "bad", "where", "what"), MISTAKES)
def test_it_says_where_the_mistake_stands(good: str, bad: str, where: str, what: str) -> None:
    assert GOOD.count(good) == 1

    with pytest.raises(WrongAnalyteFile) as refusal:
        parse_analytes(GOOD.replace(good, bad))

    assert where in str(refusal.value)
    assert what in str(refusal.value)


def test_it_takes_an_older_interval_beside_the_younger() -> None:
    older = f'{{ {MALE} }}, {{ sex = "male", from_age = 60, low = "125", high = "170" }}'

    found = parse_analytes(GOOD.replace(f"{{ {MALE} }}", older)).analytes[0]

    assert [interval.from_age for interval in found.intervals] == [0, 60, 0]


def test_it_refuses_a_grade_counted_from_a_limit_that_nobody_knows() -> None:
    one_sided = GOOD.replace('low = "130", ', "").replace('low = "120", ', "")

    with pytest.raises(WrongAnalyteFile, match=r"haemoglobin\.grades\[0\].*no interval gives"):
        parse_analytes(one_sided)
