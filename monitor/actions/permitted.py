"""Who may do what, the table of roles for actions: enforced before anything is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from monitor.terms import NotAllowed, Role
from monitor.work import Work

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")

_CARE = frozenset({Role.NURSE, Role.NEUROLOGIST})
_NEUROLOGIST = frozenset({Role.NEUROLOGIST})
_ENTERS_RESULTS = _CARE | {Role.LAB_SYSTEM}
_KEEPS_THE_ROTA = frozenset({Role.NEUROLOGIST, Role.ADMIN})
_PROVIDER = frozenset({Role.SYSTEM})
_LOOKS_AFTER_ACCOUNTS = frozenset({Role.ADMIN, Role.SYSTEM})
_STOPS_THE_SENDING = frozenset({Role.NEUROLOGIST, Role.ADMIN, Role.SYSTEM})

MAY: Mapping[str, frozenset[Role]] = {
    # identity and contact; a death ends texts at once, and only a neurologist takes it back
    "register_patient": _CARE,
    "change_contact": _CARE,
    "set_address": _CARE,
    "record_death": _CARE,
    "give_sms_consent": _CARE,
    "withdraw_sms_consent": _CARE,
    "designate_caregiver": _CARE,
    "end_caregiver": _CARE,
    "give_caregiver_consent": _CARE,
    "withdraw_caregiver_consent": _CARE,
    "choose_recipients": _CARE,
    "confirm_number": _CARE,
    "report_wrong_number": _CARE,
    # what the provider hands over, once its signature was checked
    "receive_receipt": _PROVIDER,
    "receive_text": _PROVIDER,
    # treatment
    "start_treatment": _NEUROLOGIST,
    "suspend_treatment": _NEUROLOGIST,
    "resume_treatment": _NEUROLOGIST,
    "stop_treatment": _NEUROLOGIST,
    "plan_course": _NEUROLOGIST,
    "cancel_course": _NEUROLOGIST,
    # doses, assessments, tasks, samples taken; visits; calls; to override a gate see `record_administration`
    "record_administration": _CARE,
    "correct_administration": _CARE,
    "retract_administration": _CARE,
    "record_assessment": _CARE,
    "correct_assessment": _CARE,
    "retract_assessment": _CARE,
    "complete_task": _CARE,  # the end of surveillance only a neurologist: see there
    "make_appointment": _CARE,
    "move_appointment": _CARE,
    "cancel_appointment": _CARE,
    # A sample is noted by a nurse or by the laboratory that received it, so a laboratory system notes it, and takes
    # back what it noted itself (see there). It credits nothing: a result of the same sender would credit far more.
    "note_sample_taken": _ENTERS_RESULTS,
    "retract_sample_taken": _ENTERS_RESULTS,
    "record_call": _CARE,
    "retract_call": _CARE,
    # letters are posted by whoever prints them
    "record_letter": _CARE,
    "retract_letter": _CARE,
    # signs that the patient noticed, and "I had my blood taken"; the patients themselves once they sign in
    "report_signs": _CARE,
    "correct_signs": _CARE,
    "retract_signs": _CARE,
    "declare_done": _CARE,
    "retract_declaration": _CARE,
    "waive_item": _NEUROLOGIST,
    "record_vaccination": _CARE,
    "retract_event": _CARE,  # what a neurologist decided only a neurologist takes back: see there
    # the dossier and the follow-up forms are recorded like assessments
    "record_dossier_entry": _CARE,
    "correct_dossier_entry": _CARE,
    "retract_dossier_entry": _CARE,
    "file_follow_up_form": _CARE,
    "correct_follow_up_form": _CARE,
    "retract_follow_up_form": _CARE,
    # hand-over between sites: prepared here, offered here, accepted there
    "prepare_transfer": _CARE,
    "offer_transfer": _NEUROLOGIST,
    "withdraw_transfer": _CARE,  # what was offered only a neurologist: see there
    "accept_transfer": _NEUROLOGIST,
    "decline_transfer": _NEUROLOGIST,
    # results; a nurse or a laboratory system only corrects what it entered itself: see `correct_result`
    "record_panel": _ENTERS_RESULTS,
    "check_panel": _ENTERS_RESULTS,
    "correct_result": _ENTERS_RESULTS,
    "retract_result": _ENTERS_RESULTS,
    # alerts; a nurse closes only the tasks about messages (see `close_alert`), and takes back only her own acts
    "acknowledge_alert": _CARE,
    "close_alert": _CARE,
    "snooze_alert": _CARE,
    "undo_alert": _CARE,
    # who is told of them: a nurse reads it
    "add_turn": _KEEPS_THE_ROTA,
    "withdraw_turn": _KEEPS_THE_ROTA,
    "add_absence": _KEEPS_THE_ROTA,
    "withdraw_absence": _KEEPS_THE_ROTA,
    # a text that failed or needs a person: sent again by one, the operator at the command line included
    "ask_for_reconciliation": _CARE,
    "retry_message": _CARE | {Role.SYSTEM},
    # sending: stopped by whoever sees that it is wrong, the operator at the command line included
    "pause_sending": _STOPS_THE_SENDING,
    "resume_sending": _STOPS_THE_SENDING,
    # accounts: an administrator those of the own sites, the operator at the command line all of them
    "add_user": _LOOKS_AFTER_ACCOUNTS,
    "change_mail_address": _LOOKS_AFTER_ACCOUNTS,
    "issue_token": _LOOKS_AFTER_ACCOUNTS,
    "revoke_user": _LOOKS_AFTER_ACCOUNTS,
}
"""By action, the roles that may attempt it; what is not here is done by clock and operator, and no door offers it."""


def permitted(action: Callable[Concatenate[Work, _Given], _Answer]) -> Callable[Concatenate[Work, _Given], _Answer]:
    """Refuse the action to a role that `MAY` does not name; raises NotAllowed."""
    roles = MAY[action.__name__]

    @wraps(action)
    def checked(work: Work, /, *args: _Given.args, **kwargs: _Given.kwargs) -> _Answer:
        if work.by.role not in roles:
            raise NotAllowed("your role may not do this")
        return action(work, *args, **kwargs)

    return checked
