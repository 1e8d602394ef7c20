"""A new version hides nothing: whatever changes in a protocol is told, under its rule, to whoever must accept it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from monitor.catalog import load_catalog
from monitor.catalog.protocol_file import read_protocol
from monitor.protocols.difference import Happened, ProtocolDifference, protocol_difference
from monitor.protocols.protocol import Protocol
from tests.protocol_files import INVENTED
from tests.protocol_files import changed as file_with
from tests.protocols.every_change import changed, spelled, ways

RELEASED = load_catalog().protocols
INVENTED_V1 = read_protocol(INVENTED)
ALL = (*RELEASED, INVENTED_V1)
WAYS = {protocol.name: tuple(ways(protocol)) for protocol in ALL}
RENAMES = ("id", "name", "title", "rule", "analytes")


def covers(found: ProtocolDifference, path: str) -> bool:
    """Whether the change of the member at `path` is told: there, of a part around it, or of one in its list."""
    told = [change.path for change in found.changes]
    return any(path == one or path.startswith((f"{one}.", f"{one}[")) or one.startswith(f"{path}[") for one in told)


@pytest.mark.parametrize("protocol", ALL, ids=lambda protocol: protocol.name)
def test_it_finds_no_difference_between_a_protocol_and_itself(protocol: Protocol) -> None:
    found = protocol_difference(protocol, protocol)

    assert found.changes == ()
    assert {(*under.added, *under.removed, *under.changed) for under in found.by_profile.values()} == {()}


@pytest.mark.parametrize("protocol", ALL, ids=lambda protocol: protocol.name)
def test_it_tells_of_every_single_change(protocol: Protocol) -> None:
    """Each member of each part in turn, also those that the vocabulary will have one day."""
    silent = []
    for way in WAYS[protocol.name]:
        found = protocol_difference(protocol, changed(protocol, way))
        if not covers(found, spelled(protocol, way)) or any(one.before == one.after for one in found.changes):
            silent.append(spelled(protocol, way))

    assert silent == []


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_one_change_never_hides_another(data: st.DataObject) -> None:
    protocol = data.draw(st.sampled_from(ALL))
    every = [way for way in WAYS[protocol.name] if way[-1] not in RENAMES]
    first, second = data.draw(st.tuples(st.sampled_from(every), st.sampled_from(every)))
    assume(first != second[: len(first)] and second != first[: len(second)])
    found = protocol_difference(protocol, changed(changed(protocol, first), second))

    assert [path for path in (spelled(protocol, first), spelled(protocol, second)) if not covers(found, path)] == []


def version_2(tmp_path: Path, *changes: tuple[str, str]) -> Protocol:
    path = tmp_path / "invented.v2.toml"
    path.write_text(file_with("invented", ("version = 1", "version = 2"), *changes), encoding="utf-8")
    return read_protocol(path)


def test_a_new_number_and_a_comment_change_nothing(tmp_path: Path) -> None:
    found = protocol_difference(INVENTED_V1, version_2(tmp_path, ("# An invented", "# Quite another invented")))

    assert (found.before, found.after, found.changes) == ("invented.v1", "invented.v2", ())


def test_it_speaks_in_the_sentences_of_the_description(tmp_path: Path) -> None:
    found = protocol_difference(INVENTED_V1, version_2(tmp_path, ("nurse = 21", "nurse = 10")))

    [change] = found.changes
    assert (change.rule, change.path, change.about) == ("weight", "streams[weight].rungs", "alerts")
    assert change.before == "nurse after 21 days, neurologist after 42, critical when two in a row are missed"
    assert change.after == "nurse after 10 days, neurologist after 42, critical when two in a row are missed"
    assert found.by_profile["eu"].changed == ("weight",)


def test_a_sentence_hides_nothing_that_it_does_not_say(tmp_path: Path) -> None:
    """The sentence on the rhythm says nothing of the baseline, so both are told."""
    found = protocol_difference(
        INVENTED_V1,
        version_2(
            tmp_path,
            ('every = "6 months"', 'every = "3 months"'),
            ("baseline = { opens = -30", "baseline = { opens = -9"),
        ),
    )

    assert [change.path for change in found.changes] == [
        "streams[weight].schedule",
        "streams[weight].schedule.baseline",
    ]


def test_it_tells_of_what_begins_and_what_ends(tmp_path: Path) -> None:
    found = protocol_difference(INVENTED_V1, version_2(tmp_path, ('id = "weight"', 'id = "mass"')))

    assert [(change.rule, change.happened) for change in found.changes] == [
        ("weight", Happened.REMOVED),
        ("mass", Happened.ADDED),
    ]
    assert "every 6 months after the first dose" in (found.changes[1].after or "")
    assert (found.by_profile["eu"].added, found.by_profile["eu"].removed) == (("mass",), ("weight",))


def test_another_way_of_recurring_is_told_in_full(tmp_path: Path) -> None:
    found = protocol_difference(
        INVENTED_V1,
        version_2(
            tmp_path,
            (
                'schedule = { rule = "with_dose" }',
                'schedule = { rule = "series", anchor = "first_dose", every = "1 month" }',
            ),
        ),
    )

    [change] = found.changes
    assert change.path == "streams[liver].schedule"
    assert change.before == "with every dose, due when the dose is: with_dose ()"
    sentence = "every month after the first dose, for as long as the treatment lasts"
    assert change.after == f"{sentence}: series (anchor first_dose, every 1 month)"


def test_a_label_more_is_told_for_that_label(tmp_path: Path) -> None:
    found = protocol_difference(INVENTED_V1, version_2(tmp_path, ('profiles = ["eu"]', 'profiles = ["eu", "us"]')))

    assert [change.path for change in found.changes] == ["profiles"]
    assert found.by_profile["us"].added == ("liver", "weight", "last_look")
    assert found.by_profile["eu"].changed == ()


def test_worked_examples_are_compared_by_their_title(tmp_path: Path) -> None:
    found = protocol_difference(INVENTED_V1, version_2(tmp_path, ("until = 2026-05-01", "until = 2026-06-01")))

    [change] = found.changes
    assert change.rule == "example: Every four weeks from the last infusion given"
    assert (change.about, change.before, change.after) == ("until", "2026-05-01 Fri", "2026-06-01 Mon")


def test_another_order_of_the_rules_is_told() -> None:
    turned = msgspec.structs.replace(INVENTED_V1.rules, streams=INVENTED_V1.rules.streams[::-1])
    found = protocol_difference(INVENTED_V1, msgspec.structs.replace(INVENTED_V1, rules=turned))

    assert [change.about for change in found.changes] == ["order of streams"]


REST = """
[[timers]]
id = "rest"
title = "rest"
source = "policy"
starts = "end"
minutes = 10
every = 5

"""


def test_h13_gates_and_timers_of_a_visit_change_under_each_label(tmp_path: Path) -> None:
    path = tmp_path / "alemtuzumab.v2.toml"
    signs = "# ---- signs that a patient may notice"
    changes = (("minutes = 120", "minutes = 60"), ('max_age = "30 days"', 'max_age = "31 days"'), (signs, REST + signs))
    path.write_text(file_with("alemtuzumab", ("version = 1", "version = 2"), *changes), encoding="utf-8")
    before = next(one for one in RELEASED if one.id == "alemtuzumab")
    found = protocol_difference(before, read_protocol(path))

    assert [(one.rule, one.path, one.before, one.after) for one in found.changes] == [
        ("gate: pregnancy", "gates[pregnancy].max_age", "30 days", "31 days"),
        ("timer: observation", "timers[observation].minutes", "120", "60"),
        ("timer: rest", "timers[rest]", None, "rest; when: every 5 minutes from the end of the dose, for 10 minutes"),
    ]
    assert {(under.added, under.changed) for under in found.by_profile.values()} == {
        (("timer: rest",), ("gate: pregnancy", "timer: observation"))
    }
