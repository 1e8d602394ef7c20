"""A protocol file of the right shape that makes no sense is refused: each nonsense by its path."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.catalog import load_catalog
from monitor.catalog.checking import check_catalog, check_files, check_or_refuse
from monitor.terms import Unacceptable
from tests.protocol_files import changed, config_with

T, A, V = "tofersen", "alemtuzumab", "invented"
BASELINE = "baseline = { opens = -30, closes = 1 }"
NONSENSE = [
    # file, old text, new text, path inside the file
    (T, 'profiles = ["eu", "us"]', "profiles = []", "profiles"),
    (T, 'profiles = ["eu", "us"]', 'profiles = ["eu", "fr"]', "profiles[1]"),
    (T, 'profiles = ["eu", "us"]', 'profiles = ["eu", "eu"]', "profiles[1]"),
    (T, 'us_source = "PI Qalsody 2.1"', "", "doses.us_source"),
    (T, 'source = "SmPC Qalsody 4.2"', 'source = ""', "doses.source"),
    (T, 'window_source = "policy"', 'window_source = " policy"', "doses.window_source"),
    (T, 'long_interruption = "28 days"', 'long_interruption = "0 days"', "doses.long_interruption"),
    (T, 'interval = "14 days"', 'interval = "0 days"', "doses.phases[0].interval"),
    (T, 'interval = "14 days"', 'interval = "9999 months"', "doses.phases[0].interval"),
    (T, 'minimum_interval = "14 days"', 'minimum_interval = "15 days"', "doses.phases[0].minimum_interval"),
    (T, "doses = 3\n", "", "doses.phases[0].doses"),
    (T, "doses = 3\n", "doses = 0\n", "doses.phases[0].doses"),
    (T, 'name = "maintenance"', 'name = "maintenance"\ndoses = 9', "doses.phases[1].doses"),
    (T, 'name = "maintenance"', 'name = "loading"', "doses.phases[1].name"),
    (T, "visit.window = { opens = 0", "visit.window = { opens = 1", "doses.phases[0].visit.window.opens"),
    (T, "visit.window = { opens = 0", "visit.window = { opens = -14", "doses.phases[0].visit.window.opens"),
    (T, 'closes = "never", overdue = 4', "closes = 30, overdue = 4", "doses.phases[0].visit.window.closes"),
    (T, "overdue = 4", "overdue = 0", "doses.phases[0].visit.window.overdue"),
    (T, "nurse = 1, neurologist = 3", "nurse = 4, neurologist = 3", "doses.phases[0].visit.rungs.neurologist"),
    (T, "nurse = 1, neurologist = 3", "nurse = 0, neurologist = 3", "doses.phases[0].visit.rungs.nurse"),
    (T, "critical = 28 }", "critical = 2 }", "doses.phases[0].visit.rungs.critical"),
    (T, "critical = 28 }", "critical_missed = 2 }", "doses.phases[0].visit.rungs.critical_missed"),
    (T, "reminders = [-7, -2, -1]", "reminders = [-2, -7, -1]", "doses.phases[0].visit.reminders[1]"),
    (T, "reminders = [-7, -2, -1]", "reminders = [-7, -1, -1]", "doses.phases[0].visit.reminders[2]"),
    (T, 'id = "csf"', 'id = "weight"', "streams[2].id"),
    (T, 'id = "csf"', 'id = "dose"', "streams[0].id"),
    (T, 'id = "csf"', 'id = "csf/1"', "streams[0].id"),
    (T, '"csf_protein"', '"csf_protien"', "streams[0].requires[2]"),
    (T, '"csf_protein"', '"CSF_PROT"', "streams[0].requires[2]"),
    (T, '"csf_protein"', '"weight"', "streams[0].requires[2]"),
    (T, '"csf_protein"', '"csf_glucose"', "streams[0].requires[3]"),
    (T, '"aptt or aptt_ratio"', '"aptt or  aptt_ratio"', "streams[3].requires[1]"),
    (T, 'requires = ["csf_leukocytes", "csf_erythrocytes", "csf_protein", "csf_glucose"]', "", "streams[0].requires"),
    (T, 'kind = "lab"', 'kind = "task"', "streams[0].done_by"),
    (T, 'kind = "lab"', 'kind = "dose"', "streams[0].kind"),
    (T, 'closes = "next", overdue = 2', 'closes = "next", overdue = 7', "streams[0].window.overdue"),
    (T, 'window = { opens = -7, closes = "next"', 'window = { opens = -14, closes = "next"', "streams[0].window.opens"),
    (T, "closes = 1 }", "closes = 0 }", "streams[3].window.closes"),
    (T, "rungs = { nurse = 2, neurologist = 7 }", "", "streams[0].rungs"),
    (T, 'closes = "next", overdue = 2 }', 'closes = "next" }', "streams[0].rungs"),
    (T, 'anchor = "first_dose", every', 'anchor = "last_infusion", count = 4, every', "streams[5].schedule.anchor"),
    (T, 'anchor = "first_dose", every', 'anchor = "first_dose", count = 4, every', "streams[5].schedule.count"),
    (T, BASELINE, 'baseline = { opens = -30, closes = "never" }', "streams[5].schedule.baseline.closes"),
    (T, BASELINE, 'baseline = { opens = -30, closes = "next" }', "streams[5].schedule.baseline.closes"),
    (T, BASELINE, "baseline = { opens = -30, closes = 9, overdue = 2 }", "streams[5].schedule.baseline.overdue"),
    (T, 'rule = "after_stop", after = "28 days"', 'rule = "after_course", after = "28 days"',
     "streams[14].schedule.rule"),
    (T, "rungs = { nurse = 7 }\ngoes_on_after_stop = true", "rungs = { nurse = 7 }\ngoes_on_after_stop = false",
     "streams[14].goes_on_after_stop"),
    (T, 'done_by = "task"', 'done_by = "dose"', "streams[12].done_by"),
    (T, "days = [1, 7]", "days = [7, 1]", "streams[12].schedule.days"),
    (T, "days = [1, 7]", "days = [0, 1]", "streams[12].schedule.days"),
    (T, "days = [1, 7]", "days = []", "streams[12].schedule.days"),
    (T, 'before = "60 days"', 'before = "0 days"', "streams[13].schedule.before"),
    (A, 'rule = "course_start"', 'rule = "after_dose", days = [1]', "streams[2].schedule.rule"),
    (A, '"varic"', '"Varic"', "doses.vzv_vaccines[1]"),
    (A, 'applies_to = { profile = "eu" }', "", "streams[4].id"),
    (A, 'applies_to = { profile = "us" }', 'applies_to = { profile = "fr" }', "streams[4].applies_to.profile"),
    (A, "first = 2, until", "first = 0, until", "streams[10].schedule.first"),
    (A, "first = 2, until", "count = 48, first = 2, until", "streams[10].schedule.until"),
    (A, 'rule = "surveillance_end"', 'rule = "after_surveillance", every = "1 month"', "streams[20].is_surveillance"),
    (T, 'rule = "before_access_expires", before = "60 days"', 'rule = "surveillance_end"', "streams[13].schedule.rule"),
    (T, 'rule = "before_access_expires", before = "60 days"', 'rule = "plan_course", course = 2, after = "1 month"',
     "streams[13].schedule.rule"),
    (A, "days_in_later_courses = 3", "days_in_later_courses = 0", "doses.days_in_later_courses"),
    (A, 'default_gap = "12 months"', 'default_gap = "11 months"', "doses.default_gap"),
    (A, "default_course = 2", "default_course = 1", "doses.default_course"),
    (A, "later_courses = [3]", "later_courses = [4]", "streams[0].schedule.later_courses"),
    (A, "first_course = [3, 5]", "first_course = [5, 3]", "streams[0].schedule.first_course"),
    (A, 'rule = "course_start"', 'rule = "with_dose"', "streams[2].schedule.rule"),
    (A, "count = 48, ", "", "streams[6].schedule.count"),
    (A, "count = 48, ", "count = 49, ", "streams[6].schedule.count"),
    (A, 'every = "1 month", count', 'every = "30 days", count', "streams[6].schedule.every"),
    (A, 'after_last_infusion = "48 months"', 'after_last_infusion = "60 months"', "surveillance.after_last_infusion"),
    (A, "{ first = 12, last = 36", "{ first = 3, last = 36", "streams[6].tighter[1].first"),
    (A, "{ first = 12, last = 36", "{ first = 12, last = 49", "streams[6].tighter[1].last"),
    (A, "{ first = 12, last = 36", "{ first = 12, last = 11", "streams[6].tighter[1].last"),
    (A, "nurse = 5, neurologist = 7", "nurse = 5, neurologist = 15", "streams[6].tighter[0].rungs.neurologist"),
    (A, '{ after = 10, to = "patient" }', '{ after = 6, to = "patient" }', "streams[6].rungs.letters[0].after"),
    (A, '{ after = 10, to = "patient" }', '{ after = 15, to = "patient" }', "streams[6].rungs.letters[1].after"),
    (A, '{ after = 14, to = "family_doctor" }, { after = 21', '{ after = 21, to = "patient" }, { after = 21',
     "streams[6].rungs.letters[2].after"),
    (A, '{ after = 7, to = "family_doctor" }, ', "", "streams[6].tighter[0].rungs.letters"),
    (A, "goes_on_after_stop = true\nis_surveillance", "is_surveillance", "streams[6].goes_on_after_stop"),
    (V, "An infusion that does not come is overdue after five days, and the neurologist knows",
     "Every four weeks from the last infusion given", "examples[0].title"),
    (V, "events = [", 'samples = [{ on = 2026-01-05, analytes = ["altt"] }]\nevents = [',
     "examples[2].samples[0].analytes"),
    (V, 'key = "last_look/1", due_on = 2026-08-02', 'key = "last_look/1", due_on = 2026-08-03',
     "examples[2].expects[0].due_on"),
    (V, 'key = "last_look/1"', 'key = "last_look/2"', "examples[2].expects[0].key"),
    (V, 'alerts = ["urgent overdue:infusion"]', "alerts = []", "examples[1].alerts"),
    (V, "warnings = []", 'warnings = ["too_early"]', "examples[1].warnings"),
    (V, '{ key = "infusion/4", due_on = 2026-04-01 }', '{ key = "infusion/4" }', "examples[0].expects[2]"),
    (A, "surveillance_ends_on = 2030-03-06", "surveillance_ends_on = 2030-03-07", "examples[0].surveillance_ends_on"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "old", "new", "path"), NONSENSE, ids=[f"{n[0]} {n[3]} {n[2][:30]!r}" for n in NONSENSE]
)
def test_it_names_the_place_of_nonsense(tmp_path: Path, name: str, old: str, new: str, path: str) -> None:
    config = config_with(tmp_path / "config", **{name: changed(name, (old, new))})

    (checked,) = check_files(load_catalog(config))

    assert path in {fault.path for fault in checked.faults}
    assert all(fault.because for fault in checked.faults)


def test_it_wants_three_worked_examples(tmp_path: Path) -> None:
    text = changed("invented")
    config = config_with(tmp_path / "config", invented=text[: text.rindex("[[examples]]")])

    (checked,) = check_files(load_catalog(config))

    assert [(fault.path, fault.because) for fault in checked.faults] == [("examples", "2 worked examples: at least 3")]


def test_it_runs_no_example_of_a_rule_that_makes_no_sense(tmp_path: Path) -> None:
    """An interval of no days would have no end."""
    config = config_with(tmp_path / "config", tofersen=changed(T, ('interval = "14 days"', 'interval = "0 days"')))

    (checked,) = check_files(load_catalog(config))

    assert not [fault for fault in checked.faults if fault.path.startswith("examples")]


def test_it_finds_nothing_in_what_is_released(config_dir: Path) -> None:
    assert check_catalog(load_catalog(config_dir)) == ()


def test_it_keeps_a_service_with_nonsense_from_starting(tmp_path: Path) -> None:
    config = config_with(tmp_path / "config", tofersen=changed(T, ("overdue = 4", "overdue = 0")))

    with pytest.raises(Unacceptable, match=r"tofersen\.v1\.toml: doses\.phases\[0\]\.visit\.window\.overdue: "):
        check_or_refuse(load_catalog(config))
