"""One holder at a time, by the clock of the database, and each term has a fence of its own (G4, H24, H29)."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, text, update
from sqlalchemy.orm import Session

from monitor.store.database_time import database_now
from monitor.store.engine import make_sessions
from monitor.store.lease import Held, LeaseRow, acquire_or_renew, read_lease, release

LIFE = dt.timedelta(seconds=15)
NAME = "scheduler"


def ask(engine: Engine, holder: str) -> Held | None:
    with make_sessions(engine).begin() as session:
        return acquire_or_renew(session, name=NAME, holder=holder, life=LIFE)


def let_run_out(engine: Engine, *, by: dt.timedelta = dt.timedelta(seconds=1)) -> None:
    with make_sessions(engine).begin() as session:
        session.execute(update(LeaseRow).values(expires_at=database_now(session) - by))


def test_it_goes_to_one_of_many_who_ask_at_once(engine: Engine) -> None:
    with ThreadPoolExecutor(4) as pool:
        held = [one.result() for one in [pool.submit(ask, engine, f"process {number}") for number in range(8)]]

    assert [one for one in held if one is not None] == [Held(1, is_new=True)]


def test_it_stays_with_who_renews_it_under_the_same_fence(engine: Engine) -> None:
    ask(engine, "a")

    assert ask(engine, "a") == Held(1, is_new=False)
    assert ask(engine, "b") is None


def test_it_goes_to_another_only_once_it_ran_out_and_under_a_higher_fence(engine: Engine) -> None:
    ask(engine, "a")
    let_run_out(engine)

    assert ask(engine, "b") == Held(2, is_new=True)
    assert ask(engine, "a") is None


def test_it_is_a_new_term_for_who_let_it_run_out(engine: Engine) -> None:
    ask(engine, "a")
    let_run_out(engine)

    assert ask(engine, "a") == Held(2, is_new=True)


def test_it_is_free_at_once_when_given_back_and_by_its_holder_alone(engine: Engine) -> None:
    ask(engine, "a")
    with make_sessions(engine).begin() as session:
        assert release(session, name=NAME, holder="b") is None
    assert ask(engine, "b") is None

    with make_sessions(engine).begin() as session:
        assert release(session, name=NAME, holder="a") == 1
    assert ask(engine, "b") == Held(2, is_new=True)


def test_it_does_not_stay_taken_for_hours_because_the_clock_of_the_database_was_set_back_h24(engine: Engine) -> None:
    ask(engine, "a")
    let_run_out(engine, by=-dt.timedelta(hours=1))

    assert ask(engine, "b") == Held(2, is_new=True)


def test_it_tells_who_holds_it_and_for_how_long(engine: Engine, session: Session) -> None:
    assert read_lease(session, name=NAME) is None
    session.rollback()
    ask(engine, "a")

    found = read_lease(session, name=NAME)
    assert found is not None
    assert (found.holder, found.fence) == ("a", 1)
    assert dt.timedelta(0) < found.left <= LIFE


def test_nobody_waits_for_a_process_that_is_frozen_in_the_middle_of_its_question(engine: Engine) -> None:
    """SQLite has one writer; there a frozen one holds up everybody, whatever we do."""
    if engine.dialect.name != "postgresql":
        return
    ask(engine, "a")
    let_run_out(engine)
    sessions = make_sessions(engine)
    with sessions() as frozen:
        assert acquire_or_renew(frozen, name=NAME, holder="a", life=dt.timedelta(milliseconds=300)) is not None
        assert ask(engine, "b") is None  # at once, without waiting
        with engine.connect() as other:
            other.execute(text("SELECT pg_sleep(1)"))
        with sessions() as session:
            freed = acquire_or_renew(session, name=NAME, holder="b", life=LIFE)
        frozen.invalidate()

    assert freed == Held(2, is_new=True)


@pytest.mark.parametrize("name", ["idle_in_transaction_session_timeout"])
def test_no_frozen_process_holds_a_patient_for_ever(engine: Engine, name: str) -> None:
    if engine.dialect.name != "postgresql":
        return
    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"SHOW {name}").scalar() == "30s"
