"""What is printed on a sheet comes in as it is meant: never guessed, asked about where it looks odd, kept as it was."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from monitor.actions.check_panel import check_panel
from monitor.actions.record_panel import record_panel
from monitor.actions.register_patient import register_patient
from monitor.actions.sheet_line import PanelValue, RefusedValues
from monitor.actions.sheet_receipt import PanelReceipt
from monitor.labs.values import NotDone
from monitor.schedules.facts import Sex
from monitor.store.audit import AuditEntryRow
from tests.actions.acting import CBC, act, agenda, infuse_first_course, noted, open_alerts
from tests.actions.sheets import enter, refusals, rows, value
from tests.cast import TODAY, Cast, Stage

CLUMPED = PanelValue(analyte="platelets", unit="10*9/L", not_done="clumped")


@pytest.mark.parametrize("unit", (None, "", " ", "10*9", "thousands", "K", "g/L", "10*12/L"))
def test_h01_a_unit_that_is_missing_or_unknown_is_asked_for_and_never_guessed(
    stage: Stage, cast: Cast, unit: str | None
) -> None:
    assert list(refusals(stage, cast, value("platelets", "212", unit))) == ["values[0].unit"]


@pytest.mark.parametrize("unit", ("10*9/L", "G/L", "10^9/L", "x10*3/µL", "K/uL", "10\\S\\9/L"))
def test_h01_what_the_sheet_says_is_kept_beside_what_it_means(stage: Stage, cast: Cast, unit: str) -> None:
    enter(stage, cast, value("platelets", "212", unit, lower="150", upper="400"))
    (row,) = rows(stage)
    assert (row.value, row.unit, row.lower, row.upper, row.canonical) == ("212", unit, "150", "400", Decimal(212))


@pytest.mark.parametrize(
    ("analyte", "text", "unit", "meant"),
    (
        ("platelets", "212000", "10*9/L", "/uL"),
        ("haemoglobin", "13.2", "g/L", "g/dL"),
        ("creatinine", "0.9", "umol/L", "mg/dL"),
        ("creatinine", "9", "umol/L", "mg/L"),
    ),
)
def test_h01_a_number_that_looks_like_another_unit_asks_and_is_taken_when_confirmed(
    stage: Stage, cast: Cast, analyte: str, text: str, unit: str, meant: str
) -> None:
    with pytest.raises(RefusedValues) as refused:
        enter(stage, cast, value(analyte, text, unit))
    (one,) = refused.value.refusals
    assert (one.field, one.suggestion) == ("values[0].unit", meant)
    assert meant not in str(one)  # what is logged of a refusal never holds it

    enter(stage, cast, value(analyte, text, unit, is_confirmed=True))
    assert [(row.value, row.is_confirmed) for row in rows(stage)] == [(text, True)]


def test_the_suggestion_is_written_down_nowhere(stage: Stage, cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(RefusedValues):
        enter(stage, cast, value("haemoglobin", "13.2", "g/L"))
    with stage.sessions() as session:
        told = [str(entry.content) + str(entry.why) for entry in session.scalars(select(AuditEntryRow))]
    assert "g/dL" not in "".join(told) + caplog.text


@pytest.mark.parametrize(
    ("text", "mark", "meant"),
    (
        ("1.5", "point", "1.5"),
        ("1,5", "comma", "1.5"),
        ("150.000", "point", "150"),
        ("1,5", "point", None),
        ("1.5", "comma", None),
        ("150.000", "comma", None),
        ("1.234,5", "point", None),
        ("1.234,5", "comma", None),
        ("1 234", "point", None),
    ),
)
def test_h14_the_sheet_says_how_it_writes_decimals_and_nothing_else_is_taken(
    stage: Stage, cast: Cast, text: str, mark: str, meant: str | None
) -> None:
    line = value("lymphocytes", text, "10*9/L", is_confirmed=True)
    if meant is None:
        assert list(refusals(stage, cast, line, decimal=mark)) == ["values[0].value"]
        return
    enter(stage, cast, line, decimal=mark)
    (row,) = rows(stage)
    assert (row.value, row.decimal, row.canonical) == (text, mark, Decimal(meant))


def test_h14_limits_are_written_as_the_value_is(stage: Stage, cast: Cast) -> None:
    line = value("lymphocytes", "1,5", "10*9/L", lower="1,0", upper="4.0")
    assert list(refusals(stage, cast, line, decimal="comma")) == ["values[0].upper"]
    receipt = enter(stage, cast, msgspec.structs.replace(line, value="0,9", upper="4,0"), decimal="comma")
    assert receipt.values[0].range == "low"


@pytest.mark.parametrize("text", ("<5", "<=5", ">= 5", "5>", "~5", "NaN", "inf", "-5", "+5", "5e1", "", "clotted"))
def test_h10_a_number_is_digits_perhaps_behind_a_comparator_and_nothing_else(
    stage: Stage, cast: Cast, text: str
) -> None:
    line = value("platelets", text, "10*9/L", is_confirmed=True)
    if text in ("<5", "<=5"):
        receipt = enter(stage, cast, line)
        assert {finding.rule for finding in receipt.findings} >= {"platelets.below_50"}
        assert receipt.values[0].comparator == text.rstrip("5")
    else:
        assert "values[0].value" in refusals(stage, cast, line)


@pytest.mark.parametrize(
    ("text", "step"),
    (("neg", "neg"), ("Négatif", "neg"), ("traces", "trace"), ("+", "1+"), ("++", "2+"), ("3+", "3+"), ("++++", "4+")),
)
def test_a_strip_is_read_in_its_usual_spellings(stage: Stage, cast: Cast, text: str, step: str) -> None:
    dictionary = stage.catalog.dictionary
    strip = next(one for one in dictionary.analytes if one.is_ordinal and "4+" in one.levels)
    receipt = enter(stage, cast, value(strip.id, text))
    assert strip.levels[text.lower()].name == step
    assert (receipt.values[0].is_plausible, receipt.values[0].canonical) == (True, None)


@pytest.mark.parametrize("reason", NotDone)
def test_h10_not_done_is_kept_with_its_reason_and_credits_nothing(stage: Stage, cast: Cast, reason: NotDone) -> None:
    infuse_first_course(stage, cast)
    receipt = enter(stage, cast, msgspec.structs.replace(CLUMPED, not_done=reason.value), *CBC[1:])
    (row,) = (row for row in rows(stage) if row.analyte == "platelets")
    assert (row.value, row.canonical, row.not_done) == (None, None, reason.value)
    assert "cbc/1.2" in agenda(stage, cast.ada_treatment)  # the count without its platelets is none (H11)
    assert (receipt.values[0].not_done, receipt.values[0].is_plausible) == (reason, None)


@pytest.mark.parametrize(
    ("line", "field"),
    (
        (PanelValue(analyte="platelets", unit="10*9/L"), "values[0].value"),
        (PanelValue(analyte="platelets", value="212", unit="10*9/L", not_done="clotted"), "values[0].value"),
        (PanelValue(analyte="platelets", unit="10*9/L", not_done="forgotten"), "values[0].not_done"),
    ),
)
def test_it_takes_a_value_or_a_reason_and_not_both(stage: Stage, cast: Cast, line: PanelValue, field: str) -> None:
    assert list(refusals(stage, cast, line)) == [field]


def test_it_names_every_field_that_is_to_blame_at_once(stage: Stage, cast: Cast) -> None:
    wrong = value("platelets", "many", "10*9/L", lower="few", upper="-1")
    found = refusals(stage, cast, wrong, value("luck", "1"), *CBC[1:], collected_on=TODAY + dt.timedelta(days=1))
    assert set(found) == {
        "collected_on", "values[0].value", "values[0].lower", "values[0].upper", "values[1].analyte",
    }  # fmt: skip


def test_h16_from_a_machine_an_implausible_value_is_stored_flagged_and_alerts_on_its_low_side(
    stage: Stage, cast: Cast
) -> None:
    infuse_first_course(stage, cast)
    receipt = enter(stage, cast, value("platelets", "0", "10*9/L"), value("haemoglobin", "5", "g/L"), by=cast.lab)
    flagged = {one.analyte: one.is_plausible for one in receipt.values}
    assert flagged["haemoglobin"] is False
    assert {"haemoglobin.implausible", "platelets.below_50"} <= {one.rule for one in receipt.findings}
    assert "result:platelets.below_50" in open_alerts(stage, cast.ada_treatment)


def test_a_value_far_from_the_one_before_is_asked_about_and_taken(stage: Stage, cast: Cast) -> None:
    enter(stage, cast, value("haemoglobin", "14.2", "g/dL"), collected_on=TODAY - dt.timedelta(days=3))
    receipt = enter(stage, cast, value("haemoglobin", "9.8", "g/dL"))
    assert receipt.values[0].question is not None
    assert len(rows(stage)) == 2


def test_the_receipt_tells_what_each_value_means(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    receipt = enter(stage, cast, value("platelets", "45", "10*9/L"), value("alt", "120", "U/L", upper="40"))
    platelets, alt = receipt.values
    assert (platelets.range, platelets.is_plausible, platelets.ctcae_grade, platelets.is_fallback) == (
        "low", True, 3, True,
    )  # fmt: skip
    assert (alt.range, str(alt.times_uln), alt.is_fallback) == ("high", "3.00", False)
    worst = receipt.findings[0]
    assert (worst.rule, worst.level, worst.result_id) == ("platelets.below_50", "critical", receipt.result_ids[0])
    assert (worst.treatment_id, worst.numbers["value"]) == (cast.ada_treatment, "45")
    assert all((worst.because, worst.action, worst.source, worst.clears))


def test_checking_a_sheet_says_what_recording_it_would_and_stores_nothing(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    told = noted(stage)
    given: dict[str, Any] = {
        "patient_id": cast.ada,
        "collected_on": TODAY,
        "values": [value("platelets", "45", "10*9/L")],
    }
    checked = act(stage, check_panel, cast.nora.actor, **given)
    assert (rows(stage), noted(stage)) == ([], told)
    recorded = act(stage, record_panel, cast.nora.actor, **given)

    def meant(receipt: PanelReceipt) -> list[tuple[object, ...]]:
        values = [(one.analyte, one.range, one.ctcae_grade, one.is_plausible) for one in receipt.values]
        return [*values, *((one.rule, one.level, one.because) for one in receipt.findings)]

    assert meant(checked) == meant(recorded)
    with pytest.raises(RefusedValues):
        act(stage, check_panel, cast.nora.actor, **{**given, "values": [value("platelets", "1,5", "10*9/L")]})


def test_the_values_of_somebody_whom_nobody_treats_are_judged_by_sex_and_age(stage: Stage, cast: Cast) -> None:
    with stage.work(by=cast.nora.actor) as work:
        nobody = register_patient(
            work, site_id=cast.north, family_name="Roche", given_name="Lea", birth_date=dt.date(1990, 1, 1),
            sex=Sex.FEMALE, language="fr",
        )  # fmt: skip
    receipt = enter(stage, cast, value("haemoglobin", "125", "g/L"), patient_id=nobody)
    assert (receipt.values[0].range, receipt.findings) == ("normal", ())


def test_the_answer_says_by_which_protocols_it_was_judged_and_that_nobody_watches_the_untreated(
    stage: Stage, cast: Cast
) -> None:
    with stage.work(by=cast.nora.actor) as work:
        nobody = register_patient(
            work, site_id=cast.north, family_name="Roche", given_name="Lea", birth_date=dt.date(1990, 1, 1),
            sex=Sex.FEMALE, language="fr",
        )  # fmt: skip
    unwatched = enter(stage, cast, value("platelets", "5", "G/L"), patient_id=nobody)
    watched = enter(stage, cast, value("platelets", "5", "G/L"))

    assert (unwatched.judged_by, unwatched.findings) == ((), ())
    assert watched.judged_by == ("alemtuzumab.v1",)
    assert watched.findings != ()


@pytest.mark.parametrize(("field", "limit"), (("upper", "226"), ("upper", "6.9"), ("lower", "0.05")))
def test_h13_a_printed_limit_far_from_the_usual_one_is_asked_about(
    stage: Stage, cast: Cast, field: str, limit: str
) -> None:
    """A digit too many would call an ALT of ten times the usual limit normal."""
    line = value("alt", "350", "U/L", **{field: limit}) if field == "upper" else value("tsh", "2", "mUI/L", lower=limit)
    assert refusals(stage, cast, line) == {
        f"values[0].{field}": "lies far from the usual limit; check it, and confirm the value if it is right"
    }
    receipt = enter(stage, cast, msgspec.structs.replace(line, is_confirmed=True))
    assert receipt.values[0].is_fallback is (field == "lower")


@pytest.mark.parametrize("upper", ("7", "225"))
def test_a_printed_limit_of_another_method_is_taken(stage: Stage, cast: Cast, upper: str) -> None:
    assert enter(stage, cast, value("alt", "20", "U/L", upper=upper)).values[0].is_fallback is False
