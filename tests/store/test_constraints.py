"""Invariants are constraints: the database itself refuses what must never be, on both kinds."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from monitor.store.administration import AdministrationRow
from monitor.store.alert import AlertRow
from monitor.store.audit import AuditEntryRow
from monitor.store.base import Base
from monitor.store.event import EventRow
from monitor.store.patient import PatientRow, SmsConsentRow
from monitor.store.result import ResultRow
from monitor.store.site import SiteRow
from monitor.store.staff import StaffRow, StaffTokenRow
from monitor.store.treatment import TreatmentRow

NOBODY = UUID(int=7)  # a fixed id: processes that share the tests must agree on their names
NOW = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
ON = dt.date(2026, 3, 1)
BY = UUID(int=1)


@pytest.fixture
def treatment(session: Session) -> TreatmentRow:
    site = SiteRow(id=uuid4(), name="North", country="FR", timezone="Europe/Paris", created_at=NOW)
    patient = PatientRow(
        id=uuid4(), site_id=site.id, family_name="Berger", given_name="Ada", birth_date=dt.date(1980, 2, 29),
        sex="female", language="fr", created_at=NOW,
    )  # fmt: skip
    row = TreatmentRow(
        id=uuid4(), patient_id=patient.id, site_id=site.id, protocol="tofersen.v1", profile="eu", started_on=ON,
        created_at=NOW,
    )  # fmt: skip
    for one in (site, patient, row):
        session.add(one)
        session.flush()
    session.commit()
    return row


def _administration(treatment: TreatmentRow, **more: Any) -> AdministrationRow:
    return AdministrationRow(
        **{"id": uuid4(), "treatment_id": treatment.id, "on": ON, "recorded_by": BY, "recorded_at": NOW} | more
    )


def _result(treatment: TreatmentRow, **more: Any) -> ResultRow:
    known = {
        "id": uuid4(), "patient_id": treatment.patient_id, "panel_id": uuid4(), "position": 0, "analyte": "platelets",
        "value": "212", "unit": "10*9/L", "status": "final", "collected_on": ON, "recorded_by": BY, "recorded_at": NOW,
    }  # fmt: skip
    return ResultRow(**known | more)


def _event(treatment: TreatmentRow, kind: str, **more: Any) -> EventRow:
    known = {"id": uuid4(), "treatment_id": treatment.id, "kind": kind, "on": ON, "recorded_by": BY, "recorded_at": NOW}
    return EventRow(**known | more)


def _alert(treatment: TreatmentRow, **more: Any) -> AlertRow:
    known = {
        "id": uuid4(), "treatment_id": treatment.id, "patient_id": treatment.patient_id, "site_id": treatment.site_id,
        "topic": "overdue:cbc", "audience": "nurse", "level": "soon", "rank": 2, "since": ON, "because": "late",
        "source": "policy", "opened_at": NOW,
    }  # fmt: skip
    return AlertRow(**known | more)


def _refused(session: Session, *rows: Base) -> None:
    *before, last = rows
    for row in before:
        session.add(row)
        session.flush()
    session.add(last)
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_a_fact_has_one_successor(session: Session, treatment: TreatmentRow) -> None:
    first = _administration(treatment)
    second, third = (_administration(treatment, replaces_id=first.id, reason="wrong day") for _ in range(2))
    _refused(session, first, second, third)


def test_a_successor_says_why(session: Session, treatment: TreatmentRow) -> None:
    first = _administration(treatment)
    _refused(session, first, _administration(treatment, replaces_id=first.id))


def test_a_retraction_takes_something_back(session: Session, treatment: TreatmentRow) -> None:
    _refused(session, _administration(treatment, is_retraction=True, reason="no such dose"))


def test_a_corrected_result_replaces_one(session: Session, treatment: TreatmentRow) -> None:
    _refused(session, _result(treatment, status="corrected"))


def test_an_open_alert_is_the_only_one_of_its_cause(session: Session, treatment: TreatmentRow) -> None:
    _refused(session, _alert(treatment), _alert(treatment))


def test_a_closed_alert_leaves_room_for_another(session: Session, treatment: TreatmentRow) -> None:
    session.add_all(
        [
            _alert(treatment, closed_at=NOW, closed_by=BY, closing_reason="done"),
            _alert(treatment),
        ]
    )
    session.flush()


@pytest.mark.parametrize(
    "wrong",
    (
        {"rank": 0},
        {"level": "bad"},
        {"audience": "patient"},
        {"closed_at": NOW},
        {"acknowledged_at": NOW},
        {"topic": ""},
        {"patient_id": NOBODY},
    ),
    ids=str,
)
def test_an_alert_makes_sense(session: Session, treatment: TreatmentRow, wrong: dict[str, Any]) -> None:
    _refused(session, _alert(treatment, **wrong))


@pytest.mark.parametrize(
    ("kind", "members"),
    (
        ("party", {}),
        ("waived", {"reason": "frail"}),
        ("waived", {"key": "cbc/1.1"}),
        ("moved", {"key": "cbc/1.1"}),  # what was moved has an appointment
        ("task_done", {}),
        ("stopped", {}),
        ("suspended", {}),
        ("vaccinated", {"vaccine": "influenza"}),
        ("vaccinated", {"live": False}),
        ("died", {"key": "cbc/1.1"}),
    ),
)
def test_an_event_carries_what_its_kind_needs(
    session: Session, treatment: TreatmentRow, kind: str, members: dict[str, Any]
) -> None:
    _refused(session, _event(treatment, kind, **members))


@pytest.mark.parametrize(
    "wrong", ({"course": 1}, {"day": 1}, {"course": 0, "day": 1}, {"treatment_id": NOBODY}), ids=str
)
def test_a_dose_makes_sense(session: Session, treatment: TreatmentRow, wrong: dict[str, Any]) -> None:
    _refused(session, _administration(treatment, **wrong))


@pytest.mark.parametrize(
    "wrong", ({"value": ""}, {"value": "9" * 65}, {"comparator": "~"}, {"status": "done"}, {"analyte": ""}), ids=str
)
def test_a_result_makes_sense(session: Session, treatment: TreatmentRow, wrong: dict[str, Any]) -> None:
    _refused(session, _result(treatment, **wrong))


def test_nobody_starts_the_same_treatment_twice(session: Session, treatment: TreatmentRow) -> None:
    again = TreatmentRow(
        id=uuid4(), patient_id=treatment.patient_id, site_id=treatment.site_id, protocol="tofersen.v1", profile="eu",
        started_on=ON, created_at=NOW,
    )  # fmt: skip
    _refused(session, again)


def test_a_patient_with_treatments_cannot_be_deleted(session: Session, treatment: TreatmentRow) -> None:
    session.delete(session.get_one(PatientRow, treatment.patient_id))
    with pytest.raises(IntegrityError):
        session.flush()


def test_two_consents_cannot_both_be_the_newest(session: Session, treatment: TreatmentRow) -> None:
    one, other = (
        SmsConsentRow(id=uuid4(), patient_id=treatment.patient_id, number=1, is_given=given, at=NOW, recorded_by=BY)
        for given in (True, False)
    )
    _refused(session, one, other)


@pytest.mark.parametrize("role", ("system", "patient", "boss"))
def test_nobody_signs_in_as_the_clock(session: Session, role: str) -> None:
    _refused(session, StaffRow(id=uuid4(), name="Nora", role=role, created_at=NOW))


def test_a_token_is_kept_as_a_digest(session: Session) -> None:
    nora = StaffRow(id=uuid4(), name="Nora", role="nurse", created_at=NOW)
    token = StaffTokenRow(
        id=uuid4(), staff_id=nora.id, token_hash="plain", created_at=NOW, expires_at=NOW + dt.timedelta(days=1)
    )
    _refused(session, nora, token)


def test_an_entry_of_the_audit_has_a_digest(session: Session) -> None:
    _refused(session, AuditEntryRow(at=NOW, actor_id=BY, role="nurse", action="look", content="{}", digest=""))


def test_a_decimal_comes_back_to_the_last_digit(session: Session, treatment: TreatmentRow) -> None:
    exact = Decimal("0.1000000000000000000000000000001")
    session.add(_result(treatment, canonical=exact))
    session.commit()
    assert session.scalars(select(ResultRow.canonical)).one() == exact


def test_a_moment_comes_back_aware_and_in_utc(session: Session, treatment: TreatmentRow) -> None:
    paris = dt.timezone(dt.timedelta(hours=2))
    session.add(_administration(treatment, recorded_at=NOW.astimezone(paris)))
    session.commit()
    found = session.scalars(select(AdministrationRow.recorded_at)).one()
    assert (found, found.tzinfo) == (NOW, dt.UTC)


def test_a_moment_without_a_zone_is_refused(session: Session, treatment: TreatmentRow) -> None:
    session.add(_administration(treatment, recorded_at=NOW.replace(tzinfo=None)))
    with pytest.raises(Exception, match="naive"):
        session.flush()
