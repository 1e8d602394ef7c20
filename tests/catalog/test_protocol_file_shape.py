"""A protocol file of the wrong shape is refused with the file, the path inside it and the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.catalog.protocol_file import read_protocol
from monitor.terms import Unacceptable
from tests.protocol_files import changed

WRONG = [
    # file, old text, new text, path inside the file, part of the reason
    ("tofersen", 'id = "tofersen"', 'id = "tofersen"\ncolour = "red"', "", "colour"),
    ("tofersen", "version = 1", 'version = "1"', "version", "int"),
    ("tofersen", "version = 1", "version = 2", "id", "named after"),
    ("tofersen", 'title = "Tofersen', 'titel = "Tofersen', "", "titel"),
    ("tofersen", 'profiles = ["eu", "us"]', 'profiles = "eu"', "profiles", "array"),
    ("tofersen", 'rule = "interval_after_last_dose"', 'rule = "every_full_moon"', "doses.rule", "every_full_moon"),
    ("tofersen", 'long_interruption = "28 days"', 'long_interruption = "28"', "doses.long_interruption", "length of"),
    ("tofersen", 'long_interruption = "28 days"', "long_interruption = 28", "doses.long_interruption", "in words"),
    ("tofersen", "doses = 3", "doses = 3.5", "doses.phases[0].doses", "int"),
    ("tofersen", 'interval = "14 days"', 'interval = "a fortnight"', "doses.phases[0].interval", "length of time"),
    ("tofersen", 'interval = "14 days"', 'interval = "-14 days"', "doses.phases[0].interval", "length of time"),
    ("tofersen", "visit.reminders = [-7, -2, -1]", "visit.reminders = [-7, true]",
     "doses.phases[0].visit.reminders[1]", "int"),
    ("tofersen", "overdue = 4 }", "overdue = 4, overdu = 5 }", "doses.phases[0].visit.window", "overdu"),
    ("tofersen", "critical = 28 }", "critical = 28, pharmacist = 2 }", "doses.phases[0].visit.rungs", "pharmacist"),
    ("tofersen", 'kind = "lab"', 'kind = "laboratory"', "streams[0].kind", "laboratory"),
    ("tofersen", 'done_by = "sample"', 'done_by = "magic"', "streams[0].done_by", "magic"),
    ("tofersen", 'schedule = { rule = "with_dose" }', 'schedule = { rule = "with_dose", every = "1 month" }',
     "streams[0].schedule", "every"),
    ("tofersen", 'closes = "next"', 'closes = "soon"', "streams[0].window.closes", "soon"),
    ("tofersen", 'requires = ["csf_leukocytes"', "requires = [1", "streams[0].requires[0]", "str"),
    ("tofersen", "on = 2026-01-01", 'on = "2026-13-01"', "examples[0].on", ""),
    ("tofersen", "due_on = 2026-01-05", 'due_on = "soon"', "examples[0].expects[0].due_on", ""),
    ("tofersen", "due_on = 2026-01-05", "due = 2026-01-05", "examples[0].expects[0]", "due"),
    ("tofersen", 'state = "done"', 'state = "finished"', "examples[1].expects[0].state", "finished"),
    ("tofersen", "started_on = 2026-01-05\n", "", "examples[0]", "started_on"),
    ("alemtuzumab", "[surveillance]", "[surveillance]\nforever = true", "surveillance", "forever"),
    ("alemtuzumab", "days_in_first_course = 5", "days_in_first_course = 5.0", "doses.days_in_first_course", ""),
    ("alemtuzumab", "first_course = [3, 5]", 'first_course = "3, 5"', "streams[0].schedule.first_course", "array"),
    ("alemtuzumab", "count = 48", "count = 48, unless = 3", "streams[6].schedule", "unless"),
    ("alemtuzumab", "baseline = { opens = -30", "baseline = { opened = -30", "streams[6].schedule.baseline", "opened"),
    ("alemtuzumab", "{ first = 1, last = 3", "{ first = 1, until = 3", "streams[6].tighter[0]", "until"),
    ("alemtuzumab", 'sex = "female"', 'sex = "woman"', "streams[5].applies_to.sex", "woman"),
    ("alemtuzumab", "goes_on_after_stop = true", 'goes_on_after_stop = "yes"', "streams[0].goes_on_after_stop", "bool"),
    ("alemtuzumab", "{ on = 2026-03-02, course = 1", "{ on = 2026-03-02, cycle = 1", "examples[0].given[0]", "cycle"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "path", "reason"), WRONG, ids=[f"{w[0]} {w[2][:40]!r}" for w in WRONG])
def test_it_says_where_a_file_is_wrong(tmp_path: Path, name: str, old: str, new: str, path: str, reason: str) -> None:
    file = tmp_path / f"{name}.v1.toml"
    file.write_text(changed(name, (old, new)), encoding="utf-8")

    with pytest.raises(Unacceptable) as refusal:
        read_protocol(file)

    where = f"{file.name}: {path}" if path else file.name
    assert refusal.value.field == where
    assert reason in refusal.value.reason


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tofersen.v1.toml", b"id = "),
        ("tofersen.v1.toml", b'id = "tof'),
        ("tofersen.v1.toml", b'id = "a"\nid = "b"'),
        ("tofersen.v1.toml", b'id = "\xff"'),
        ("tofersen.v1.toml", b""),
    ],
)
def test_it_refuses_what_is_no_toml(tmp_path: Path, name: str, content: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(content)

    with pytest.raises(Unacceptable, match=r"tofersen\.v1\.toml"):
        read_protocol(file)


@pytest.mark.parametrize(
    "name", ["tofersen.toml", "tofersen.v0.toml", "tofersen.v01.toml", "other.v1.toml", "Tofersen.v1.toml"]
)
def test_it_refuses_a_file_that_is_not_named_after_what_is_in_it(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(changed("tofersen"), encoding="utf-8")

    with pytest.raises(Unacceptable, match="named after its id and version"):
        read_protocol(file)


def test_it_knows_a_changed_file_by_its_digest(tmp_path: Path) -> None:
    file = tmp_path / "tofersen.v1.toml"
    file.write_text(changed("tofersen"), encoding="utf-8")
    before = read_protocol(file).digest
    file.write_text(changed("tofersen", ("overdue = 4", "overdue = 5")), encoding="utf-8")

    assert read_protocol(file).digest != before
