"""What single values mean on the command line: the answers of the contract, judged apart, in lines that can be read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import Run

STEEP = {
    "analyte": "platelets", "value": "118", "unit": "10*9/L", "sex": "female", "age": 38, "protocol": "alemtuzumab",
    "collected_on": "2026-06-02",
    "previous": [{"value": "248", "unit": "10*9/L", "collected_on": "2026-05-02"}],
}  # fmt: skip
MEMBERS = ["analyte", "value", "unit", "accepted", "plausible", "range", "uln_fallback", "times_uln", "ctcae_grade",
           "findings"]  # fmt: skip


def judged(run: Run, *asked: dict[str, Any]) -> list[dict[str, Any]]:
    text = "\n".join(json.dumps(one) for one in asked)
    answered = run("labs", "evaluate", "-", "--json", stdin=text.encode())
    assert (answered.exit_code, answered.stderr) == (0, "")
    found = [json.loads(line) for line in answered.stdout.splitlines()]
    assert len(found) == len(asked)
    return found


def rules(found: dict[str, Any]) -> list[str]:
    return [f"{one['level']} {one['rule']}" for one in found["findings"]]


def value(analyte: str, text: str, unit: str | None = None, **more: Any) -> dict[str, Any]:
    return {"analyte": analyte, "value": text, **({} if unit is None else {"unit": unit}), **more}


def count(text: str, **more: Any) -> dict[str, Any]:
    return value("platelets", text, "10*9/L", protocol="alemtuzumab", **more)


def test_h12_it_answers_the_steep_fall_as_the_contract_does(run: Run) -> None:
    (found,) = judged(run, STEEP)

    assert list(found)[: len(MEMBERS)] == MEMBERS
    assert {name: found[name] for name in MEMBERS[:-1]} == {
        "analyte": "platelets", "value": "118", "unit": "10*9/L", "accepted": True, "plausible": True,
        "range": "low", "uln_fallback": True, "times_uln": None, "ctcae_grade": 1,
    }  # fmt: skip
    (finding,) = found["findings"]
    assert list(finding)[:5] == ["rule", "level", "because", "action", "source"]
    assert (finding["rule"], finding["level"]) == ("platelets.steep_fall", "urgent")
    assert finding["because"] == "fell 52.4 % from 248 on 2026-05-02"
    assert finding["action"].startswith("repeat CBC now")
    assert finding["source"]


@pytest.mark.parametrize("name", ["platelets", "Platelets", "PLT", "plt", "777-3"])
def test_it_names_the_analyte_by_its_id_however_it_was_called(run: Run, name: str) -> None:
    (found,) = judged(run, value(name, "200", "G/L"))

    assert (found["analyte"], found["value"], found["unit"]) == ("platelets", "200", "10*9/L")


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        (value("creatinine", "12", "mg/L"), ("106.08", "umol/L")),
        (value("bilirubin_total", "8", "mg/L"), ("13.68", "umol/L")),
        (value("ft4", "1.2", "ng/dL"), ("15.444", "pmol/L")),
        (value("upcr", "250", "mg/g"), ("28.25", "mg/mmol")),
        (value("haemoglobin", "9.8", "g/dL"), ("98.0", "g/L")),
        (value("platelets", "72000", "/mm3"), ("72.000", "10*9/L")),
        (value("csf_protein", "68", "mg/dL"), ("0.68", "g/L")),
    ],
)
def test_h01_it_converts_exactly(run: Run, asked: dict[str, Any], canonical: tuple[str, str]) -> None:
    (found,) = judged(run, asked)

    assert float(found["value"]) == float(canonical[0])
    assert found["unit"] == canonical[1]


def test_it_says_a_multiple_of_the_limit_as_a_number_with_two_decimals(run: Run) -> None:
    shown = run("labs", "evaluate", "-", "--json", stdin=json.dumps(value("alt", "160", "U/L", upper="45")).encode())
    rounded = judged(run, *(value("alt", text, "U/L", upper="100") for text in ("100.5", "104.5", "100.49")))

    assert '"times_uln":3.56,' in shown.stdout
    assert [one["times_uln"] for one in rounded] == [1.01, 1.05, 1.0]  # a half goes up, not to the even one
    assert judged(run, value("alt", "160", "U/L", upper="45"))[0]["ctcae_grade"] == 2


def test_it_says_multiples_only_where_people_speak_so(run: Run) -> None:
    told = judged(
        run,
        *(value(name, "50", "U/L") for name in ("alt", "ast", "alp", "ggt", "ck", "ldh")),
        *(value(name, "50", "umol/L") for name in ("bilirubin_total", "creatinine")),
        value("platelets", "50", "G/L"), value("tsh", "50", "mUI/L"), value("crp", "50", "mg/L"),
    )  # fmt: skip

    assert [one["times_uln"] is not None for one in told] == [True] * 8 + [False] * 3


def test_a_value_that_equals_a_limit_is_normal(run: Run) -> None:
    told = judged(run, *(value("tsh", text, "mUI/L", lower="0.4", upper="4.0")
                         for text in ("0.39", "0.4", "4.0", "4.01")))  # fmt: skip

    assert [one["range"] for one in told] == ["low", "normal", "normal", "high"]
    assert not any(one["uln_fallback"] for one in told)


def test_it_falls_back_on_usual_limits_by_sex(run: Run) -> None:
    told = judged(run, *(value("haemoglobin", "125", "g/L", sex=sex, age=40) for sex in ("female", "male")))

    assert [(one["range"], one["uln_fallback"]) for one in told] == [("normal", True), ("low", True)]


def test_it_applies_no_action_threshold_without_a_protocol(run: Run) -> None:
    told = judged(run, value("platelets", "30", "10*9/L"), count("30"))

    assert [rules(one) for one in told] == [[], ["critical platelets.below_50"]]


def test_it_takes_a_protocol_with_and_without_its_version(run: Run) -> None:
    told = judged(
        run, *(value("platelets", "30", "10*9/L", protocol=name) for name in ("alemtuzumab", "alemtuzumab.v1"))
    )

    assert told[0] == told[1]


def test_h10_a_comparator_is_judged_just_beyond_its_bound(run: Run) -> None:
    below, above, open_one = judged(run, count("<50"), value("alt", ">280", "U/L", protocol="alemtuzumab", upper="35"),
                                    count("<200"))  # fmt: skip

    assert rules(below) == ["critical platelets.below_50"]
    assert (below["value"], below["comparator"]) == ("50", "<")
    assert "critical alt.above_8_uln" in rules(above)
    assert any(rule.endswith("exact_value_needed") for rule in rules(open_one))


def test_h16_an_implausible_value_is_judged_on_its_unsafe_side_too(run: Run) -> None:
    high, low = judged(run, count("231000"), value("k", "60", "mmol/L", protocol="alemtuzumab"))

    assert (high["accepted"], high["plausible"], rules(high)) == (True, False, ["urgent platelets.implausible"])
    assert (low["plausible"], rules(low)) == (False, ["critical k.above_6_5", "urgent k.implausible"])


def test_h16_counts_as_they_are_typed_without_thought_are_asked_about(run: Run) -> None:
    """150000 per microlitre, typed as if it were 10*9/L."""
    (found,) = judged(run, count("150000"))

    assert found["plausible"] is False


def test_only_what_was_collected_before_counts_and_of_that_the_latest_usable(run: Run) -> None:
    earlier = [
        {"value": "300", "unit": "10*9/L", "collected_on": "2026-06-02"},  # the same day
        {"value": "400", "unit": "10*9/L", "collected_on": "2026-06-09"},  # after it
        {"value": "231000", "unit": "10*9/L", "collected_on": "2026-06-01"},  # cannot be true
        {"value": "clotted", "unit": "10*9/L", "collected_on": "2026-05-31"},
        {"value": "500", "unit": "furlongs", "collected_on": "2026-05-30"},
        {"value": "230", "unit": "10*9/L", "collected_on": "2026-05-20"},
        {"value": "900", "unit": "10*9/L", "collected_on": "2026-01-20"},
    ]
    fell, held = judged(run, *({**STEEP, "value": text, "previous": earlier} for text in ("115", "116")))

    assert fell["findings"][0]["because"] == "fell 50.0 % from 230 on 2026-05-20"
    assert "urgent platelets.steep_fall" not in rules(held)
    told = [one.split(": ")[0] for one in fell["not_compared"]]
    assert told == ["previous[2].value", "previous[3].value", "previous[4].unit"]


def test_every_earlier_value_counts_for_one_without_a_day(run: Run) -> None:
    (found,) = judged(run, {name: told for name, told in STEEP.items() if name != "collected_on"})

    assert rules(found) == ["urgent platelets.steep_fall"]


def test_it_compares_with_the_baseline(run: Run) -> None:
    asked = value("creatinine", "104", "umol/L", protocol="alemtuzumab", sex="male")
    at, below, hardly_true = judged(
        run,
        {**asked, "baseline": {"value": "80", "unit": "umol/L"}},
        {**asked, "baseline": {"value": "80.01", "unit": "umol/L"}},
        {**asked, "baseline": {"value": "0.9", "unit": "umol/L"}},
    )

    assert rules(at) == ["urgent creatinine.rise"]
    assert rules(below) == rules(hardly_true) == []
    assert [one["not_compared"] for one in (below, hardly_true)] == [[], ["baseline.value: can hardly be true"]]


def test_it_reads_a_decimal_comma_where_it_is_declared(run: Run) -> None:
    comma, undeclared, grouped = judged(
        run,
        value("tsh", "2,5", "mUI/L", decimal="comma", lower="0,4", upper="4,0",
              previous=[{"value": "1,5", "unit": "mUI/L", "collected_on": "2026-01-01"}]),
        value("tsh", "2,5", "mUI/L"),
        value("tsh", "1.234,5", "mUI/L", decimal="comma"),
    )  # fmt: skip

    assert (comma["value"], comma["range"]) == ("2.5", "normal")
    assert [one["accepted"] for one in (undeclared, grouped)] == [False, False]


@pytest.mark.parametrize(
    ("asked", "because"),
    [
        (value("phlogiston", "1", "g/L"), "analyte"),
        (value("platelets", "200", "furlongs"), "unit"),
        (value("platelets", "200"), "unit"),
        (value("platelets", "200", ""), "unit"),
        (value("platelets", "clotted", "G/L"), "value"),
        (value("platelets", "-5", "G/L"), "value"),
        (value("platelets", "1e3", "G/L"), "value"),
        (value("platelets", "NaN", "G/L"), "value"),
        (value("platelets", " 5", "G/L"), "value"),
        (value("platelets", "5.", "G/L"), "value"),
        (value("platelets", "١٢٣", "G/L"), "value"),
        (value("platelets", "200", "G/L", upper="four hundred"), "upper"),
        (value("alt", "160", "U/L", lower="45", upper="20"), "upper"),
        (value("creatinine", "90", "umol/L", baseline={"value": "eighty", "unit": "umol/L"}), "baseline.value"),
        (value("creatinine", "90", "umol/L", baseline={"value": "-1", "unit": "umol/L"}), "baseline.value"),
        (value("creatinine", "90", "umol/L", baseline={"value": "0", "unit": "umol/L"}), "baseline.value"),
        (value("creatinine", "90", "umol/L", baseline={"value": "80"}), "baseline.unit"),
        (value("urine_blood_strip", "purple"), "value"),
    ],
)
def test_h10_it_accepts_nothing_that_it_would_have_to_guess(run: Run, asked: dict[str, Any], because: str) -> None:
    (found,) = judged(run, asked)

    assert list(found)[: len(MEMBERS)] == MEMBERS
    assert (found["accepted"], found["findings"]) == (False, [])
    assert found["refused_because"].startswith(f"{because}: ")
    assert asked["value"] not in found["refused_because"] or asked["value"] in "200 1"


def test_it_knows_steps_in_their_usual_spellings(run: Run) -> None:
    told = judged(run, *(value("urine_blood_strip", text) for text in ("neg", "Négatif", "traces", "+", "2+", "++++")))

    assert [one["value"] for one in told] == ["neg", "neg", "trace", "1+", "2+", "4+"]
    assert {one["unit"] for one in told} == {None}


def test_a_strip_is_normal_where_it_is_negative_and_high_above(run: Run) -> None:
    strips = [value("urine_blood_strip", text) for text in ("neg", "trace", "2+")]
    told = judged(run, *strips, value("urine_protein_strip", "neg"), value("unit", "pos"), value("hbsag", "neg"))

    assert [one["range"] for one in told] == ["normal", "high", "high", "normal", "high", "unknown"]
    assert [one["uln_fallback"] for one in told] == [True] * 5 + [False]


@pytest.mark.parametrize("text", ("49." + "9" * 50, "49.996", "49.99"))
def test_it_says_as_many_digits_as_show_the_value_beyond_its_limit(run: Run, text: str) -> None:
    (found,) = judged(run, count(text))

    assert found["findings"][0]["because"] == f"{text} × 10⁹/L is below 50"


def test_it_orders_findings_by_level_then_rule(run: Run) -> None:
    (found,) = judged(run, count("30", previous=[{"value": "200", "unit": "G/L", "collected_on": "2026-01-01"}]))

    assert rules(found) == ["critical platelets.below_50", "urgent platelets.steep_fall"]


@pytest.mark.parametrize(
    "asked",
    [
        value("alt", "9" * 40, "U/L", protocol="alemtuzumab"),
        value("alt", "100", "U/L", upper="0", protocol="alemtuzumab"),
        value("alt", "100", "U/L", upper="0." + "0" * 40 + "1", protocol="alemtuzumab"),
        count("0." + "0" * 60 + "1", previous=[{"value": "9" * 60, "unit": "G/L", "collected_on": "2026-01-01"}]),
        value("creatinine", "9" * 5000, "mg/dL", protocol="tofersen", baseline={"value": "0.001", "unit": "mg/dL"}),
        value("platelets", "200", "G/L", lower="150", upper="150"),
    ],
)
def test_no_number_is_too_odd_to_be_judged(run: Run, asked: dict[str, Any]) -> None:
    (found,) = judged(run, asked)

    assert found["accepted"] is True
    assert all(one["because"] and one["action"] and one["source"] for one in found["findings"])
    assert not any("E+" in one["because"] for one in found["findings"])


def test_it_can_be_read_at_a_terminal(run: Run) -> None:
    odd = value("alt", "140", "U/L", upper="40", previous=[{"value": "lost", "collected_on": "2026-05-02"}])
    lines = "\n".join(json.dumps(one) for one in (STEEP, value("platelets", "200"), value("x", "1"), odd)).encode()

    shown = run("labs", "evaluate", "-", stdin=lines)

    assert shown.exit_code == 0
    assert "platelets 118 10*9/L: low by the usual range, CTCAE grade 1" in shown.stdout
    assert "urgent   platelets.steep_fall: fell 52.4 % from 248 on 2026-05-02; repeat CBC now" in shown.stdout
    assert "    2  platelets: not accepted: unit: is missing" in shown.stdout
    assert "    3  ?: not accepted: analyte: " in shown.stdout
    assert "    4  alt 140 U/L: high, 3.50 x ULN, CTCAE grade 2\n" in shown.stdout
    assert "       not compared: previous[0].unit: is missing" in shown.stdout
