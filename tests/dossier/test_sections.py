"""What each section takes and what it refuses: the field is named, and the value never repeated."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from monitor.dossier.entry import Lifetime, write_entry
from monitor.dossier.safeguards import OUTCOMES, CheckItem
from monitor.dossier.sections import (
    SECTIONS,
    find_section,
    has_follow_up_form,
    read_content,
    sections_of,
    stored_content,
)
from monitor.terms import Unacceptable

LIVING = Lifetime(born_on=dt.date(1960, 2, 29), died_on=None, today=dt.date(2026, 6, 15))
DEAD = Lifetime(born_on=dt.date(1960, 2, 29), died_on=dt.date(2026, 5, 1), today=dt.date(2026, 6, 15))
SECRET = "Tiberius-Secretum"

ACCEPTED = {
    "requested_on": "2024-02-01", "decision": "accepted", "decided_on": "2024-02-29", "number": "AAC-1",
    "expires_on": "2025-02-28",
}  # fmt: skip
ALS = {"sod1_variant": "p.Ala5Val", "onset": "bulbar", "age_at_diagnosis": 60}
MS = {"phenotype": "relapsing_remitting", "diagnosed_on": "2019-04-01"}
DRUG = {"name": "riluzole", "started_on": "2023-01-01"}
STOPPED = {"reasons": ["progression", "patient_wish"], "primary": "progression"}
CHECK = {"item": "vzv", "done_on": "2026-01-01", "outcome": "immune"}

GOOD: tuple[tuple[str, dict[str, Any]], ...] = (
    ("access_request", ACCEPTED),
    ("access_request", {"requested_on": "2026-06-15", "decision": "pending"}),
    ("access_request", {"requested_on": "2026-01-01", "decision": "refused", "decided_on": "2026-01-01"}),
    ("als", ALS),
    ("als", ALS | {"sod1_variant": "NM_000454.5:c.14C>T"}),
    ("als", ALS | {"sod1_variant": "p.(Asp91Ala)", "onset_on": "2019-01-01", "diagnosed_on": "2020-06-01"}),
    ("als", ALS | {"sod1_variant": "p.Gly27_Pro28del"}),
    ("als", ALS | {"sod1_variant": "c.357+10G>A"}),
    ("ms", MS),
    ("drug", DRUG | {"stopped_on": "2023-01-01", "is_trial": True, "is_anticoagulant": True}),
    ("drug", {"name": "  ravulizumab "}),
    ("prescriber", {"staff_id": "0f8fad5b-d9cb-469f-a165-70867728950e", "prescribed_on": "2026-01-01"}),
    ("not_started", {"reason": "access_refused", "decided_on": "2026-01-01"}),
    ("not_started", {"reason": "other", "decided_on": "2026-01-01", "note": "moved abroad"}),
    ("stop_reasons", STOPPED),
    ("relapse", {"on": "2026-02-01", "is_disabling": True, "recovery": "partial", "ended_on": "2026-03-01"}),
    ("mri", {"on": "2026-02-01", "new_t2": 2, "gadolinium": 0}),
    ("mri", {"on": "2026-02-01", "is_baseline": True, "gadolinium": 1, "region": "spinal_cord"}),
    ("commitment", {"signed_on": "2026-02-01"}),
    ("handed_over", {"paper": "patient_card", "handed_on": "2026-02-01"}),
    ("pretreatment_check", CHECK),
)


@pytest.mark.parametrize(("section", "content"), GOOD)
def test_it_takes_what_can_be_true_and_gives_it_back(section: str, content: dict[str, Any]) -> None:
    entry = read_content(SECTIONS[section], content, life=LIVING)

    assert stored_content(SECTIONS[section], write_entry(entry)) == entry


BAD: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("access_request", ACCEPTED | {"expires_on": "2025-03-01"}, "expires_on"),  # a year and a day
    ("access_request", ACCEPTED | {"expires_on": "2024-02-29"}, "expires_on"),
    ("access_request", ACCEPTED | {"expires_on": None}, "expires_on"),
    ("access_request", ACCEPTED | {"number": None}, "number"),
    ("access_request", ACCEPTED | {"number": "   "}, "number"),
    ("access_request", ACCEPTED | {"decided_on": "2024-01-31"}, "decided_on"),
    ("access_request", ACCEPTED | {"decided_on": None}, "decided_on"),
    ("access_request", ACCEPTED | {"decided_on": "2026-06-16"}, "decided_on"),
    ("access_request", ACCEPTED | {"decision": "refused"}, "expires_on"),
    ("access_request", ACCEPTED | {"decision": "pending"}, "decided_on"),
    ("access_request", ACCEPTED | {"decision": SECRET}, "decision"),
    ("access_request", ACCEPTED | {"decision": 5}, "decision"),
    ("access_request", ACCEPTED | {"requested_on": "1960-02-28"}, "requested_on"),
    ("access_request", ACCEPTED | {"requested_on": SECRET}, "requested_on"),
    ("access_request", {}, "requested_on"),
    ("access_request", ACCEPTED | {"odd": SECRET}, "odd"),
    ("als", ALS | {"sod1_variant": "A4V"}, "sod1_variant"),
    ("als", ALS | {"sod1_variant": SECRET}, "sod1_variant"),
    ("als", ALS | {"sod1_variant": "p.Ala999Val"}, "sod1_variant"),
    ("als", ALS | {"sod1_variant": "p.(Ala5Val"}, "sod1_variant"),
    ("als", ALS | {"onset": "spinal"}, "onset"),
    ("als", ALS | {"age_at_diagnosis": None}, "diagnosed_on"),
    ("als", ALS | {"age_at_diagnosis": 67}, "age_at_diagnosis"),
    ("als", ALS | {"age_at_diagnosis": 58, "diagnosed_on": "2020-03-01"}, "age_at_diagnosis"),
    ("als", ALS | {"onset_on": "2025-06-01"}, "age_at_diagnosis"),
    ("als", ALS | {"age_at_diagnosis": True}, "age_at_diagnosis"),
    ("als", ALS | {"age_at_diagnosis": 1e400}, "age_at_diagnosis"),
    ("ms", MS | {"onset_on": "2020-01-01"}, "diagnosed_on"),
    ("ms", MS | {"phenotype": ["relapsing_remitting"]}, "phenotype"),
    ("drug", DRUG | {"stopped_on": "2022-12-31"}, "stopped_on"),
    ("drug", DRUG | {"name": "a\x00b"}, "name"),
    ("drug", DRUG | {"name": "a\u200bb"}, "name"),
    ("drug", DRUG | {"name": "half \ud800"}, "name"),
    ("drug", DRUG | {"name": "two\nlines"}, "name"),
    ("drug", DRUG | {"name": "x" * 121}, "name"),
    ("drug", DRUG | {"is_trial": "yes"}, "is_trial"),
    ("prescriber", {"staff_id": SECRET, "prescribed_on": "2026-01-01"}, "staff_id"),
    ("not_started", {"reason": "other", "decided_on": "2026-01-01"}, "note"),
    ("not_started", {"reason": "death", "decided_on": "2026-01-01"}, "reason"),
    ("stop_reasons", STOPPED | {"primary": "adverse_event"}, "primary"),
    ("stop_reasons", STOPPED | {"reasons": []}, "reasons"),
    ("stop_reasons", STOPPED | {"reasons": ["progression", "progression"]}, "reasons"),
    ("stop_reasons", STOPPED | {"reasons": ["progression", SECRET]}, "reasons[1]"),
    ("stop_reasons", STOPPED | {"reasons": "progression"}, "reasons"),
    ("stop_reasons", {"reasons": ["death"], "primary": "death"}, "reasons"),
    ("stop_reasons", {"reasons": ["other"], "primary": "other"}, "note"),
    ("relapse", {"on": "2026-02-01", "ended_on": "2026-01-31"}, "ended_on"),
    ("relapse", {"on": "2026-02-01", "recovery": "ongoing", "ended_on": "2026-02-02"}, "ended_on"),
    ("relapse", {"on": "2026-06-16"}, "on"),
    ("mri", {"on": "2026-02-01", "new_t2": -1}, "new_t2"),
    ("mri", {"on": "2026-02-01", "gadolinium": 1000}, "gadolinium"),
    ("mri", {"on": "2026-02-01", "is_baseline": True, "new_t2": 0}, "new_t2"),
    ("commitment", {"signed_on": "2026-02-01", "months": 47}, "months"),
    ("handed_over", {"paper": "leaflet", "handed_on": "2026-02-01"}, "paper"),
    ("pretreatment_check", CHECK | {"outcome": "normal"}, "outcome"),
    ("pretreatment_check", CHECK | {"item": "hiv", "outcome": "immune"}, "outcome"),
    ("pretreatment_check", CHECK | {"done_on": "2026-06-16"}, "done_on"),
)  # fmt: skip


@pytest.mark.parametrize(("section", "content", "field"), BAD)
def test_it_refuses_what_cannot_be_true(section: str, content: dict[str, Any], field: str) -> None:
    with pytest.raises(Unacceptable) as refusal:
        read_content(SECTIONS[section], content, life=LIVING)

    assert refusal.value.field == f"content.{field}"
    assert SECRET not in refusal.value.reason


def test_it_takes_no_fact_after_the_death_but_an_end_of_access_may_lie_there() -> None:
    stopped = {"reasons": ["death"], "primary": "death"}
    late = {"requested_on": "2026-04-01", "decision": "accepted", "decided_on": "2026-05-02", "number": "7"}
    read_content(SECTIONS["stop_reasons"], stopped, life=DEAD)
    read_content(SECTIONS["access_request"], late | {"decided_on": "2026-05-01", "expires_on": "2027-05-01"}, life=DEAD)

    with pytest.raises(Unacceptable) as refusal:
        read_content(SECTIONS["access_request"], late | {"expires_on": "2027-05-01"}, life=DEAD)

    assert refusal.value.field == "content.decided_on"


def test_it_lists_the_words_that_a_field_may_hold() -> None:
    with pytest.raises(Unacceptable, match="spinal_lumbar, spinal_cervical, spinal_dorsal, bulbar"):
        read_content(SECTIONS["als"], ALS | {"onset": "spinal"}, life=LIVING)


def test_it_knows_an_outcome_for_every_item() -> None:
    assert set(OUTCOMES) == set(CheckItem)


def test_it_keeps_the_sections_of_one_disease_out_of_the_other() -> None:
    names = {protocol: {one.name for one in sections_of(protocol)} for protocol in ("tofersen.v1", "alemtuzumab")}

    assert names["tofersen.v1"] & names["alemtuzumab"] == {"drug", "prescriber", "not_started", "stop_reasons"}
    assert names["tofersen.v1"] | names["alemtuzumab"] == set(SECTIONS)
    assert [one.name for one in sections_of("something_new.v1")] == list(SECTIONS)
    for name, protocol in (("relapse", "tofersen.v1"), ("nonsense", "tofersen.v1")):
        with pytest.raises(Unacceptable) as refusal:
            find_section(name, protocol=protocol)
        assert refusal.value.field == "section"


def test_it_asks_for_a_form_where_the_programme_does() -> None:
    assert [has_follow_up_form(name) for name in ("tofersen", "tofersen.v2", "alemtuzumab.v1")] == [True, True, False]
