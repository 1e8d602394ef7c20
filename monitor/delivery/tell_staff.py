"""Tells the colleagues who must know of an alert, in the transaction that opened it, made it graver or let it go on."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from sqlalchemy import select

from monitor.delivery.mail.choose import is_mail_sent
from monitor.notices.recipients import recipients
from monitor.store.database_time import database_now
from monitor.store.notification import Calling, NotificationRow, NotificationState, untold_calls
from monitor.store.site import known_zone
from monitor.store.staff import StaffRow, takes_mail
from monitor.store.team import read_teams
from monitor.store.upsert import insert_into
from monitor.terms import Level
from monitor.work import Work


def tell_staff(work: Work, *, patient_id: uuid.UUID) -> int:
    """Tell whoever must know of each alert of the patient that calls for somebody, once for each call (H47).

    In the list of alerts they are told at once; a mail to those who have an address waits for the worker. Gives how
    many were told; twice tells nobody. Called after every change of alerts, by whoever made it and before the commit.
    """
    work.session.flush()
    calling = untold_calls(work.session, patient_id=patient_id, at=work.at)
    if not calling:
        return 0
    today = {one.site_id: work.today(known_zone(one.timezone)) for one in calling}
    teams = read_teams(work.session, days=today)
    told = {
        one: recipients(teams[one.site_id].team, audience=one.audience, step=one.step, on=today[one.site_id])
        for one in calling
    }
    with_mail = _who_gets_mail(work, {staff_id for to in told.values() for staff_id in to})
    now = database_now(work.session)
    rows = [_row(work, one, staff_id, with_mail, now=now) for one, to in told.items() for staff_id in to]
    if rows:
        statement = insert_into(work.session, NotificationRow).on_conflict_do_nothing(
            index_elements=["alert_id", "call", "staff_id"]
        )
        work.session.execute(statement, rows)
    return len(rows)


def _row(
    work: Work, alert: Calling, staff_id: uuid.UUID, with_mail: frozenset[uuid.UUID], *, now: dt.datetime
) -> dict[str, object]:
    """What is critical may leave at once; anything else waits a little, so that one mail tells of all of it (H46)."""
    state = NotificationState.WAITING if staff_id in with_mail else NotificationState.IN_APP
    return {
        "id": uuid.uuid4(),
        "alert_id": alert.id,
        "call": alert.call,
        "step": alert.step,
        "staff_id": staff_id,
        "state": state.value,
        "due_at": now if alert.level is Level.CRITICAL else now + work.settings.mail_gathers_for,
        "created_at": work.at,
    }


def _who_gets_mail(work: Work, staff_ids: Iterable[uuid.UUID]) -> frozenset[uuid.UUID]:
    if not is_mail_sent(work.settings):
        return frozenset()
    is_reached = takes_mail(doubted_since=work.at - work.settings.mail_address_doubted_for)
    return frozenset(work.session.scalars(select(StaffRow.id).where(StaffRow.id.in_(staff_ids), is_reached)))
