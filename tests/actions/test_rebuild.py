"""What is stored is what the facts say: dropping every projection and writing it again changes none."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from sqlalchemy import delete, select, update

from monitor.actions.rebuild import Rebuilt, rebuild
from monitor.store.agenda import AgendaRow
from monitor.store.alert import AlertRow
from monitor.store.conservation import Endings, by_site
from monitor.store.tables import METADATA
from monitor.store.treatment import TreatmentRow
from tests.actions.acting import agenda, be_late, infuse_first_course, moment
from tests.actions.stories import STORIES, Story
from tests.cast import TODAY, Cast, Stage, gather

ENDINGS = Endings(watching={"alemtuzumab.v1"}, closing={"surveillance_end"})


def _rebuild(stage: Stage, at: dt.datetime) -> Rebuilt:
    return rebuild(stage.sessions, catalog=stage.catalog, settings=stage.settings, at=at)


def _projections(stage: Stage) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that is derived, as it is stored; of alerts also who saw them.

    But for the day of the last look, which is later after a rebuild where nothing asked for another look.
    """
    queries = {
        "agenda": select(AgendaRow.__table__).order_by(AgendaRow.treatment_id, AgendaRow.key),
        "alerts": select(AlertRow.__table__).order_by(AlertRow.id),
        "treatments": select(
            TreatmentRow.id, TreatmentRow.version, TreatmentRow.attention_on, TreatmentRow.surveillance_ends_on
        ).order_by(TreatmentRow.id),
    }
    with stage.sessions() as session:
        return {name: [tuple(row) for row in session.execute(query)] for name, query in queries.items()}


def _spoil(stage: Stage) -> None:
    with stage.sessions() as session, session.begin():
        session.execute(delete(AgendaRow).where(AgendaRow.kind == "lab"))
        session.execute(update(AgendaRow).values(due_on=dt.date(2000, 1, 1), because="nonsense"))
        session.execute(update(TreatmentRow).values(attention_on=None, surveillance_ends_on=None))


def test_it_writes_again_what_was_lost_or_spoilt(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    before = _projections(stage)
    _spoil(stage)
    assert _projections(stage) != before
    assert _rebuild(stage, moment(TODAY)) == Rebuilt(done=3, failed=())
    assert _projections(stage) == before


def test_it_goes_on_past_one_that_fails_and_names_it(stage: Stage, cast: Cast) -> None:
    be_late(stage, cast)
    before = agenda(stage, cast.ada_treatment).keys()
    with stage.sessions() as session, session.begin():
        session.execute(update(TreatmentRow).where(TreatmentRow.id == cast.theo_treatment).values(protocol="lost.v1"))
        session.execute(delete(AgendaRow).where(AgendaRow.treatment_id == cast.ada_treatment))
    assert _rebuild(stage, moment(TODAY)) == Rebuilt(done=2, failed=(cast.theo_treatment,))
    assert agenda(stage, cast.ada_treatment).keys() == before


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@example(steps=[("dose", 5), ("days_pass", 0), ("stop", 1), ("days_pass", 0)])  # a call opened while one was overdue
@given(steps=STORIES)
def test_after_any_story_rebuilt_equals_stored(stage: Stage, steps: list[tuple[str, int]]) -> None:
    _empty(stage)
    cast = gather(stage)
    story = Story(stage, cast)
    for step in steps:
        story.take(step)
    stored = _projections(stage)
    assert _rebuild(stage, moment(story.today)).failed == ()
    assert _projections(stage) == stored
    with stage.sessions() as session:
        found = by_site(session, today_in=lambda _: story.today, endings=ENDINGS)
        assert [(site.lost, site.sums.add_up) for site in found] == [((), True)] * 2


def _empty(stage: Stage) -> None:
    """Each story begins with nothing."""
    with stage.sessions() as session, session.begin():
        for table in reversed(METADATA.sorted_tables):
            session.execute(delete(table))
