"""How far ahead calendars plan doses: open this to change it for the agenda, the screens and `simulate` at once."""

from __future__ import annotations

import datetime as dt

from monitor.spans import add_months

PLANNED_MONTHS = 12


def planned_until(today: dt.date) -> dt.date:
    """The last day to which doses are planned where nobody names another: twelve months ahead (contract)."""
    return add_months(today, PLANNED_MONTHS)
