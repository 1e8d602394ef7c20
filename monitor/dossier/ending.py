"""Why a treatment never began, and why it ended: coded, so that reasons can be counted."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated

import msgspec

from monitor.dossier.entry import Entry, Lifetime, Note, needed
from monitor.terms import Unacceptable


class StopReason(StrEnum):
    """Why a treatment ends."""

    PROGRESSION = "progression"
    ADVERSE_EVENT = "adverse_event"
    DEATH = "death"
    PATIENT_WISH = "patient_wish"
    LACK_OF_EFFICACY = "lack_of_efficacy"
    PREGNANCY = "pregnancy"
    LOST_TO_FOLLOW_UP = "lost_to_follow_up"
    LOSS_OF_ACCESS = "loss_of_access"
    OTHER = "other"


class NotStartedReason(StrEnum):
    """Why no dose was ever given."""

    ACCESS_REFUSED = "access_refused"
    NO_FIRST_DOSE_DATE = "no_first_dose_date"
    CONTRAINDICATION = "contraindication"
    PROGRESSION = "progression"
    DEATH = "death"
    PATIENT_WISH = "patient_wish"
    PREGNANCY = "pregnancy"
    LOST_TO_FOLLOW_UP = "lost_to_follow_up"
    OTHER = "other"


class NotStarted(Entry, frozen=True, kw_only=True):
    """The treatment was asked for and never began."""

    reason: NotStartedReason
    decided_on: dt.date
    note: Note | None = None

    def check(self, life: Lifetime) -> None:
        """Source: ANSM, tofersen compassionate access, report 6 (reasons of those who were not treated)."""
        if self.reason is NotStartedReason.OTHER:
            needed(self.note, field="note", because="say which other reason it was")
        if self.reason is NotStartedReason.DEATH and life.died_on is None:
            raise Unacceptable("no death of the patient is recorded", field="reason")


class StopReasons(Entry, frozen=True, kw_only=True):
    """All the reasons why it ended, and the one that counts where each treatment is counted once."""

    reasons: Annotated[tuple[StopReason, ...], msgspec.Meta(min_length=1, max_length=9)]
    primary: StopReason
    note: Note | None = None

    def check(self, life: Lifetime) -> None:
        """Source: ANSM, tofersen compassionate access, report 6 (several reasons may apply to one patient)."""
        if len(set(self.reasons)) < len(self.reasons):
            raise Unacceptable("names a reason twice", field="reasons")
        if self.primary not in self.reasons:
            raise Unacceptable("must be one of the reasons given", field="primary")
        if StopReason.OTHER in self.reasons:
            needed(self.note, field="note", because="say which other reason it was")
        if StopReason.DEATH in self.reasons and life.died_on is None:
            raise Unacceptable("no death of the patient is recorded", field="reasons")
