"""A sign of life that two threads give at the same moment is one, and fails neither of them."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import Engine

from monitor.store.beat import Beat, end_beats, read_beats, write_beat
from monitor.store.engine import make_sessions
from tests.cast import NOW

KIND, INSTANCE = "sweep", "1-one"
SECOND = dt.timedelta(seconds=1)


def test_two_at_once_leave_one_beat_and_no_error(engine: Engine) -> None:
    """On PostgreSQL both find no row before either has committed one."""
    sessions, together = make_sessions(engine), Barrier(2, timeout=20)

    def beat(at: dt.datetime) -> None:
        together.wait()
        with sessions.begin() as session:
            write_beat(session, kind=KIND, instance=INSTANCE, at=at)

    with ThreadPoolExecutor(2) as pool:
        for _ in range(20):
            with sessions.begin() as session:
                session.connection().exec_driver_sql("DELETE FROM beat")
            for told in [pool.submit(beat, NOW), pool.submit(beat, NOW)]:
                told.result()

    with sessions() as session:
        assert read_beats(session) == [Beat(KIND, INSTANCE, NOW, is_over=False)]


def test_a_later_beat_takes_the_place_of_one_that_was_over(engine: Engine) -> None:
    sessions = make_sessions(engine)
    with sessions.begin() as session:
        write_beat(session, kind=KIND, instance=INSTANCE, at=NOW)
        end_beats(session, instance=INSTANCE, kinds=[KIND])
        write_beat(session, kind=KIND, instance=INSTANCE, at=NOW + SECOND)

    with sessions() as session:
        assert read_beats(session) == [Beat(KIND, INSTANCE, NOW + SECOND, is_over=False)]
