"""A reviewer reads all that a protocol asks for: every member, numbers with units, analytes by their names (H13)."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from monitor.catalog import load_catalog
from monitor.catalog.protocol_file import read_protocol
from monitor.labs.analyte import Dictionary
from monitor.labs.gates import Asked, Gate, GateReading
from monitor.labs.thresholds import Bounds, Change, Condition, Repeat, Rungs, Sign, Threshold, With
from monitor.protocols.description import describe
from monitor.protocols.protocol import Protocol
from monitor.spans import Span
from monitor.terms import Level
from tests.protocol_files import INVENTED
from tests.protocols.every_change import changed, spelled, ways

CATALOG = load_catalog()
NOTHING = Dictionary(analytes=(), scales=())
A_DAY = Span(days=1)
BOUNDS = Bounds(above=Decimal(1), at_least=Decimal(2), below=Decimal(9), at_most=Decimal(8))
EVERYTHING = Condition(
    bounds=BOUNDS, uln=BOUNDS, lln=BOUNDS, outside="above", step_at_least="neg", step_at_most="pos",
    change=Change("fall", "previous", percent=Decimal(5), amount=Decimal(6), times=Decimal(7), within=A_DAY),
    sustained=A_DAY, ratio_to="glu", ratio=BOUNDS,
)  # fmt: skip
OTHER = With(("k",), EVERYTHING, within=A_DAY)
FULL = Threshold(
    rule="full.rule", analytes=("creatinine",), level=Level.SOON, when=(EVERYTHING,), action="do this",
    clears="that", source="policy", us_source="policy", profile="eu", sex="male", not_when=(EVERYTHING,),
    together=((OTHER,),), signs=Sign(("fever",), A_DAY), consecutive=2, spacing=A_DAY, unless=(OTHER,),
    repeat=Repeat(A_DAY, 3, Rungs(nurse=1, neurologist=2, critical=3), reminders=(-2, 0)),
)  # fmt: skip
VALUES = Gate(
    id="values", title="values", source="policy", us_source="policy", profile="eu", sex="female",
    unless_childbearing_potential_is=False, readings=(GateReading("creatinine", EVERYTHING, EVERYTHING),),
    asks=(Asked("commitment", ("signed",), ("refused",)),), max_age=A_DAY, max_age_if_normal=Span(days=2),
    consecutive=2, spacing=A_DAY,
)  # fmt: skip
CALENDAR = Gate(id="calendar", title="calendar", source="policy", calendar="suspended", shut="it is suspended")
DRAFT = msgspec.structs.replace(
    read_protocol(INVENTED),
    thresholds=(FULL,),
    gates=(VALUES, CALENDAR),
    signs=CATALOG.protocol("alemtuzumab").signs,
    timers=CATALOG.protocol("alemtuzumab").timers,
)
NEVER_ASKED = {  # what has no meaning beside the rest of its gate
    *(f"gates[calendar].{name}" for name in ("missing", "stale", "spacing", "max_age_if_normal")),
    "gates[values].shut",
}


def told(protocol: Protocol, dictionary: Dictionary = CATALOG.dictionary) -> str:
    lines = [line for section in describe(protocol, dictionary) for block in section.blocks for line in block.lines]
    return "\n".join(f"{line.label}: {line.text}" for line in lines)


@pytest.mark.parametrize("part", ["thresholds", "gates", "signs", "timers"])
def test_h13_no_member_of_a_rule_is_left_out(part: str) -> None:
    """Each member of each structure in turn, also those that the vocabulary will have one day."""
    before = describe(DRAFT, CATALOG.dictionary)
    silent = {
        spelled(DRAFT, way)
        for way in ways(DRAFT)
        if way[0] == part and describe(changed(DRAFT, way), CATALOG.dictionary) == before
    }

    assert silent - NEVER_ASKED == set()


def test_h13_every_number_of_a_rule_has_the_unit_of_the_dictionary() -> None:
    alemtuzumab, tofersen = (told(CATALOG.protocol(name)) for name in ("alemtuzumab", "tofersen"))

    assert "met: platelets at least 50 × 10⁹/L and below 100 × 10⁹/L\n" in alemtuzumab
    assert "met: haemoglobin below 100 g/L or fell by 20 g/L or more since the value before" in alemtuzumab
    assert "rose by 26.5 µmol/L or more since the value before within 2 days" in alemtuzumab
    assert "met: potassium above 6.5 mmol/L\n" in alemtuzumab
    assert "until the first CD4 T lymphocytes of at least 200 × 10⁶/L after it" in alemtuzumab
    assert "passes: platelets at least 100 × 10⁹/L\nblocks: platelets below 50 × 10⁹/L" in tofersen
    assert "passes: INR at most 1.4\n" in tofersen
    assert "passes: beta-hCG below 5 IU/L\n" in tofersen
    assert "met: protein in CSF above 1.0 g/L or rose by a factor of 2 or more since the value before" in tofersen


def test_a_test_of_two_steps_is_one_or_the_other() -> None:
    alemtuzumab = told(CATALOG.protocol("alemtuzumab"))

    assert "unless: menstruation on the day of the sample is yes (the same day)" in alemtuzumab
    assert "passes: urine pregnancy test is neg\nblocks: urine pregnancy test is pos" in alemtuzumab
    assert "met: urine protein, strip is 1+ or more" in alemtuzumab


def test_analytes_of_different_units_are_told_apart() -> None:
    rule = msgspec.structs.replace(
        FULL, analytes=("alt", "ast", "k"), when=(Condition(bounds=Bounds(above=Decimal(9))),)
    )
    protocol = msgspec.structs.replace(DRAFT, thresholds=(rule,))

    assert (
        "met: alanine aminotransferase (ALT, SGPT) and aspartate aminotransferase (AST, SGOT) above 9 U/L\n"
        "met: potassium above 9 mmol/L\n" in told(protocol)
    )


def test_a_draft_that_names_what_nobody_knows_is_shown_all_the_same() -> None:
    assert "met: creatinine fell by 5 % and by 6 and by a factor of 7 or more" in told(DRAFT, NOTHING)


def test_it_tells_the_reminders_of_a_repeat_and_signs_that_call_one_by_one() -> None:
    alemtuzumab = told(CATALOG.protocol("alemtuzumab"))

    assert (
        "repeat: within 7 days, overdue after 1 day; nurse after 1 day, neurologist after 3 days; "
        "the patient is reminded 2 days before and on the due date; the first time only" in alemtuzumab
    )
    assert "noticed: belly pain with fever or belly pain with vomiting" in alemtuzumab
