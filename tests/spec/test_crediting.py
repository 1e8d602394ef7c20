"""Which values satisfy what was due?"""

from __future__ import annotations

from tests.spec.builders import Story, alemtuzumab_after_course_1, cells, tofersen
from tests.spec.tables import table


def with_thyroid(value: str, unit: str | None, **more: object) -> str:
    """The state of the three-monthly thyroid test after one value of 6 June."""
    story = alemtuzumab_after_course_1().with_result("tsh", value, unit, "2026-06-06", **more)
    return story.asked("2026-06-07").state("tsh/1.1")


@table("""
    status           | tsh/1.1
    final            | done
    corrected        | done
    preliminary      | late
    entered_in_error | late
""")
def test_only_a_value_the_laboratory_stands_behind_counts(status: str, **state: str) -> None:
    """A preliminary value satisfies nothing."""
    assert {"tsh/1.1": with_thyroid("2.1", "m[IU]/L", status=status)} == state


@table("""
    value     | tsh/1.1
    2.1       | done
    0         | done
    02.10     | done
    <0.01     | done
    <=0.01    | done
    >100      | done
    >=100     | done
    -2.1      | late
    +2.1      | late
    2,1       | late
    2.1.0     | late
    .         | late
    1e2       | late
    2 1       | late
    NaN       | late
    normal    | late
    ~2        | late
""")
def test_a_value_that_cannot_be_read_counts_for_nothing(value: str, **state: str) -> None:
    """A comparator, digits, one decimal point: nothing else is a number."""
    assert {"tsh/1.1": with_thyroid(value, "m[IU]/L")} == state


def test_an_empty_value_counts_for_nothing() -> None:
    """The sheet names the analyte and gives no value."""
    assert with_thyroid("", "m[IU]/L") == "late"


@table("""
    unit    | tsh/1.1
    m[IU]/L | done
    uIU/mL  | done
    mmol/L  | late
    furlong | late
    -       | late
""")
def test_a_value_without_a_known_unit_counts_for_nothing(unit: str, **state: str) -> None:
    """Where the analyte has a unit, it must be there and be one of its own."""
    assert {"tsh/1.1": with_thyroid("2.1", None if unit == "-" else unit)} == state


def test_an_empty_unit_is_a_missing_one() -> None:
    """An empty cell on the sheet."""
    assert with_thyroid("2.1", "") == "late"


@table("""
    value | checked  | tsh/1.1
    1000  | not said | done
    1001  | not said | late
    1001  | no       | late
    1001  | yes      | done
""")
def test_an_implausible_value_counts_only_when_checked(value: str, checked: str, **state: str) -> None:
    """Outside the hard limits (TSH: 0 to 1000) somebody must have confirmed the value."""
    more: dict[str, object] = {} if checked == "not said" else {"confirmed": checked == "yes"}
    assert {"tsh/1.1": with_thyroid(value, "m[IU]/L", **more)} == state


@table("""
    analyte   | value | unit   | item
    TSH       | 2.1   | uIU/mL | tsh/1.1
    Tsh       | 2.1   | uIU/mL | tsh/1.1
    3016-3    | 2.1   | uIU/mL | tsh/1.1
    11579-0   | 2.1   | uIU/mL | tsh/1.1
    crea      | 12    | mg/L   | creatinine/1.3
    2160-0    | 0.9   | mg/dL  | creatinine/1.3
    14682-9   | 72    | umol/L | creatinine/1.3
""")
def test_an_analyte_has_several_names(analyte: str, value: str, unit: str, item: str) -> None:
    """Its id, its code and its LOINC numbers, in any case of letters."""
    answer = alemtuzumab_after_course_1().with_result(analyte, value, unit, "2026-06-06").asked("2026-06-07")
    assert (answer.state(item), answer.codes) == ("done", ())


@table("""
    stream      | rows                                                                   | enough
    urinalysis  | urine_blood_strip=neg urine_protein_strip=trace                        | yes
    urinalysis  | urine_blood_strip=2+ urine_protein_strip=1+                            | yes
    urinalysis  | urine_rbc=4:10*6/L upcr=9:mg/mmol                                      | yes
    urinalysis  | urine_rbc_hpf=2:/[HPF] urine_protein=0.1:g/L                           | yes
    urinalysis  | urine_blood_strip=neg                                                  | no
    urinalysis  | urine_protein_strip=neg                                                | no
    urinalysis  | urine_protein_strip=neg upcr=9:mg/mmol                                 | no
    urinalysis  | urine_blood_strip=neg urine_rbc=4:10*6/L                               | no
    urinalysis  | urine_blood_strip=neg urine_protein_24h=0.1:g/(24.h)                   | no
    urinalysis  | urine_blood_strip=5+ urine_protein_strip=neg                           | no
    liver       | alt=22:U/L ast=24:U/L bilirubin_total=9:umol/L                         | yes
    liver       | alt=22:U/L ast=24:U/L                                                  | no
    creatinine  | creatinine=72:umol/L                                                   | yes
    creatinine  | urea=5:mmol/L                                                          | no
    cbc         | PLT=212:G/L HGB=135:g/L WBC=5:G/L NEUT=3:G/L LYMPH=2:G/L | yes
    cbc         | PLT=212:G/L HGB=135:g/L WBC=5:G/L NEUT=3:G/L              | no
    cbc         | PLT=212000:/mm3 HGB=13.5:g/dL WBC=5400:/mm3 NEUT=3100:/mm3 LYMPH=1600:/mm3 | yes
""")
def test_what_a_complete_alemtuzumab_panel_is(stream: str, rows: str, enough: str) -> None:
    """Every required value must be there; where two methods exist, either will do."""
    answer = with_rows(alemtuzumab_after_course_1(), rows, "2026-06-06").asked("2026-06-07")
    assert (answer.state(f"{stream}/1.3") == "done") is (enough == "yes")


@table("""
    item            | rows                                                                                   | enough
    coagulation/1   | inr=1.0 aptt=31:s                                                                      | yes
    coagulation/1   | inr=1.0 aptt_ratio=1.1                                                                 | yes
    coagulation/1   | inr=1.0                                                                                | no
    coagulation/1   | aptt=31:s aptt_ratio=1.1                                                               | no
    csf/1           | csf_leukocytes=2:/mm3 csf_erythrocytes=0:/mm3 csf_protein=40:mg/dL csf_glucose=0.6:g/L | yes
    csf/1           | csf_leukocytes=2:/mm3 csf_erythrocytes=0:/mm3 csf_protein=40:mg/dL                     | no
    urine_protein/0 | urine_protein_strip=neg                                                                | yes
    urine_protein/0 | urine_protein=0.1:g/L                                                                  | yes
    urine_protein/0 | upcr=9:mg/mmol                                                                         | yes
    urine_protein/0 | urine_protein_24h=0.1:g/(24.h)                                                         | yes
    ck/0            | ck=180:U/L                                                                             | yes
    nfl/0           | nfl_plasma=52.4:pg/mL                                                                  | yes
    creatinine/0    | creatinine=72:umol/L                                                                   | yes
""")
def test_what_a_complete_tofersen_panel_is(item: str, rows: str, enough: str) -> None:
    """INR, ratios and strips have no unit; every other value needs one."""
    answer = with_rows(tofersen("2026-01-05"), rows, "2026-01-05").asked("2026-01-06")
    assert (answer.state(item) == "done") is (enough == "yes")


def with_rows(story: Story, rows: str, on: str) -> Story:
    for row in rows.split():
        analyte, _, measured = row.partition("=")
        value, _, unit = measured.partition(":")
        story = story.with_result(analyte, value, unit or None, on)
    return story


@table("""
    scales                                                 | enough
    respiratory_status nutritional_status ambulatory_status | yes
    respiratory_status nutritional_status                   | no
""")
def test_all_three_status_scales_are_asked(scales: str, enough: str) -> None:
    """The respiratory, nutritional and ambulatory status belong together."""
    rows = [{"scale": scale, "value": "0", "on": "2026-01-05"} for scale in cells(scales)]
    answer = tofersen("2026-01-05").plus("assessments", *rows).asked("2026-01-06")
    assert (answer.state("status_scales/1") == "done") is (enough == "yes")


@table("""
    value          | weight/1
    73             | done
    not measurable | done
""")
def test_an_assessment_counts_with_any_value(value: str, **state: str) -> None:
    """It was done; what it found is another question."""
    row = {"scale": "weight", "value": value, "on": "2026-01-05"}
    assert {"weight/1": tofersen("2026-01-05").plus("assessments", row).asked("2026-01-06").state("weight/1")} == state


def test_an_assessment_without_a_value_does_not_count() -> None:
    """An empty cell says that nothing was assessed."""
    row = {"scale": "weight", "value": "", "on": "2026-01-05"}
    assert tofersen("2026-01-05").plus("assessments", row).asked("2026-01-06").state("weight/1") == "late"


def test_one_blood_draw_satisfies_several_streams() -> None:
    """On 8 June one draw and one urine sample serve the month and the quarter."""
    story = alemtuzumab_after_course_1().with_panels(("cbc", "creatinine", "urinalysis", "liver", "tsh"), "2026-06-08")
    answer = story.asked("2026-06-08")
    keys = ("cbc/1.3", "creatinine/1.3", "urinalysis/1.3", "liver/1.3", "tsh/1.1")
    assert [answer.of(key).done for key in keys] == ["2026-06-08"] * 5
    assert [answer.state(key) for key in ("cbc/1.4", "tsh/1.2")] == ["planned", "planned"]


def test_values_of_two_days_do_not_make_one_panel() -> None:
    """The lymphocytes came from another sample, a day later."""
    story = alemtuzumab_after_course_1().with_panel("cbc", "2026-06-08", without="lymphocytes")
    apart = story.with_result("lymphocytes", "1.6", "10*9/L", "2026-06-09").asked("2026-06-10")
    together = story.with_result("lymphocytes", "1.6", "10*9/L", "2026-06-08").asked("2026-06-10")
    assert (apart.state("cbc/1.3"), together.state("cbc/1.3")) == ("late", "done")


def test_the_first_complete_day_inside_the_window_counts() -> None:
    """A second sample of the same month changes nothing and is not kept for the next month."""
    answer = alemtuzumab_after_course_1().with_panel("cbc", "2026-06-20", "2026-05-28").asked("2026-07-01")
    assert (answer.of("cbc/1.3").done, answer.state("cbc/1.4")) == ("2026-05-28", "open")


@table("""
    analyte    | scale   | warnings
    tsh        | -       | 0
    kryptonite | -       | 1
    9999-9     | -       | 1
    -          | weight  | 0
    -          | charm   | 1
    kryptonite | charm   | 2
""")
def test_an_unknown_analyte_or_scale_is_pointed_out(analyte: str, scale: str, warnings: str) -> None:
    """It satisfies nothing and hides nothing: one warning a row."""
    story = tofersen("2026-01-05")
    for name in cells(analyte):
        story = story.with_result(name, "2.1", "m[IU]/L", "2026-01-05")
    story = story.plus("assessments", *({"scale": name, "value": "1", "on": "2026-01-05"} for name in cells(scale)))
    assert len(story.asked("2026-01-06").warnings("unknown_analyte")) == int(warnings)


def test_every_unknown_row_has_its_own_warning() -> None:
    """Two rows of one unknown analyte are two warnings."""
    story = (
        tofersen("2026-01-05")
        .with_result("kryptonite", "1", "g", "2026-01-05")
        .with_result("kryptonite", "2", "g", "2026-01-06")
    )
    assert story.asked("2026-01-06").codes == ("unknown_analyte", "unknown_analyte")
