"""What the service itself has to see to: a result that does not come, a form that nobody filled in."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from monitor.schedules.calendar import Forecast, Item, Kind, State
from monitor.schedules.service_items import ServiceItems, awaited_results, service_items
from monitor.schedules.working_days import WorkingDays

DAY = dt.timedelta(days=1)
FRIDAY = dt.date(2026, 6, 12)
THREE_DAYS = dt.timedelta(days=3)
EVERY_WEEKDAY = WorkingDays(lambda _year: frozenset())


def item(key: str = "cbc/1.3", state: State = State.OPEN, *, done_on: dt.date | None = None) -> Item:
    return Item(
        key=key, stream=key.partition("/")[0], kind=Kind.LAB, due_on=FRIDAY, suggested_on=FRIDAY,
        opens_on=FRIDAY - 10 * DAY, closes_on=FRIDAY + 20 * DAY, state=state, done_on=done_on, moved_from=None,
        blocked_by=(), because="it is due", source="policy",
    )  # fmt: skip


def calendar(*items: Item, upcoming: tuple[Item, ...] = ()) -> Forecast:
    return Forecast(
        items=items, alerts=(), warnings=(), surveillance_ends_on=None, next_dose=None, next_lab=None,
        upcoming=upcoming, outlook={}, attention_on=None,
    )  # fmt: skip


def tasks(
    *, on: dt.date, awaited: dict[str, dt.date] | None = None, forms: dict[int, dt.date] | None = None
) -> ServiceItems:
    return service_items(
        awaited=awaited or {}, forms=forms or {}, patience=THREE_DAYS, on=on, working_days=EVERY_WEEKDAY
    )


@pytest.mark.parametrize("state", list(State), ids=str)
def test_a_result_is_awaited_until_its_item_is_settled(state: State) -> None:
    done_on = FRIDAY if state is State.DONE else None
    waits = awaited_results(calendar(item(state=state, done_on=done_on)), {"cbc/1.3": FRIDAY})

    assert (waits == {}) == (state in {State.DONE, State.WAIVED, State.CANCELLED})


def test_a_result_is_awaited_for_an_item_that_is_only_coming() -> None:
    assert awaited_results(calendar(upcoming=(item(),)), {"cbc/1.3": FRIDAY}) == {"cbc/1.3": FRIDAY}


def test_nobody_waits_for_what_the_calendar_no_longer_has() -> None:
    assert awaited_results(calendar(item("tsh/1.1")), {"cbc/1.3": FRIDAY}) == {}


@pytest.mark.parametrize(
    ("credited", "waiting"),
    ((FRIDAY + DAY, []), (FRIDAY, ["cbc/1.3"]), (FRIDAY - DAY, ["cbc/1.3"])),
    ids=("later", "same", "before"),
)
def test_a_missed_sample_is_awaited_until_a_later_one_counts(credited: dt.date, waiting: list[str]) -> None:
    """The tube may still turn up, and its result would credit the month it was drawn in."""
    found = calendar(item(state=State.MISSED), item("cbc/1.4", State.DONE, done_on=credited))

    assert list(awaited_results(found, {"cbc/1.3": FRIDAY})) == waiting


def test_a_later_sample_of_another_stream_settles_nothing() -> None:
    found = calendar(item(state=State.MISSED), item("tsh/1.1", State.DONE, done_on=FRIDAY + 9 * DAY))

    assert awaited_results(found, {"cbc/1.3": FRIDAY}) == {"cbc/1.3": FRIDAY}


@pytest.mark.parametrize(
    ("days", "state"),
    ((0, None), (2, None), (3, State.OPEN), (4, State.LATE), (6, State.LATE), (7, State.OVERDUE)),
)
def test_after_three_days_it_becomes_a_call_to_the_laboratory(days: int, state: State | None) -> None:
    found = tasks(awaited={"cbc/1.3": FRIDAY}, on=FRIDAY + days * DAY)

    assert [(one.key, one.due_on, one.state) for one in found.items] == (
        [] if state is None else [("call_laboratory/cbc/1.3", FRIDAY + 3 * DAY, state)]
    )
    assert found.changes_on == (FRIDAY + 3 * DAY if state is None else None)


@pytest.mark.parametrize(
    ("days", "state"), ((0, State.OPEN), (1, State.LATE), (13, State.LATE), (14, State.OVERDUE), (400, State.OVERDUE))
)
def test_a_dose_without_a_form_asks_for_it_from_its_day_on(days: int, state: State) -> None:
    (form,) = tasks(forms={4: FRIDAY}, on=FRIDAY + days * DAY).items

    assert (form.key, form.kind, form.due_on, form.state) == ("form/4", Kind.TASK, FRIDAY, state)


def test_what_time_will_do_is_told_with_each_task() -> None:
    found = tasks(awaited={"cbc/1.3": FRIDAY}, forms={4: FRIDAY}, on=FRIDAY + 3 * DAY)

    assert {key: (ahead.late_on, ahead.overdue_on, ahead.reminders) for key, ahead in found.outlook.items()} == {
        "call_laboratory/cbc/1.3": (FRIDAY + 4 * DAY, FRIDAY + 7 * DAY, ()),
        "form/4": (FRIDAY + DAY, FRIDAY + 14 * DAY, ()),
    }


def test_tasks_stand_in_the_order_of_their_days_and_are_better_done_on_a_working_day() -> None:
    found = tasks(awaited={"cbc/1.3": FRIDAY - 3 * DAY, "tsh/1.1": FRIDAY - 2 * DAY}, on=FRIDAY + DAY).items

    assert [(one.key, one.suggested_on) for one in found] == [
        ("call_laboratory/cbc/1.3", FRIDAY),
        ("call_laboratory/tsh/1.1", FRIDAY + 3 * DAY),
    ]


def test_every_task_says_why_and_on_whose_authority() -> None:
    for task in tasks(awaited={"cbc/1.3": FRIDAY}, forms={4: FRIDAY}, on=FRIDAY + 3 * DAY).items:
        assert msgspec.structs.asdict(task)["because"]
        assert task.source == "policy"
