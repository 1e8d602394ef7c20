"""How is a wrong entry put right, and what is not known yet?"""

from __future__ import annotations

from typing import Any

from tests.spec.builders import Story, alemtuzumab_after_course_1, tofersen, tofersen_on_time
from tests.spec.tables import table

READABLE = ("tsh", "2.1", "m[IU]/L", "2026-06-06")
UNREADABLE = ("tsh", "lost", "m[IU]/L", "2026-06-06")


def state(story: Story) -> str:
    return story.asked("2026-06-07").state("tsh/1.1")


def of(*entries: tuple[tuple[str, str, str, str], dict[str, Any]]) -> Story:
    story = alemtuzumab_after_course_1()
    for row, more in entries:
        story = story.with_result(*row, **more)
    return story


@table("""
    second row       | names the first | second is readable | tsh/1.1
    corrected        | no              | yes                | done
    corrected        | no              | no                 | late
    corrected        | yes             | yes                | done
    corrected        | yes             | no                 | late
    entered_in_error | no              | yes                | late
    entered_in_error | yes             | yes                | late
    final            | no              | no                 | done
    final            | yes             | no                 | late
    preliminary      | no              | yes                | done
    preliminary      | yes             | yes                | late
""")
def test_a_correction_replaces_what_it_corrects(
    second_row: str, names_the_first: str, second_is_readable: str, **expected: str
) -> None:
    """The row named by `replaces` never counts again; without a name, the earlier rows of that analyte and day."""
    more: dict[str, Any] = {"status": second_row}
    if names_the_first == "yes":
        more["replaces"] = "a"
    second = READABLE if second_is_readable == "yes" else UNREADABLE
    assert {"tsh/1.1": state(of((READABLE, {"id": "a"}), (second, more)))} == expected


@table("""
    order                | tsh/1.1
    correction last      | late
    correction first     | late
""")
def test_replaces_works_in_any_order(order: str, **expected: str) -> None:
    """The correction may stand before the row that it corrects."""
    rows: list[tuple[tuple[str, str, str, str], dict[str, Any]]] = [
        (READABLE, {"id": "a"}),
        (UNREADABLE, {"id": "b", "replaces": "a", "status": "corrected"}),
    ]
    assert {"tsh/1.1": state(of(*(rows if order == "correction last" else reversed(rows))))} == expected


@table("""
    first row        | second row       | tsh/1.1
    entered_in_error | final            | done
    final            | entered_in_error | late
    corrected        | final            | done
""")
def test_without_a_name_only_earlier_rows_are_replaced(first_row: str, second_row: str, **expected: str) -> None:
    """A row that follows the retraction in the list is a new entry."""
    assert {"tsh/1.1": state(of((READABLE, {"status": first_row}), (READABLE, {"status": second_row})))} == expected


@table("""
    the retraction concerns     | analyte | collected on | tsh/1.1
    the same analyte and day    | tsh     | 2026-06-06   | late
    the analyte by another name | 3016-3  | 2026-06-06   | late
    another day                 | tsh     | 2026-06-05   | done
    another analyte             | alt     | 2026-06-06   | done
""")
def test_without_a_name_only_the_same_analyte_and_day_are_replaced(
    the_retraction_concerns: str, analyte: str, collected_on: str, **expected: str
) -> None:
    """A retraction reaches no further than its own analyte and collection day."""
    unit = "U/L" if analyte == "alt" else "m[IU]/L"
    retraction: tuple[tuple[str, str, str, str], dict[str, Any]] = (
        (analyte, "2.1", unit, collected_on),
        {"status": "entered_in_error"},
    )
    assert {"tsh/1.1": state(of((READABLE, {}), retraction))} == expected


def test_a_correction_may_name_a_row_that_is_not_there() -> None:
    """`replaces` may name what another system holds; the correction itself counts."""
    assert state(of((READABLE, {"status": "corrected", "replaces": "elsewhere"}))) == "done"


def test_a_correction_of_a_correction_brings_nothing_back() -> None:
    """The first row was replaced and stays so, even though its correction was replaced in turn."""
    story = of(
        (READABLE, {"id": "a"}),
        (READABLE, {"id": "b", "replaces": "a", "status": "corrected"}),
        (UNREADABLE, {"id": "c", "replaces": "b", "status": "corrected"}),
    )
    assert state(story) == "late"


def test_the_same_row_sent_twice_is_the_same_row() -> None:
    """Under one id and equal in everything; two different rows under one id are refused."""
    assert state(of((READABLE, {"id": "a"}), (READABLE, {"id": "a"}))) == "done"


def test_a_correction_that_names_one_row_spares_its_neighbours() -> None:
    """Two rows of one day, one of them retracted by name: the other still counts."""
    story = of(
        (READABLE, {"id": "a"}), (READABLE, {"id": "b"}), (READABLE, {"replaces": "a", "status": "entered_in_error"})
    )
    assert state(story) == "done"


@table("""
    kind of fact   | warnings on 1 february | warnings on 2 february
    administration | 1                      | 0
    result         | 1                      | 0
    assessment     | 1                      | 0
    event          | 1                      | 0
    all of them    | 4                      | 0
""")
def test_a_fact_of_a_later_day_is_not_yet_known(
    kind_of_fact: str, warnings_on_1_february: str, warnings_on_2_february: str
) -> None:
    """What is dated after the day of the question is ignored, with one warning each; what is of that day counts."""
    story = tofersen_on_time(2)
    if kind_of_fact in {"administration", "all of them"}:
        story = story.given("2026-02-02")
    if kind_of_fact in {"result", "all of them"}:
        story = story.with_result("ck", "180", "U/L", "2026-02-02")
    if kind_of_fact in {"assessment", "all of them"}:
        story = story.with_assessment("weight", "2026-02-02")
    if kind_of_fact in {"event", "all of them"}:
        story = story.moved("dose/4", "2026-03-03", on="2026-02-02")
    counts = [str(len(story.asked(day).warnings("future_fact"))) for day in ("2026-02-01", "2026-02-02")]
    assert counts == [warnings_on_1_february, warnings_on_2_february]


def test_the_answer_of_an_earlier_day_does_not_know_the_future() -> None:
    """Asked for 1 February, the calendar is the same whether or not the later facts were entered already."""
    known = tofersen_on_time(2)
    later = known.given("2026-02-02").with_panel("csf", "2026-02-02").stopped("2026-02-03")
    assert known.asked("2026-02-01").raw["items"] == later.asked("2026-02-01").raw["items"]
    assert known.asked("2026-02-01").raw["alerts"] == later.asked("2026-02-01").raw["alerts"]


@table("""
    day asked  | dose/1 | dose/2  | dose/3
    2026-01-04 | planned | planned | planned
    2026-01-05 | done    | planned | planned
    2026-01-18 | done    | planned | planned
    2026-01-19 | done    | done    | planned
""")
def test_a_dose_counts_from_its_own_day(day_asked: str, **states: str) -> None:
    """The facts of the day of the question count."""
    answer = tofersen("2026-01-05", "2026-01-19").asked(day_asked)
    assert {key: answer.state(key) for key in states} == states


@table("""
    how the retraction names its row | warnings
    by its id                        | 0
    by analyte and day               | 0
    not at all: it stands            | 1
""")
def test_a_retracted_value_after_a_death_warns_of_nothing(how_the_retraction_names_its_row: str, warnings: str) -> None:
    """A replaced row never counts, and a retraction is no fact about the patient."""
    story = tofersen_on_time(3).died("2026-03-10").with_result("ck", "180", "U/L", "2026-03-12", id="a")
    if how_the_retraction_names_its_row == "by its id":
        story = story.with_result("ck", "180", "U/L", "2026-03-12", status="entered_in_error", replaces="a")
    if how_the_retraction_names_its_row == "by analyte and day":
        story = story.with_result("ck", "180", "U/L", "2026-03-12", status="entered_in_error")
    assert len(story.asked("2026-03-20").warnings("fact_after_death")) == int(warnings)
