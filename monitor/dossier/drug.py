"""Other drugs: what was taken before the first dose, and what beside the treatment."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from monitor.dossier.entry import Entry, Lifetime, Name, in_order


class DrugKind(StrEnum):
    """When a drug was taken, seen from the first dose of the treatment."""

    PRIOR = "prior"
    PRIOR_AND_CONCOMITANT = "prior_and_concomitant"
    CONCOMITANT = "concomitant"


class Drug(Entry, frozen=True, kw_only=True):
    """A drug other than the one of the treatment; without `stopped_on` it is still taken."""

    name: Name
    started_on: dt.date | None = None
    stopped_on: dt.date | None = None
    is_trial: bool = False
    is_anticoagulant: bool = False  # it matters before a puncture, and stands against alemtuzumab

    def check(self, life: Lifetime) -> None:  # noqa: ARG002 - a rule of its own days only
        """A drug ends after it began."""
        in_order(self.started_on, self.stopped_on, field="stopped_on", because="lies before the start")

    def is_taken_on(self, day: dt.date) -> bool:
        """Whether it is taken on that day; the first and the last day count."""
        return (self.started_on is None or self.started_on <= day) and (
            self.stopped_on is None or day <= self.stopped_on
        )


def drug_kind(drug: Drug, *, first_dose_on: dt.date) -> DrugKind:
    """When a drug was taken, seen from the first dose; one whose start nobody knows is taken to be older than it.

    Source: ANSM, tofersen compassionate access, report 6 (prior: started before the first dose).
    """
    if drug.started_on is not None and drug.started_on >= first_dose_on:
        return DrugKind.CONCOMITANT
    if drug.stopped_on is not None and drug.stopped_on < first_dose_on:
        return DrugKind.PRIOR
    return DrugKind.PRIOR_AND_CONCOMITANT
