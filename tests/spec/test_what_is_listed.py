"""Which items does an answer hold, in which order, and what stands at its head?"""

from __future__ import annotations

from tests.spec.builders import (
    Story,
    alemtuzumab,
    alemtuzumab_after_course_1,
    cells,
    in_a_row,
    tofersen,
    tofersen_on_time,
)
from tests.spec.tables import table


@table("""
    day asked  | until      | doses listed
    2026-01-05 | 2026-03-01 | dose/1 dose/2 dose/3
    2026-01-05 | 2026-03-02 | dose/1 dose/2 dose/3 dose/4
    2026-01-05 | 2026-01-05 | dose/1
    2026-01-05 | 2025-06-01 | dose/1
    2026-01-04 | 2026-01-04 | -
    2026-01-20 | 2026-01-05 | dose/1
""")
def test_how_far_doses_are_planned(day_asked: str, until: str, doses_listed: str) -> None:
    """Up to `until`, or to the day of the question where that is later; the last day is included."""
    assert tofersen().asked(day_asked, until=until).keys_of("dose") == cells(doses_listed)


@table("""
    day asked  | last dose listed | its due date
    2026-01-05 | dose/15          | 2027-01-04
    2026-01-06 | dose/15          | 2027-01-05
    2024-02-29 | dose/1           | -
""")
def test_twelve_months_are_planned_unless_said_otherwise(
    day_asked: str, last_dose_listed: str, its_due_date: str
) -> None:
    """`until` is the day of the question plus 12 months."""
    answer = tofersen().asked(day_asked)
    listed = answer.keys_of("dose")
    assert (listed[-1:], answer.of(listed[-1]).due if listed else "-") == (
        ((last_dose_listed,), its_due_date) if its_due_date != "-" else ((), "-")
    )


def test_what_was_done_is_listed_whatever_is_asked() -> None:
    """A sample taken before its due date is in the answer of that day."""
    answer = alemtuzumab(start="2026-03-02").with_panel("tsh", "2026-02-20").asked("2026-02-20", until="2026-02-20")
    assert (answer.keys, answer.of("tsh/1.0").done) == (("tsh/1.0",), "2026-02-20")


@table("""
    stream              | listed
    cbc                 | yes
    creatinine          | yes
    urinalysis          | yes
    liver               | yes
    tsh                 | yes
    skin                | yes
    hpv                 | yes
    infusion/2.1        | no
    cbc/2.0             | no
    antiherpetic_stop   | no
    contraception_end   | no
""")
def test_surveillance_is_listed_to_its_end(stream: str, listed: str) -> None:
    """Once something was infused, the 48 months are shown whatever `until` says; the other items end with it."""
    answer = alemtuzumab_after_course_1().asked("2026-03-20", until="2026-03-20")
    ends = {
        "cbc": "1.48",
        "creatinine": "1.48",
        "urinalysis": "1.48",
        "liver": "1.48",
        "tsh": "1.16",
        "skin": "1.4",
        "hpv": "1.4",
    }
    if listed == "yes":
        assert f"{stream}/{ends[stream]}" in answer.keys
    else:
        assert not [key for key in answer.keys if key.startswith(stream)]


def test_before_the_first_infusion_surveillance_is_planned_like_the_doses() -> None:
    """Nothing is owed yet: the series of the planned course ends with `until`."""
    answer = alemtuzumab().asked("2026-02-01", until="2026-06-06")
    assert answer.keys_of("cbc") == ("cbc/1.0", "cbc/1.1", "cbc/1.2", "cbc/1.3")
    assert answer.keys_of("tsh") == ("tsh/1.0", "tsh/1.1")


def test_items_are_ordered_by_due_date_then_by_key_as_plain_text() -> None:
    """`cbc/1.10` stands by its date, and items of one day by their keys."""
    items = alemtuzumab_after_course_1().asked("2026-06-15").raw["items"]
    assert items == sorted(items, key=lambda item: (item["due_on"], item["key"]))
    assert [item["key"] for item in items if item["due_on"] == "2026-06-06"] == [
        "cbc/1.3", "creatinine/1.3", "liver/1.3", "tsh/1.1", "urinalysis/1.3",
    ]  # fmt: skip


@table("""
    item                    | stream              | kind
    dose/1                  | dose                | dose
    csf/1                   | csf                 | lab
    coagulation/1           | coagulation         | lab
    cbc/1                   | cbc                 | lab
    status_scales/1         | status_scales       | assessment
    weight/1                | weight              | assessment
    creatinine/0            | creatinine          | lab
    ck/1                    | ck                  | lab
    urine_protein/1         | urine_protein       | lab
    nfl/1                   | nfl                 | lab
    alsfrs_r/1              | alsfrs_r            | assessment
    svc/1                   | svc                 | assessment
    fvc/0                   | fvc                 | assessment
""")
def test_the_streams_of_tofersen(item: str, stream: str, kind: str) -> None:
    """A dose, laboratory tests and assessments."""
    found = tofersen().asked("2026-01-05").of(item).item
    assert (found["stream"], found["kind"]) == (stream, kind)


@table("""
    item                    | stream              | kind
    infusion/1.1            | infusion            | dose
    platelets_in_course/1.3 | platelets_in_course | lab
    cbc/1.1                 | cbc                 | lab
    creatinine/1.0          | creatinine          | lab
    urinalysis/1.1          | urinalysis          | lab
    liver/1.1               | liver               | lab
    tsh/1.1                 | tsh                 | lab
    skin/1.1                | skin                | assessment
    hpv/1.1                 | hpv                 | assessment
    corticosteroid/1.1      | corticosteroid      | task
    antiherpetic_start/1    | antiherpetic_start  | task
    antiherpetic_stop/1     | antiherpetic_stop   | task
    contraception_end/1     | contraception_end   | task
""")
def test_the_streams_of_alemtuzumab(item: str, stream: str, kind: str) -> None:
    """A dose, laboratory tests, assessments and tasks."""
    found = alemtuzumab_after_course_1().asked("2026-03-10").of(item).item
    assert (found["stream"], found["kind"]) == (stream, kind)


def test_every_item_has_the_same_members_and_says_why() -> None:
    """No member is ever left out; a reason and a source stand on every item, alert and warning."""
    members = {
        "key", "stream", "kind", "due_on", "suggested_on", "opens_on", "closes_on",
        "state", "done_on", "moved_from", "blocked_by", "because", "source",
    }  # fmt: skip
    raw = alemtuzumab_after_course_1().given("2026-12-24", course=1, day=5).asked("2026-06-15").raw
    assert all(set(item) == members for item in raw["items"])
    assert all(set(alert) == {"topic", "audience", "level", "since", "because", "source"} for alert in raw["alerts"])
    assert all(set(warning) == {"code", "item", "because", "source"} for warning in raw["warnings"])
    everything = [*raw["items"], *raw["alerts"], *raw["warnings"]]
    assert raw["alerts"]
    assert raw["warnings"]
    assert all(entry["because"].strip() and entry["source"].strip() for entry in everything)


@table("""
    protocol       | answered
    tofersen       | tofersen.v1
    tofersen.v1    | tofersen.v1
""")
def test_the_head_of_the_answer(protocol: str, answered: str) -> None:
    """The version that was used, the label profile, the day of the question, and the id as it was given."""
    story = tofersen()
    named = Story({**story.history, "protocol": protocol, "id": "p-17"}).asked("2026-01-05").raw
    assert [named[name] for name in ("id", "protocol", "profile", "on")] == ["p-17", answered, "eu", "2026-01-05"]
    nameless = Story({**story.history, "protocol": protocol, "profile": "eu"}).asked("2026-01-05").raw
    assert (nameless["id"], nameless["profile"]) == (None, "eu")
    assert set(named) == {
        "id",
        "protocol",
        "profile",
        "on",
        "items",
        "surveillance_ends_on",
        "next",
        "alerts",
        "warnings",
    }


@table("""
    story                              | day asked  | next dose  | next lab
    tofersen, nothing given            | 2026-01-05 | 2026-01-05 | 2026-01-05
    tofersen, 4 doses                  | 2026-03-05 | 2026-03-30 | 2026-03-02
    tofersen, 4 doses, fluid sent      | 2026-03-05 | 2026-03-30 | 2026-03-30
    tofersen, 4 doses                  | 2026-04-20 | 2026-03-30 | 2026-03-30
    tofersen, dose 5 waived            | 2026-04-20 | 2026-04-27 | 2026-04-05
    alemtuzumab, nothing given         | 2026-02-01 | 2026-03-02 | 2026-03-02
    alemtuzumab, course 1              | 2026-03-20 | 2027-03-06 | 2026-04-06
    alemtuzumab, course 1              | 2026-04-26 | 2027-03-06 | 2026-05-06
    alemtuzumab, days 1 to 3           | 2026-03-20 | 2026-03-05 | 2026-03-21
    alemtuzumab, course 2 agreed       | 2026-03-20 | 2027-04-12 | 2026-04-06
    alemtuzumab, course 2              | 2027-03-20 | -          | 2027-03-06
""")
def test_what_comes_next(story: str, day_asked: str, next_dose: str, next_lab: str) -> None:
    """The earliest dose and the earliest laboratory test still to come, whatever `until` says; a missed one is past."""
    after_1 = alemtuzumab_after_course_1()
    stories = {
        "tofersen, nothing given": tofersen(),
        "tofersen, 4 doses": tofersen_on_time(4),
        "tofersen, 4 doses, fluid sent": tofersen_on_time(4).with_panel("csf", "2026-03-02"),
        "tofersen, dose 5 waived": tofersen_on_time(4).waived("dose/5", on="2026-04-20"),
        "alemtuzumab, nothing given": alemtuzumab(),
        "alemtuzumab, course 1": after_1,
        "alemtuzumab, days 1 to 3": alemtuzumab(*in_a_row("2026-03-02", 3)),
        "alemtuzumab, course 2 agreed": after_1.agreed(2, "2027-04-12"),
        "alemtuzumab, course 2": after_1.infused(2, *in_a_row("2027-03-08", 3)),
    }
    for until in (None, day_asked, "2020-01-01", "2040-01-01"):
        answer = stories[story].asked(day_asked, until=until)
        assert (answer.next("dose"), answer.next("lab")) == (next_dose, next_lab), until


@table("""
    protocol    | surveillance ends
    tofersen    | -
    alemtuzumab | 2030-03-06
""")
def test_only_a_bounded_surveillance_has_an_end(protocol: str, surveillance_ends: str) -> None:
    """Tofersen is followed as long as it is given."""
    story = tofersen_on_time(4) if protocol == "tofersen" else alemtuzumab_after_course_1()
    assert story.asked("2026-06-01").surveillance_ends == surveillance_ends
