"""Do texts leave right now? What stops them and on whose word, how many wait, who is alive: for those who may act."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from enum import StrEnum
from uuid import UUID

import msgspec
from sqlalchemy import Select, TextClause, func, select

from monitor.delivery.clocks import clocks_disagree
from monitor.delivery.line import read_own_line
from monitor.delivery.pause import lasting_pauses
from monitor.overviews.liveness import PROCESSES, signs_of_life
from monitor.overviews.mail import mail_gets_on
from monitor.overviews.pages import fetch
from monitor.store.message import IS_PENDING, IS_UNSETTLED, MessageRow, MessageState
from monitor.store.site import SiteRow, known_zone
from monitor.store.staff import StaffRow
from monitor.work import SYSTEM, Work


class Stop(StrEnum):
    """What can keep texts from leaving."""

    PERSON = "person"
    RESTORED = "restored"
    LINE = "line"
    CLOCK = "clock"
    TRANSPORT = "transport"


class SendingStop(msgspec.Struct, frozen=True):
    """One thing that keeps texts from leaving; `pause_id` names a pause, which a person ends.

    `tries_again_at`: when one text tries by itself whether the line is open; None: never by itself.
    """

    what: str
    why: str
    since: dt.datetime
    tries_again_at: dt.datetime | None = None
    pause_id: UUID | None = None
    by: str | None = None


class SiteToday(msgspec.Struct, frozen=True):
    """How many texts of one site have left on its present day, and how many may."""

    site_id: UUID
    sent_today: int
    at_most: int


class Sign(msgspec.Struct, frozen=True):
    """Whether the work of one kind is done at all; `mail` is that to colleagues."""

    name: str
    is_ok: bool
    detail: str


class Sending(msgspec.Struct, frozen=True):
    """The state of the sending; counts are of the sites of whoever asks."""

    is_open: bool
    stops: tuple[SendingStop, ...]
    pending: int
    sending: int
    uncertain: int
    sites: tuple[SiteToday, ...]
    signs: tuple[Sign, ...]


def sending(work: Work) -> Sending:
    """How the sending stands at this moment."""
    stops = _stops(work)
    counts = _count(work, IS_PENDING) + _count(work, IS_UNSETTLED)
    return Sending(
        is_open=not stops,
        stops=stops,
        pending=counts[MessageState.PENDING],
        sending=counts[MessageState.SENDING],
        uncertain=counts[MessageState.UNCERTAIN],
        sites=tuple(_site_today(work, *row) for row in fetch(work, _own_sites(work))),
        signs=(
            *(Sign(kind, *signs_of_life(work.session, kind, at=work.at, settings=work.settings)) for kind in PROCESSES),
            Sign("mail", *mail_gets_on(work.session, settings=work.settings)),
        ),
    )


def _count(work: Work, kind: TextClause) -> Counter[str]:
    """Of one's sites, by state, those of one kind.

    A question about sites would lead SQLite to the index of the sites, and through everything that ever ended there.
    """
    found = fetch(work, select(MessageRow.site_id, MessageRow.state).where(kind))
    return Counter(state for site_id, state in found if site_id in work.by.site_ids)


def _stops(work: Work) -> tuple[SendingStop, ...]:
    found = [
        SendingStop(
            what=Stop(one.cause.value),
            why=one.reason,
            since=one.paused_at,
            pause_id=one.id,
            by=_name(work, one.paused_by),
        )
        for one in lasting_pauses(work.session)
    ]
    if (why := clocks_disagree(work.session, at=work.at, settings=work.settings)) is not None:
        found.append(SendingStop(what=Stop.CLOCK, why=why, since=work.at))
    if (line := read_own_line(work.session)) is not None:
        found.append(SendingStop(what=Stop.LINE, why=line.reason, since=line.since, tries_again_at=line.probe_at))
    if work.settings.transport is None:
        found.append(SendingStop(what=Stop.TRANSPORT, why="no transport is configured", since=work.at))
    return tuple(found)


def _name(work: Work, staff_id: UUID) -> str:
    if staff_id == SYSTEM.id:
        return "an operator at the command line"
    return work.session.scalar(select(StaffRow.name).where(StaffRow.id == staff_id)) or "somebody"


def _own_sites(work: Work) -> Select[UUID, str]:
    return select(SiteRow.id, SiteRow.timezone).where(SiteRow.id.in_(work.by.site_ids)).order_by(SiteRow.name)


def _site_today(work: Work, site_id: UUID, timezone: str) -> SiteToday:
    tried = select(func.count()).where(
        MessageRow.site_id == site_id,
        MessageRow.local_day == work.today(known_zone(timezone)),
        MessageRow.attempts > 0,
    )
    return SiteToday(site_id, work.session.scalar(tried) or 0, work.settings.messages_per_site_and_day)
