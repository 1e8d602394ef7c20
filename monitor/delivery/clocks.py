"""Do the clocks agree? Where they do not, nobody knows whether it is night: nothing is sent (H24)."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from monitor.delivery.line import why_the_clock_is_doubted
from monitor.settings import Settings
from monitor.store.beat import read_beats
from monitor.store.database_time import database_now


def clocks_disagree(session: Session, *, at: dt.datetime, settings: Settings) -> str | None:
    """Why nothing may be sent at what the process takes for the present moment, or None.

    Process and database must agree, the present may not lie before the last sign of life of a process, and no process
    may have seen the clock jump without a person having looked at it since.
    """
    skew = abs(database_now(session) - at)
    if skew > settings.clock_skew:
        return f"the clocks of process and database are {skew.total_seconds():.0f} s apart"
    last = max((one.at for one in read_beats(session)), default=at)
    if last - at > settings.clock_skew:
        return f"the clock stands {(last - at).total_seconds():.0f} s before the last sign of life"
    return why_the_clock_is_doubted(session)
