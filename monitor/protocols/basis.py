"""What a treatment is judged by: its protocol in one profile, the dictionary, the working days of its country."""

from __future__ import annotations

import msgspec

from monitor.labs.analyte import Dictionary
from monitor.labs.gates import Gate
from monitor.labs.subject import Rulebook
from monitor.protocols.protocol import Protocol
from monitor.schedules.plan import Plan
from monitor.schedules.working_days import WorkingDays


class Basis(msgspec.Struct, frozen=True):
    """All that was reviewed and released, and that one treatment is judged by; the catalog makes it."""

    protocol: Protocol
    profile: str
    dictionary: Dictionary
    working_days: WorkingDays

    @property
    def plan(self) -> Plan:
        """Raises KeyError where the protocol does not describe the profile."""
        return self.protocol.plan_for(self.profile)

    @property
    def rules(self) -> Rulebook:
        """What values are judged by."""
        return self.protocol.rulebook_for(self.profile)

    @property
    def gates(self) -> tuple[Gate, ...]:
        """What stands before a dose."""
        return self.protocol.gates_for(self.profile)
