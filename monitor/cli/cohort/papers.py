"""What is put on record around a treatment: the permission, the disease, other drugs, and the forms of the doses."""

from __future__ import annotations

import datetime as dt

from monitor.cli.cohort.days import DAY, ago
from monitor.cli.cohort.telling import Telling
from monitor.dossier.access import AccessRequest, Decision, one_year_after
from monitor.dossier.disease import Als, Ms, Onset, Phenotype
from monitor.dossier.drug import Drug
from monitor.dossier.ending import StopReason, StopReasons
from monitor.dossier.follow_up_form import FollowUpAnswers, PregnancyExposure
from monitor.dossier.safeguards import CheckItem, Commitment, HandedOver, Outcome, Paper, PretreatmentCheck

_VARIANTS = ("p.Ala5Val", "p.Asp91Ala", "p.Gly94Ala", "p.Leu145Phe", "p.Ile114Thr", "p.Gly42Ser")
_COMPLAINTS = ("headache for two days after the puncture", "back pain for a day", "tiredness for a few days")
_RENEWED_BEFORE = 75


def papers_of_tofersen(life: Telling, on: dt.date) -> None:
    """What the programme records when somebody is put on tofersen."""
    dice = life.dice
    onset_on = ago(on, dice.randint(400, 1500))
    onset = dice.choices(list(Onset), weights=(83, 11, 3, 3))[0]
    diagnosed_on = onset_on + dice.randint(60, 300) * DAY
    life.story.stated(
        on,
        access_request=_accepted(life, ago(on, dice.randint(8, 20))),
        als=Als(sod1_variant=dice.choice(_VARIANTS), onset=onset, onset_on=onset_on, diagnosed_on=diagnosed_on),
        drug=Drug(name="riluzole", started_on=diagnosed_on),
    )


def renewals(life: Telling, started_on: dt.date) -> None:
    """The permission to treat holds for a year and was asked for again in time."""
    renewed_on = started_on + (365 - _RENEWED_BEFORE) * DAY
    while life.is_past(renewed_on):
        life.story.stated(renewed_on, access_request=_accepted(life, ago(renewed_on, 2)))
        renewed_on += (365 - _RENEWED_BEFORE) * DAY


def form_of_dose(life: Telling, on: dt.date, *, dose: int) -> None:
    """The follow-up form, filled in on the day of the dose; now and then it tells of a complaint."""
    complaint = life.dice.choice(_COMPLAINTS) if life.dice.random() < 0.06 else None
    answers = FollowUpAnswers(
        had_adverse_event=complaint is not None,
        adverse_event=complaint,
        pregnancy_exposure=PregnancyExposure.NOT_APPLICABLE,
        had_device_problem=False,
    )
    life.story.form(on, dose=dose, answers=answers)


def stop_reason(life: Telling, on: dt.date, reason: StopReason) -> None:
    life.story.stated(on, stop_reasons=StopReasons(reasons=(reason,), primary=reason))


def papers_of_alemtuzumab(life: Telling, on: dt.date) -> None:
    """What must stand before the first course."""
    diagnosed_on = ago(on, life.dice.randint(200, 3000))
    life.story.stated(
        on,
        ms=Ms(phenotype=Phenotype.RELAPSING_REMITTING, is_active=True, diagnosed_on=diagnosed_on),
        pretreatment_check=PretreatmentCheck(item=CheckItem.VZV, done_on=ago(on, 7), outcome=Outcome.IMMUNE),
        commitment=Commitment(signed_on=on),
        handed_over=HandedOver(paper=Paper.PATIENT_CARD, handed_on=on),
    )
    life.story.stated(on, handed_over=HandedOver(paper=Paper.PATIENT_GUIDE, handed_on=on))


def _accepted(life: Telling, decided_on: dt.date) -> AccessRequest:
    return AccessRequest(
        requested_on=ago(decided_on, life.dice.randint(3, 15)),
        decision=Decision.ACCEPTED,
        decided_on=decided_on,
        number=f"AAC-{life.dice.randint(100_000, 999_999)}",
        expires_on=one_year_after(decided_on),
    )
