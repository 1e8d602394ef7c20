"""What is measured around each tofersen dose and every three months?"""

from __future__ import annotations

from tests.spec.builders import cells, shift, tofersen, tofersen_on_time
from tests.spec.tables import check_window, table


@table("""
    doses given | item            | due        | opens      | closes     | overdue
    1           | csf/1           | 2026-01-05 | 2025-12-29 | 2026-01-12 | 2026-01-07
    2           | csf/2           | 2026-01-19 | 2026-01-12 | 2026-01-26 | 2026-01-21
    4           | csf/4           | 2026-03-02 | 2026-02-23 | 2026-03-23 | 2026-03-04
    4           | status_scales/4 | 2026-03-02 | 2026-02-23 | 2026-03-23 | 2026-03-04
    4           | weight/4        | 2026-03-02 | 2026-02-23 | 2026-03-23 | 2026-03-04
    1           | coagulation/1   | 2026-01-05 | 2025-12-29 | 2026-01-06 | never
    4           | coagulation/4   | 2026-03-02 | 2026-02-23 | 2026-03-03 | never
    4           | cbc/4           | 2026-03-02 | 2026-02-23 | 2026-03-03 | never
""")
def test_what_goes_with_a_dose_given(
    doses_given: str, item: str, due: str, opens: str, closes: str, overdue: str
) -> None:
    """Fluid, scales and weight belong to the visit of the dose and may follow it; clotting and blood count may not."""
    story = tofersen_on_time(int(doses_given))
    check_window(story, item, due=due, opens=opens, closes=closes, overdue=overdue)


@table("""
    item            | due        | opens      | closes     | overdue
    creatinine/0    | 2026-01-05 | 2025-12-06 | 2026-01-06 | never
    ck/0            | 2026-01-05 | 2025-12-06 | 2026-01-06 | never
    urine_protein/0 | 2026-01-05 | 2025-12-06 | 2026-01-06 | never
    nfl/0           | 2026-01-05 | 2025-12-06 | 2026-01-06 | never
    alsfrs_r/0      | 2026-01-05 | 2025-12-06 | 2026-01-06 | never
    svc/0           | 2026-01-05 | 2025-12-06 | 2026-01-06 | never
    fvc/0           | 2026-01-05 | 2025-12-06 | 2026-01-06 | never
    creatinine/1    | 2026-04-05 | 2026-03-15 | 2026-06-14 | 2026-04-19
    ck/1            | 2026-04-05 | 2026-03-15 | 2026-06-14 | 2026-04-19
    urine_protein/1 | 2026-04-05 | 2026-03-15 | 2026-06-14 | 2026-04-19
    nfl/1           | 2026-04-05 | 2026-03-15 | 2026-06-14 | 2026-04-19
    alsfrs_r/1      | 2026-04-05 | 2026-03-15 | 2026-06-14 | 2026-04-19
    svc/1           | 2026-04-05 | 2026-03-15 | 2026-06-14 | 2026-04-19
    fvc/1           | 2026-04-05 | 2026-03-15 | 2026-06-14 | 2026-04-19
    alsfrs_r/2      | 2026-07-05 | 2026-06-14 | 2026-09-14 | 2026-07-19
    alsfrs_r/4      | 2027-01-05 | 2026-12-15 | 2027-03-15 | 2027-01-19
""")
def test_baselines_and_quarterly_series(item: str, due: str, opens: str, closes: str, overdue: str) -> None:
    """A baseline within 30 days before the first dose, then every three calendar months counted from that dose."""
    check_window(tofersen_on_time(1), item, due=due, opens=opens, closes=closes, overdue=overdue)


@table("""
    first dose | item         | due
    2026-01-31 | alsfrs_r/1   | 2026-04-30
    2026-01-31 | alsfrs_r/2   | 2026-07-31
    2027-11-30 | creatinine/1 | 2028-02-29
    2026-11-30 | creatinine/1 | 2027-02-28
    2026-11-30 | creatinine/2 | 2027-05-30
""")
def test_months_are_counted_from_the_first_dose(first_dose: str, item: str, due: str) -> None:
    """Calendar months from the first dose; a day that a month lacks becomes its last day, for that month only."""
    assert tofersen(first_dose, start=first_dose).asked(first_dose).of(item).due == due


@table("""
    day asked  | item          | state   | due        | closes
    2025-12-05 | alsfrs_r/0    | planned | 2026-01-05 | 2026-01-06
    2026-01-20 | alsfrs_r/0    | open    | 2026-01-05 | 2026-01-21
    2026-01-20 | creatinine/0  | open    | 2026-01-05 | 2026-01-21
    2026-01-20 | coagulation/1 | open    | 2026-01-05 | 2026-01-21
    2026-01-20 | csf/1         | open    | 2026-01-05 | 2026-01-27
    2026-01-20 | weight/1      | open    | 2026-01-05 | 2026-01-27
    2026-01-20 | alsfrs_r/1    | planned | 2026-04-20 | 2026-06-29
    2025-12-05 | alsfrs_r/1    | planned | 2026-04-05 | 2026-06-14
""")
def test_nothing_that_goes_with_a_dose_is_late_before_the_dose(
    day_asked: str, item: str, state: str, due: str, closes: str
) -> None:
    """While the dose is still to be given, what goes with it waits for it and stays open."""
    line = tofersen().asked(day_asked).of(item)
    assert (line.state, line.due, line.closes) == (state, due, closes)


@table("""
    what happened                       | given                 | item          | due        | opens      | closes
    second dose 4 days early            | 2026-01-05 2026-01-15 | csf/1         | 2026-01-05 | 2025-12-29 | 2026-01-08
    … its own fluid                     | 2026-01-05 2026-01-15 | csf/2         | 2026-01-15 | 2026-01-08 | 2026-01-22
    second dose 3 days late             | 2026-01-05 2026-01-22 | csf/1         | 2026-01-05 | 2025-12-29 | 2026-01-12
    … its own fluid                     | 2026-01-05 2026-01-22 | csf/2         | 2026-01-22 | 2026-01-15 | 2026-01-29
    … its own clotting                  | 2026-01-05 2026-01-22 | coagulation/2 | 2026-01-22 | 2026-01-15 | 2026-01-23
    second dose 4 days after the first  | 2026-01-05 2026-01-09 | csf/1         | 2026-01-05 | 2025-12-29 | 2026-01-06
    second dose to come on 2 February   | 2026-01-05            | csf/2         | 2026-01-19 | 2026-01-12 | 2026-02-09
    … its clotting                      | 2026-01-05            | coagulation/2 | 2026-01-19 | 2026-01-12 | 2026-02-03
    … the fluid of the first            | 2026-01-05            | csf/1         | 2026-01-05 | 2025-12-29 | 2026-01-12
""")
def test_the_window_follows_the_dose(
    what_happened: str, given: str, item: str, due: str, opens: str, closes: str
) -> None:
    """Once the dose is given its date counts; the next dose ends the window, not before the day after the dose."""
    line = tofersen(*cells(given)).asked("2026-02-02").of(item)
    assert (line.due, line.opens, line.closes) == (due, opens, closes)


@table("""
    stream        | credited from | credited until
    csf           | 2026-02-23    | 2026-03-22
    status_scales | 2026-02-23    | 2026-03-22
    weight        | 2026-02-23    | 2026-03-22
    coagulation   | 2026-02-23    | 2026-03-02
    cbc           | 2026-02-23    | 2026-03-02
""")
def test_which_samples_count_for_the_fourth_dose(stream: str, credited_from: str, credited_until: str) -> None:
    """A sample counts from the first to the last day of the window, both included, and not a day beside it."""
    item = f"{stream}/4"
    for day, expected in {
        shift(credited_from, -1): "missed",
        credited_from: "done",
        credited_until: "done",
        shift(credited_until, 1): "missed",
    }.items():
        assert tofersen_on_time(4).with_stream(stream, day).asked("2026-03-25").state(item) == expected, day
