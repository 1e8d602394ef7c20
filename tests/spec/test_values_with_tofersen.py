"""What does a value with tofersen give rise to?"""

from __future__ import annotations

import datetime as dt

from tests.spec.tables import table
from tests.spec.valued import DAY, findings, said


def _check(analyte: str, value: str, against: str, beside: str, found: str) -> None:
    assert said(findings("tofersen", analyte, value, against=against, beside=beside)) == found


@table("""
    analyte          | value | against       | beside  | found
    csf_leukocytes   | 5     | -             | -       | -
    csf_leukocytes   | 6     | -             | -       | info csf_leukocytes.above_5
    csf_leukocytes   | 20    | -             | -       | info csf_leukocytes.above_5
    csf_leukocytes   | 21    | -             | -       | soon csf_leukocytes.above_20
    csf_leukocytes   | 100   | -             | -       | soon csf_leukocytes.above_20
    csf_leukocytes   | 101   | -             | -       | urgent csf_leukocytes.above_100
    csf_erythrocytes | 1000  | -             | -       | -
    csf_erythrocytes | 1001  | -             | -       | info csf_erythrocytes.traumatic_tap
    csf_protein      | 1.00  | -             | -       | -
    csf_protein      | 1.01  | -             | -       | soon csf_protein.raised
    csf_protein      | 0.80  | previous 0.40 | -       | soon csf_protein.raised
    csf_protein      | 0.79  | previous 0.40 | -       | -
    csf_glucose      | 2.0   | -             | glu 5.0 | -
    csf_glucose      | 1.99  | -             | glu 5.0 | urgent csf_glucose.low_ratio
    csf_glucose      | 1.99  | -             | -       | -
""")
def test_cerebrospinal_fluid(analyte: str, value: str, against: str, beside: str, found: str) -> None:
    """Cells and protein rise in most; more than 100 cells, or too little glucose, is not what is expected."""
    _check(analyte, value, against, beside, found)


@table("""
    analyte             | value | against      | found
    platelets           | 100   | -            | -
    platelets           | 99.9  | -            | urgent platelets.below_100
    platelets           | 50    | -            | urgent platelets.below_100
    platelets           | 49.9  | -            | critical platelets.below_50
    platelets           | 118   | previous 248 | urgent platelets.steep_fall
    inr                 | 1.5   | -            | -
    inr                 | 1.51  | -            | soon inr.above_1_5
    neutrophils         | 1.0   | -            | -
    neutrophils         | 0.99  | -            | urgent neutrophils.below_1
    neutrophils         | 0.49  | -            | critical neutrophils.below_0_5
    creatinine          | 101.3 | baseline 78  | -
    creatinine          | 101.4 | baseline 78  | urgent creatinine.rise
    urine_protein_strip | trace | -            | -
    urine_protein_strip | 1+    | -            | soon proteinuria
    upcr                | 20.1  | -            | soon proteinuria
    alt                 | 120   | upper 40     | -
    alt                 | 120.1 | upper 40     | soon alt.above_3_uln
    alt                 | 200.1 | upper 40     | urgent alt.above_5_uln
    alt                 | 320.1 | upper 40     | critical alt.above_8_uln
    hcg_u               | pos   | -            | urgent pregnancy
    hcg_s               | 4.9   | -            | -
    hcg_s               | 5     | -            | urgent pregnancy
    k                   | 6.51  | -            | critical k.above_6_5
""")
def test_blood_and_urine(analyte: str, value: str, against: str, found: str) -> None:
    """The needle comes next, and riluzole goes with it in almost all."""
    _check(analyte, value, against, "-", found)


@table("""
    value | sign       | days apart | found
    6     | stiff_neck | 14         | urgent csf_leukocytes.raised_with_signs, info csf_leukocytes.above_5
    6     | stiff_neck | 15         | info csf_leukocytes.above_5
    5     | stiff_neck | 0          | -
    6     | back_pain_increasing | 0 | info csf_leukocytes.above_5
""")
def test_cells_in_the_fluid_beside_a_sign(value: str, sign: str, days_apart: str, found: str) -> None:
    """Any rise is urgent where the patient has signs of meningitis, myelitis or raised pressure."""
    noticed_on = DAY - dt.timedelta(days=int(days_apart))
    assert said(findings("tofersen", "csf_leukocytes", value, signs={sign: (noticed_on,)})) == found
