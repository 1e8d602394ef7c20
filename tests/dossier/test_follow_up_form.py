"""The form of a dose: what is asked of a person, and what the record fills in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from monitor.dossier.drug import Drug, DrugKind, drug_kind
from monitor.dossier.entry import Lifetime, read_entry
from monitor.dossier.follow_up_form import Decided, FollowUpAnswers, Measure, Prefilled, prefill
from monitor.terms import Unacceptable

DOSE = dt.date(2026, 6, 1)
DAY = dt.timedelta(days=1)
LIFE = Lifetime(born_on=dt.date(1960, 1, 1), died_on=None, today=dt.date(2026, 6, 15))
NOTHING = {"had_adverse_event": False, "pregnancy_exposure": "not_applicable", "had_device_problem": False}


def filled(*, next_dose_on: dt.date | None = None, measures: tuple[Measure, ...] = (), **other: Any) -> Prefilled:
    given: dict[str, Any] = {"previous_dose_on": DOSE - 28 * DAY, "drugs": (), "decisions": ()} | other
    return prefill(DOSE, next_dose_on=next_dose_on, measures=measures, **given)


def weight(days: int, value: str = "70") -> Measure:
    return Measure(scale="weight", value=value, on=DOSE + days * DAY)


@pytest.mark.parametrize(
    ("days", "chosen"),
    (
        ((-2, 0, 1), 0),
        ((-7, -3, 1), -3),
        ((1, 5), 1),
        ((-8, 28), None),
        ((27,), 27),
    ),
)
def test_it_takes_the_value_that_is_nearest_to_the_dose(days: tuple[int, ...], chosen: int | None) -> None:
    found = filled(measures=tuple(weight(day) for day in days))

    assert [one.on for one in found.measures] == ([] if chosen is None else [DOSE + chosen * DAY])
    assert ("weight" in found.missing) == (chosen is None)


def test_it_leaves_to_the_next_dose_what_belongs_to_it() -> None:
    found = filled(next_dose_on=DOSE + 14 * DAY, measures=(weight(14), weight(20)))

    assert found.measures == ()
    assert filled(next_dose_on=DOSE + 14 * DAY, measures=(weight(13),)).measures == (weight(13),)


def test_it_names_the_drugs_that_are_taken_on_that_day() -> None:
    drugs = (
        Drug(name="riluzole"),
        Drug(name="edaravone", stopped_on=DOSE - DAY),
        Drug(name="baclofen", started_on=DOSE),
        Drug(name="quinine", started_on=DOSE + DAY),
    )

    assert filled(drugs=drugs).concomitant_drugs == ("baclofen", "riluzole")


def test_it_tells_what_was_decided_since_the_dose_before() -> None:
    early = Decided(what="dose_early", on=DOSE, reason="leaves the country")
    old = Decided(what="suspended", on=DOSE - 28 * DAY, reason="infection")
    later = Decided(what="stopped", on=DOSE + 20 * DAY, reason="wish")

    assert filled(decisions=(later, old, early)).decisions == (early, later)


@pytest.mark.parametrize(
    ("started", "stopped", "kind"),
    (
        (-10, -1, DrugKind.PRIOR),
        (None, -1, DrugKind.PRIOR),
        (-10, None, DrugKind.PRIOR_AND_CONCOMITANT),
        (-10, 0, DrugKind.PRIOR_AND_CONCOMITANT),
        (None, None, DrugKind.PRIOR_AND_CONCOMITANT),
        (0, None, DrugKind.CONCOMITANT),
    ),
)
def test_it_derives_from_the_days_when_a_drug_was_taken(
    started: int | None, stopped: int | None, kind: DrugKind
) -> None:
    first, last = (None if days is None else DOSE + days * DAY for days in (started, stopped))
    drug = Drug(name="x", started_on=first, stopped_on=last)

    assert drug_kind(drug, first_dose_on=DOSE) is kind


@pytest.mark.parametrize(
    ("answers", "is_owed"),
    (
        (NOTHING, False),
        (NOTHING | {"had_adverse_event": True, "adverse_event": "headache"}, True),
        (NOTHING | {"had_device_problem": True, "device_problem": "needle broke"}, True),
        (NOTHING | {"pregnancy_exposure": "yes"}, True),
        (NOTHING | {"was_staff_exposed": True}, True),
    ),
)
def test_it_says_when_a_report_is_owed(answers: dict[str, Any], is_owed: bool) -> None:  # noqa: FBT001
    assert read_entry(FollowUpAnswers, answers, within="answers", life=LIFE).is_report_owed is is_owed


@pytest.mark.parametrize(
    ("answers", "field"),
    (
        ({name: value for name, value in NOTHING.items() if name != "had_adverse_event"}, "had_adverse_event"),
        (NOTHING | {"had_adverse_event": None}, "had_adverse_event"),
        (NOTHING | {"had_adverse_event": True}, "adverse_event"),
        (NOTHING | {"had_adverse_event": True, "adverse_event": "  "}, "adverse_event"),
        (NOTHING | {"adverse_event": "headache"}, "adverse_event"),
        (NOTHING | {"had_device_problem": True}, "device_problem"),
        (NOTHING | {"pregnancy_exposure": "perhaps"}, "pregnancy_exposure"),
        (NOTHING | {"weight": "70"}, "weight"),
    ),
)
def test_it_does_not_take_a_form_with_an_open_question(answers: dict[str, Any], field: str) -> None:
    with pytest.raises(Unacceptable) as refusal:
        read_entry(FollowUpAnswers, answers, within="answers", life=LIFE)

    assert refusal.value.field == f"answers.{field}"
