"""A threshold that makes no sense keeps the service from starting, and is named by its place in the file (H13)."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.catalog import load_catalog
from monitor.catalog.checking import check_catalog
from tests.protocol_files import changed, config_with

FIRST = 'when = [{ bounds = { below = "50" } }]'
FALL = 'change = { direction = "fall", since = "previous", percent = "50" }'
NONSENSE = [
    # old text, new text, path inside the file
    ('analytes = ["platelets"]', 'analytes = ["plateletz"]', "thresholds[0].analytes[0]"),
    ('analytes = ["platelets"]', 'analytes = ["PLT"]', "thresholds[0].analytes[0]"),
    ('analytes = ["platelets"]', "analytes = []", "thresholds[0].analytes"),
    ('rule = "platelets.below_50"', 'rule = "Platelets below 50"', "thresholds[0].rule"),
    ('rule = "platelets.below_50"', 'rule = "platelets.below_100"', "thresholds[1].rule"),
    (FIRST, "when = []", "thresholds[0].when"),
    (FIRST, "when = [{}]", "thresholds[0].when[0]"),
    (FIRST, "when = [{ bounds = {} }]", "thresholds[0].when[0].bounds"),
    (FIRST, 'when = [{ step_at_least = "1+" }]', "thresholds[0].when[0].step_at_least"),
    (FIRST, 'when = [{ ratio_to = "glu" }]', "thresholds[0].when[0].ratio"),
    (FIRST, 'when = [{ ratio_to = "sugar", ratio = { below = "1" } }]', "thresholds[0].when[0].ratio_to"),
    ('at_least = "50", below = "100"', 'at_least = "100", below = "100"', "thresholds[1].when[0].bounds"),
    ('at_least = "50", below = "100"', 'below = "100", at_most = "99"', "thresholds[1].when[0].bounds"),
    ('step_at_least = "1+" }]\n', 'step_at_least = "9+" }]\n', "when[0].step_at_least"),
    (FALL, 'change = { direction = "fall", since = "previous" }', "not_when[0].change"),
    (FALL, 'change = { direction = "fall", since = "previous", percent = "0" }', "not_when[0].change"),
    (FALL, 'change = { direction = "fall", since = "previous", percent = "101" }', "not_when[0].change.percent"),
    (FALL, 'change = { direction = "fall", since = "previous", times = "1" }', "not_when[0].change.times"),
    (FALL, 'change = { direction = "fall", since = "baseline", percent = "50", within = "2 days" }',
     "not_when[0].change.within"),
    ('clears = "a count of 50 or more"', 'clears = ""', "thresholds[0].clears"),
    ('clears = "a count of 50 or more"\nsource = "policy"', 'clears = "x"\nsource = "SmPC Lemtrada 4.4"',
     "thresholds[0].us_source"),
    ('repeat = { after = "0 days", overdue = 2', 'repeat = { after = "0 days", overdue = 0',
     "thresholds[0].repeat.overdue"),
    ('clears = "a count of 50 or more"', 'clears = "a count of 50 or more"\nprofile = "fr"', "thresholds[0].profile"),
    ('clears = "a count of 50 or more"', 'clears = "a count of 50 or more"\nconsecutive = 0',
     "thresholds[0].consecutive"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "path"), NONSENSE, ids=[path for _, _, path in NONSENSE])
def test_h13_it_names_the_place_of_nonsense(tmp_path: Path, old: str, new: str, path: str) -> None:
    config = config_with(tmp_path / "config", alemtuzumab=changed("alemtuzumab", (old, new)))
    found = check_catalog(load_catalog(config))
    assert any(f"alemtuzumab.v1.toml: {path}" in fault or f".{path}:" in fault for fault in found), found
