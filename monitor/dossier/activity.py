"""How active the disease is: relapses, and what magnetic resonance imaging shows."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from monitor.dossier.entry import Count, Entry, Lifetime, Note, in_order
from monitor.terms import Unacceptable


class Recovery(StrEnum):
    """What remained of a relapse."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    NONE = "none"
    ONGOING = "ongoing"


class Region(StrEnum):
    """What was imaged."""

    BRAIN = "brain"
    SPINAL_CORD = "spinal_cord"
    BRAIN_AND_SPINAL_CORD = "brain_and_spinal_cord"


class Relapse(Entry, frozen=True, kw_only=True):
    """One relapse, from its first day."""

    on: dt.date
    is_disabling: bool | None = None
    had_steroids: bool | None = None
    recovery: Recovery | None = None
    ended_on: dt.date | None = None

    def check(self, life: Lifetime) -> None:  # noqa: ARG002 - a rule of its own days only
        """Source: SmPC Lemtrada 4.1 (disabling relapses of one year are counted)."""
        in_order(self.on, self.ended_on, field="ended_on", because="lies before the first day")
        if self.recovery is Recovery.ONGOING and self.ended_on is not None:
            raise Unacceptable("a relapse that goes on has no end", field="ended_on")


class Mri(Entry, frozen=True, kw_only=True):
    """One examination. `new_t2`: new or enlarged lesions since the last one; `gadolinium`: lesions that take it up."""

    on: dt.date
    region: Region = Region.BRAIN
    is_baseline: bool = False
    new_t2: Count | None = None
    gadolinium: Count | None = None
    finding: Note | None = None

    def check(self, life: Lifetime) -> None:  # noqa: ARG002 - a rule of its own fields only
        """A first examination has nothing to compare with."""
        if self.is_baseline and self.new_t2 is not None:
            raise Unacceptable("a baseline has no lesions that are new", field="new_t2")
