"""What the laboratories of the demonstration print: ordinary values, in the units of a French laboratory sheet."""

from __future__ import annotations

from monitor.actions.record_panel import PanelValue

Sheet = tuple[PanelValue, ...]


def _sheet(*lines: tuple[str, str, str | None]) -> Sheet:
    return tuple(PanelValue(analyte=analyte, value=value, unit=unit) for analyte, value, unit in lines)


def blood_count(turn: int) -> Sheet:
    """A blood count with differential; `turn` makes one differ a little from the next."""
    return _sheet(
        ("leukocytes", f"{5 + turn % 3}.{(turn * 7) % 10}", "G/L"),
        ("neutrophils", f"3.{(turn * 3) % 10}", "G/L"),
        ("lymphocytes", f"1.{(turn * 5) % 10}", "G/L"),
        ("haemoglobin", f"13{'.' + str((turn * 3) % 10)}", "g/dL"),
        ("platelets", str(210 + (turn * 17) % 60), "G/L"),
    )


def platelets(turn: int) -> Sheet:
    """The count on a day of infusion."""
    return _sheet(("platelets", str(205 + (turn * 11) % 40), "G/L"))


def monthly(turn: int) -> Sheet:
    """Blood, urine and liver, as every month after alemtuzumab."""
    return blood_count(turn) + _sheet(
        ("creatinine", str(68 + (turn * 5) % 14), "µmol/L"),
        ("alt", str(19 + (turn * 7) % 12), "UI/L"),
        ("ast", str(21 + (turn * 3) % 9), "UI/L"),
        ("bilirubin_total", str(7 + turn % 5), "µmol/L"),
        ("urine_blood_strip", "neg", None),
        ("urine_protein_strip", "neg", None),
    )


def thyroid(turn: int) -> Sheet:
    return _sheet(("tsh", f"1.{4 + turn % 5}", "mUI/L"))


def before_the_puncture(turn: int) -> Sheet:
    """What must be known before a lumbar puncture."""
    return blood_count(turn) + _sheet(("inr", f"1.0{turn % 8}", None), ("aptt_ratio", f"1.0{(turn * 3) % 10}", None))


def spinal_fluid(turn: int) -> Sheet:
    return _sheet(
        ("csf_leukocytes", str(1 + turn % 3), "/mm3"),
        ("csf_erythrocytes", str((turn * 2) % 6), "/mm3"),
        ("csf_protein", f"0.4{turn % 8}", "g/L"),
        ("csf_glucose", f"3.{3 + turn % 4}", "mmol/L"),
    )


def quarterly(turn: int) -> Sheet:
    """What is asked every three months under tofersen."""
    return _sheet(
        ("creatinine", str(62 + (turn * 5) % 12), "µmol/L"),
        ("ck", str(140 + (turn * 23) % 70), "UI/L"),
        ("urine_protein_strip", "neg", None),
        ("nfl_plasma", str(92 - 6 * min(turn, 9)), "pg/mL"),
    )
