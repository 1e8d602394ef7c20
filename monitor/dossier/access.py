"""Named-patient access to a medicine: the request, what became of it, and who prescribes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

import msgspec

from monitor.dossier.entry import Entry, Lifetime, in_order, needed, unwanted
from monitor.terms import Unacceptable

Number = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


class Decision(StrEnum):
    """What the agency said."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class AccessRequest(Entry, frozen=True, kw_only=True):
    """One request, or its renewal. An acceptance has a number and an end, at most one year after the decision."""

    ahead: ClassVar[frozenset[str]] = frozenset({"expires_on"})

    requested_on: dt.date
    decision: Decision
    decided_on: dt.date | None = None
    number: Number | None = None
    expires_on: dt.date | None = None

    def check(self, life: Lifetime) -> None:  # noqa: ARG002 - a rule of its own days only
        """Source: code de la santé publique, R. 5121-74 and L. 5121-12-1 (one year at most, renewable)."""
        if self.decision is Decision.PENDING:
            unwanted(self.decided_on, field="decided_on", because="a pending request is not decided")
        else:
            needed(self.decided_on, field="decided_on", because="needed once it is decided")
        in_order(self.requested_on, self.decided_on, field="decided_on", because="lies before the request")
        if self.decision is not Decision.ACCEPTED:
            unwanted(self.expires_on, field="expires_on", because="only of a request that was accepted")
            return
        needed(self.number, field="number", because="needed of a request that was accepted")
        needed(self.expires_on, field="expires_on", because="needed of a request that was accepted")
        if self.decided_on is None or self.expires_on is None:
            return
        if not self.decided_on < self.expires_on <= one_year_after(self.decided_on):
            raise Unacceptable("must lie after the decision, by one year at most", field="expires_on")


class Prescriber(Entry, frozen=True, kw_only=True):
    """The neurologist who asked for the treatment; `staff_id` is somebody of the site."""

    staff_id: UUID
    prescribed_on: dt.date


def access_ends_on(requests: Iterable[AccessRequest]) -> dt.date | None:
    """The end of the newest acceptance (by the day of its decision, then in the order given); None without one."""
    end: dt.date | None = None
    decided = dt.date.min
    for request in requests:
        if request.expires_on is not None and request.decided_on is not None and request.decided_on >= decided:
            end, decided = request.expires_on, request.decided_on
    return end


def one_year_after(day: dt.date) -> dt.date:
    """The same day of the next year; 28 February after a 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
