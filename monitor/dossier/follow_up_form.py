"""The follow-up form of one dose: what is asked, and what is filled in from what is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Annotated

import msgspec

from monitor.dossier.drug import Drug
from monitor.dossier.entry import Entry, Lifetime, Note, needed, unwanted

MEASURED = ("weight", "respiratory_status", "nutritional_status", "ambulatory_status", "alsfrs_r")
"""The scales a form shows, by their ids in the dictionary."""

BEFORE = dt.timedelta(days=7)
AFTER = dt.timedelta(days=28)


class PregnancyExposure(StrEnum):
    """Whether somebody was exposed in a pregnancy; `not_applicable` where none is possible."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


class FollowUpAnswers(Entry, frozen=True, kw_only=True):
    """What only a person can say about a dose. Source: ANSM, tofersen compassionate access, report 6."""

    had_adverse_event: bool
    adverse_event: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)] | None = None
    pregnancy_exposure: PregnancyExposure
    had_device_problem: bool
    device_problem: Note | None = None
    was_staff_exposed: bool = False
    comment: Note | None = None

    def check(self, life: Lifetime) -> None:  # noqa: ARG002 - a rule of its own fields only
        """Who says yes says what; who says no has nothing more to say of it."""
        for said, text, field in (
            (self.had_adverse_event, self.adverse_event, "adverse_event"),
            (self.had_device_problem, self.device_problem, "device_problem"),
        ):
            if said:
                needed(text, field=field, because="say in a few words what happened")
            else:
                unwanted(text, field=field, because="nothing is said to have happened")

    @property
    def is_report_owed(self) -> bool:
        """Whether pharmacovigilance must hear of it: exposure in a pregnancy or of staff is reported without harm."""
        return (
            self.had_adverse_event
            or self.had_device_problem
            or self.was_staff_exposed
            or self.pregnancy_exposure is PregnancyExposure.YES
        )


class Measure(msgspec.Struct, frozen=True):
    """A value of a scale and the day it was found on; `value` as it was typed."""

    scale: str
    value: str
    on: dt.date


class Decided(msgspec.Struct, frozen=True):
    """Why something was done around the dose: it was given early, the treatment was suspended or stopped."""

    what: str
    on: dt.date
    reason: str


class Prefilled(msgspec.Struct, frozen=True):
    """What is known around a dose; `missing` names the scales of which nothing is."""

    dose_on: dt.date
    measures: tuple[Measure, ...]
    missing: tuple[str, ...]
    concomitant_drugs: tuple[str, ...]
    decisions: tuple[Decided, ...]


def prefill(
    dose_on: dt.date,
    *,
    previous_dose_on: dt.date | None,
    next_dose_on: dt.date | None,
    measures: Sequence[Measure],
    drugs: Sequence[Drug],
    decisions: Iterable[Decided],
) -> Prefilled:
    """The form of a dose, filled in as far as the record goes; everything given is of the same treatment.

    Of each scale the value of the day itself, else the last one of the seven days before, else the first one after
    it, up to the day before the next dose. Source: policy (the windows of what is done with each dose).
    """
    first, last = around(dose_on, next_dose_on=next_dose_on)
    found = [_nearest(scale, dose_on, [one for one in measures if first <= one.on <= last]) for scale in MEASURED]
    since = dt.date.min if previous_dose_on is None else previous_dose_on
    told = (one for one in decisions if since < one.on <= max(last, dose_on))
    return Prefilled(
        dose_on=dose_on,
        measures=tuple(one for one in found if one is not None),
        missing=tuple(scale for scale, one in zip(MEASURED, found, strict=True) if one is None),
        concomitant_drugs=tuple(sorted({drug.name for drug in drugs if drug.is_taken_on(dose_on)})),
        decisions=tuple(sorted(told, key=lambda one: (one.on, one.what, one.reason))),
    )


def around(dose_on: dt.date, *, next_dose_on: dt.date | None) -> tuple[dt.date, dt.date]:
    """The first and the last day on which a value belongs to the form of a dose."""
    last = dose_on + AFTER - dt.timedelta(days=1)
    if next_dose_on is not None:
        last = max(dose_on, min(last, next_dose_on - dt.timedelta(days=1)))
    return dose_on - BEFORE, last


def _nearest(scale: str, dose_on: dt.date, measures: Sequence[Measure]) -> Measure | None:
    of_scale = [one for one in measures if one.scale == scale]
    before = [one for one in of_scale if one.on <= dose_on]
    if before:
        return max(before, key=lambda one: one.on)
    return min(of_scale, key=lambda one: one.on, default=None)


class FiledForm(msgspec.Struct, frozen=True):
    """A form as it was filed: what was answered, and what was filled in at that moment."""

    answers: FollowUpAnswers
    prefilled: Prefilled
