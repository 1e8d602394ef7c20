"""Whatever makes an alert call for somebody tells those who must know, in the same transaction, once."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor.actions.accept_transfer import accept_transfer
from monitor.actions.acknowledge_alert import acknowledge_alert
from monitor.actions.close_alert import close_alert
from monitor.actions.give_sms_consent import give_sms_consent
from monitor.actions.offer_transfer import offer_transfer
from monitor.actions.prepare_transfer import prepare_transfer
from monitor.actions.receive_text import InboundText, receive_text
from monitor.actions.record_death import record_death
from monitor.actions.register_patient import register_patient
from monitor.actions.report_signs import report_signs
from monitor.actions.retract_event import retract_event
from monitor.actions.sweep import sweep
from monitor.actions.undo_alert import undo_alert
from monitor.overviews.told import told_of_alert
from monitor.schedules.facts import Sex
from monitor.store.alert import AlertRow
from monitor.store.event import EventKind, EventRow
from monitor.store.notification import NotificationRow, is_calling
from monitor.terms import Level
from tests.actions.acting import DAY, act, infuse_first_course, moment
from tests.actions.values_of_ada import BELOW_50, LATER, MORNING, open_on_values, platelets, put_right
from tests.cast import NOW, TODAY
from tests.mail.post_room import PostRoom

ADAS_PHONE = "+33639980001"
WHY: dict[str, Any] = {"reason": "she moves house"}


def untold(room: PostRoom, *, at: dt.datetime) -> list[str]:
    """The topics of the alerts that call for somebody, and of whose call nobody was told."""
    is_told = select(NotificationRow.id).where(
        NotificationRow.alert_id == AlertRow.id, NotificationRow.call == AlertRow.calls
    )
    query = select(AlertRow.topic).where(is_calling(at), AlertRow.level != Level.INFO.value, ~is_told.exists())
    with Session(room.engine) as session:
        return sorted(session.scalars(query))


def calls(room: PostRoom, alert_id: UUID) -> dict[int, set[UUID]]:
    """Who was told at each call of an alert."""
    found: dict[int, set[UUID]] = {}
    for row in room.rows(NotificationRow):
        if row.alert_id == alert_id:
            found.setdefault(row.call, set()).add(row.staff_id)
    return found


def test_h47_values_that_grow_worse_ease_and_grow_worse_again_tell_each_time(room: PostRoom) -> None:
    stage, cast = room.stage, room.cast
    result = platelets(stage, cast, "45")
    alert = open_on_values(stage, cast)[BELOW_50]
    assert calls(room, alert.id) == {1: {cast.noor.actor.id}}
    act(stage, acknowledge_alert, cast.noor.actor, at=LATER, alert_id=alert.id)
    put_right(stage, cast, result, "210", at=LATER)
    assert calls(room, alert.id).keys() == {1, 2}, "whoever saw it saw something else (H07)"
    platelets(stage, cast, "41", at=LATER)

    assert untold(room, at=LATER) == []
    assert calls(room, alert.id).keys() == {1, 2, 3}


def test_twice_tells_nobody_h29(room: PostRoom) -> None:
    platelets(room.stage, room.cast, "45")
    before = len(room.rows(NotificationRow))
    for _ in range(2):
        sweep(room.stage.sessions, catalog=room.stage.catalog, settings=room.stage.settings, at=MORNING)

    assert len(room.rows(NotificationRow)) == before


def test_h47_what_is_overdue_signs_and_what_a_person_takes_back_tell_as_well(room: PostRoom) -> None:
    stage, cast = room.stage, room.cast
    infuse_first_course(stage, cast)
    platelets(stage, cast, "45")
    given: dict[str, Any] = {"treatment_id": cast.ada_treatment, "signs": ("bruising",), "noticed_on": TODAY}
    act(stage, report_signs, cast.nora.actor, **given)
    alert = open_on_values(stage, cast)[BELOW_50]
    act(stage, close_alert, cast.noor.actor, at=LATER, alert_id=alert.id, action="patient_called", reason="no bleeding")
    before = calls(room, alert.id).keys()
    act(stage, undo_alert, cast.noor.actor, at=LATER, alert_id=alert.id)
    assert len(calls(room, alert.id)) == len(before) + 1

    later = moment(TODAY + 40 * DAY)
    sweep(stage.sessions, catalog=stage.catalog, settings=stage.settings, at=later)
    assert untold(room, at=later) == []


def test_h47_a_death_that_was_none_and_another_site_tell_as_well(room: PostRoom) -> None:
    stage, cast = room.stage, room.cast
    platelets(stage, cast, "45")
    act(stage, record_death, cast.noor.actor, at=LATER, patient_id=cast.ada, on=TODAY)
    (died,) = (row for row in room.rows(EventRow) if row.kind == EventKind.DIED)
    act(stage, retract_event, cast.noor.actor, at=LATER, event_id=died.id, reason="another person of that name")
    assert untold(room, at=LATER) == []

    prepared = act(
        stage, prepare_transfer, cast.nora.actor, at=LATER, patient_id=cast.ada, to_site_id=cast.south, **WHY
    )
    act(stage, offer_transfer, cast.noor.actor, at=LATER, transfer_id=prepared)
    act(stage, accept_transfer, cast.selma.actor, at=LATER, transfer_id=prepared)

    assert untold(room, at=LATER) == []
    alert = open_on_values(stage, cast)[BELOW_50]
    assert cast.selma.actor.id in calls(room, alert.id)[alert.calls]
    room.now_is_the_time()
    room.send(at_of=lambda: LATER)
    assert "selma@other.example" in room.arrived
    assert "noor@hospital.example" not in room.arrived, "her patient no longer"


def test_a_process_that_sends_no_mail_can_tell_as_well() -> None:
    """It reads only the tables that its own work needs, and this one refers to another."""
    only = "import sqlalchemy as sa, monitor.actions.sweep; from monitor.store.notification import NotificationRow as N"
    done = subprocess.run(
        [sys.executable, "-c", f"{only}; sa.orm.configure_mappers(); N.__table__.c.mail_id.foreign_keys.pop().column"],
        check=False, capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()


def test_one_reads_who_was_told_and_by_which_way(room: PostRoom) -> None:
    alert_id = room.call()
    room.send()

    with room.stage.work(by=room.cast.nora.actor, at=NOW) as work:
        (told,) = told_of_alert(work, alert_id=alert_id).told
    assert (told.colleague.name, told.call, told.step, told.way, told.mail) == ("Noor", 1, 0, "mailed", "accepted")


@pytest.mark.parametrize("text", ("je saigne beaucoup", "STOP", "mauvais numero", "NON", "START"))
def test_h41_h47_what_somebody_writes_to_us_is_told_at_once_and_each_time(room: PostRoom, text: str) -> None:
    act(room.stage, give_sms_consent, room.cast.nora.actor, patient_id=room.cast.ada)
    before = room.told
    for number in (1, 2):
        with room.stage.work() as work:
            receive_text(work, InboundText(f"SM{number:032x}", ADAS_PHONE, text))
        assert untold(room, at=NOW) == []
    assert room.told.count(("nora", "waiting")) > before.count(("nora", "waiting"))


def test_h41_what_somebody_without_a_treatment_writes_is_told_as_well(room: PostRoom) -> None:
    newcomer: dict[str, Any] = {"family_name": "Exemple", "given_name": "Bo", "sex": Sex.MALE, "language": "fr"}
    born_on, phone = dt.date(1991, 5, 5), "+33639980055"
    act(room.stage, register_patient, room.cast.nora.actor, site_id=room.cast.north, birth_date=born_on, phone=phone,
        **newcomer)  # fmt: skip
    with room.stage.work() as work:
        receive_text(work, InboundText("SM1", phone, "je saigne"))

    assert untold(room, at=NOW) == []
    assert ("nora", "waiting") in room.told


def test_what_was_closed_by_mistake_opens_again_whatever_others_wrote_g12(room: PostRoom) -> None:
    for number in (5, 6):
        newcomer: dict[str, Any] = {"family_name": "Exemple", "given_name": "Bo", "sex": Sex.MALE, "language": "fr"}
        born_on, phone = dt.date(1991, 5, number), f"+3363998005{number}"
        act(room.stage, register_patient, room.cast.nora.actor, site_id=room.cast.north, birth_date=born_on,
            phone=phone, **newcomer)  # fmt: skip
        with room.stage.work() as work:
            receive_text(work, InboundText(f"SM{number}", phone, "je saigne"))
    alert = next(row for row in room.rows(AlertRow) if row.topic == "message:written")
    act(room.stage, close_alert, room.cast.nora.actor, at=LATER, alert_id=alert.id, action="handled", reason="we spoke")
    act(room.stage, undo_alert, room.cast.nora.actor, at=LATER, alert_id=alert.id)

    assert [row.closed_at for row in room.rows(AlertRow) if row.topic == "message:written"] == [None, None]
