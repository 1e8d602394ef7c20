"""What must stand before alemtuzumab is given: checks with their outcome, the signed commitment, card and guide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated

import msgspec

from monitor.dossier.entry import Entry, Lifetime, Note
from monitor.terms import Unacceptable

COMMITMENT_MONTHS = 48


class CheckItem(StrEnum):
    """What is looked at."""

    VACCINATIONS = "vaccinations"
    VZV = "vzv"
    TUBERCULOSIS = "tuberculosis"
    HIV = "hiv"
    HBV = "hbv"
    HCV = "hcv"
    CMV = "cmv"
    HPV = "hpv"
    MRI = "mri"
    SKIN = "skin"
    ECG = "ecg"
    VITAL_SIGNS = "vital_signs"
    BASELINE_LABORATORY = "baseline_laboratory"
    PREGNANCY_TEST = "pregnancy_test"
    CONTRACEPTION = "contraception"
    INFECTION = "infection"
    CONTRAINDICATIONS = "contraindications"
    WASH_OUT = "wash_out"


class Outcome(StrEnum):
    """What was found; each item has its own few."""

    IMMUNE = "immune"
    NEGATIVE = "negative"
    POSITIVE = "positive"
    UNKNOWN = "unknown"
    NORMAL = "normal"
    ABNORMAL = "abnormal"
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    ABSENT = "absent"
    PRESENT = "present"
    DONE = "done"
    NOT_DONE = "not_done"
    NOT_APPLICABLE = "not_applicable"


_SEROLOGY = (Outcome.IMMUNE, Outcome.NEGATIVE, Outcome.UNKNOWN)
_INFECTED = (Outcome.NEGATIVE, Outcome.POSITIVE, Outcome.UNKNOWN)
_LOOKED_AT = (Outcome.NORMAL, Outcome.ABNORMAL)
_STANDS_AGAINST = (Outcome.ABSENT, Outcome.PRESENT)

OUTCOMES: Mapping[CheckItem, tuple[Outcome, ...]] = {
    CheckItem.VACCINATIONS: (Outcome.COMPLETE, Outcome.INCOMPLETE),
    CheckItem.VZV: _SEROLOGY,
    CheckItem.TUBERCULOSIS: _INFECTED,
    CheckItem.HIV: _INFECTED,
    CheckItem.HBV: (*_INFECTED, Outcome.IMMUNE),
    CheckItem.HCV: _INFECTED,
    CheckItem.CMV: (*_SEROLOGY, Outcome.POSITIVE),
    CheckItem.HPV: (*_INFECTED, Outcome.NOT_APPLICABLE),
    CheckItem.MRI: _LOOKED_AT,
    CheckItem.SKIN: _LOOKED_AT,
    CheckItem.ECG: _LOOKED_AT,
    CheckItem.VITAL_SIGNS: _LOOKED_AT,
    CheckItem.BASELINE_LABORATORY: _LOOKED_AT,
    CheckItem.PREGNANCY_TEST: (Outcome.NEGATIVE, Outcome.POSITIVE, Outcome.NOT_APPLICABLE),
    CheckItem.CONTRACEPTION: (Outcome.DONE, Outcome.NOT_DONE, Outcome.NOT_APPLICABLE),
    CheckItem.INFECTION: _STANDS_AGAINST,
    CheckItem.CONTRAINDICATIONS: _STANDS_AGAINST,
    CheckItem.WASH_OUT: (Outcome.COMPLETE, Outcome.INCOMPLETE, Outcome.NOT_APPLICABLE),
}
"""By item, the outcomes it can have. Source: SmPC Lemtrada 4.3 and 4.4."""


class Paper(StrEnum):
    """What the patient is given to keep."""

    PATIENT_CARD = "patient_card"
    PATIENT_GUIDE = "patient_guide"


class PretreatmentCheck(Entry, frozen=True, kw_only=True):
    """One item of the checklist before a course, and what was found."""

    item: CheckItem
    done_on: dt.date
    outcome: Outcome
    note: Note | None = None

    def check(self, life: Lifetime) -> None:  # noqa: ARG002 - a rule of its own fields only
        """Source: SmPC Lemtrada 4.3 and 4.4."""
        possible = OUTCOMES[self.item]
        if self.outcome not in possible:
            raise Unacceptable(f"for this item must be one of: {', '.join(possible)}", field="outcome")


class Commitment(Entry, frozen=True, kw_only=True):
    """What patient and prescriber signed: surveillance for so many months after the last infusion of any course."""

    signed_on: dt.date
    months: Annotated[int, msgspec.Meta(ge=COMMITMENT_MONTHS, le=240)] = COMMITMENT_MONTHS


class HandedOver(Entry, frozen=True, kw_only=True):
    """Card or guide handed to the patient."""

    paper: Paper
    handed_on: dt.date


def vzv_status(checks: Iterable[PretreatmentCheck]) -> str | None:
    """`immune`, `negative` or `unknown` by the newest check (by its day, then in the order given); None without one."""
    newest: PretreatmentCheck | None = None
    for check in checks:
        if check.item is CheckItem.VZV and (newest is None or check.done_on >= newest.done_on):
            newest = check
    return None if newest is None else newest.outcome.value
