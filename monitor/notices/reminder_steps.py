"""Open this to see on which days before or after its due date the protocol wants a patient reminded of an item."""

from __future__ import annotations

from monitor.notices.reminders import Steps
from monitor.schedules.calendar import Forecast, Item


def reminder_steps(forecast: Forecast) -> Steps:
    """The steps of each item of this forecast; an item that is over has none left."""

    def steps(item: Item) -> tuple[int, ...]:
        ahead = forecast.outlook.get(item.key)
        return ahead.reminders if ahead is not None else ()

    return steps
