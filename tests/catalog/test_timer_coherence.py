"""A timer that makes no sense keeps the service from starting, and is named by its place in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.catalog import load_catalog
from monitor.catalog.checking import check_catalog
from monitor.terms import Unacceptable
from tests.protocol_files import changed, config_with

A, T = "alemtuzumab", "tofersen"
OBSERVATION = "minutes = 120\nblocks_closing = true"
NONSENSE = [
    # protocol, old text, new text, path inside the file
    (A, "every = 60\n", "every = 0\n", "timers[0].every"),
    (A, "every = 60\n", "every = 241\n", "timers[0].every"),
    (A, "minutes = 240 ", "minutes = 0 ", "timers[0].minutes"),
    (A, "minutes = 240 ", "minutes = 1441 ", "timers[0].minutes"),
    (A, OBSERVATION, OBSERVATION.replace("120", "0"), "timers[1].minutes"),
    (A, OBSERVATION, OBSERVATION.replace("120", "-120"), "timers[1].minutes"),
    (A, OBSERVATION, f"{OBSERVATION}\nfirst_dose_minutes = 0", "timers[1].first_dose_minutes"),
    (A, OBSERVATION, f"{OBSERVATION}\nevery = 121", "timers[1].every"),
    (A, 'id = "observation"', 'id = "vital_signs"', "timers[1].id"),
    (A, 'title = "the observation after the infusion is over"', 'title = " "', "timers[1].title"),
    (A, 'us_source = "PI Lemtrada 2.5"\nstarts', "starts", "timers[0].us_source"),
    (T, 'source = "policy"\nstarts', 'source = "SmPC Qalsody 4.2"\nstarts', "timers[0].us_source"),
]  # fmt: skip


@pytest.mark.parametrize(("protocol", "old", "new", "path"), NONSENSE, ids=[path for *_, path in NONSENSE])
def test_it_names_the_place_of_nonsense(tmp_path: Path, protocol: str, old: str, new: str, path: str) -> None:
    config = config_with(tmp_path / "config", **{protocol: changed(protocol, (old, new))})
    found = check_catalog(load_catalog(config))

    assert found[0].split(": ")[1] == path, found


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('starts = "beginning"', 'starts = "middle"', "starts"),
        ("minutes = 240 ", 'minutes = "240" ', "minutes"),
        ("every = 60\n", "evry = 60\n", "evry"),
    ],
)
def test_a_word_nobody_knows_is_refused(tmp_path: Path, old: str, new: str, named: str) -> None:
    config = config_with(tmp_path / "config", **{A: changed(A, (old, new))})
    with pytest.raises(Unacceptable) as refused:
        check_catalog(load_catalog(config))

    assert ("timers[0]" in str(refused.value), named in str(refused.value)) == (True, True)
