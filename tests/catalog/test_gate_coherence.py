"""A gate that makes no sense keeps the service from starting, and is named by its place in the file (H13)."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.catalog import load_catalog
from monitor.catalog.checking import check_catalog
from tests.protocol_files import changed, config_with

A, T = "alemtuzumab", "tofersen"
PLATELETS = 'passes = { bounds = { at_least = "100" } }, blocks = { bounds = { below = "50" } }'
PREGNANT = 'analyte = "hcg_u", passes = { step_at_most = "neg" }'
NONSENSE = [
    # protocol, old text, new text, path inside the file
    (T, 'readings = [{ analyte = "platelets"', 'readings = [{ analyte = "plateletz"', "gates[1].readings[0].analyte"),
    (T, PLATELETS, "passes = {}", "gates[1].readings[0].passes"),
    (T, PLATELETS, 'passes = { step_at_most = "neg" }', "gates[1].readings[0].passes.step_at_most"),
    (T, PLATELETS, PLATELETS.replace('below = "50"', ""), "gates[1].readings[0].blocks.bounds"),
    (T, 'id = "inr"\ntitle', 'id = "platelets"\ntitle', "gates[2].id"),
    (T, 'title = "INR before the lumbar puncture"', 'title = ""', "gates[2].title"),
    (T, 'about = "dose_check:anticoagulant"', 'about = "dose_check:anticoagulants"', "gates[4].asks[0].about"),
    (T, 'passes = ["none", "aspirin_alone"]', "passes = []", "gates[4].asks[0].passes"),
    (T, 'blocks = ["active"]', 'blocks = ["none"]', "gates[4].asks[0].blocks"),
    (T, 'max_age = "10 days"', 'max_age_if_normal = "10 days"', "gates[4].max_age_if_normal"),
    (T, 'max_age = "10 days"', 'max_age = "10 days"\nconsecutive = 0', "gates[4].consecutive"),
    (T, 'max_age = "10 days"', 'max_age = "10 days"\nsigns = true', "gates[4]"),
    (T, 'max_age = "10 days"', 'max_age = "10 days"\nprofile = "fr"', "gates[4].profile"),
    (T, 'max_age = "10 days"', 'max_age = "10 days"\nshut = "why"', "gates[4].shut"),
    (T, 'shut = "the treatment is suspended; it is resumed first"\n', "", "gates[0].shut"),
    (T, 'shut = "the treatment is suspended; it is resumed first"', 'shut = " "', "gates[0].shut"),
    (T, 'source = "SmPC Qalsody 4.2"\nus_source = "policy"\nasks', 'source = "SmPC Qalsody 4.2"\nasks',
     "gates[5].us_source"),
    (A, PREGNANT, PREGNANT.replace("neg", "trace"), "readings[0].passes.step_at_most"),
]  # fmt: skip


@pytest.mark.parametrize(("protocol", "old", "new", "path"), NONSENSE, ids=[path for *_, path in NONSENSE])
def test_h13_it_names_the_place_of_nonsense(tmp_path: Path, protocol: str, old: str, new: str, path: str) -> None:
    config = config_with(tmp_path / "config", **{protocol: changed(protocol, (old, new))})
    found = check_catalog(load_catalog(config))
    assert any(fault.partition(": ")[2].startswith(f"{path}") or f".{path}:" in fault for fault in found), found
