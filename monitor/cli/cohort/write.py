"""Writes stories in bulk: a slice of patients in one transaction, first the facts, then what follows from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo

from monitor.cli.cohort.columns import COLUMNS, Rows
from monitor.cli.cohort.ids import Ids, Kind
from monitor.cli.cohort.projections import write_projections
from monitor.cli.cohort.rows import Desk, rows_of
from monitor.cli.cohort.sites import Centre
from monitor.cli.cohort.story import Story
from monitor.cli.installed import Installed
from monitor.store.base import Base
from monitor.store.bulk import Row, add_rows
from monitor.store.result import ResultRow
from monitor.store.site import SiteRow
from monitor.store.staff import StaffRow, StaffSiteRow
from monitor.store.treatment import TreatmentRow
from monitor.terms import Role
from monitor.work import SYSTEM, Work, working

SLICE = 200
_EARLY = dt.time(0, 1)
_A_DAY = dt.timedelta(days=1)
_KINDS = {Role.NURSE: Kind.NURSE, Role.NEUROLOGIST: Kind.NEUROLOGIST}


@dataclass(frozen=True, slots=True)
class Written:
    """How much was written."""

    patients: int = 0
    results: int = 0

    def __add__(self, other: Written) -> Written:
        return Written(self.patients + other.patients, self.results + other.results)


@dataclass(frozen=True, slots=True)
class Scribe:
    """Writes the patients of one cohort into an installation, as of the first minute of `on` at each centre."""

    place: Installed
    ids: Ids
    centres: Sequence[Centre]
    on: dt.date

    def furnish(self, *, seed: int) -> None:
        """The centres and their staff, long before anybody arrives. Nobody can sign in: there is no token yet."""
        at = _moment(self.on - 10 * 366 * _A_DAY, self.centres[0])
        with self._work(at) as work:
            for number, centre in enumerate(self.centres):
                work.session.add(self._site(number, centre, at))
                work.session.flush()
                for role, name in centre.staff.items():
                    staff_id = self.staff_id(role, number)
                    work.session.add(StaffRow(id=staff_id, name=name, role=role.value, created_at=at))
                    work.session.flush()
                    work.session.add(StaffSiteRow(staff_id=staff_id, site_id=self.site_id(number)))
                work.note("generate", site_id=self.site_id(number), content={"seed": seed, "centre": number})

    def write(self, stories: Iterable[tuple[int, Story]]) -> Iterator[Written]:
        """Write numbered stories, all of the same centre; tells what was written after each slice."""
        desks: dict[int, Desk] = {}
        told = iter(stories)
        while chunk := list(islice(told, SLICE)):
            centre = chunk[0][1].centre
            desk = desks.setdefault(centre, self._desk(centre))
            with self._work(_moment(self.on, self.centres[centre])) as work:
                written = self._slice(work, chunk, desk)
            yield written

    def site_id(self, centre: int) -> UUID:
        return self.ids.of(Kind.SITE, centre)

    def staff_id(self, role: Role, centre: int) -> UUID:
        return self.ids.of(_KINDS[role], centre)

    def _site(self, number: int, centre: Centre, at: dt.datetime) -> SiteRow:
        return SiteRow(
            id=self.site_id(number), name=centre.name, country=centre.country, timezone=centre.timezone,
            telephone=centre.telephone, created_at=at,
        )  # fmt: skip

    def _desk(self, number: int) -> Desk:
        centre, catalog = self.centres[number], self.place.catalog
        return Desk(
            ids=self.ids,
            site_id=self.site_id(number),
            country=centre.country,
            zone=ZoneInfo(centre.timezone),
            staff={role: self.staff_id(role, number) for role in centre.staff},
            dictionary=catalog.dictionary,
            protocols={protocol.id: protocol for protocol in catalog.protocols},  # the newest of each comes last
        )

    def _slice(self, work: Work, chunk: Sequence[tuple[int, Story]], desk: Desk) -> Written:
        rows: dict[type[Base], list[Row]] = {table: [] for table in COLUMNS}
        treated: dict[UUID, int] = {}
        for number, story in chunk:
            told = rows_of(story.between(dt.date.min, self.on), person=story.person, number=number, desk=desk)
            for table, found in told.items():
                rows[table] += found
            treated |= {row[0]: number for row in told[TreatmentRow]}
            self._note(work, number, told, desk)
        for table, columns in COLUMNS.items():
            add_rows(work.session, table, columns=columns, rows=rows[table])
        write_projections(work, ids=self.ids, numbers=treated)
        return Written(patients=len(chunk), results=len(rows[ResultRow]))

    def _note(self, work: Work, number: int, told: Rows, desk: Desk) -> None:
        """One entry a patient, in place of one for each fact."""
        patient_id = self.ids.of(Kind.PATIENT, number)
        counts: Mapping[str, int] = {table.__tablename__: len(found) for table, found in told.items()}
        work.note(
            "generate", patient_id=patient_id, site_id=desk.site_id, subject=f"patient {patient_id}", content=counts
        )

    def _work(self, at: dt.datetime) -> AbstractContextManager[Work]:
        place = self.place
        return working(place.sessions, catalog=place.catalog, by=SYSTEM, at=at, settings=place.settings)


def _moment(on: dt.date, centre: Centre) -> dt.datetime:
    return dt.datetime.combine(on, _EARLY, tzinfo=ZoneInfo(centre.timezone))
