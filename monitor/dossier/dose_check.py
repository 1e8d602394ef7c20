"""What is asked right before a dose that goes through a needle: anticoagulants, infection, signs of raised pressure."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from monitor.dossier.entry import Entry, Lifetime, Note


class Anticoagulant(StrEnum):
    """What the patient takes against clotting; aspirin alone is usually continued."""

    NONE = "none"
    ASPIRIN_ALONE = "aspirin_alone"
    STOPPED_AS_PLANNED = "stopped_as_planned"
    ACTIVE = "active"


class Presence(StrEnum):
    """Whether something stands against it."""

    ABSENT = "absent"
    PRESENT = "present"


class DoseCheck(Entry, frozen=True, kw_only=True):
    """The answers of one day. `infection`: fever, or an infection at the site; `raised_pressure`: with visual signs."""

    asked_on: dt.date
    anticoagulant: Anticoagulant
    infection: Presence
    raised_pressure: Presence
    note: Note | None = None

    def check(self, life: Lifetime) -> None:
        """Source: HAS and SFAR, lumbar puncture, 2019; SmPC Qalsody 4.2."""
