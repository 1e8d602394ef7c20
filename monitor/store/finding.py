"""What an alert keeps of the finding that it stands on: the row of the value, and beside the verdict what it tells."""

from __future__ import annotations

import uuid
from typing import TypedDict

import msgspec

from monitor.notices.result_alerts import ResultAlert


class Found(TypedDict):
    """The columns of an alert that say what it stands on."""

    evidence: uuid.UUID | None
    finding: str | None


NOTHING_FOUND = Found(evidence=None, finding=None)


class Kept(msgspec.Struct, frozen=True):
    """What the column `finding` holds, as JSON."""

    rule: str | None = None
    analyte: str | None = None
    numbers: dict[str, str] | None = None
    action: str | None = None
    clears: str | None = None


_NOTHING = Kept()


def found_in(one: ResultAlert) -> Found:
    """The columns of the alert that is wanted."""
    finding = one.finding
    kept = Kept(finding.rule, finding.analyte, dict(finding.numbers), finding.action, finding.clears)
    return {
        "evidence": None if one.evidence is None else uuid.UUID(one.evidence),
        "finding": msgspec.json.encode(kept).decode(),
    }


def kept_in(finding: str | None) -> Kept:
    """What is known of it; of an alert that stands on no value: nothing."""
    return _NOTHING if finding is None else msgspec.json.decode(finding, type=Kept)
