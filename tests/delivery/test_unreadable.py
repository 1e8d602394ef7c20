"""A message that cannot be read goes to a person; the others go on (H28)."""

from __future__ import annotations

import sqlite3
import uuid
from contextlib import closing

import pytest

from monitor.store.list_check import ListCheckRow
from monitor.store.message import MessageRow
from monitor.store.patient import PatientRow
from monitor.store.site import SiteRow
from tests.delivery.scene import CREATED, WEDNESDAY, Provider, Scene, due


@pytest.fixture
def other(scene: Scene) -> Scene:
    """Somebody of another site, whose text is due too."""
    site_id = uuid.uuid4()
    scene.add(SiteRow(id=site_id, name="Sud", country="FR", timezone="Europe/Paris", created_at=CREATED))
    other = Scene(scene.engine, scene.catalog, scene.settings, site_id=site_id, has_own_site=False)
    scene.queue(due(WEDNESDAY))
    other.queue(due(WEDNESDAY))
    return other


def spoil(scene: Scene, statement: str) -> None:
    """As a damaged file or a careless hand would: no rule of the tables is asked."""
    if scene.engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(scene.engine.url.database or "", isolation_level=None)) as hand:
            hand.execute("PRAGMA ignore_check_constraints=ON")
            hand.execute(statement)
    else:
        with scene.engine.begin() as connection:
            connection.exec_driver_sql(statement)


OF_SUD = "WHERE site_id = (SELECT id FROM site WHERE name = 'Sud')"


def test_it_goes_on_where_one_site_has_no_zone_any_more_h28(scene: Scene, other: Scene) -> None:
    spoil(scene, "UPDATE site SET timezone = 'Mars/Phobos' WHERE name = 'Sud'")
    provider = Provider()

    assert scene.deliver(provider).counts == {"accepted": 1, "needs_human": 1}
    assert len(provider.received) == 1
    assert scene.tasks == ["message:failed"]
    assert scene.deliver(provider).counts == {}


def test_it_goes_on_past_a_message_that_cannot_be_read_h28(scene: Scene, other: Scene) -> None:
    unreadable = "9999-99-99" if scene.engine.dialect.name == "sqlite" else "infinity"
    spoil(scene, f"UPDATE message SET deadline_at = '{unreadable}' {OF_SUD}")
    provider = Provider()

    assert scene.deliver(provider).counts == {"accepted": 1, "needs_human": 1}
    assert len(provider.received) == 1
    assert scene.tasks == ["message:failed"]
    assert scene.deliver(provider).counts == {}


def test_it_goes_on_past_a_message_of_which_nothing_at_all_can_be_read_h28(scene: Scene, other: Scene) -> None:
    if scene.engine.dialect.name == "sqlite":
        spoil(scene, f"UPDATE message SET patient_id = 'x', not_before_at = '2020', deadline_at = '1' {OF_SUD}")
    else:
        spoil(scene, f"UPDATE message SET not_before_at = '-infinity', deadline_at = '-infinity' {OF_SUD}")
    provider = Provider()

    assert scene.deliver(provider).counts == {"accepted": 1, "needs_human": 1}
    assert scene.deliver(provider).counts == {}


def test_it_hands_over_what_is_uncertain_where_the_site_has_no_zone_h28_h31(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY))
    provider = Provider(meanwhile=lambda: scene.change(SiteRow, timezone="Mars/Phobos"))
    provider.answers = []
    scene.deliver(provider)
    scene.change(MessageRow, state="uncertain", settled_at=None, look_at=CREATED, empty_looks=1)
    scene.change(ListCheckRow, checked_at=CREATED)
    provider.has = None

    assert scene.deliver(provider).counts == {"needs_human": 1}
    assert scene.tasks == ["message:uncertain"]
    assert scene.rows(PatientRow)[0].timezone is None
