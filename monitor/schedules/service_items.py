"""What the service itself has to see to beside the calendar: results that do not come, forms that nobody filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from monitor.schedules.calendar import ENDED, Forecast, Item, Kind, Outlook, State
from monitor.schedules.lone_item import Asked
from monitor.schedules.plan import Plan
from monitor.schedules.recurrence import SurveillanceEnd
from monitor.schedules.working_days import WorkingDays

CALL_LABORATORY = "call_laboratory"
FORM = "form"
CALL_OVERDUE_AFTER = 4  # days after the laboratory should have been called [policy]
FORM_OVERDUE_AFTER = 14  # days after the dose [policy]
_POLICY = "policy"


class ServiceItems(msgspec.Struct, frozen=True):
    """The items by due date and key, with what time will do to each; `changes_on`: the first later day of another."""

    items: tuple[Item, ...]
    outlook: dict[str, Outlook]
    changes_on: dt.date | None


def closing_streams(plan: Plan) -> frozenset[str]:
    """The streams whose task, once done, ends the surveillance for good."""
    return frozenset(stream.id for stream in plan.streams if isinstance(stream.schedule, SurveillanceEnd))


def awaited_results(calendar: Forecast, samples: Mapping[str, dt.date]) -> dict[str, dt.date]:
    """By key, the day of the sample whose result is still awaited; `samples` are the first taken for each key.

    Nobody waits any more once the item is done, waived or cancelled, or is gone from the calendar. For one that was
    missed the result is awaited on, since it would still credit it; but not once a later sample of its stream did.
    """
    if not samples:
        return {}
    items = {item.key: item for item in calendar.shown}
    credited: dict[str, dt.date] = {}
    for item in items.values():
        if item.done_on is not None:
            credited[item.stream] = max(item.done_on, credited.get(item.stream, item.done_on))
    return {
        key: taken_on
        for key, taken_on in samples.items()
        if key in items and _is_awaited(items[key], taken_on, credited=credited.get(items[key].stream))
    }


def _is_awaited(item: Item, taken_on: dt.date, *, credited: dt.date | None) -> bool:
    """Whether the result would still credit something; `credited`: the last day that did so in its stream."""
    if item.state in ENDED:
        return False
    return item.state is not State.MISSED or credited is None or credited <= taken_on


def service_items(
    *,
    awaited: Mapping[str, dt.date],
    forms: Mapping[int, dt.date],
    patience: dt.timedelta,
    on: dt.date,
    working_days: WorkingDays,
) -> ServiceItems:
    """The tasks of the service as of `on`: calls for results awaited for `patience`, and forms of doses.

    `forms`: the number of each dose without a form, and its day. Dates are of the treating centre's calendar. Neither
    task credits anything, nor is it done by a tick: the call ends with the result, the form when it is filled in.
    Raises nothing.
    """
    calls = {key: taken_on + patience for key, taken_on in awaited.items()}
    tasks = [_call(key, awaited[key], due_on) for key, due_on in calls.items() if due_on <= on]
    tasks += [_form(number, day) for number, day in forms.items()]
    tasks.sort(key=lambda task: (task.due_on, task.key))
    return ServiceItems(
        items=tuple(task.item(on=on, working_days=working_days) for task in tasks),
        outlook={task.key: task.outlook() for task in tasks},
        changes_on=min((day for day in calls.values() if day > on), default=None),
    )


def _call(key: str, taken_on: dt.date, due_on: dt.date) -> Asked:
    because = f"a sample for {key} was taken on {taken_on} and its result has not come; ends with the result"
    return _task(CALL_LABORATORY, f"{CALL_LABORATORY}/{key}", due_on, overdue=CALL_OVERDUE_AFTER, because=because)


def _form(number: int, day: dt.date) -> Asked:
    because = f"dose {number} was given on {day}; ends with its follow-up form"
    return _task(FORM, f"{FORM}/{number}", day, overdue=FORM_OVERDUE_AFTER, because=because)


def _task(stream: str, key: str, due_on: dt.date, *, overdue: int, because: str) -> Asked:
    return Asked(
        key=key,
        stream=stream,
        kind=Kind.TASK,
        opens_on=due_on,
        due_on=due_on,
        overdue_on=due_on + dt.timedelta(days=overdue),
        because=because,
        source=_POLICY,
    )
