"""Accounts: an administrator reaches those of the own sites, and no token opens more than that."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import func, select

from monitor.actions.users import issue_token, revoke_user
from monitor.store.staff import StaffTokenRow
from monitor.terms import Missing
from tests.actions.acting import act
from tests.cast import Cast, Stage

A_WEEK: dict[str, Any] = {"life": dt.timedelta(days=7)}


def _tokens(stage: Stage) -> int | None:
    with stage.sessions() as session:
        return session.scalar(select(func.count()).select_from(StaffTokenRow))


def test_an_administrator_makes_no_token_for_another_site(stage: Stage, cast: Cast) -> None:
    before = _tokens(stage)
    with pytest.raises(Missing) as refusal:
        act(stage, issue_token, cast.adam.actor, staff_id=cast.selma.actor.id, **A_WEEK)
    assert (refusal.value.field, _tokens(stage)) == ("user_id", before)
    assert act(stage, issue_token, cast.adam.actor, staff_id=cast.nora.actor.id, **A_WEEK)


def test_a_closed_account_is_given_no_token(stage: Stage, cast: Cast) -> None:
    act(stage, revoke_user, cast.adam.actor, staff_id=cast.nora.actor.id)
    with pytest.raises(Missing):
        act(stage, issue_token, cast.adam.actor, staff_id=cast.nora.actor.id, **A_WEEK)
