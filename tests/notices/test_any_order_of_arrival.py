"""Whatever order values arrive in: what is grave in the end has called somebody on the way (G7)."""

from __future__ import annotations

import datetime as dt
from functools import cache

from hypothesis import example, given
from hypothesis import strategies as st

from monitor.catalog import load_catalog
from monitor.catalog.catalog import Catalog
from monitor.labs.baselines import baselines
from monitor.labs.chart import chart_of
from monitor.labs.judge import judge
from monitor.labs.measured import measure
from monitor.labs.subject import Subject
from monitor.labs.values import Value
from monitor.notices.late_alerts import late_alerts
from monitor.notices.result_alerts import result_alerts, standing_findings
from monitor.terms import Level

FIRST, FIRST_DOSE = dt.date(2026, 3, 1), dt.date(2026, 3, 3)
VALUES = {
    "platelets": ("30", "98", "112", "160", "245", "400", "<200"),
    "creatinine": ("70", "100", "140"),
    "urine_blood_strip": ("neg", "1+", "3+"),
    "alt": ("20", "200", ">30"),
    "bilirubin_total": ("10", "60"),
    "alp": ("60", "400"),
    "haemoglobin": ("90", "125", "150"),
}
Printed = tuple[str, str, int, bool]  # analyte, value, days after the first, whether the laboratory stands behind it

printed = st.sampled_from(sorted(VALUES)).flatmap(
    lambda name: st.tuples(st.just(name), st.sampled_from(VALUES[name]), st.integers(0, 9), st.integers(0, 4).map(bool))
)


@cache
def catalog() -> Catalog:
    return load_catalog()


def value(place: int, row: Printed) -> Value:
    name, text, day, is_final = row
    known = catalog().dictionary.find(name)
    assert known is not None
    on = FIRST + dt.timedelta(days=day)
    made = measure(known, value=text, unit=known.unit, collected_on=on, is_final=is_final, ref=str(place))
    assert made is not None
    return made


def subject(values: list[Value]) -> Subject:
    chart, rules = chart_of(values), catalog().protocol("alemtuzumab").rulebook_for("eu")
    known = baselines(chart, rules.with_baseline, first_dose_on=FIRST_DOSE)
    return Subject(catalog().dictionary, chart, rules, "female", dt.date(1986, 1, 1), baselines=known)


def called(values: list[Value]) -> set[str]:
    """The rules that called somebody while these came, one after the other."""
    found: set[str] = set()
    for count, last in enumerate(values, start=1):
        so_far = subject(values[:count])
        alerts = (*result_alerts(standing_findings(so_far)), *late_alerts(so_far, arrived={last.ref or ""}))
        found |= {one.finding.rule for one in alerts}
    return found


@given(rows=st.lists(printed, min_size=1, max_size=8), order=st.randoms(use_true_random=False))
@example(rows=[("creatinine", "100", 0, False), ("creatinine", "70", 1, True)], order=None)
@example(
    rows=[("alt", "200", 2, True), ("alt", "20", 9, True), ("bilirubin_total", "60", 2, True)],
    order=None,
)
@example(
    rows=[("creatinine", "140", 5, True), ("creatinine", "70", 9, True), ("creatinine", "100", 1, True)],
    order=None,
)
def test_g7_what_is_grave_in_the_end_has_called_on_the_way(rows: list[Printed], order: object) -> None:
    values = [value(place, row) for place, row in enumerate(rows)]
    if hasattr(order, "shuffle"):
        order.shuffle(values)
    in_the_end = subject(values)
    grave = {
        finding.rule for one in values for finding in judge(one, in_the_end) if finding.level.rank <= Level.URGENT.rank
    }

    assert grave - called(values) == set()
