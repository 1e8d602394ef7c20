"""Every action asks who it is: the table of roles is tried out against every action there is."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

import monitor.actions
from monitor.actions.permitted import MAY
from monitor.catalog import Catalog
from monitor.settings import Settings
from monitor.terms import Actor, NotAllowed, Role
from tests.cast import NOW
from tests.house.sources import ROOT

CARE = {Role.NURSE, Role.NEUROLOGIST}
ACCOUNTS = {Role.ADMIN, Role.SYSTEM}
ROTA = {Role.NEUROLOGIST, Role.ADMIN}
SENDING = ROTA | {Role.SYSTEM}
IN_ONE_MODULE = {"add_user": "users", "issue_token": "users", "revoke_user": "users",
                 "ask_for_reconciliation": "reconcile_messages", "change_mail_address": "users"}  # fmt: skip
# Written out again from the table of roles, so that loosening the code alone does not pass.
EXPECTED: dict[str, set[Role]] = {
    "designate_caregiver": CARE,
    "end_caregiver": CARE,
    "give_caregiver_consent": CARE,
    "withdraw_caregiver_consent": CARE,
    "choose_recipients": CARE,
    "confirm_number": CARE,
    "report_wrong_number": CARE,
    "receive_receipt": {Role.SYSTEM},  # what only the provider says
    "receive_text": {Role.SYSTEM},
    "change_mail_address": ACCOUNTS,
    "accept_transfer": {Role.NEUROLOGIST},
    "acknowledge_alert": CARE,
    "add_absence": ROTA,
    "add_turn": ROTA,
    "add_user": ACCOUNTS,
    "ask_for_reconciliation": CARE,
    "cancel_appointment": CARE,
    "cancel_course": {Role.NEUROLOGIST},
    "change_contact": CARE,
    "set_address": CARE,
    "close_alert": CARE,
    "complete_task": CARE,
    "correct_administration": CARE,
    "correct_assessment": CARE,
    "correct_dossier_entry": CARE,
    "correct_follow_up_form": CARE,
    "correct_result": CARE | {Role.LAB_SYSTEM},
    "file_follow_up_form": CARE,
    "decline_transfer": {Role.NEUROLOGIST},
    "give_sms_consent": CARE,
    "issue_token": ACCOUNTS,
    "make_appointment": CARE,
    "move_appointment": CARE,
    "note_sample_taken": CARE | {Role.LAB_SYSTEM},
    "offer_transfer": {Role.NEUROLOGIST},
    "pause_sending": SENDING,
    "plan_course": {Role.NEUROLOGIST},
    "prepare_transfer": CARE,
    "record_administration": CARE,
    "record_assessment": CARE,
    "record_call": CARE,
    "record_letter": CARE,
    "record_death": CARE,
    "record_dossier_entry": CARE,
    "record_panel": CARE | {Role.LAB_SYSTEM},
    "check_panel": CARE | {Role.LAB_SYSTEM},
    "record_vaccination": CARE,
    "register_patient": CARE,
    "resume_sending": SENDING,
    "resume_treatment": {Role.NEUROLOGIST},
    "retract_administration": CARE,
    "retract_assessment": CARE,
    "retract_dossier_entry": CARE,
    "retract_call": CARE,
    "retract_letter": CARE,
    "report_signs": CARE,
    "correct_signs": CARE,
    "retract_signs": CARE,
    "declare_done": CARE,
    "retract_declaration": CARE,
    "retract_event": CARE,
    "retract_follow_up_form": CARE,
    "retract_result": CARE | {Role.LAB_SYSTEM},
    "retract_sample_taken": CARE | {Role.LAB_SYSTEM},
    "retry_message": CARE | {Role.SYSTEM},
    "revoke_user": ACCOUNTS,
    "snooze_alert": CARE,
    "start_treatment": {Role.NEUROLOGIST},
    "stop_treatment": {Role.NEUROLOGIST},
    "suspend_treatment": {Role.NEUROLOGIST},
    "undo_alert": CARE,
    "waive_item": {Role.NEUROLOGIST},
    "withdraw_absence": ROTA,
    "withdraw_sms_consent": CARE,
    "withdraw_transfer": CARE,
    "withdraw_turn": ROTA,
}


def _action(name: str) -> Callable[..., Any]:
    action: Callable[..., Any] = getattr(
        importlib.import_module(f"monitor.actions.{IN_ONE_MODULE.get(name, name)}"), name
    )
    return action


def test_the_table_says_what_was_agreed() -> None:
    assert {name: set(roles) for name, roles in MAY.items()} == EXPECTED


@pytest.mark.parametrize("name", sorted(EXPECTED))
@pytest.mark.parametrize("role", sorted(set(Role)))
def test_a_role_that_may_not_is_refused_before_anything_is_read(
    name: str, role: Role, catalog: Catalog, settings_without_database: Settings
) -> None:
    from sqlalchemy.orm import Session

    from monitor.work import Work

    if role in EXPECTED[name]:
        return
    actor = Actor(id=UUID(int=9), role=role, site_ids=frozenset())
    work = Work(session=Session(), catalog=catalog, by=actor, at=NOW, settings=settings_without_database)
    action = _action(name)
    given = dict.fromkeys(list(inspect.signature(action).parameters)[1:])
    with pytest.raises(NotAllowed):
        action(work, **given)


@pytest.fixture
def settings_without_database() -> Settings:
    from monitor.settings import Environment

    return Settings(environment=Environment.TEST, config_dir=ROOT / "config")


def test_no_file_named_like_an_action_escapes_the_table() -> None:
    """Every module that offers a function of its own name and takes a Work first is in the table, or is known here."""
    inner = {
        "follow_up",
        "file_fact",
        "file_event",
        "judge_sheet",
        "gates_at_hand",
        "look_ahead",
    }  # called by actions and by the clock, never by a door on behalf of somebody
    found = set()
    for module in pkgutil.iter_modules(monitor.actions.__path__):
        action = getattr(importlib.import_module(f"monitor.actions.{module.name}"), module.name, None)
        if inspect.isfunction(action) and "work" in inspect.signature(action).parameters:
            found.add(module.name)
    assert found - inner - {"add_site"} == set(EXPECTED) - set(IN_ONE_MODULE)
