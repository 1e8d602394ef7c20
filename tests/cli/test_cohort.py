"""Stories written in bulk leave the record as the same stories told through the actions do, on both databases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, delete, select

from monitor.actions.rebuild import rebuild
from monitor.actions.sweep import sweep
from monitor.catalog import Catalog
from monitor.cli.cohort.columns import COLUMNS
from monitor.cli.cohort.ids import Ids
from monitor.cli.cohort.mix import WEIGHTS, tell_cohort
from monitor.cli.cohort.play import Known, play
from monitor.cli.cohort.sites import centres_of
from monitor.cli.cohort.story import Story
from monitor.cli.cohort.write import Scribe
from monitor.cli.installed import Installed
from monitor.schedules.topics import OVERDUE
from monitor.settings import Settings
from monitor.store.agenda import AgendaRow
from monitor.store.alert import AlertRow
from monitor.store.audit import AuditEntryRow
from monitor.store.base import Base
from monitor.store.conservation import Endings, by_site
from monitor.store.engine import make_sessions
from monitor.store.patient import PatientRow
from monitor.store.tables import METADATA
from monitor.store.treatment import TreatmentRow
from monitor.terms import Actor
from monitor.work import working

TODAY = dt.date(2026, 6, 15)
NOON = dt.datetime(2026, 6, 15, 12, tzinfo=dt.UTC)  # of the same day at every centre
SEED, SITES = 3, 3
MET = (
    "before_the_first_dose", "loading_and_late", "late", "suspended", "stopped", "died",
    "before_the_first_course", "during_the_first_course", "on_time", "two_months_missed", "course_two_approaching",
    "after_a_stop",
)  # fmt: skip
FACTS = tuple(COLUMNS)
# Of facts; who and what they belong to is compared by name. Gates are asked of whoever records a dose, and an invented
# past was recorded by nobody: its doses say of them what every dose says that was recorded before gates were kept.
CHANCE = {"id", "panel_id", "administration_id", "gates"}
OF_THE_WAY = {  # of an alert: when it was noticed, and how long nobody did
    "id", "opened_at", "version", "acknowledged_at", "acknowledged_by", "acknowledge_by", "escalate_at",
    "escalated_at", "step",
}  # fmt: skip


@pytest.fixture
def place(engine: Engine, settings: Settings, catalog: Catalog) -> Installed:
    return Installed(settings=settings, engine=engine, sessions=make_sessions(engine), catalog=catalog)


@pytest.fixture
def scribe(place: Installed) -> Scribe:
    made = Scribe(place, Ids(SEED), centres_of(SEED, count=SITES), TODAY)
    made.furnish(seed=SEED)
    return made


def test_written_in_bulk_equals_told_through_the_actions(scribe: Scribe) -> None:
    """Facts, versions, agenda, open overdue alerts and dates; not the texts and closed alerts of the years before."""
    met = [number for number, life in enumerate(WEIGHTS) if life.__name__ in MET]
    stories = [min(told(scribe, [number], seeds=range(12)), key=lambda one: len(one[1].entries)) for number in met]
    for one in stories:
        list(scribe.write([one]))
    written = state(scribe)
    forget(scribe)

    scribe.furnish(seed=SEED)
    for _, story in stories:
        perform(scribe, story)
    place = scribe.place
    assert rebuild(place.sessions, catalog=place.catalog, settings=place.settings, at=NOON).failed == ()

    performed = state(scribe)
    assert performed["agenda"]
    assert performed["alert"]
    for name, rows in performed.items():
        assert written[name] == rows, name


def test_the_same_seed_writes_the_same_rows(scribe: Scribe) -> None:
    write_some(scribe)
    first = everything(scribe)
    forget(scribe)
    scribe.furnish(seed=SEED)
    write_some(scribe)

    assert everything(scribe) == first


def test_a_cohort_owes_no_text_of_the_past_and_nobody_falls_out_of_it(scribe: Scribe) -> None:
    write_some(scribe)
    place = scribe.place

    swept = sweep(place.sessions, catalog=place.catalog, settings=place.settings, at=NOON + dt.timedelta(1))

    with place.sessions() as session:
        topics = set(session.scalars(select(AlertRow.topic)))
        endings = Endings(watching={"alemtuzumab.v1"}, closing={"surveillance_end"})
        found = by_site(session, today_in=lambda _: TODAY, endings=endings)
        assert [(site.lost, site.sums.add_up) for site in found] == [((), True)] * len(found)
    assert swept.done > 0
    assert swept.failed == 0
    assert "reminder:too_late" not in topics


def test_each_patient_leaves_a_note_in_the_audit(scribe: Scribe) -> None:
    write_some(scribe)

    with scribe.place.sessions() as session:
        noted = set(session.scalars(select(AuditEntryRow.patient_id).where(AuditEntryRow.action == "generate")))
        patients = set(session.scalars(select(PatientRow.id)))
    assert patients
    assert patients <= noted


def told(scribe: Scribe, numbers: Iterable[int], *, seeds: Iterable[int] = (SEED,)) -> list[tuple[int, Story]]:
    """The lives of these patients, once for each seed; patient number n leads the n-th life of the mix."""
    working_days = scribe.place.catalog.working_days("FR")
    return [
        one
        for seed in seeds
        for number in numbers
        for one in tell_cohort([number], seed=seed, centre=number % SITES, today=TODAY, working_days=working_days)
    ]


def write_some(scribe: Scribe) -> None:
    for one in told(scribe, [0, 1, 4, 5, 7, 9, 10, 13, 15]):
        list(scribe.write([one]))


def perform(scribe: Scribe, story: Story) -> None:
    """Every entry at its moment, by a member of the staff of the centre."""
    place, centre = scribe.place, story.centre
    zone, site_id = ZoneInfo(scribe.centres[centre].timezone), scribe.site_id(centre)
    known = Known(site_id)
    for entry in story.in_order():
        by = Actor(id=scribe.staff_id(entry.by, centre), role=entry.by, site_ids=frozenset({site_id}))
        with working(place.sessions, catalog=place.catalog, by=by, at=entry.at(zone), settings=place.settings) as work:
            play(work, entry, person=story.person, known=known)


def state(scribe: Scribe) -> dict[str, list[Any]]:
    """What counts, with names in place of ids that came by chance; each table in an order of its own."""
    with scribe.place.sessions() as session:
        patients = {row.id: f"{row.given_name} {row.family_name}" for row in session.scalars(select(PatientRow))}
        treatments = {row.id: patients[row.patient_id] for row in session.scalars(select(TreatmentRow))}
        names = patients | treatments
        alerts = select(AlertRow).where(AlertRow.closed_at.is_(None), AlertRow.topic.startswith(OVERDUE))
        found = {row.__tablename__: named(session.scalars(select(row)), names, CHANCE) for row in FACTS}
        found["agenda"] = named(session.scalars(select(AgendaRow)), names, set())
        found["alert"] = named(session.scalars(alerts), names, OF_THE_WAY)
    return found


def named(rows: Iterable[Base], names: dict[UUID, str], left_out: set[str]) -> list[Any]:
    columns = [
        {
            column.key: names.get(value, value)
            for column in row.__mapper__.columns
            if (value := getattr(row, column.key)) is not None and column.key not in left_out
        }
        for row in rows
    ]
    return sorted(columns, key=str)


def everything(scribe: Scribe) -> dict[str, list[Any]]:
    """Every row of every table, as it is but for the number that the audit counts with."""
    with scribe.place.sessions() as session:
        tables = {
            table.name: [tuple(row) for row in session.execute(select(table))] for table in METADATA.sorted_tables
        }
    tables["audit_entry"] = [entry[1:] for entry in tables["audit_entry"]]
    return {name: sorted(rows, key=str) for name, rows in tables.items()}


def forget(scribe: Scribe) -> None:
    with scribe.place.sessions() as session, session.begin():
        for table in reversed(METADATA.sorted_tables):
            session.execute(delete(table))
