"""One thing of each kind in the north, for tests that ask every route about somebody's own, another's, and nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from sqlalchemy import select

from monitor.actions.add_absence import add_absence
from monitor.actions.add_turn import add_turn
from monitor.actions.declare_done import declare_done
from monitor.actions.file_follow_up_form import file_follow_up_form
from monitor.actions.make_appointment import make_appointment
from monitor.actions.note_sample_taken import note_sample_taken
from monitor.actions.offer_transfer import offer_transfer
from monitor.actions.pause_sending import pause_sending
from monitor.actions.prepare_transfer import prepare_transfer
from monitor.actions.record_administration import record_administration
from monitor.actions.record_assessment import record_assessment
from monitor.actions.record_call import record_call
from monitor.actions.record_dossier_entry import record_dossier_entry
from monitor.actions.record_letter import record_letter
from monitor.actions.record_panel import record_panel
from monitor.actions.record_vaccination import record_vaccination
from monitor.actions.report_signs import report_signs
from monitor.actions.sheet_line import PanelValue
from monitor.actions.users import add_user
from monitor.store.administration import AdministrationRow
from monitor.store.message import MessageState
from monitor.terms import Audience, Level, Role
from tests.api.every_route import ANSWERS, BEFORE, EARLIER, FIRST_DOSE
from tests.cast import TODAY, Cast, Stage
from tests.factories.alerts import open_alert
from tests.factories.inbound import add_inbound
from tests.factories.messages import add_message, add_reminder
from tests.factories.papers import bring_papers


def _dose(stage: Stage, cast: Cast) -> UUID:
    bring_papers(stage, cast, on=EARLIER)
    with stage.work(by=cast.noor.actor) as work:
        return record_administration(work, treatment_id=cast.ada_treatment, on=FIRST_DOSE, course=1, day=1)


def _result(stage: Stage, cast: Cast) -> UUID:
    value = PanelValue(analyte="leukocytes", value="5.1", unit="10*9/L")
    with stage.work(by=cast.noor.actor) as work:
        return record_panel(work, patient_id=cast.ada, collected_on=TODAY, values=[value]).result_ids[0]


def _assessment(stage: Stage, cast: Cast) -> UUID:
    with stage.work(by=cast.noor.actor) as work:
        return record_assessment(work, patient_id=cast.ada, scale="alsfrs_r", value="41", on=BEFORE)


def _entry(stage: Stage, cast: Cast) -> UUID:
    with stage.work(by=cast.noor.actor) as work:
        content = {"on": str(BEFORE)}
        return record_dossier_entry(work, treatment_id=cast.ada_treatment, section="relapse", content=content)


def _dose_with_a_form(stage: Stage, cast: Cast) -> UUID:
    """Of Theo: no form is asked for Ada's."""
    with stage.work(by=cast.noor.actor) as work:
        return record_administration(work, treatment_id=cast.theo_treatment, on=BEFORE)


def _form(stage: Stage, cast: Cast) -> UUID:
    with stage.work(by=cast.noor.actor) as work:
        dose = record_administration(work, treatment_id=cast.theo_treatment, on=TODAY)
        return file_follow_up_form(work, dose_id=dose, answers=ANSWERS)


def _event(stage: Stage, cast: Cast) -> UUID:
    with stage.work(by=cast.noor.actor) as work:
        return record_vaccination(work, treatment_id=cast.ada_treatment, on=BEFORE, vaccine="tetanus", live=False)


def _appointment(stage: Stage, cast: Cast) -> UUID:
    with stage.work(by=cast.nora.actor) as work:
        return make_appointment(work, treatment_id=cast.ada_treatment, keys=["creatinine/1.1"], on=TODAY)


def _sample(stage: Stage, cast: Cast) -> UUID:
    with stage.work(by=cast.nora.actor) as work:
        return note_sample_taken(work, treatment_id=cast.ada_treatment, keys=["liver/1.1"], taken_on=TODAY)


def _call(stage: Stage, cast: Cast) -> UUID:
    with stage.work(by=cast.nora.actor) as work:
        return record_call(work, treatment_id=cast.ada_treatment, callee="patient", outcome="reached")


def _letter(stage: Stage, cast: Cast) -> UUID:
    """Of Ada, about something that need not be late."""
    with stage.work(by=cast.nora.actor) as work:
        return record_letter(work, treatment_id=cast.ada_treatment, to="patient", keys=["infusion/1.1"])


def _late_treatment(stage: Stage, cast: Cast) -> UUID:
    """Ada's, once she was treated: her first monthly samples are two weeks late, so that letters are asked for."""
    with stage.sessions() as session:
        given = session.scalar(
            select(AdministrationRow.id).where(AdministrationRow.treatment_id == cast.ada_treatment).limit(1)
        )
    if given is None:
        _dose(stage, cast)
    return cast.ada_treatment


def _report(stage: Stage, cast: Cast) -> UUID:
    with stage.work(by=cast.nora.actor) as work:
        return report_signs(work, treatment_id=cast.ada_treatment, signs=["neck_lump"], noticed_on=TODAY).id


def _declaration(stage: Stage, cast: Cast) -> UUID:
    with stage.work(by=cast.nora.actor) as work:
        return declare_done(work, treatment_id=cast.ada_treatment, key="creatinine/1.1", declared_on=TODAY)


def _transfer(stage: Stage, cast: Cast) -> UUID:
    with stage.work(by=cast.nora.actor) as work:
        return prepare_transfer(work, patient_id=cast.ada, to_site_id=cast.south, reason="she moves house")


def _offer(stage: Stage, cast: Cast) -> UUID:
    """What the south offers to the north."""
    with stage.work(by=cast.selma.actor) as work:
        offer_id = prepare_transfer(work, patient_id=cast.sofia, to_site_id=cast.north, reason="she moves house")
        return offer_transfer(work, transfer_id=offer_id)


def _alert(stage: Stage, cast: Cast) -> UUID:
    with stage.sessions.begin() as session:
        return open_alert(session, cast, topic="message:failed", level=Level.SOON)


def _turn(stage: Stage, cast: Cast) -> UUID:
    with stage.work(by=cast.adam.actor) as work:
        return add_turn(
            work, site_id=cast.north, audience=Audience.NURSE, staff_id=cast.nora.actor.id, place=2,
            starts_on=BEFORE, ends_on=TODAY,
        )  # fmt: skip


def _absence(stage: Stage, cast: Cast) -> UUID:
    with stage.work(by=cast.adam.actor) as work:
        return add_absence(work, staff_id=cast.nora.actor.id, starts_on=BEFORE, ends_on=TODAY)


def _message(stage: Stage, cast: Cast) -> UUID:
    with stage.sessions.begin() as session:
        message_id = add_message(session, cast, state=MessageState.FAILED)
        add_reminder(session, cast, message_id)
        return message_id


def _pause(stage: Stage, cast: Cast) -> UUID:
    with stage.work(by=cast.adam.actor) as work:
        return pause_sending(work, reason="a wrong text was found")


def _inbound(stage: Stage, cast: Cast) -> UUID:
    with stage.sessions.begin() as session:
        return add_inbound(session, [cast.ada])


def _user(stage: Stage, cast: Cast) -> UUID:
    with stage.work(by=cast.adam.actor) as work:
        return add_user(work, name="Olga", role=Role.NURSE, site_ids=[cast.north])


MAKERS: Mapping[str, Callable[[Stage, Cast], UUID | str]] = {
    "site_id": lambda _stage, cast: cast.north,
    "patient_id": lambda _stage, cast: cast.ada,
    "treatment_id": lambda _stage, cast: cast.ada_treatment,
    "administration_id": _dose,
    "result_id": _result,
    "assessment_id": _assessment,
    "entry_id": _entry,
    "dose_id": _dose_with_a_form,
    "form_id": _form,
    "event_id": _event,
    "appointment_id": _appointment,
    "sample_id": _sample,
    "call_id": _call,
    "letter_id": _letter,
    "late_treatment_id": _late_treatment,
    "report_id": _report,
    "declaration_id": _declaration,
    "other_site_id": lambda _stage, cast: cast.south,
    "transfer_id": _transfer,
    "offer_id": _offer,
    "alert_id": _alert,
    "staff_id": lambda _stage, cast: cast.nora.actor.id,
    "turn_id": _turn,
    "absence_id": _absence,
    "message_id": _message,
    "pause_id": _pause,
    "inbound_id": _inbound,
    "user_id": _user,
    "analyte": lambda _stage, _cast: "platelets",
    "name": lambda _stage, _cast: "tofersen",
}
"""By the name that stands in the table of routes: what makes one, of Ada, in the north."""


def one_of_each(stage: Stage, cast: Cast) -> dict[str, UUID | str]:
    """The ids of one of everything."""
    return {name: make(stage, cast) for name, make in MAKERS.items()}
