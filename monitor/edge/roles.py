"""Who may use which route: the table of roles as data; what is not in it is denied."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.terms import Role

_CARE = frozenset({Role.NURSE, Role.NEUROLOGIST})
_NEUROLOGIST = frozenset({Role.NEUROLOGIST})
_CARE_AND_VIGILANCE = _CARE | {Role.PHARMACOVIGILANCE}
_ENTERS_RESULTS = _CARE | {Role.LAB_SYSTEM}
_ADMIN = frozenset({Role.ADMIN})
_KEEPS_THE_ROTA = _STOPS_THE_SENDING = _NEUROLOGIST | _ADMIN
STAFF = frozenset(Role) - {Role.PATIENT, Role.SYSTEM}
"""Everybody who signs in."""

OPEN: frozenset[str] = frozenset({"health.live", "health.ready", "api-docs.openapi_json", "docs.page", "docs.static"})
"""Routes that ask nobody who they are: they show nothing about anybody."""

SIGNED: frozenset[str] = frozenset({"webhooks.status", "webhooks.inbound"})
"""Routes for the provider alone, which signs what it sends: they check that themselves, and exist where a public
address is configured."""

ROLES: Mapping[str, frozenset[Role]] = {
    # identity, contact
    "patients.register": _CARE,
    "patients.list": _CARE,
    "patients.show": _CARE,
    "patients.change_contact": _CARE,
    "addresses.list": _CARE,
    "addresses.set": _CARE,
    "patients.death": _CARE,
    # SMS consent
    "patients.give_consent": _CARE,
    "patients.withdraw_consent": _CARE,
    # to whom texts go: channel, caregiver, whose telephone a number is
    "recipients.show": _CARE,
    "recipients.choose": _CARE,
    "recipients.designate_caregiver": _CARE,
    "recipients.end_caregiver": _CARE,
    "recipients.give_caregiver_consent": _CARE,
    "recipients.withdraw_caregiver_consent": _CARE,
    "recipients.confirm_number": _CARE,
    "recipients.report_wrong_number": _CARE,
    # treatment: start, stop, suspend, resume
    "treatments.start": _NEUROLOGIST,
    "treatments.suspend": _NEUROLOGIST,
    "treatments.resume": _NEUROLOGIST,
    "treatments.stop": _NEUROLOGIST,
    "treatments.plan": _NEUROLOGIST,
    "treatments.cancel_course": _NEUROLOGIST,
    # calendar, results, facts: pharmacovigilance reads them by the number of the patient. None of these answers carries
    # a name, a birth date or a telephone; what somebody typed (a reason, a place, the dossier) is shown as it was typed
    "treatments.list": _CARE_AND_VIGILANCE,
    "treatments.show": _CARE_AND_VIGILANCE,
    "treatments.calendar": _CARE_AND_VIGILANCE,
    "treatments.what_if": _CARE,  # asked by whoever would record the dose; it reads only
    "treatments.exposure": _CARE_AND_VIGILANCE,
    "treatments.gates": _CARE_AND_VIGILANCE,
    "treatments.visit_timers": _CARE,  # for whoever sits beside the bed
    "trends.show": _CARE,
    "results.list": _CARE_AND_VIGILANCE,
    "administrations.list": _CARE_AND_VIGILANCE,
    "assessments.list": _CARE_AND_VIGILANCE,
    "events.list": _CARE_AND_VIGILANCE,
    "planned-courses.list": _CARE_AND_VIGILANCE,
    "appointments.list": _CARE_AND_VIGILANCE,
    "samples.list": _CARE_AND_VIGILANCE,
    "calls.list": _CARE,
    "signs.list": _CARE_AND_VIGILANCE,
    "declarations.list": _CARE_AND_VIGILANCE,
    "dossier.show": _CARE_AND_VIGILANCE,
    "dossier.list": _CARE_AND_VIGILANCE,
    "follow-up-forms.list": _CARE_AND_VIGILANCE,
    "follow-up-forms.show": _CARE_AND_VIGILANCE,
    # doses, assessments, tasks: record; visits: move (overriding a gate is refused to a nurse by the action)
    "administrations.record": _CARE,
    "administrations.correct": _CARE,
    "administrations.retract": _CARE,
    "assessments.record": _CARE,
    "assessments.correct": _CARE,
    "assessments.retract": _CARE,
    "dossier.record": _CARE,
    "dossier.correct": _CARE,
    "dossier.retract": _CARE,
    "follow-up-forms.file": _CARE,
    "follow-up-forms.correct": _CARE,
    "follow-up-forms.retract": _CARE,
    "events.complete": _CARE,
    "events.vaccination": _CARE,
    "events.retract": _CARE,  # what a neurologist decided only a neurologist takes back: the action refuses
    "appointments.make": _CARE,
    "appointments.move": _CARE,
    "appointments.cancel": _CARE,
    # a sample was taken: also the laboratory that received it (see `permitted.py`; it takes back only what it noted)
    "samples.note": _ENTERS_RESULTS,
    "samples.retract": _ENTERS_RESULTS,
    # a call and its outcome
    "calls.record": _CARE,
    "calls.retract": _CARE,
    # letters: those to be posted, their sheets, and that they were posted
    "letters.asked": _CARE,
    "letters.sheet": _CARE,
    "letters.list": _CARE,
    "letters.record": _CARE,
    "letters.retract": _CARE,
    # a sign that was noticed; "I had my blood taken"
    "signs.report": _CARE,
    "signs.correct": _CARE,
    "signs.retract": _CARE,
    "declarations.declare": _CARE,
    "declarations.retract": _CARE,
    # waive an item
    "events.waive": _NEUROLOGIST,
    # enter a result; correct a result (a nurse or a machine only its own: the action refuses)
    "results.record": _ENTERS_RESULTS,
    "results.check": _ENTERS_RESULTS,
    "results.correct": _ENTERS_RESULTS,
    "results.retract": _ENTERS_RESULTS,
    # hand-over between sites
    "sites.list": _CARE | {Role.ADMIN},
    "transfers.prepare": _CARE,
    "transfers.list": _CARE,
    "transfers.show": _CARE,
    "transfers.offer": _NEUROLOGIST,
    "transfers.withdraw": _CARE,  # what was offered only a neurologist: the action refuses
    "transfers.accept": _NEUROLOGIST,
    "transfers.decline": _NEUROLOGIST,
    # alerts
    "agenda.list": _CARE,
    "alerts.list": _CARE_AND_VIGILANCE,
    "alerts.show": _CARE_AND_VIGILANCE,
    "alerts.told": _CARE_AND_VIGILANCE,
    "alerts.acknowledge": _CARE,
    "alerts.close": _CARE,  # a nurse only the tasks about messages: the action refuses the rest
    "alerts.snooze": _CARE,
    "alerts.undo": _CARE,  # a nurse only her own acts of the last day: the action refuses the rest
    "alerts.ledger": _CARE_AND_VIGILANCE,  # counts by rule, of nobody
    # rota and absence
    "rota.list": _CARE | _ADMIN,
    "rota.colleagues": _CARE | _ADMIN,
    "rota.add": _KEEPS_THE_ROTA,
    "rota.withdraw": _KEEPS_THE_ROTA,
    "absences.list": _CARE | _ADMIN,
    "absences.add": _KEEPS_THE_ROTA,
    "absences.withdraw": _KEEPS_THE_ROTA,
    # messages that failed: an administrator sees that they failed, never what they said
    "messages.list": _CARE | {Role.ADMIN},
    "messages.show": _CARE | {Role.ADMIN},
    "messages.retry": _CARE,
    "messages.reconcile": _CARE,
    # and what people wrote to us
    "inbound-messages.list": _CARE | {Role.ADMIN},
    "inbound-messages.show": _CARE | {Role.ADMIN},
    # sending: everybody who acts on messages sees whether they leave; a neurologist or an administrator stops them
    "sending.show": _CARE | {Role.ADMIN},
    "sending.pause": _STOPS_THE_SENDING,
    "sending.resume": _STOPS_THE_SENDING,
    # protocols: read by those who propose, approve or follow them
    "protocols.list": _CARE_AND_VIGILANCE,
    "protocols.show": _CARE_AND_VIGILANCE,
    "protocols.signs": _CARE_AND_VIGILANCE,
    # accounts
    "users.add": _ADMIN,
    "users.list": _ADMIN,
    "users.show": _ADMIN,
    "users.change_address": _ADMIN,
    "users.deactivate": _ADMIN,
    # audit of a patient: by reference and pseudonym
    "audit.list": _ADMIN | {Role.PHARMACOVIGILANCE},
    # own account
    "me.show": STAFF,
}

DEMONSTRATION: Mapping[str, frozenset[Role]] = {
    "demonstration.home": _CARE,
    "demonstration.phones": _CARE,
    "demonstration.agenda": _CARE,
    "demonstration.patient": _CARE,
    "demonstration.trend": _CARE,
    "demonstration.icon": _CARE,
    "demonstration.static": _CARE,
}
"""Pages that exist only where the patients are invented; elsewhere there is no such route to grant."""


def may(role: Role, *, endpoint: str) -> bool:
    """Whether the table grants this route to this role; an unlisted route is granted to nobody."""
    return role in (ROLES.get(endpoint) or DEMONSTRATION.get(endpoint, frozenset()))
