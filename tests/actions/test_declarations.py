"""What a patient says to have done is shown to the nurse and counts for nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from monitor.actions.declare_done import declare_done
from monitor.actions.give_sms_consent import give_sms_consent
from monitor.actions.rebuild import rebuild
from monitor.actions.retract_declaration import retract_declaration
from monitor.actions.sweep import sweep
from monitor.overviews.agenda import agenda as work_list
from monitor.overviews.declarations import declarations
from monitor.store.agenda import AgendaRow
from monitor.store.reminder import ReminderRow
from monitor.terms import Actor, Conflict, Missing, Unacceptable
from tests.actions.acting import (
    DAY,
    act,
    agenda,
    be_late,
    blood_count,
    infuse_first_course,
    moment,
    noted,
    open_alerts,
    treatment_of,
)
from tests.cast import NOW, TODAY, Cast, Stage

DATES = ("due_on", "suggested_on", "opens_on", "closes_on", "late_on", "overdue_on", "moved_from", "waiting_since")


def declare(stage: Stage, cast: Cast, *, by: Actor | None = None, **more: Any) -> UUID:
    given: dict[str, Any] = {"key": "cbc/1.1", "declared_on": TODAY - DAY, **more}
    return act(stage, declare_done, by or cast.nora.actor, treatment_id=cast.ada_treatment, **given)


def dates(rows: Mapping[str, AgendaRow]) -> dict[str, tuple[object, ...]]:
    return {key: tuple(getattr(row, name) for name in (*DATES, "blocked_by")) for key, row in rows.items()}


def reminders(stage: Stage) -> list[tuple[object, ...]]:
    with stage.sessions() as session:
        rows = session.scalars(select(ReminderRow).order_by(ReminderRow.item_key, ReminderRow.due_on, ReminderRow.step))
        return [(row.item_key, row.due_on, row.step, row.outcome) for row in rows]


def alerts_of(stage: Stage, cast: Cast) -> dict[str, tuple[object, ...]]:
    found = open_alerts(stage, cast.ada_treatment)
    return {topic: (row.id, row.level, row.since, row.version, row.acknowledge_by) for topic, row in found.items()}


def test_i_had_my_test_is_shown_and_counts_for_nothing_h49(stage: Stage, cast: Cast) -> None:
    act(stage, give_sms_consent, cast.nora.actor, patient_id=cast.ada)
    be_late(stage, cast)
    before = dates(agenda(stage, cast.ada_treatment))
    alerts, sent = alerts_of(stage, cast), reminders(stage)
    attention_on = treatment_of(stage, cast.ada_treatment).attention_on
    assert "overdue:cbc" in alerts
    declare(stage, cast)
    after = agenda(stage, cast.ada_treatment)
    assert after["cbc/1.1"].declared_on == TODAY - DAY
    assert dates(after) == before
    assert (alerts_of(stage, cast), reminders(stage)) == (alerts, sent)
    assert treatment_of(stage, cast.ada_treatment).attention_on == attention_on
    assert "declare_done" in noted(stage)
    sweep(stage.sessions, catalog=stage.catalog, settings=stage.settings, at=moment(TODAY + 3 * DAY))
    assert open_alerts(stage, cast.ada_treatment)["overdue:cbc"].level == "urgent"  # as without it


def test_whoever_declares_it_is_reminded_all_the_same_h49(stage: Stage, cast: Cast) -> None:
    """Due today; the reminder three days later is for whoever has no result then."""
    infuse_first_course(stage, cast, last_on=TODAY - 31 * DAY)
    declare(stage, cast)
    sweep(stage.sessions, catalog=stage.catalog, settings=stage.settings, at=moment(TODAY + 3 * DAY))
    assert ("cbc/1.1", TODAY, 3) in {(item, due_on, step) for item, due_on, step, _ in reminders(stage)}


def test_the_nurse_sees_it_on_the_work_list_until_a_result_comes(stage: Stage, cast: Cast) -> None:
    be_late(stage, cast)
    declare(stage, cast, declared_on=TODAY - 3 * DAY)
    declare(stage, cast, declared_on=TODAY - 2 * DAY)
    declare(stage, cast, declared_on=TODAY - 4 * DAY)
    with stage.work(by=cast.nora.actor) as work:
        items = work_list(work, cursor=None, limit=100, patient_id=cast.ada).items
    [item] = [one for one in items if one.key == "cbc/1.1"]
    assert (item.declared_on, item.bucket) == (TODAY - 2 * DAY, "late")
    blood_count(stage, cast, on=TODAY - 2 * DAY)
    assert "cbc/1.1" not in agenda(stage, cast.ada_treatment)


def test_it_is_taken_back_with_a_reason_and_stays_readable(stage: Stage, cast: Cast) -> None:
    be_late(stage, cast)
    told = declare(stage, cast)
    given: dict[str, Any] = {"treatment_id": cast.ada_treatment, "declaration_id": told, "reason": "it was last month"}
    act(stage, retract_declaration, cast.nora.actor, **given)
    assert agenda(stage, cast.ada_treatment)["cbc/1.1"].declared_on is None
    with pytest.raises(Conflict):
        act(stage, retract_declaration, cast.nora.actor, **given)
    with stage.work(by=cast.nora.actor) as work:
        listed = declarations(work, treatment_id=cast.ada_treatment, cursor=None, limit=10).items
    assert sorted((one.is_retraction, one.reason) for one in listed) == [(False, None), (True, "it was last month")]


def test_what_is_stored_is_what_the_facts_say(stage: Stage, cast: Cast) -> None:
    be_late(stage, cast)
    declare(stage, cast)
    before = agenda(stage, cast.ada_treatment)
    done = rebuild(stage.sessions, catalog=stage.catalog, settings=stage.settings, at=NOW)
    assert done.failed == ()
    after = agenda(stage, cast.ada_treatment)
    assert dates(after) == dates(before)
    assert {key: row.declared_on for key, row in after.items()} == {key: row.declared_on for key, row in before.items()}


def test_it_refuses_what_can_be_no_declaration(stage: Stage, cast: Cast) -> None:
    be_late(stage, cast)
    blood_count(stage, cast, on=TODAY - 2 * DAY)
    wrong: tuple[tuple[dict[str, Any], type[Exception], str], ...] = (
        ({"key": "cbc/7.77"}, Unacceptable, "key"),
        ({"key": "two words"}, Unacceptable, "key"),
        ({"key": "antiherpetic_stop/1"}, Unacceptable, "key"),
        ({"key": "cbc/1.1"}, Conflict, "key"),
        ({"key": "creatinine/1.1", "declared_on": TODAY + DAY}, Unacceptable, "declared_on"),
        ({"key": "creatinine/1.1", "declared_on": dt.date(1979, 1, 1)}, Unacceptable, "declared_on"),
    )
    for given, kind, field in wrong:
        with pytest.raises(kind) as refusal:
            declare(stage, cast, **given)
        assert getattr(refusal.value, "field", None) == field


def test_it_hides_the_declarations_of_another_site_and_of_another_treatment(stage: Stage, cast: Cast) -> None:
    be_late(stage, cast)
    told = declare(stage, cast)
    with pytest.raises(Missing):
        declare(stage, cast, by=cast.selma.actor)
    for by, treatment_id in ((cast.selma.actor, cast.ada_treatment), (cast.nora.actor, cast.theo_treatment)):
        given: dict[str, Any] = {"treatment_id": treatment_id, "declaration_id": told, "reason": "no"}
        with pytest.raises(Missing):
            act(stage, retract_declaration, by, **given)
