"""Every route of the API, written a second time by hand: who may use it, and a request that fits.

One line a route. `<treatment_id>` in an address, a query or a body stands for an id; `one_of_each` says which. A route
that is not here, that opens to others, or that tells another site that something exists, fails a test.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from monitor.terms import Role
from tests.cast import TODAY

CARE = "nurse neurologist"
NEUROLOGIST = "neurologist"
ADMIN = "admin"
READ = "nurse neurologist pharmacovigilance"
ROTA = "neurologist admin"
ROTA_READ = "nurse neurologist admin"
ENTER = "nurse neurologist lab_system"
EVERYBODY = "nurse neurologist pharmacovigilance admin lab_system"
ANYBODY = "anybody"  # without signing in

DAY = TODAY.isoformat()
EARLIER, BEFORE, FIRST_DOSE, SECOND_DOSE = (TODAY - dt.timedelta(days=days) for days in (48, 46, 45, 44))
LATER = (TODAY + dt.timedelta(days=1)).isoformat()
COURSE_ON = TODAY + dt.timedelta(days=400)
COURSE = {
    "course": 2, "starts_on": COURSE_ON.isoformat(), "weekday": f"{COURSE_ON:%A}".lower(), "is_confirmed": True
}  # fmt: skip
WHY = {"reason": "a test says so"}
MS = {"phenotype": "relapsing_remitting", "diagnosed_on": "2019-04-01"}
ANSWERS = {"had_adverse_event": False, "pregnancy_exposure": "not_applicable", "had_device_problem": False}
PLATELETS = {"analyte": "platelets", "value": "200", "unit": "10*9/L"}
PERSON = {"family_name": "Dubois", "given_name": "Ines", "birth_date": "1990-04-01", "sex": "female", "language": "fr"}
OF_TREATMENT, OF_PATIENT, OF_SITE = (
    {"treatment_id": "<treatment_id>"},
    {"patient_id": "<patient_id>"},
    {"site_id": "<site_id>"},
)
SHEET = {**OF_PATIENT, "collected_on": DAY, "decimal": "point", "values": [PLATELETS]}

CALLED = {"recipient": "caregiver", "phone": "+33639980003"}
WITH_CAREGIVER = {"PUT /api/v1/patients/<patient_id>/recipients/caregiver": ""}

AN_OFFER = {"transfer_id": "offer_id"}
LATE = {"treatment_id": "late_treatment_id"}


@dataclass(frozen=True)
class Route:
    """Who may, and a body or a query that would do if the ids were the caller's own.

    `after`: what has to be asked before it can succeed, with the id that its answer gives a new value, if any.
    `about`: which thing an id of the request means, where it is not the one of its own name.
    """

    roles: str
    body: Mapping[str, Any] | None = None
    query: str = ""
    after: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)


TABLE: Mapping[str, Route] = {
    "POST /api/v1/patients": Route(CARE, {**OF_SITE, **PERSON}),
    "GET /api/v1/patients": Route(CARE, query="site_id=<site_id>"),
    "GET /api/v1/patients/<patient_id>": Route(CARE),
    "PATCH /api/v1/patients/<patient_id>": Route(CARE, {"language": "en"}),
    "GET /api/v1/patients/<patient_id>/addresses": Route(CARE),
    "PUT /api/v1/patients/<patient_id>/addresses": Route(CARE, {"to": "patient", "lines": ["1 rue du Quai"]}),
    "PUT /api/v1/patients/<patient_id>/sms-consent": Route(CARE),
    "DELETE /api/v1/patients/<patient_id>/sms-consent": Route(CARE, WHY),
    "GET /api/v1/patients/<patient_id>/recipients": Route(CARE),
    "PUT /api/v1/patients/<patient_id>/recipients": Route(CARE, {"recipients": "both"}, after=WITH_CAREGIVER),
    "PUT /api/v1/patients/<patient_id>/recipients/caregiver": Route(
        CARE, {"name": "Paul Dubois", "phone": CALLED["phone"], "language": "en"}
    ),
    "DELETE /api/v1/patients/<patient_id>/recipients/caregiver": Route(CARE, WHY, after=WITH_CAREGIVER),
    "PUT /api/v1/patients/<patient_id>/recipients/caregiver/sms-consent": Route(CARE, after=WITH_CAREGIVER),
    "DELETE /api/v1/patients/<patient_id>/recipients/caregiver/sms-consent": Route(CARE, WHY, after=WITH_CAREGIVER),
    "POST /api/v1/patients/<patient_id>/recipients/confirm-number": Route(CARE, CALLED, after=WITH_CAREGIVER),
    "POST /api/v1/patients/<patient_id>/recipients/wrong-number": Route(CARE, {**CALLED, **WHY}, after=WITH_CAREGIVER),
    "POST /api/v1/patients/<patient_id>/death": Route(CARE, {"on": DAY}),
    "POST /api/v1/treatments": Route(NEUROLOGIST, {**OF_PATIENT, "protocol": "tofersen", "started_on": DAY}),
    "GET /api/v1/treatments": Route(READ, query="patient_id=<patient_id>"),
    "GET /api/v1/treatments/<treatment_id>": Route(READ),
    "GET /api/v1/treatments/<treatment_id>/calendar": Route(READ),
    "GET /api/v1/treatments/<treatment_id>/exposure": Route(READ),
    "GET /api/v1/treatments/<treatment_id>/gates": Route(READ),
    "GET /api/v1/treatments/<treatment_id>/visit-timers": Route(CARE, query=f"began_at={DAY}T09:00:00Z"),
    "GET /api/v1/treatments/<treatment_id>/trends/<analyte>": Route(CARE),
    "POST /api/v1/treatments/<treatment_id>/what-if": Route(CARE, {"on": LATER, "course": 1, "day": 2}),
    "POST /api/v1/treatments/<treatment_id>/suspend": Route(NEUROLOGIST, {"on": DAY, **WHY}),
    "POST /api/v1/treatments/<treatment_id>/resume": Route(
        NEUROLOGIST, {"on": DAY}, after={"POST /api/v1/treatments/<treatment_id>/suspend": ""}
    ),
    "POST /api/v1/treatments/<treatment_id>/stop": Route(NEUROLOGIST, {"on": DAY, **WHY}),
    "POST /api/v1/treatments/<treatment_id>/plan-course": Route(NEUROLOGIST, COURSE),
    "POST /api/v1/treatments/<treatment_id>/cancel-course": Route(
        NEUROLOGIST, {"course": 2, **WHY}, after={"POST /api/v1/treatments/<treatment_id>/plan-course": ""}
    ),
    "GET /api/v1/planned-courses": Route(READ, query="treatment_id=<treatment_id>"),
    "POST /api/v1/appointments": Route(CARE, {**OF_TREATMENT, "keys": ["urinalysis/1.1"], "on": DAY, "time": "09:30"}),
    "GET /api/v1/appointments": Route(READ, query="treatment_id=<treatment_id>"),
    "POST /api/v1/appointments/<appointment_id>/move": Route(CARE, {"on": LATER, **WHY}),
    "POST /api/v1/appointments/<appointment_id>/cancel": Route(CARE, WHY),
    "POST /api/v1/samples": Route(ENTER, {**OF_TREATMENT, "keys": ["cbc/1.1"], "taken_on": DAY}),
    "GET /api/v1/samples": Route(READ, query="treatment_id=<treatment_id>"),
    "POST /api/v1/samples/<sample_id>/retract": Route(ENTER, WHY),
    "POST /api/v1/calls": Route(CARE, {**OF_TREATMENT, "callee": "patient", "outcome": "no_answer"}),
    "GET /api/v1/calls": Route(CARE, query="treatment_id=<treatment_id>"),
    "POST /api/v1/calls/<call_id>/retract": Route(CARE, WHY),
    "POST /api/v1/letters": Route(
        CARE, {**OF_TREATMENT, "to": "patient", "keys": ["cbc/1.1"], "is_registered": True}, about=LATE
    ),
    "GET /api/v1/letters": Route(CARE, query="treatment_id=<treatment_id>"),
    "GET /api/v1/letters/asked": Route(CARE, query="patient_id=<patient_id>"),
    "GET /api/v1/letters/sheet": Route(CARE, query="treatment_id=<treatment_id>&to=family_doctor", about=LATE),
    "POST /api/v1/letters/<letter_id>/retract": Route(CARE, WHY),
    "POST /api/v1/treatments/<treatment_id>/signs": Route(CARE, {"signs": ["fever"], "noticed_on": DAY}),
    "GET /api/v1/treatments/<treatment_id>/signs": Route(READ),
    "POST /api/v1/treatments/<treatment_id>/signs/<report_id>/correct": Route(
        CARE, {"signs": ["rash"], "noticed_on": DAY, **WHY}
    ),
    "POST /api/v1/treatments/<treatment_id>/signs/<report_id>/retract": Route(CARE, WHY),
    "POST /api/v1/treatments/<treatment_id>/declarations": Route(CARE, {"key": "cbc/1.1", "declared_on": DAY}),
    "GET /api/v1/treatments/<treatment_id>/declarations": Route(READ),
    "POST /api/v1/treatments/<treatment_id>/declarations/<declaration_id>/retract": Route(CARE, WHY),
    "POST /api/v1/administrations": Route(CARE, {**OF_TREATMENT, "on": str(SECOND_DOSE), "course": 1, "day": 2}),
    "GET /api/v1/administrations": Route(READ, query="treatment_id=<treatment_id>"),
    "POST /api/v1/administrations/<administration_id>/correct": Route(CARE, {"on": str(EARLIER), **WHY}),
    "POST /api/v1/administrations/<administration_id>/retract": Route(CARE, WHY),
    "POST /api/v1/results": Route(ENTER, SHEET),
    "POST /api/v1/results/check": Route(ENTER, SHEET),
    "GET /api/v1/results": Route(READ, query="patient_id=<patient_id>"),
    "POST /api/v1/results/<result_id>/correct": Route(ENTER, {"value": "201", "decimal": "point", **WHY}),
    "POST /api/v1/results/<result_id>/retract": Route(ENTER, WHY),
    "POST /api/v1/assessments": Route(CARE, {**OF_PATIENT, "scale": "alsfrs_r", "value": "40", "on": DAY}),
    "GET /api/v1/assessments": Route(READ, query="patient_id=<patient_id>"),
    "POST /api/v1/assessments/<assessment_id>/correct": Route(CARE, {"value": "39", **WHY}),
    "POST /api/v1/assessments/<assessment_id>/retract": Route(CARE, WHY),
    "GET /api/v1/treatments/<treatment_id>/dossier": Route(READ),
    "GET /api/v1/treatments/<treatment_id>/dossier/entries": Route(READ, query="section=relapse"),
    "POST /api/v1/treatments/<treatment_id>/dossier/entries": Route(CARE, {"section": "ms", "content": MS}),
    "POST /api/v1/treatments/<treatment_id>/dossier/entries/<entry_id>/correct": Route(
        CARE, {"content": {"on": DAY}, **WHY}
    ),
    "POST /api/v1/treatments/<treatment_id>/dossier/entries/<entry_id>/retract": Route(CARE, WHY),
    "GET /api/v1/follow-up-forms": Route(READ, query="treatment_id=<treatment_id>"),
    "GET /api/v1/follow-up-forms/<dose_id>": Route(READ),
    "POST /api/v1/follow-up-forms/<dose_id>": Route(CARE, {"answers": ANSWERS}),
    "POST /api/v1/follow-up-forms/<dose_id>/correct": Route(
        CARE,
        {"form_id": "<form_id>", "answers": ANSWERS, **WHY},
        after={"POST /api/v1/follow-up-forms/<dose_id>": "form_id"},
    ),
    "POST /api/v1/follow-up-forms/<dose_id>/retract": Route(
        CARE, {"form_id": "<form_id>", **WHY}, after={"POST /api/v1/follow-up-forms/<dose_id>": "form_id"}
    ),
    "POST /api/v1/events/waivers": Route(NEUROLOGIST, {**OF_TREATMENT, "key": "antiherpetic_stop/1", **WHY}),
    "POST /api/v1/events/completions": Route(CARE, {**OF_TREATMENT, "key": "antiherpetic_stop/1", "on": DAY}),
    "POST /api/v1/events/vaccinations": Route(CARE, {**OF_TREATMENT, "on": DAY, "vaccine": "influenza", "live": False}),
    "GET /api/v1/events": Route(READ, query="treatment_id=<treatment_id>"),
    "POST /api/v1/events/<event_id>/retract": Route(CARE, WHY),
    "GET /api/v1/sites": Route("nurse neurologist admin"),
    "POST /api/v1/transfers": Route(
        CARE,
        {**OF_PATIENT, "to_site_id": "<other_site_id>", **WHY},
        after={"POST /api/v1/transfers/<transfer_id>/withdraw": ""},
    ),
    "GET /api/v1/transfers": Route(CARE, query="side=from"),
    "GET /api/v1/transfers/<transfer_id>": Route(CARE),
    "POST /api/v1/transfers/<transfer_id>/offer": Route(NEUROLOGIST),
    "POST /api/v1/transfers/<transfer_id>/withdraw": Route(CARE, WHY),
    "POST /api/v1/transfers/<transfer_id>/accept": Route(NEUROLOGIST, about=AN_OFFER),
    "POST /api/v1/transfers/<transfer_id>/decline": Route(NEUROLOGIST, WHY, about=AN_OFFER),
    "GET /api/v1/agenda": Route(CARE, query="patient_id=<patient_id>"),
    "GET /api/v1/alerts": Route(READ, query="patient_id=<patient_id>"),
    "GET /api/v1/alerts/<alert_id>": Route(READ),
    "GET /api/v1/alerts/<alert_id>/told": Route(READ),
    "POST /api/v1/alerts/<alert_id>/acknowledge": Route(CARE),
    "POST /api/v1/alerts/<alert_id>/close": Route(CARE, {"action": "handled", **WHY}),
    "POST /api/v1/alerts/<alert_id>/snooze": Route(CARE, {"until": f"{LATER}T08:00:00Z", **WHY}),
    "POST /api/v1/alerts/<alert_id>/undo": Route(CARE, after={"POST /api/v1/alerts/<alert_id>/acknowledge": ""}),
    "GET /api/v1/alerts/ledger": Route(READ, query=f"site_id=<site_id>&from={DAY}&until={LATER}"),
    "GET /api/v1/rota": Route(ROTA_READ, query="site_id=<site_id>"),
    "GET /api/v1/rota/colleagues": Route(ROTA_READ, query="site_id=<site_id>"),
    "POST /api/v1/rota": Route(
        ROTA, {**OF_SITE, "audience": "nurse", "staff_id": "<staff_id>", "place": 1, "starts_on": DAY, "ends_on": LATER}
    ),
    "POST /api/v1/rota/<turn_id>/withdraw": Route(ROTA),
    "GET /api/v1/absences": Route(ROTA_READ, query="staff_id=<staff_id>"),
    "POST /api/v1/absences": Route(ROTA, {"staff_id": "<staff_id>", "starts_on": DAY, "ends_on": LATER}),
    "POST /api/v1/absences/<absence_id>/withdraw": Route(ROTA),
    "GET /api/v1/messages": Route("nurse neurologist admin", query="patient_id=<patient_id>"),
    "GET /api/v1/messages/<message_id>": Route("nurse neurologist admin"),
    "POST /api/v1/messages/<message_id>/retry": Route(CARE, WHY),
    "POST /api/v1/messages/reconcile": Route(CARE, {"after": "<message_id>"}),
    "GET /api/v1/inbound-messages": Route("nurse neurologist admin", query="patient_id=<patient_id>"),
    "GET /api/v1/inbound-messages/<inbound_id>": Route("nurse neurologist admin"),
    "GET /api/v1/sending": Route("nurse neurologist admin"),
    "POST /api/v1/sending/pause": Route("neurologist admin", WHY),
    "POST /api/v1/sending/resume": Route("neurologist admin", {"pause_id": "<pause_id>", **WHY}),
    "GET /api/v1/protocols": Route(READ),
    "GET /api/v1/protocols/<name>": Route(READ),
    "GET /api/v1/protocols/<name>/signs": Route(READ, query="language=fr"),
    "POST /api/v1/users": Route(ADMIN, {"name": "Nils", "role": "nurse", "site_ids": ["<site_id>"]}),
    "GET /api/v1/users": Route(ADMIN),
    "GET /api/v1/users/<user_id>": Route(ADMIN),
    "POST /api/v1/users/<user_id>/mail-address": Route(ADMIN, {"email": "nils@hospital.example", "language": "en"}),
    "POST /api/v1/users/<user_id>/deactivate": Route(ADMIN),
    "GET /api/v1/audit": Route("admin pharmacovigilance", query="patient_id=<patient_id>"),
    "GET /api/v1/me": Route(EVERYBODY),
    "GET /health/live": Route(ANYBODY),
    "GET /health/ready": Route(ANYBODY),
    "GET /api/v1/openapi.json": Route(ANYBODY),
    "GET /api/v1/docs": Route(ANYBODY),
    "GET /api/v1/docs/swagger-ui-bundle.js": Route(ANYBODY),
    "GET /api/v1/docs/swagger-ui.css": Route(ANYBODY),
    "GET /api/v1/docs/favicon-32x32.png": Route(ANYBODY),
    "GET /api/v1/docs/start.js": Route(ANYBODY),
    "GET /api/v1/docs/page.css": Route(ANYBODY),
}

STAFF = (Role.NURSE, Role.NEUROLOGIST, Role.PHARMACOVIGILANCE, Role.ADMIN, Role.LAB_SYSTEM)
_ID = re.compile(r"<(\w+)>")


def is_described(row: str) -> bool:
    """Whether it is a part of the API itself, and not a way to read about it."""
    return "/docs" not in row and not row.endswith("/openapi.json")


def ids_in(row: str) -> set[str]:
    """The names of the things that the request of this row of the table is about."""
    route = TABLE[row]
    return {route.about.get(name, name) for name in _ID.findall(f"{row} {route.query} {route.body}")}


def fields_of(row: str) -> set[str]:
    """The names of all that the request of this row of the table says: in its path, its query and its body."""
    route = TABLE[row]
    return {*_ID.findall(row), *(pair.partition("=")[0] for pair in route.query.split("&")), *(route.body or ())}


@dataclass(frozen=True)
class Request:
    """A request that could be sent, its ids filled in."""

    method: str
    path: str
    json: Any


def request_of(row: str, ids: Mapping[str, object]) -> Request:
    """The request of this row, about the things of these ids."""
    route = TABLE[row]
    ids = {**ids, **{name: ids[thing] for name, thing in route.about.items()}}
    method, path = row.split(" ", maxsplit=1)
    if route.query:
        path = f"{path}?{route.query}"
    return Request(method, _fill(path, ids), _fill(route.body, ids))


def _fill(value: Any, ids: Mapping[str, object]) -> Any:
    if isinstance(value, str):
        return _ID.sub(lambda found: str(ids[found[1]]), value)
    if isinstance(value, Mapping):
        return {name: _fill(inner, ids) for name, inner in value.items()}
    if isinstance(value, list):
        return [_fill(inner, ids) for inner in value]
    return value
