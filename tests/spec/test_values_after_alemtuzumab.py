"""What does a value after alemtuzumab give rise to?"""

from __future__ import annotations

import datetime as dt

from tests.spec.tables import table
from tests.spec.valued import DAY, findings, said

_NEAR = dt.timedelta(days=7)


def _check(analyte: str, value: str, against: str, beside: str, found: str) -> None:
    assert said(findings("alemtuzumab", analyte, value, against=against, beside=beside)) == found


@table("""
    value | against                     | found
    150   | -                           | -
    149.9 | -                           | soon platelets.below_150
    100   | -                           | soon platelets.below_150
    99.9  | -                           | urgent platelets.below_100
    50    | -                           | urgent platelets.below_100
    49.9  | -                           | critical platelets.below_50
    0     | -                           | critical platelets.below_50
    118   | previous 248                | urgent platelets.steep_fall
    200   | previous 400                | urgent platelets.steep_fall
    200.1 | previous 400                | -
    199.9 | previous 400                | urgent platelets.steep_fall
    104   | previous 210                | urgent platelets.steep_fall
    98    | previous 104                | urgent platelets.below_100
    98    | previous 210                | urgent platelets.below_100, urgent platelets.steep_fall
    45    | previous 210                | critical platelets.below_50, urgent platelets.steep_fall
    118   | previous 248 on 2024-01-02  | urgent platelets.steep_fall
    118   | previous 248 on 2026-06-02  | soon platelets.below_150
    248   | previous 118                | -
""")
def test_platelets(value: str, against: str, found: str) -> None:
    """Below 150 soon, below 100 urgent, below 50 critical; a fall by half is urgent wherever it ends."""
    _check("platelets", value, against, "-", found)


@table("""
    value | found
    <50   | critical platelets.below_50
    <=50  | critical platelets.below_50
    <100  | urgent exact_value_needed, urgent platelets.below_100
    <120  | urgent exact_value_needed, soon platelets.below_150
    <160  | urgent exact_value_needed
    >150  | info exact_value_needed
    >100  | soon exact_value_needed, soon platelets.below_150
    >=100 | soon exact_value_needed, soon platelets.below_150
    >400  | -
""")
def test_platelets_that_are_only_bounded(value: str, found: str) -> None:
    """Just beyond the bound; where the number behind the sign would change the answer, it is asked for."""
    _check("platelets", value, "-", "-", found)


@table("""
    analyte     | value | against      | found
    neutrophils | 1.5   | -            | -
    neutrophils | 1.499 | -            | soon neutrophils.below_1_5
    neutrophils | 1.0   | -            | soon neutrophils.below_1_5
    neutrophils | 0.999 | -            | urgent neutrophils.below_1
    neutrophils | 0.5   | -            | urgent neutrophils.below_1
    neutrophils | 0.499 | -            | critical neutrophils.below_0_5
    haemoglobin | 100   | -            | -
    haemoglobin | 99.9  | -            | urgent haemoglobin.low_or_falling
    haemoglobin | 120   | previous 140 | urgent haemoglobin.low_or_falling
    haemoglobin | 120.1 | previous 140 | -
    haemoglobin | 119.9 | previous 140 | urgent haemoglobin.low_or_falling
    lymphocytes | 0.1   | -            | info lymphocytes.expected_lymphopenia
    lymphocytes | 1.0   | -            | -
    cd4         | 199   | -            | info cd4.below_200
    cd4         | 200   | -            | -
""")
def test_other_blood_cells(analyte: str, value: str, against: str, found: str) -> None:
    """Few lymphocytes are what the treatment does: said, and no alert."""
    _check(analyte, value, against, "-", found)


@table("""
    value  | against                     | beside                     | found
    101.3  | baseline 78                 | -                          | -
    101.4  | baseline 78                 | -                          | urgent creatinine.rise
    104    | baseline 78                 | -                          | urgent creatinine.rise
    117    | baseline 78                 | -                          | urgent creatinine.rise
    104    | -                           | -                          | -
    96.5   | previous 70 on 2026-05-31   | -                          | urgent creatinine.rise
    96.4   | previous 70 on 2026-05-31   | -                          | -
    96.5   | previous 70 on 2026-05-30   | -                          | -
    104    | baseline 78                 | urine_rbc 10               | urgent creatinine.rise
    104    | baseline 78                 | urine_rbc 10.1             | both
    104    | baseline 78                 | urine_rbc_hpf 6            | both
    104    | baseline 78                 | urine_blood_strip 1+       | both
    104    | baseline 78                 | urine_blood_strip trace    | urgent creatinine.rise
    104    | baseline 78                 | urine_rbc 20 on 2026-05-26 | both
    104    | baseline 78                 | urine_rbc 20 on 2026-06-09 | both
    104    | baseline 78                 | urine_rbc 20 on 2026-05-25 | urgent creatinine.rise
    101.3  | baseline 78                 | urine_rbc 20               | -
""")
def test_creatinine(value: str, against: str, beside: str, found: str) -> None:
    """A rise counts although the value lies inside the range; with blood in the urine of the week it is critical."""
    both = "critical creatinine.rise_with_haematuria, urgent creatinine.rise"
    _check("creatinine", value, against, beside, both if found == "both" else found)


@table("""
    analyte             | value | beside    | found
    urine_rbc           | 10    | -         | -
    urine_rbc           | 10.1  | -         | soon haematuria
    urine_rbc_hpf       | 5     | -         | -
    urine_rbc_hpf       | 5.1   | -         | soon haematuria
    urine_blood_strip   | trace | -         | -
    urine_blood_strip   | 1+    | -         | soon haematuria
    urine_rbc           | 10.1  | umens yes | info haematuria.during_menses
    urine_rbc           | 10.1  | umens no  | soon haematuria
    urine_blood_strip   | 4+    | umens yes | info haematuria.during_menses
    urine_protein_strip | trace | -         | -
    urine_protein_strip | 1+    | -         | soon proteinuria
    upcr                | 20    | -         | -
    upcr                | 20.1  | -         | soon proteinuria
    urine_protein       | 0.29  | -         | -
    urine_protein       | 0.3   | -         | soon proteinuria
    k                   | 6.5   | -         | -
    k                   | 6.6   | -         | critical k.above_6_5
""")
def test_kidney_and_urine(analyte: str, value: str, beside: str, found: str) -> None:
    """Blood during menstruation is said, repeated, and no alert."""
    _check(analyte, value, "-", beside, found)


@table("""
    value | against              | beside                     | found
    0.4   | -                    | -                          | -
    4.0   | -                    | -                          | -
    0.39  | -                    | -                          | soon tsh.outside_range
    4.01  | -                    | -                          | soon tsh.outside_range
    4.5   | lower 0.3, upper 5.0 | -                          | -
    5.01  | lower 0.3, upper 5.0 | -                          | soon tsh.outside_range
    <0.01 | -                    | -                          | soon tsh.outside_range
    4.01  | -                    | hcg_u pos on 2026-03-02    | both
    4.01  | -                    | hcg_s 5 on 2026-05-02      | both
    4.01  | -                    | hcg_u neg on 2026-03-02    | soon tsh.outside_range
""")
def test_thyroid(value: str, against: str, beside: str, found: str) -> None:
    """Outside the laboratory's range, or the usual one where it printed none; in pregnancy it is urgent."""
    both = "urgent tsh.outside_range_in_pregnancy, soon tsh.outside_range"
    _check("tsh", value, against, beside, both if found == "both" else found)


@table("""
    analyte | value | against  | beside                       | found
    alt     | 40    | upper 40 | -                            | -
    alt     | 40.1  | upper 40 | -                            | info alt.above_uln
    alt     | 120   | upper 40 | -                            | info alt.above_uln
    alt     | 120.1 | upper 40 | -                            | soon alt.above_3_uln
    alt     | 200   | upper 40 | -                            | soon alt.above_3_uln
    alt     | 200.1 | upper 40 | -                            | urgent alt.above_5_uln
    alt     | 320   | upper 40 | -                            | urgent alt.above_5_uln
    alt     | 320.1 | upper 40 | -                            | critical alt.above_8_uln
    ast     | 320.1 | upper 40 | -                            | critical ast.above_8_uln
    alt     | 160   | upper 45 | -                            | soon alt.above_3_uln
    alt     | 121   | upper 40 | bilirubin_total 43           | critical liver.hys_law, soon alt.above_3_uln
    alt     | 121   | upper 40 | bilirubin_total 42           | soon alt.above_3_uln
    alt     | 120   | upper 40 | bilirubin_total 43           | info alt.above_uln
    ast     | 121   | upper 40 | bilirubin_total 43           | critical liver.hys_law, soon ast.above_3_uln
    alt     | 121   | upper 40 | bilirubin_total 43, alp 239  | critical liver.hys_law, soon alt.above_3_uln
    alt     | 121   | upper 40 | bilirubin_total 43, alp 240  | soon alt.above_3_uln
    alt     | 121   | upper 40 | bilirubin_total 43 on 2026-05-26 | critical liver.hys_law, soon alt.above_3_uln
    alt     | 121   | upper 40 | bilirubin_total 43 on 2026-05-25 | soon alt.above_3_uln
""")
def test_liver(analyte: str, value: str, against: str, beside: str, found: str) -> None:
    """Multiples of the laboratory's own limit; Hy's law where the bilirubin of the week is raised too."""
    _check(analyte, value, against, beside, found)


@table("""
    analyte | value | found
    ferr    | 2000  | -
    ferr    | 2001  | urgent ferr.above_2000
    ferr    | 10000 | urgent ferr.above_2000
    ferr    | 10001 | critical ferr.above_10000
    hcg_u   | pos   | urgent pregnancy
    hcg_u   | neg   | -
    hcg_s   | 4.9   | -
    hcg_s   | 5     | urgent pregnancy
""")
def test_the_rare_and_the_grave(analyte: str, value: str, found: str) -> None:
    """Ferritin that speaks of immune overactivation, and pregnancy."""
    _check(analyte, value, "-", "-", found)


@table("""
    analyte     | value | sign      | days apart | found
    platelets   | 149.9 | bruising  | 7          | critical platelets.with_bleeding, soon platelets.below_150
    platelets   | 149.9 | bruising  | 8          | soon platelets.below_150
    platelets   | 150   | bruising  | 0          | -
    platelets   | 149.9 | fever     | 0          | soon platelets.below_150
    neutrophils | 0.9   | fever     | 3          | critical neutrophils.below_1_with_fever, urgent neutrophils.below_1
    neutrophils | 0.9   | fever     | 4          | urgent neutrophils.below_1
    neutrophils | 1.0   | fever     | 0          | soon neutrophils.below_1_5
""")
def test_signs_beside_a_value(analyte: str, value: str, sign: str, days_apart: str, found: str) -> None:
    """Bleeding makes a low count critical, and so does fever; a sign counts before the sample and after it."""
    for direction in (-1, 1):
        noticed_on = DAY + direction * dt.timedelta(days=int(days_apart))
        found_now = findings("alemtuzumab", analyte, value, signs={sign: (noticed_on,)})
        assert said(found_now) == found
