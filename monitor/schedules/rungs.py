"""The rungs of a ladder: after how many days late whom an alert reaches, and how pressing it is by then."""

from __future__ import annotations

from typing import Protocol

from monitor.terms import Audience, Level

AT_WORST = Audience.NEUROLOGIST, Level.CRITICAL


class DaysLate(Protocol):
    """Days after the due date; absent means never."""

    @property
    def nurse(self) -> int | None: ...
    @property
    def neurologist(self) -> int | None: ...
    @property
    def critical(self) -> int | None: ...


def reached(rungs: DaysLate, *, days: int) -> tuple[Audience, Level] | None:
    """Whom the highest rung reaches after so many days, and how soon they must look; None below the first [policy]."""
    if rungs.critical is not None and days >= rungs.critical:
        return AT_WORST
    if rungs.neurologist is not None and days >= rungs.neurologist:
        return Audience.NEUROLOGIST, Level.URGENT
    if rungs.nurse is not None and days >= rungs.nurse:
        return Audience.NURSE, Level.SOON
    return None


def rung_days(rungs: DaysLate) -> list[int]:
    """The days on which a rung is reached."""
    return [days for days in (rungs.nurse, rungs.neurologist, rungs.critical) if days is not None]
